from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import models, transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince

from articles import gate, publishing
from articles.admin.acts import ACTS, acts_open_to
from articles.admin.acts.pages import ActPages
from articles.admin.body import BodyMediaMixin
from articles.admin.bulk import BulkPages
from articles.admin.drafts import DraftPages
from articles.admin.embeds import EmbedPages
from articles.admin.inlines import BylineInline, RelatedInline
from articles.admin.line import LinePages
from articles.admin.picture import link as picture_link
from articles.admin.place import may_change_place
from articles.admin.preview_link import PreviewLinkPages
from articles.admin.related import RelatedPages
from articles.admin.sent_once import SentOnceMixin
from articles.admin.story_desk import StoryDesk, headline_of, state_of
from articles.admin.story_form import StoryForm
from articles.admin.versions import VersionPages
from articles.models import Article, LogEntry, Presence, Revision, Section
from articles.publishing import DRAFT_FIELDS
from articles.rights import pictures_at_desk, sections_where
from articles.zones import moment, moment_in, zones_of

PLACE = ["slug", "section", "topics", "picture", "takes_comments"]
SEARCHED, FOUND = 20_000, 200  # stories whose headlines are looked through, stories that a search finds
WORDS = [*DRAFT_FIELDS, "seen", "seen_place", "key"]
CAME_LATE = (
    "Somebody saved this story after you opened it. Nothing is lost: both texts stand here, "
    "and you say what becomes of each part."
)


class StateFilter(admin.SimpleListFilter):
    """The states as the list shows them; what is scheduled is published at an hour to come."""

    title, parameter_name = "state", "state"
    SCHEDULED = "scheduled"

    def lookups(self, request, model_admin):
        return [*Article.State.choices, (self.SCHEDULED, "scheduled")]

    def queryset(self, request, stories):
        now, state = timezone.now(), self.value()
        if state == self.SCHEDULED:
            return stories.filter(state=Article.State.PUBLISHED, published_at__gt=now)
        if state == Article.State.PUBLISHED:
            return stories.filter(state=state).exclude(published_at__gt=now)
        return stories.filter(state=state) if state else stories


