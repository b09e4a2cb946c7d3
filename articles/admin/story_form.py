from django import forms

from articles.admin.body import body_field
from articles.admin.desk import moment
from articles.models import Article, Version
from articles.publishing import DRAFT_FIELDS, unused_slug


def _text_field(name, **kwargs):
    return Version._meta.get_field(name).formfield(required=False, **kwargs)


class StoryForm(forms.ModelForm):
    """A story and its draft on one page. Nothing is demanded of the words: that is publication's to do."""

    headline = _text_field("headline", widget=forms.TextInput(attrs={"class": "desk-headline"}))
    standfirst = _text_field(
        "standfirst", widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    )
    dateline = _text_field("dateline", widget=forms.TextInput(attrs={"class": "vTextField"}))
    body = body_field()
    caption = _text_field("caption", widget=forms.TextInput(attrs={"class": "vTextField"}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ["slug", "section", "topics", "picture", "takes_comments"]

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        version = instance and instance.newest_version
        words = {name: getattr(version, name) for name in DRAFT_FIELDS} if version else {}
        initial = words | {"seen": mark_of(version)} | (initial or {})
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.newer = None
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = (
                "The last part of the story's address. Left empty, it is made from the headline. "
                "Once readers know it, a change breaks their links."
            )

    @property
    def words(self):
        return {name: self.cleaned_data[name] for name in DRAFT_FIELDS}

    @property
    def has_new_words(self):
        return not self.instance.pk or bool(set(self.changed_data) & set(DRAFT_FIELDS))

    def clean_slug(self):
        return self.cleaned_data["slug"] or self.instance.slug or unused_slug(self.data.get("headline", ""))

    def clean(self):
        super().clean()
        version = self.instance.newest_version if self.instance.pk else None
        if self.cleaned_data.get("seen", "") != mark_of(version):
            self._show(version)

    def _show(self, newer):
        """Keep the writer's words, show what stands there now, and let a second save mean it."""
        self.newer = newer
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = mark_of(newer)
        said = (
            "%(who)s %(act)s this story on %(when)s, after you opened it. Nothing of yours is lost: your "
            "words stand in the form, theirs are shown here. Save again to put yours in the place of theirs."
        )
        who = newer.published_by if newer.is_final else newer.written_by
        act = "published" if newer.is_final else "saved"
        when = moment(newer.sealed_at or newer.saved_at)
        params = {"who": who, "act": act, "when": when}
        self.add_error(None, forms.ValidationError(said, code="stale", params=params))


def mark_of(version):
    """Return what tells this state of the story's words from every other; empty for a new story."""
    return f"{version.pk}.{version.revision}.{version.label}" if version else ""
