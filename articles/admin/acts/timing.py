from django import forms

from articles import publishing
from articles.admin.acts.act_form import ActForm, GateForm
from articles.admin.instants import InstantForm


class ScheduleForm(GateForm):
    act = staticmethod(publishing.schedule)

    def __init__(self, article, by, data=None):
        asked = article.published_at if article.is_scheduled else article.embargo_until
        instant = InstantForm(by, data, at=asked)
        self._at = instant.instant if data is not None and instant.is_valid() else None
        super().__init__(article, by, data)
        self.instant = instant

    def at(self):
        return self._at or super().at()

    def words(self):
        return super().words() | {"at": self.instant.instant}

    def done(self, sentence):
        return f"Scheduled for {self.instant.said(self.instant.instant)}."


class CallingOffForm(ActForm):
    act = staticmethod(publishing.call_off)


class EmbargoForm(ActForm):
    act = staticmethod(publishing.set_embargo)

    def __init__(self, article, by, data=None):
        super().__init__(article, by, data)
        self.instant = InstantForm(by, data, at=article.embargo_until)

    def words(self):
        return {"until": self.instant.instant}

    def done(self, sentence):
        return f"Nobody publishes it before {self.instant.said(self.instant.instant)}."


class LiftingForm(ActForm):
    act = staticmethod(publishing.lift_embargo)

    note = forms.CharField(
        label="Why",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Who allowed it. It stays in the record.",
    )
