"""What all pages about one story have in common: finding it, the right to it, and their frame."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path

from articles.admin.desk import DeskAdmin
from articles.models import Article, LogEntry
from articles.rights import stories_at_desk
from articles.zones import moment


class StoryDesk(DeskAdmin):
    """The base of the story's admin. Rights are asked for the very story where there is one."""

    def get_queryset(self, request):
        return stories_at_desk(request.user, super().get_queryset(request))

    def has_add_permission(self, request):
        return request.user.has_perm("articles.add_article")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_article", obj)

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.state == Article.State.WITHDRAWN:
            return False
        return request.user.has_perm("articles.change_article", obj)

    def has_delete_permission(self, request, obj=None):
        """Only drafts that were never published go, each by itself."""
        never_published = obj is not None and not obj.versions.sealed().exists()
        return never_published and request.user.has_perm("articles.delete_article", obj)

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def get_actions(self, request):
        """Deletion is for one story at a time."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def record(self, act, request, article, note=""):
        """Words leave a row of their own when they are saved; here it is the story's place that changed."""
        if act == LogEntry.Act.DELETE or note:
            LogEntry.record(act, request.user, article=article, subject=str(article), note=note)

    def story_url(self, route, view, name=None):
        """Return the path of a page about one story."""
        name = name or route.partition("/")[0]
        return path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=f"articles_article_{name}")

    def hold_story(self, request, pk, right):
        """Return the story for this account. A post locks its row to the end of the transaction."""
        if request.method == "POST" and pk < 2**63:
            Article.objects.select_for_update().filter(pk=pk).first()
        return self.find_story(request, pk, right)

    def find_story(self, request, pk, right="view_article"):
        """Return the story for this account. Raises Http404 or PermissionDenied."""
        if pk >= 2**63:
            raise Http404
        article = Article.objects.select_related("section", "live_version", "draft").filter(pk=pk).first()
        if article is None:
            raise Http404
        for needed in ("view_article", right):
            if not request.user.has_perm(f"articles.{needed}", article):
                raise PermissionDenied
        return article

    def show(self, request, template, article, title, **context):
        """Render a page about the story in the desk's frame."""
        frame = self.admin_site.each_context(request) | {
            "title": title,
            "opts": self.opts,
            "original": article,
            "headline": headline_of(article),
            "state": state_of(article),
        }
        return render(request, f"admin/articles/article/{template}", frame | context)


def headline_of(article):
    version = article.newest_version
    return (version and version.headline) or "(no headline yet)"


def state_of(article):
    if article.is_scheduled:
        words = f"Scheduled for {moment(article.published_at)}"
    else:
        words = article.get_state_display().capitalize()
    return f"{words}, with a newer draft" if article.live_version_id and article.draft_id else words


def last_act(article):
    """Return in a sentence who did what to the story last."""
    writing = [LogEntry.Act.SAVE, LogEntry.Act.DRAFT]
    entry = article.log_entries.exclude(act__in=writing).select_related("by").first()
    if entry is None:
        return f"The story is {article.get_state_display()} now."
    return f"{entry.by} {entry.get_act_display()} this story ({moment(entry.at)})."
