"""Acts on several stories at once. Each is bound to the words that the list of them showed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse

from articles.admin.acts import ACTS
from articles.models import Article

OFFERED = ("submission", "approval")  # what asks for no words and shows nothing to readers
MOST_AT_ONCE = 50


class BulkPages:
    """For the story's admin."""

    actions = ["submit_chosen", "approve_chosen"]

    @admin.action(description="Submit the chosen stories for review")
    def submit_chosen(self, request, articles):
        return self._ask(articles, "submission")

    @admin.action(description="Approve the chosen stories")
    def approve_chosen(self, request, articles):
        return self._ask(articles, "approval")

    def get_urls(self):
        page = self.admin_site.admin_view(self.bulk)
        return [path("bulk/<str:name>/", page, name="articles_article_bulk"), *super().get_urls()]

    def bulk(self, request, name):
        """Show the chosen stories, and which of them the act fits. Posting does it."""
        if name not in OFFERED:
            raise Http404
        act = ACTS[name]
        if not request.user.has_perm(f"articles.{act.right}"):
            raise PermissionDenied
        articles = self._chosen(request)
        if request.method == "POST":
            self._do(request, act, articles)
            return redirect("admin:articles_article_changelist")
        context = self.admin_site.each_context(request) | {
            "title": act.title,
            "opts": self.opts,
            "act": act,
            "stories": [(article, self._refusal(request, act, article)) for article in articles],
        }
        return render(request, "admin/articles/article/bulk.html", context)

    def _ask(self, articles, name):
        keys = ",".join(str(key) for key in articles.values_list("pk", flat=True)[:MOST_AT_ONCE])
        return redirect(f"{reverse('admin:articles_article_bulk', args=[name])}?ids={keys}")

    def _chosen(self, request):
        keys = [key for key in request.GET.get("ids", "").split(",") if key.isascii() and key.isdigit()]
        keys = [int(key) for key in keys[:MOST_AT_ONCE] if len(key) < 19]
        return list(self.get_queryset(request).filter(pk__in=keys).select_related("live_version", "draft"))

    def _do(self, request, act, articles):
        done = 0
        for article in articles:
            with transaction.atomic():
                article = Article.objects.select_for_update().get(pk=article.pk)
                form = act.form(article, request.user, {"seen": request.POST.get(f"seen-{article.pk}", "")})
                refusal = self._refusal(request, act, article)
                if refusal is None and form.is_valid() and form.perform():
                    done += 1
                    continue
            why = refusal or " ".join([*form.errors.get("seen", []), *form.problems])
            self.message_user(request, f"“{article}” was left alone. {why}", messages.WARNING)
        if done:
            self.message_user(request, f"Done with {done} of {len(articles)}.", messages.SUCCESS)

    @staticmethod
    def _refusal(request, act, article):
        """Return why the act cannot be done with this story, or None."""
        if not request.user.has_perm(f"articles.{act.right}", article):
            return "Your account does not have the right to."
        if not act.fits(article):
            return f"It is {article.get_state_display().lower()}."
        return None
