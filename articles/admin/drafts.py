"""The pages around a draft: what it was, what was set aside, and how two texts become one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone

from articles import merging, publishing
from articles.admin.place import mark_of_place
from articles.admin.story_desk import last_act
from articles.admin.story_form import WordsForm
from articles.embeds import body_with_links
from articles.history import changes
from articles.models import Article, Presence, Revision, Version
from articles.publishing import DRAFT_FIELDS
from articles.zones import moment, zone_of

LISTED = 200


class MergeForm(forms.Form):
    """A choice for each part in which two texts differ."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, article, parts, data=None):
        self.article, self.parts = article, parts
        super().__init__(data, initial={"seen": article.mark})
        for number, part in enumerate(parts):
            if part.differs:
                self.fields[f"part-{number}"] = forms.ChoiceField(
                    choices=[(choice, SAID[choice]) for choice in part.choices],
                    initial=part.choice,
                    widget=forms.RadioSelect,
                    error_messages={"required": "Choose one of them."},
                )

    def rows(self):
        """Return each part with the field that asks about it, if one does."""
        return [
            (part, self[f"part-{number}"] if part.differs else None) for number, part in enumerate(self.parts)
        ]

    def words(self):
        asked = (f"part-{number}" for number in range(len(self.parts)))
        return merging.merged(self.parts, [self.cleaned_data.get(name, merging.THEIRS) for name in asked])


SAID = {merging.THEIRS: "What stands now", merging.MINE: "What was set aside", merging.BOTH: "Both"}


class DraftPages:
    """For the story's admin."""

    def get_urls(self):
        begin = self.admin_site.admin_view(self.begin)
        return [
            path("begin/", begin, name="articles_article_begin"),
            self.story_url("autosave", self.autosave),
            self.story_url("revisions", self.revisions),
            self.story_url("revisions/<int:revision_pk>", self.revision, "revision"),
            self.story_url("merge/<int:revision_pk>", self.merge),
            *super().get_urls(),
        ]

    def begin(self, request):
        """Save the first words of a new story while they are typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._save_typed(request, Article())

    def autosave(self, request, pk):
        """Save what is being typed."""
        return self._save_typed(request, self.find_story(request, pk, "change_article"))

    def _save_typed(self, request, article):
        """Answer as JSON: the new marks, when it was saved, who else has the story open, or why not."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = WordsForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"refusal": form.refusal()}, status=422)
        try:
            if form.words != _words(article.newest_version or Version()):
                publishing.autosave_draft(article, request.user, seen=form.cleaned_data["seen"], **form.words)
        except publishing.StaleDraft as refusal:
            return JsonResponse(_told_of(refusal, article), status=409)
        except publishing.WrongState as refusal:
            return JsonResponse({"refusal": str(refusal)}, status=409)
        return JsonResponse(self._saved(request, article) if article.pk else {})

    def _keep_late_words(self, request, article):
        """Set aside what somebody wrote while the story was withdrawn, and say who withdrew it."""
        self.find_story(request, article.pk, "change_article")
        form = WordsForm(request.POST)
        if form.is_valid():
            with transaction.atomic():
                held = Article.objects.select_for_update().get(pk=article.pk)
                publishing.set_aside(held, request.user, form.words, seen=form.cleaned_data["seen"])
            kept = " Your words are kept among the earlier saves."
        else:
            kept = ""
        self.message_user(request, f"{last_act(article)}{kept}", messages.WARNING)
        return redirect("admin:articles_article_revisions", article.pk)

    def _refuse_withdrawn(self, request, article):
        """Lead back from a page that would change a withdrawn story; None where it may be changed."""
        if article.state != Article.State.WITHDRAWN:
            return None
        self.message_user(request, f"{last_act(article)} Its text stays as it is.", messages.WARNING)
        return redirect("admin:articles_article_revisions", article.pk)

    def _saved(self, request, article):
        Presence.objects.note(article, request.user)
        return {
            "seen": article.mark,
            "seen_place": mark_of_place(article),
            "saved_at": moment(timezone.now(), zone_of(request.user)),
            "others": Presence.objects.names(article, besides=request.user),
            "page": reverse("admin:articles_article_change", args=[article.pk]),
            "autosave": reverse("admin:articles_article_autosave", args=[article.pk]),
        }

    def revisions(self, request, pk):
        """What was saved into the drafts of the story, the newest first."""
        article = self.find_story(request, pk)
        revisions = Revision.objects.of(article).select_related("by", "version")[:LISTED]
        return self.show(request, "revisions.html", article, "Earlier saves", revisions=revisions)

    def revision(self, request, pk, revision_pk):
        """One earlier save, against what stands now. Posting puts its words into the draft."""
        with transaction.atomic():
            right = "change_article" if request.method == "POST" else "view_article"
            article = self.hold_story(request, pk, right)
            revision = get_object_or_404(Revision.objects.of(article).select_related("by"), pk=revision_pk)
            if request.method == "POST":
                if refusal := self._refuse_withdrawn(request, article):
                    return refusal
                publishing.save_draft(article, request.user, **_known(revision.words))
                revision.settle()
                self.message_user(request, "These words stand in the draft now.", messages.SUCCESS)
                return redirect("admin:articles_article_change", article.pk)
        then = Version(article=article, **_known(revision.words))
        return self.show(
            request,
            "revision.html",
            article,
            f"Saved by {revision.by} on {moment(revision.at, zone_of(request.user))}",
            revision=revision,
            then=then,
            body=body_with_links(then.body),
            changes=changes(then, article.newest_version),
            may_take=self.has_change_permission(request, article),
        )

    def merge(self, request, pk, revision_pk):
        """Two texts side by side, and which of them stays, part by part."""
        with transaction.atomic():
            article = self.hold_story(request, pk, "change_article")
            revision = get_object_or_404(Revision.objects.of(article).select_related("by"), pk=revision_pk)
            if refusal := self._refuse_withdrawn(request, article):
                return refusal
            before, mine = _known(revision.words_before()), _known(revision.words)
            parts = merging.parts_of(before, _words(article.newest_version), mine)
            form = MergeForm(article, parts, request.POST or None)
            if request.method == "POST" and self._is_of_these_words(form) and form.is_valid():
                publishing.save_draft(article, request.user, **form.words())
                revision.settle()
                self.message_user(request, "Both texts are one now.", messages.SUCCESS)
                return redirect("admin:articles_article_change", article.pk)
        return self.show(request, "merge.html", article, "Two texts", revision=revision, form=form)

    @staticmethod
    def _is_of_these_words(form):
        if form.data.get("seen") == form.article.mark:
            return True
        form.data = form.data.copy()
        form.data["seen"] = form.article.mark
        form.add_error(None, "Somebody saved once more meanwhile. Look at the parts again, then merge.")
        return False


def _told_of(refusal, article):
    who = refusal.newer.published_by or refusal.newer.written_by
    return {
        "refusal": f"{who} saved this story after you opened it. Your words are kept beside it.",
        "merge": reverse("admin:articles_article_merge", args=[article.pk, refusal.aside.pk]),
    }


def _words(version):
    return {name: getattr(version, name) for name in DRAFT_FIELDS}


def _known(words):
    """The words of a revision, with a place for fields that were not there when it was saved."""
    return _words(Version()) | {name: words[name] for name in DRAFT_FIELDS if name in words}
