from django import forms
from django.utils import timezone

from articles import gate, publishing
from articles.admin.picture import crops_of
from articles.zones import moment, zone_of

BOX = "yes-"


class ActForm(forms.Form):
    """Asks what the act needs to know. `seen` binds it to the words that stood on the page."""

    act = None  # the function of `articles.publishing` that it calls

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, article, by, data=None):
        self.article, self.by = article, by
        super().__init__(data, initial={"seen": article.mark})
        self.problems = []
        self.instant = None  # an InstantForm, where the act asks for a time

    def is_valid(self):
        valid = super().is_valid()
        return (self.instant is None or self.instant.is_valid()) and valid

    def asked(self):
        """The fields that the act itself asks."""
        return self.visible_fields()

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.article.mark:
            newer = self.article.newest_version
            self.data = self.data.copy()
            self.data["seen"] = newer.mark
            when = moment(newer.sealed_at or newer.saved_at, zone_of(self.by))
            raise forms.ValidationError(
                f"{newer.published_by or newer.written_by} changed the story on "
                f"{when}, after you opened this page. "
                "Look at it once more; then confirm again."
            )
        return self.cleaned_data["seen"]

    def words(self):
        """What the act is given besides the story and who acts."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def done(self, sentence):
        """What is said when it is done."""
        return sentence

    def perform(self):
        """Do it, or keep in `problems` why not; return whether it is done."""
        try:
            self.act(self.article, self.by, **self.words())
        except publishing.NotReady as refusal:
            self.problems = refusal.problems
        except publishing.WrongState as refusal:
            self.problems = [str(refusal)]
        return not self.problems


class GateForm(ActForm):
    """An act that the gate stands before: a box to tick for each finding that asks for a yes."""

    def __init__(self, article, by, data=None):
        super().__init__(article, by, data)
        self.findings = gate.findings(article, by=by, at=self.at())
        for found in self._at_level(gate.Level.ASKS):
            label = f"{found.sentence} Publish it all the same."
            self.fields[_box(found)] = forms.BooleanField(label=label, required=False)
        if data is None:
            self.problems = [found.sentence for found in self._at_level(gate.Level.BLOCKS)]

    def at(self):
        """The instant from which on readers would see it."""
        return timezone.now()

    def pictures(self):
        """Every crop of every picture that readers would see."""
        candidate = gate.Candidate(self.article, self.by, self.at())
        return [(picture, crops_of(picture)) for picture in candidate.pictures]

    def warnings(self):
        return [found.sentence for found in self._at_level(gate.Level.WARNS)]

    def boxes(self):
        return [self[_box(found)] for found in self._at_level(gate.Level.ASKS)]

    def asked(self):
        return [field for field in super().asked() if not field.name.startswith(BOX)]

    def words(self):
        said = {name: value for name, value in super().words().items() if not name.startswith(BOX)}
        asking = self._at_level(gate.Level.ASKS)
        return said | {"acknowledged": {found.key for found in asking if self.cleaned_data[_box(found)]}}

    def perform(self):
        try:
            return super().perform()
        except publishing.NotAcknowledged as refusal:
            for found in refusal.findings:
                self.add_error(_box(found), "Tick this, or change the story.")
            return False

    def _at_level(self, level):
        return [found for found in self.findings if found.level == level]


def _box(found):
    return BOX + found.key
