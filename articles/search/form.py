from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.microseconds import microseconds
from articles.models import Author, Section, Topic
from articles.reader_fields import TellsProblems
from articles.search.entries import mark_of
from articles.search.wish import Wish, read

LONGEST = 200
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2999, 12, 31)
NO_DAY = _("Choose a year between 1970 and 2999.")
NEWEST, BEST = "", "best"
NARROWING = ("section", "topic", "author", "since", "until")


def _input(kind=forms.TextInput, **attributes):
    return kind(attrs={"class": "field__input", **attributes})


class NamedField(forms.CharField):
    """A topic or an author, by name or by the last part of its address."""

    def __init__(self, model, *, unknown, **kwargs):
        self.model, self.unknown = model, unknown
        super().__init__(required=False, max_length=80, widget=_input(autocomplete="off"), **kwargs)

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        one = self.model.objects.filter(Q(slug=text) | Q(name__iexact=text)).order_by("pk").first()
        if one is None:
            raise forms.ValidationError(self.unknown)
        return one


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"class": "field__input", "type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Write the date as 2026-04-30.")}

    def __init__(self, **kwargs):
        bounds = [MinValueValidator(FIRST_DAY, NO_DAY), MaxValueValidator(LAST_DAY, NO_DAY)]
        super().__init__(required=False, validators=bounds, **kwargs)


class SearchForm(TellsProblems, forms.Form):
    q = forms.CharField(
        label=_("Search for"),
        required=False,
        max_length=LONGEST,
        widget=_input(forms.TextInput, type="search", autocomplete="off", enterkeyhint="search"),
        error_messages={"max_length": _("Write at most %(limit_value)s characters.")},
    )
    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=_("Section"),
        required=False,
        to_field_name="slug",
        empty_label=_("All sections"),
        widget=_input(forms.Select),
        error_messages={"invalid_choice": _("We have no such section.")},
    )
    topic = NamedField(Topic, label=_("Topic"), unknown=_("We have no topic of this name."))
    author = NamedField(Author, label=_("Author"), unknown=_("We have no author of this name."))
    since = DayField(label=pgettext_lazy("a day", "From"))
    until = DayField(label=pgettext_lazy("a day", "To"))
    order = forms.ChoiceField(
        # Translators: the order in which stories that were found stand.
        label=_("Order"),
        required=False,
        choices=[(NEWEST, _("Newest first")), (BEST, _("Best match first"))],
        widget=_input(forms.Select),
        error_messages={"invalid_choice": _("Choose one of the orders.")},
    )

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end lies before the beginning."))
        return cleaned

    @property
    def is_narrowed(self):
        """Whether it asks for more than words, so that its lower part is shown open."""
        return any(self.data.get(name) for name in NARROWING)

    @property
    def asks_for_nothing(self):
        return not any(self.cleaned_data[name] for name in ("q", *NARROWING))

    def wish_at(self, at):
        """Return what a valid form looks for, of what was published by the instant `at`."""
        cleaned = self.cleaned_data
        wanted, unwanted = read(cleaned["q"])
        marks = (mark_of(one) for name in ("section", "topic", "author") if (one := cleaned[name]))
        until = cleaned["until"] and _midnight(cleaned["until"] + timedelta(days=1)) - 1
        return Wish(
            wanted=wanted,
            unwanted=unwanted,
            marks=tuple(marks),
            since=_midnight(cleaned["since"]) if cleaned["since"] else 0,
            until=min(until or microseconds(at), microseconds(at)),
        )


def _midnight(day):
    return microseconds(datetime.combine(day, time(), timezone.get_current_timezone()))
