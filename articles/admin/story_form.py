import re

from django import forms

from articles.admin.body import body_field
from articles.admin.place import described, mark_of_place
from articles.admin.sent_once import SentOnceForm
from articles.admin.sources import SourcesField
from articles.models import Article, Version
from articles.publishing import DRAFT_FIELDS, slug_stem, unused_slug

NAMELESS = re.compile(r"story-[a-z0-9]{8}")  # the address of a story that had no headline


def _text_field(name, **kwargs):
    return Version._meta.get_field(name).formfield(required=False, **kwargs)


class WordsForm(forms.Form):
    """What a story says. Nothing is demanded of the words: that is publication's to do."""

    headline = _text_field("headline", widget=forms.TextInput(attrs={"class": "desk-headline"}))
    standfirst = _text_field(
        "standfirst", widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    )
    dateline = _text_field("dateline", widget=forms.TextInput(attrs={"class": "vTextField"}))
    body = body_field()
    caption = _text_field("caption", widget=forms.TextInput(attrs={"class": "vTextField"}))
    sources = SourcesField(
        required=False,
        help_text="What the report rests on. Readers see it below the story. Save to get more empty rows.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def words(self):
        return {name: self.cleaned_data[name] for name in DRAFT_FIELDS}

    def refusal(self):
        """Return in one sentence what is wrong with the words."""
        return " ".join(error for errors in self.errors.values() for error in errors)


class StoryForm(WordsForm, SentOnceForm):
    """A story and its draft on one page. `seen` and `seen_place` say on which state the writer builds."""

    account = None  # who writes; the desk gives it

    seen_place = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ["slug", "section", "topics", "picture", "takes_comments"]

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        version = instance and instance.newest_version
        words = {name: getattr(version, name) for name in DRAFT_FIELDS} if version else {}
        marks = {"seen": version.mark if version else "", "seen_place": mark_of_place(instance)}
        super().__init__(*args, instance=instance, initial=words | marks | (initial or {}), **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = (
                "The last part of the story's address. Left empty, it is made from the headline. "
                "Readers who come to an earlier address are led on to this one."
            )

    @property
    def has_new_words(self):
        return not self.instance.pk or bool(set(self.changed_data) & set(DRAFT_FIELDS))

    @property
    def comes_late(self):
        """Whether somebody saved other words since the page was opened."""
        return bool(self.instance.pk) and self.cleaned_data["seen"] != self.instance.mark

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if not slug or (slug == self.instance.slug and self._is_of_the_first_letters(slug)):
            slug = self._made_slug()
        if Article.objects.once_at(slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                "Another story stood at this address once, and readers are still led to it. Choose another."
            )
        return slug

    def _made_slug(self):
        """Return the headline's words, or the present address where readers know it or nothing changed."""
        headline, present = self.data.get("headline", ""), self.instance.slug
        if present and (self.instance.was_ever_public or not headline or slug_stem(headline) == present):
            return present
        return unused_slug(headline)

    def _is_of_the_first_letters(self, slug):
        """Whether the address was made when the page first saved itself, of half a headline or none."""
        stem = slug_stem(self.data.get("headline", ""))
        breaks_a_word = stem.startswith(slug) and stem[len(slug) : len(slug) + 1] not in ("", "-")
        is_made = NAMELESS.fullmatch(slug) or breaks_a_word
        return bool(is_made) and not self.instance.live_version_id

    def clean_section(self):
        """A published story keeps a section, and goes into no stricter one by its writers alone."""
        section, live = self.cleaned_data["section"], self.instance.live_version
        if live is None:
            return section
        if section is None:
            raise forms.ValidationError("A published story stands in a section. Choose one.")
        is_new = section.pk != self.instance.section_id
        if is_new and section.needs_second_person and live.published_by_id in live.writers():
            raise forms.ValidationError(
                f"In {section} somebody else than the writer has to publish; {live.published_by} wrote this "
                "and published it. Let a colleague publish a change of it first."
            )
        return section

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if picture and self.instance.live_version_id:
            if problems := list(picture.problems()):
                raise forms.ValidationError(
                    [*problems, "Readers see this story now: complete the picture first."]
                )
        return picture

    def clean(self):
        super().clean()
        if self.instance.pk and "section" in self.fields:
            self._refuse_late_place()

    def _refuse_late_place(self):
        """Keep what was chosen, show what stands now, and let a second save mean it."""
        stored = Article.objects.get(pk=self.instance.pk)
        now = mark_of_place(stored)
        if self.cleaned_data.get("seen_place", now) in (now, ""):
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_place")] = now
        said = (
            "Somebody changed where this story stands after you opened it. Nothing of yours is lost: "
            "it stands in the form. Save again to put it in the place of theirs. Theirs: "
        )
        self.add_error(None, forms.ValidationError(said + "; ".join(described(stored)) + ".", code="stale"))