@admin.register(Article)
class ArticleAdmin(
    BodyMediaMixin,
    ActPages,
    BulkPages,
    DraftPages,
    EmbedPages,
    VersionPages,
    RelatedPages,
    LinePages,
    PreviewLinkPages,
    SentOnceMixin,
    StoryDesk,
):
    """The list of stories, and the page on which a journalist writes one."""

    form = StoryForm
    inlines = [BylineInline, RelatedInline]
    autocomplete_fields = ["topics", "picture"]
    list_display = ["headline", "state_in_words", "section", "byline", "writer", "age", "words", "blocked_by"]
    list_filter = [StateFilter, "section"]
    empty_value_display = "none"
    list_select_related = ["section", "picture", "live_version__written_by", "draft__written_by"]
    list_per_page = 50
    search_fields = ["live_version__headline", "draft__headline", "slug"]
    search_help_text = "Searches addresses, and the headlines of the stories that were last worked on."
    sortable_by = ["age"]
    view_on_site = False

    # The list

    def get_queryset(self, request):
        return super().get_queryset(request).defer("live_version__body", "draft__body")

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        models.prefetch_related_objects(listed.result_list, "bylines__author", "draft__pictures")
        return listed

    def get_ordering(self, request):
        return ["-touched_at", "-pk"]

    def get_search_results(self, request, stories, words):
        """Look through addresses, which an index holds, and through the headlines of the last stories.

        Where a field completes what is typed, offer first what readers see or soon will.
        """
        if not words.strip():
            return stories, False
        last = Article.objects.order_by("-touched_at", "-pk").values("pk")[:SEARCHED]
        found, may_repeat = super().get_search_results(request, stories.filter(pk__in=last), words)
        keys = {*found.order_by().values_list("pk", flat=True)[:FOUND], *_with_address(words)}
        found = stories.filter(pk__in=keys)
        if request.resolver_match.view_name == "admin:autocomplete":
            published = models.Case(models.When(state=Article.State.PUBLISHED, then=0), default=1)
            found = found.order_by(published, "-touched_at", "-pk")
        return found, may_repeat

    @admin.display
    def headline(self, article):
        return headline_of(article)

    @admin.display(description="state")
    def state_in_words(self, article):
        return format_html(
            '<span class="desk-state" data-state="{}">{}</span>', article.state, state_of(article)
        )

    @admin.display
    def byline(self, article):
        return ", ".join(str(byline) for byline in article.bylines.all())

    @admin.display(description="last hand")
    def writer(self, article):
        return article.newest_version and article.newest_version.written_by

    @admin.display(description="age", ordering="touched_at")
    def age(self, article):
        since = timesince(article.touched_at, timezone.now(), depth=1)
        return format_html(
            '<time datetime="{}" title="{}">{}</time>',
            article.touched_at.isoformat(),
            moment(article.touched_at),
            since,
        )

    @admin.display
    def words(self, article):
        return article.newest_version.word_count if article.newest_version else 0

    @admin.display(description="what blocks it")
    def blocked_by(self, article):
        if article.draft is None:
            return "–"
        found = gate.blockers(article, at=timezone.now())
        return ", ".join(dict.fromkeys(finding.rule for finding in found)) or "nothing"

    # The page of one story

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id and object_id.isdecimal() and len(object_id) < 18:
            withdrawn = Article.objects.filter(pk=object_id, state=Article.State.WITHDRAWN).first()
            if withdrawn:
                return self._keep_late_words(request, withdrawn)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        """Hold the story while it is saved: what the form checks against then still stands when it acts."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            try:
                Article.objects.select_for_update().filter(pk=object_id).first()
            except (ValueError, OverflowError):
                return None
        return super().get_object(request, object_id, from_field)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"account": request.user})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "section":
            sections = sections_where(request.user, "articles.change_article")
            if sections is not None:
                kwargs["queryset"] = Section.objects.filter(pk__in=sections)
        if db_field.name == "picture":
            kwargs["queryset"] = pictures_at_desk(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fieldsets(self, request, article=None):
        place = ["section", "topics", "picture", "preview", "slug", "takes_comments"]
        words = [(None, {"fields": WORDS})] if self._may_write(request, article) else []
        return [*words, ("Where it stands", {"fields": place})]

    def _may_write(self, request, article):
        return self.has_change_permission(request, article) if article else self.has_add_permission(request)

    def get_readonly_fields(self, request, article=None):
        return ["preview", *([] if may_change_place(request.user, article) else PLACE)]

    @admin.display(description="picture as it is")
    def preview(self, article):
        return picture_link(article.picture) if article and article.picture else "None yet."

    def construct_change_message(self, request, form, formsets, add=False):
        """Say what changed of the place; words and address are recorded when they are saved."""
        changed = super().construct_change_message(request, form, formsets, add)
        recorded = [*WORDS, "slug"]
        words = {form.fields[name].label or name.capitalize() for name in recorded if name in form.fields}
        for message in changed:
            fields = message.get("changed", {}).get("fields")
            if fields and "object" not in message["changed"]:
                message["changed"]["fields"] = [field for field in fields if field not in words]
        return [message for message in changed if message.get("changed", {}).get("fields") != []]

    def save_model(self, request, article, form, change):
        if change:
            article.save()
            self._record_move(request, article, form)
        if not form.has_new_words:
            return
        if form.comes_late:
            seen = form.cleaned_data["seen"]
            article.aside = publishing.set_aside(article, request.user, form.words, seen=seen)
        else:
            publishing.save_draft(article, request.user, **form.words)

    def _record_move(self, request, article, form):
        if "slug" in form.changed_data:
            note = f"from {form.initial['slug']} to {article.slug}"
            LogEntry.record(LogEntry.Act.MOVE, request.user, article=article, note=note)

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
        aside = getattr(article, "aside", None)
        if aside:
            self.message_user(request, CAME_LATE, messages.WARNING)
            return redirect("admin:articles_article_merge", article.pk, aside.pk)
        act = request.POST.get("_act")
        if act in ACTS:
            return redirect(f"admin:articles_article_{act}", article.pk)
        self.message_user(request, "The draft is saved.", messages.SUCCESS)
        return redirect("admin:articles_article_change", article.pk)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            if self.has_change_permission(request, obj):
                Presence.objects.note(obj, request.user)
            context |= {
                "acts": acts_open_to(request.user, obj),
                "state": state_of(obj),
                "embargo": obj.embargo_until and moment_in(obj.embargo_until, zones_of(request.user)),
                "hour": obj.is_scheduled and moment_in(obj.published_at, zones_of(request.user)),
                "others": Presence.objects.names(obj, besides=request.user),
                "asides": Revision.objects.of(obj).waiting().select_related("by"),
                "has_newer_draft": bool(obj.live_version and obj.draft),
                "versions": obj.versions.sealed().select_related("published_by").order_by("-number"),
                "log": obj.log_entries.select_related("by"),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def _with_address(words):
    """Return the keys of stories in whose address all the words stand: read from its index, in no order."""
    stories = Article.objects.order_by()
    for word in words.split():
        stories = stories.filter(slug__icontains=word)
    return stories.values_list("pk", flat=True)[:FOUND]
