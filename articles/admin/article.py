from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.html import format_html

from articles import publishing
from articles.admin.acts import ACTS, acts_open_to
from articles.admin.body import BodyMediaMixin
from articles.admin.desk import DeskAdmin, moment
from articles.admin.picture import link as picture_link
from articles.admin.story_form import StoryForm
from articles.models import Article, Byline, RelatedStory
from articles.pictures import body_with_pictures

PLACE = ["slug", "section", "topics", "picture", "takes_comments"]
TOUCHED_AT = Greatest(  # SQLite finds no greatest among values of which one is NULL
    "created_at", Coalesce("draft__saved_at", "created_at"), Coalesce("live_version__sealed_at", "created_at")
)
WORDS = ["headline", "standfirst", "dateline", "body", "caption", "seen"]


def may_change_place(request, article):
    """What goes live at once is an editor's to change while readers see the story, or soon will."""
    if article is None or article.state != Article.State.PUBLISHED:
        return True
    return request.user.has_perm("articles.publish_article")


class PlaceInline(admin.TabularInline):
    """Part of the story's place, with the story's own rights."""

    extra = 1

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Name each field for those who do not see the head of its column."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = db_field.verbose_name
        return field

    def has_view_permission(self, request, article=None):
        return request.user.has_perm("articles.view_article")

    def has_change_permission(self, request, article=None):
        if article is not None and article.state == Article.State.WITHDRAWN:
            return False
        return request.user.has_perm("articles.change_article") and may_change_place(request, article)

    def has_add_permission(self, request, article=None):
        return self.has_change_permission(request, article)

    def has_delete_permission(self, request, article=None):
        return self.has_change_permission(request, article)


class BylineInline(PlaceInline):
    model = Byline
    fields = ["order", "author"]
    autocomplete_fields = ["author"]
    verbose_name, verbose_name_plural = "author", "byline"


