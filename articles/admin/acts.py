"""The acts of `articles.publishing` as pages of the desk: what each asks, and whom it is open to."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.utils import timezone

from articles import publishing
from articles.admin.desk import moment
from articles.admin.story_form import mark_of
from articles.models import Article, Version
from articles.readiness import problems
from articles.templatetags.article_tags import zone_name

FARTHEST = timedelta(days=366)
DRAFT, IN_REVIEW, PUBLISHED = Article.State.DRAFT, Article.State.IN_REVIEW, Article.State.PUBLISHED


class ActForm(forms.Form):
    """Asks what the act needs to know. `seen` binds it to the words that stood on the page."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, article, data=None):
        self.article = article
        super().__init__(data, initial={"seen": mark_of(article.newest_version)})
        self.problems = self.missing() if data is None else []

    def missing(self):
        """What will refuse the act, a sentence each."""
        return []

    def clean_seen(self):
        if self.cleaned_data["seen"] != mark_of(self.article.newest_version):
            newer = self.article.newest_version
            self.data = self.data.copy()
            self.data["seen"] = mark_of(newer)
            raise forms.ValidationError(
                f"{newer.published_by or newer.written_by} changed the story on "
                f"{moment(newer.sealed_at or newer.saved_at)}, after you opened this page. "
                "Look at it once more; then confirm again."
            )
        return self.cleaned_data["seen"]

    def perform(self, by):
        """Do it, or keep in `problems` why not; return whether it is done."""
        words = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        try:
            self.act(self.article, by, **words)
        except publishing.NotReady as refusal:
            self.problems = refusal.problems
        except publishing.WrongState as refusal:
            self.problems = [str(refusal)]
        return not self.problems


class SubmissionForm(ActForm):
    act = staticmethod(publishing.submit)


class PublicationForm(ActForm):
    act = staticmethod(publishing.publish)

    at = forms.DateTimeField(
        label="From",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        now = zone_name(timezone.localtime())
        self.fields["at"].help_text = f"Leave empty to publish now. Times are those of {zone} (now {now})."
        if self.article.is_scheduled:
            self.initial["at"] = timezone.localtime(self.article.published_at)

    def missing(self):
        return problems(self.article)

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at and at <= timezone.now():
            raise forms.ValidationError("This time has passed. Leave it empty to publish now.")
        if at and at > timezone.now() + FARTHEST:
            raise forms.ValidationError("This is more than a year away. Please look at the year again.")
        return at


class UpdateForm(ActForm):
    act = staticmethod(publishing.update)

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in Version.Kind if kind != Version.Kind.FIRST],
        initial=Version.Kind.UPDATE,
        help_text="A change of style says nothing new. A correction sets right what was wrong.",
    )
    note = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Readers see it in the history; that of a correction or clarification also on the story.",
    )

    def missing(self):
        return problems(self.article)


class WithdrawalForm(ActForm):
    act = staticmethod(publishing.withdraw)

    notice = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Readers find it at the story's address, in place of the story.",
    )


@dataclass(frozen=True)
class Act:
    form: type
    permission: str
    button: str
    title: str
    explanation: str
    done: str


ACTS = {
    "submission": Act(
        SubmissionForm,
        "articles.change_article",
        "Submit for review",
        "Submit for review",
        "The editors find it in their list as “in review”. You can go on writing.",
        "The story is with the editors.",
    ),
    "publication": Act(
        PublicationForm,
        "articles.publish_article",
        "Publish",
        "Publish the story",
        "Readers see the draft as it is saved now.",
        "The story is published.",
    ),
    "update": Act(
        UpdateForm,
        "articles.publish_article",
        "Update",
        "Update the story",
        "The draft takes the place of what readers see. The version before it stays in the public history.",
        "The story is updated.",
    ),
    "withdrawal": Act(
        WithdrawalForm,
        "articles.withdraw_article",
        "Withdraw",
        "Withdraw the story",
        "The story goes from every page. This cannot be undone.",
        "The story is withdrawn.",
    ),
}


def acts_open_to(account, article):
    """Return (name, act) of what this account may do with the story in the state that it is in."""
    fitting = {
        "submission": article.state == DRAFT,
        "publication": article.state in (DRAFT, IN_REVIEW) or (article.is_scheduled and article.draft_id),
        "update": article.state == PUBLISHED and not article.is_scheduled and article.draft_id,
        "withdrawal": article.state == PUBLISHED,
    }
    return [(name, act) for name, act in ACTS.items() if fitting[name] and account.has_perm(act.permission)]
