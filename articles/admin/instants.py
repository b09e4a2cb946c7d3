"""Asks for an instant as a clock on some wall shows it, and never guesses which one is meant."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from articles.zones import moment, moment_in, never_comes, readings, zones_of

FARTHEST = timedelta(days=366)
UTC_ZONE = ZoneInfo("UTC")


class WallTimeField(forms.DateTimeField):
    """A day and an hour as typed, in no zone."""

    def to_python(self, value):
        with timezone.override(UTC):
            at = super().to_python(value)
        return at and at.replace(tzinfo=None)

    def prepare_value(self, value):
        return value


class InstantForm(forms.Form):
    """A day, an hour and a zone. Where the clocks are set, `reading` asks which of two instants is meant."""

    at = WallTimeField(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Give a day and an hour."},
    )
    zone = forms.ChoiceField(label="By the clock of")
    reading = forms.ChoiceField(
        label="Which do you mean?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "The time was changed. Choose again."},
    )

    def __init__(self, by, data=None, at=None, *, prefix="instant"):
        self.zones = list(dict.fromkeys([*zones_of(by), UTC_ZONE]))
        zone = self.zones[0]
        wall_time = timezone.localtime(at, zone).replace(tzinfo=None) if at else None
        super().__init__(data, prefix=prefix, initial={"at": wall_time, "zone": zone.key})
        self.fields["zone"].choices = [(zone.key, self._clock(zone)) for zone in self.zones]
        self.fields["reading"].choices = self._choices()
        if not self.fields["reading"].choices:
            self.fields["reading"].widget = forms.HiddenInput()

    @property
    def instant(self):
        """The instant that is meant, once the form is valid."""
        return self.cleaned_data["instant"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("at") and cleaned.get("zone"):
            cleaned["instant"] = self._instant(cleaned["at"], ZoneInfo(cleaned["zone"]))
            if "at" not in self.errors:
                self._check(cleaned["instant"])
        return cleaned

    def _instant(self, wall_time, zone):
        possible = readings(wall_time, zone)
        chosen = self.cleaned_data.get("reading")
        for at in possible:
            if len(possible) == 1 or _key(at) == chosen:
                return at
        if never_comes(wall_time, zone):
            said = "The clocks of {zone} are set forward over this time: it never comes that day."
        else:
            said = "The clocks of {zone} are set back that day: this time comes twice."
        self.add_error("at", said.format(zone=zone.key) + " Choose below which you mean.")
        return None

    def _check(self, at):
        if at <= timezone.now():
            self.add_error("at", "This time has passed.")
        elif at > timezone.now() + FARTHEST:
            self.add_error("at", "This is more than a year away. Please look at the year again.")

    def _choices(self):
        """The readings of what was sent, if there are two."""
        if not self.is_bound:
            return []
        try:
            zone = ZoneInfo(self.fields["zone"].clean(self["zone"].data))
            wall_time = self.fields["at"].clean(self["at"].data)
        except forms.ValidationError:
            return []
        possible = readings(wall_time, zone)
        return [(_key(at), self.said(at)) for at in possible] if len(possible) > 1 else []

    def said(self, at):
        """Name an instant by every clock that matters here."""
        return moment_in(at, self.zones[:2])

    @staticmethod
    def _clock(zone):
        return f"{zone.key} (there it is {moment(timezone.now(), zone)})"


class BoundForm(InstantForm):
    """Asks where a period starts or ends. It may be left empty, unless it is `required`.

    What stands already is kept to the second while its minute is not changed, and may have passed.
    """

    def __init__(self, by, data=None, at=None, *, prefix, label, help_text, required=False):
        super().__init__(by, data, at, prefix=prefix)
        self.stands = at
        field = self.fields["at"]
        field.label, field.help_text, field.required = label, help_text, required

    @property
    def instant(self):
        """The instant that is meant, once the form is valid; None where it was left empty."""
        return self.cleaned_data.get("instant")

    def _instant(self, wall_time, zone):
        kept = self.stands and self.stands.replace(second=0, microsecond=0)
        if kept in readings(wall_time, zone) and not self.cleaned_data.get("reading"):
            return self.stands
        return super()._instant(wall_time, zone)

    def _check(self, at):
        if at != self.stands:
            super()._check(at)


def _key(at):
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