class RelatedInline(PlaceInline):
    model = RelatedStory
    fk_name = "article"
    fields = ["order", "target", "url", "title", "reason"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    autocomplete_fields = ["target"]


@admin.register(Article)
class ArticleAdmin(BodyMediaMixin, DeskAdmin):
    """One page on which a journalist writes a story, and from which editors publish it."""

    form = StoryForm
    inlines = [BylineInline, RelatedInline]
    autocomplete_fields = ["topics", "picture"]
    list_display = ["headline", "state_in_words", "section", "byline", "changed"]
    list_filter = ["state", "section"]
    list_select_related = ["section", "live_version", "draft"]
    list_per_page = 50
    search_fields = ["live_version__headline", "draft__headline", "slug"]
    search_help_text = "Searches headlines and addresses."
    actions = None
    view_on_site = False

    # The list

    def get_queryset(self, request):
        stories = super().get_queryset(request).annotate(touched_at=TOUCHED_AT)
        stories = stories.defer("live_version__body", "draft__body")
        return stories.prefetch_related("bylines__author")

    def get_ordering(self, request):
        return [TOUCHED_AT.desc(), "-pk"]

    @admin.display(ordering="draft__headline")
    def headline(self, article):
        version = article.newest_version
        return (version and version.headline) or "(no headline yet)"

    @admin.display(description="state", ordering="state")
    def state_in_words(self, article):
        return format_html(
            '<span class="desk-state" data-state="{}">{}</span>', article.state, state_of(article)
        )

    @admin.display
    def byline(self, article):
        return ", ".join(str(byline) for byline in article.bylines.all())

    @admin.display(description="last change", ordering="touched_at")
    def changed(self, article):
        return moment(article.touched_at)

    # Rights

    def has_change_permission(self, request, article=None):
        if article is not None and article.state == Article.State.WITHDRAWN:
            return False
        return super().has_change_permission(request, article)

    def has_delete_permission(self, request, article=None):
        """Only drafts that were never published go, each by itself."""
        never_published = article is not None and not article.versions.sealed().exists()
        return never_published and super().has_delete_permission(request, article)

    # The page of one story

    def get_object(self, request, object_id, from_field=None):
        """Hold the story while it is saved: what the form checks against then still stands when it acts."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            try:
                Article.objects.select_for_update().filter(pk=object_id).first()
            except (ValueError, OverflowError):
                return None
        return super().get_object(request, object_id, from_field)

    def get_fieldsets(self, request, article=None):
        place = ["section", "topics", "picture", "preview", "slug", "takes_comments"]
        words = [(None, {"fields": WORDS})] if self._may_write(request, article) else []
        return [*words, ("Where it stands", {"fields": place})]

    def _may_write(self, request, article):
        return self.has_change_permission(request, article) if article else self.has_add_permission(request)

    def get_readonly_fields(self, request, article=None):
        return ["preview", *([] if may_change_place(request, article) else PLACE)]

    @admin.display(description="picture as it is")
    def preview(self, article):
        return picture_link(article.picture) if article and article.picture else "None yet."

    def save_model(self, request, article, form, change):
        if change:
            article.save()
        if form.has_new_words:
            publishing.save_draft(article, request.user, **form.words)

    def response_add(self, request, article, post_url_continue=None):
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, article, post_url_continue)
        return self._stay(request, article)

    def response_change(self, request, article):
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, article)
        return self._stay(request, article)

    def _stay(self, request, article):
        """Go on with the act whose button was pressed, now that the words are safe; else stay."""
        act = request.POST.get("_act")
        if act in ACTS:
            return redirect(f"admin:articles_article_{act}", article.pk)
        self.message_user(request, "The draft is saved.", messages.SUCCESS)
        return redirect("admin:articles_article_change", article.pk)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        context["newer"] = getattr(form, "newer", None)
        if obj:
            context |= {
                "acts": acts_open_to(request.user, obj),
                "state": state_of(obj),
                "has_newer_draft": bool(obj.live_version and obj.draft),
                "versions": obj.versions.sealed().select_related("published_by").order_by("-number"),
                "log": obj.log_entries.select_related("by"),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Acts and versions

    def get_urls(self):
        wrap = self.admin_site.admin_view
        acts = [
            path(f"<int:pk>/{name}/", wrap(self.act), {"name": name}, name=f"articles_article_{name}")
            for name in ACTS
        ]
        version = path("<int:pk>/versions/<int:number>/", wrap(self.version), name="articles_article_version")
        return [*acts, version, *super().get_urls()]

    def act(self, request, pk, name):
        """Show what the act would do and what is missing. Posting does it."""
        act = ACTS[name]
        if not (self.has_view_permission(request) and request.user.has_perm(act.permission)):
            raise PermissionDenied
        with transaction.atomic():
            article = self._held(request, pk)
            form = act.form(article, request.POST if request.method == "POST" else None)
            if request.method == "POST" and form.is_valid() and form.perform(request.user):
                self.message_user(request, act.done, messages.SUCCESS)
                return redirect("admin:articles_article_change", article.pk)
        context = self.admin_site.each_context(request) | {
            "title": act.title,
            "opts": self.opts,
            "act": act,
            "form": form,
            "original": article,
            "headline": self.headline(article),
            "state": state_of(article),
        }
        return render(request, "admin/articles/article/act.html", context)

    def version(self, request, pk, number):
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = self._story(pk).versions.sealed().filter(number=number).first()
        if version is None:
            raise Http404
        context = self.admin_site.each_context(request) | {
            "title": f"Version {number}",
            "opts": self.opts,
            "original": version.article,
            "version": version,
            "body": body_with_pictures(version.body, version.pictures.all()),
        }
        return render(request, "admin/articles/article/version.html", context)

    def _held(self, request, pk):
        if request.method == "POST":
            Article.objects.select_for_update().filter(pk=pk).first()
        return self._story(pk)

    def _story(self, pk):
        article = Article.objects.filter(pk=pk).first() if pk < 2**63 else None
        if article is None:
            raise Http404
        return article


def state_of(article):
    if article.is_scheduled:
        words = f"Scheduled for {moment(article.published_at)}"
    else:
        words = article.get_state_display().capitalize()
    return f"{words}, with a newer draft" if article.live_version_id and article.draft_id else words
