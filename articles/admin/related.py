"""What could stand beside a story, and where the story could stand itself. Pressing a button adds it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from articles.admin.place import may_change_place
from articles.candidates import candidates, pointers
from articles.models import Article, LogEntry, RelatedStory
from articles.rights import stories_known_to


class RelatedPages:
    """For the story's admin."""

    def get_urls(self):
        return [self.story_url("related", self.related), *super().get_urls()]

    def related(self, request, pk):
        if request.method == "POST":
            return self._add(request, pk)
        article = self.find_story(request, pk)
        stories = stories_known_to(request.user)
        older = pointers(article, timezone.now())
        return self.show(
            request,
            "related.html",
            article,
            "Related stories",
            picked=article.related_stories.select_related("target__live_version", "target__draft"),
            candidates=candidates(article, stories),
            may_pick=self._may_relate(request.user, article),
            pointers=[(entry, self._may_relate(request.user, entry.article)) for entry in older],
        )

    def _add(self, request, pk):
        """Put a story beside this one (`target`), or this one beside another (`beside`)."""
        if "beside" in request.POST:
            target = self.find_story(request, pk)
            with transaction.atomic():
                article = self.hold_story(request, _key(request.POST["beside"]), "change_article")
                self._relate(request, article, target)
        else:
            with transaction.atomic():
                article = self.hold_story(request, pk, "change_article")
                known = stories_known_to(request.user).exclude(pk=pk)
                target = known.filter(pk=_key(request.POST.get("target", ""))).first()
                if target is None:
                    raise Http404
                self._relate(request, article, target)
        return redirect("admin:articles_article_related", pk)

    def _relate(self, request, article, target):
        if not self._may_relate(request.user, article):
            raise PermissionDenied
        if article.related_stories.filter(target=target).exists():
            self.message_user(request, f"“{target}” stands beside “{article}” already.", messages.WARNING)
            return
        last = article.related_stories.aggregate(last=Max("order", default=0))["last"]
        RelatedStory.objects.create(article=article, target=target, order=last + 1)
        note = f"Added “{target}” to the related stories."
        LogEntry.record(LogEntry.Act.CHANGE, request.user, article=article, note=note)
        self.message_user(request, f"“{target}” stands beside “{article}” now.", messages.SUCCESS)

    @staticmethod
    def _may_relate(account, article):
        is_open = article.state != Article.State.WITHDRAWN
        may = account.has_perm("articles.change_article", article)
        return is_open and may and may_change_place(account, article)


def _key(text):
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)
