"""Which story a story continues: said on a page of its own, by an address or by a button."""

import re
from urllib.parse import unquote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone

from articles import publishing
from articles.admin.story_desk import state_of
from articles.candidates import candidates
from articles.models import Article, LinePlace
from articles.models.line import hold_lines
from articles.publishing import NotReady, WrongState
from articles.rights import stories_known_to

SHOWN = 50  # stories of a line, the newest
ADDRESS = re.compile(r"/story/([^/?#]+)")
NO_STORY = "There is no story at “{}” that you can open. Paste its address, or type the last part of it."
NOTHING = "Paste the address of the story that this one continues, or the last part of it."
CHANGED = "Somebody changed what this story continues after you opened the page. This is how it stands now."


class LinePages:
    """For the story's admin."""

    def get_urls(self):
        return [self.story_url("line", self.line), *super().get_urls()]

    def delete_view(self, request, object_id, extra_context=None):
        """A deleted story steps out of its line, so lines are held first, as wherever they change."""
        with transaction.atomic():
            if request.method == "POST":
                hold_lines()
            return super().delete_view(request, object_id, extra_context)

    def line(self, request, pk):
        article = self.find_story(request, pk)
        problem, typed = "", ""
        if request.method == "POST":
            typed = request.POST.get("earlier", "")[:500]
            problem = self._continue(request, article, typed)
            if not problem:
                return redirect("admin:articles_article_line", pk)
        return self.show(
            request,
            "line.html",
            article,
            "The story so far",
            earlier=publishing.continued_by(article),
            line=[(story, state_of(story)) for story in _line_of(article, request.user)],
            may=self._may_continue(request.user, article),
            typed=typed,
            problem=problem,
            candidates=_earlier(article, candidates(article, stories_known_to(request.user))),
        )

    def _continue(self, request, article, typed):
        """Do what was asked; return what stands in its way as a sentence, or nothing."""
        if not self._may_continue(request.user, article):
            raise PermissionDenied
        earlier = None
        if "leave" not in request.POST:
            if not typed.strip():
                return NOTHING
            earlier = _at(typed, stories_known_to(request.user))
            if earlier is None:
                return NO_STORY.format(typed.strip())
        try:
            with transaction.atomic():
                hold_lines()
                present = publishing.continued_by(article)
                if request.POST.get("seen", "") != (str(present.pk) if present else ""):
                    return CHANGED
                publishing.continue_story(article, request.user, earlier)
        except WrongState as error:
            return str(error)
        except NotReady as error:
            return " ".join(error.problems)
        said = (
            f"“{article}” continues “{earlier}” now." if earlier else f"“{article}” continues no story now."
        )
        self.message_user(request, said, messages.SUCCESS)
        return ""

    @staticmethod
    def _may_continue(account, article):
        is_open = article.state != Article.State.WITHDRAWN
        return is_open and publishing.may_continue(article, account)


def _at(typed, stories):
    """Return the one of `stories` with this address, old or present, whole or its last part; or None."""
    found = ADDRESS.search(typed)
    slug = unquote(found[1] if found else typed.strip().strip("/")).replace("\0", "")
    return stories.filter(pk__in=Article.objects.ever_at(slug).values("pk")).first()


def _line_of(article, account):
    """The stories of its line that the account may know, in any state: the oldest first, drafts last."""
    line = LinePlace.objects.filter(article=article).values("line")
    stories = (
        stories_known_to(account).filter(line_place__line__in=line).select_related("live_version", "draft")
    )
    stories = list(stories.order_by("-created_at", "-pk")[:SHOWN])
    return sorted(stories, key=lambda story: (story.published_at or timezone.now(), story.pk))


def _earlier(article, proposed):
    """Of the stories that are proposed, those that came out before this one; not the one it continues."""
    day, present = article.published_at or timezone.now(), publishing.continued_by(article)
    return [entry for entry in proposed if entry.article.published_at < day and entry.article != present]
