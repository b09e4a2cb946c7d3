"""The pages of acts: each shows what the act would do and what is missing. Posting does it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect

from articles.admin.acts import ACTS


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
                raise PermissionDenied(f"The story is {article.get_state_display()}.")
            if form.is_valid() and form.perform():
                self.message_user(request, form.done(act.done), messages.SUCCESS)
                return redirect("admin:articles_article_change", article.pk)
        return self.show(request, "act.html", article, act.title, act=act, form=form)
