"""The preview links of one story, and the notes that came by them, below the story's own page."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.addresses import absolute
from articles.admin.instants import InstantForm
from articles.models import Article, PreviewNote
from articles.models.preview_link import MOST_OPENINGS
from articles.publishing import NotReady, WrongState
from articles.sharing import acts

USUALLY_LASTS = timedelta(days=3)
LISTED = 50  # notes, and links that opened something once


class ShareForm(forms.Form):
    purpose = forms.CharField(
        label="What it is for",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="For our lawyer. For Ms Aliyeva, to check her quotes. The holder reads it too.",
        error_messages={"required": "Say what the link is for."},
    )
    follows = forms.TypedChoiceField(
        label="It shows",
        choices=[
            (True, "the newest words, whatever they are when it is opened"),
            (False, "the words as they are saved now, even if they change"),
        ],
        coerce=lambda value: value in (True, "True"),
        initial=True,
        widget=forms.RadioSelect,
    )
    most_openings = forms.IntegerField(
        label="Openings",
        min_value=1,
        max_value=MOST_OPENINGS,
        initial=5,
        help_text="How often it can be opened. Whoever has opened it can read for eight hours.",
    )

    def __init__(self, by, data=None):
        super().__init__(data)
        self.instant = InstantForm(by, data, at=timezone.now() + USUALLY_LASTS)
        self.instant.fields["at"].label = "It ends"
        self.instant.fields["at"].help_text = f"At most {acts.LONGEST.days} days from now."
        self.problems = []

    def is_valid(self):
        valid = super().is_valid()
        return self.instant.is_valid() and valid

    def make(self, article, by):
        """Make the link and return the full address, or keep in `problems` why not and return None."""
        try:
            _, token = acts.share(article, by, ends_at=self.instant.instant, **self.cleaned_data)
        except NotReady as refusal:
            self.problems = refusal.problems
        except WrongState as refusal:
            self.problems = [str(refusal)]
        return None if self.problems else absolute(reverse("articles:invitation", args=[token]))


class PreviewLinkPages:
    """For the story's admin. Who may change a story may share it, and revoke what they made."""

    def get_urls(self):
        return [
            self.story_url("links", self.links),
            self.story_url("links/<int:link_pk>/revocation", self.revocation, "revocation"),
            self.story_url("notes/<int:note_pk>/resolution", self.resolution, "resolution"),
            *super().get_urls(),
        ]

    @method_decorator(never_cache)
    def links(self, request, pk):
        """List the links and ask for a new one. Posting makes it, and shows its address this once."""
        article = self.find_story(request, pk, "change_article")
        form, address = ShareForm(request.user, request.POST if request.method == "POST" else None), None
        if request.method == "POST" and form.is_valid():
            address = form.make(article, request.user)
            form = form if address is None else ShareForm(request.user)
        alive = _listed(article.preview_links.alive(), article, request.user)
        dead = article.preview_links.exclude(pk__in=[link.pk for link in alive])
        notes = PreviewNote.objects.on(article)
        return self.show(
            request,
            "links.html",
            article,
            "Preview links",
            form=form,
            address=address,
            can_share=article.state != Article.State.WITHDRAWN,
            alive=alive,
            dead=_listed(dead[:LISTED], article, request.user),
            notes=notes.unresolved()[:LISTED],
            resolved=notes.exclude(resolved_at=None).order_by("-at", "-pk")[:LISTED],
        )

    @method_decorator(require_POST)
    def revocation(self, request, pk, link_pk):
        link = _one(self.find_story(request, pk, "change_article").preview_links, link_pk)
        acts.revoke(link, request.user)
        self.message_user(request, f"The link “{link}” is dead.", messages.SUCCESS)
        return redirect("admin:articles_article_links", pk)

    @method_decorator(require_POST)
    def resolution(self, request, pk, note_pk):
        """Mark a note as dealt with, and go back to where the button was."""
        note = _one(PreviewNote.objects.on(self.find_story(request, pk, "change_article")), note_pk)
        PreviewNote.objects.filter(pk=note.pk).resolve(request.user)
        if request.POST.get("from") == "preview":
            return redirect(f"{reverse('articles:preview', args=[pk])}#{note.block}")
        return redirect("admin:articles_article_links", pk)


def _listed(links, article, account):
    """Return the links as the page shows them, each saying whether `account` may revoke it."""
    rows = list(links.select_related("made_by", "revoked_by").prefetch_related("openings"))
    for link in rows:
        link.article = article
        link.is_over = link.ends_at <= timezone.now()
        link.is_revocable = link.revoked_at is None and link.may_be_revoked_by(account)
    return rows


def _one(rows, pk):
    row = rows.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return row
