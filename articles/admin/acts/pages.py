"""The pages of acts: each shows what the act would do and what is missing. Posting does it."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect

from articles.admin.acts import ACTS
from articles.admin.story_desk import last_act


class ActPages:
    """For the story's admin."""

    def get_urls(self):
        acts = [self.story_url(name, self.act_page(act), name) for name, act in ACTS.items()]
        return [*acts, *super().get_urls()]

    def act_page(self, act):
        def page(request, pk):
            with transaction.atomic():
                return self._act(request, pk, act)

        return page

    def _act(self, request, pk, act):
        article = self.hold_story(request, pk, act.right)
        form = act.form(article, request.user, request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not act.fits(article):
                return self._too_late(request, article, act, form)
            if form.is_valid() and form.perform():
                self.message_user(request, form.done(act.done), messages.SUCCESS)
                return redirect("admin:articles_article_change", article.pk)
        return self.show(request, "act.html", article, act.title, act=act, form=form)

    def _too_late(self, request, article, act, form):
        """Say what a colleague did meanwhile, and leave in the form what was typed."""
        told = f"{last_act(article)} So this can no longer be done. What you wrote stands here."
        page = self.show(request, "act.html", article, act.title, act=act, form=form, too_late=told)
        page.status_code = 409
        return page
