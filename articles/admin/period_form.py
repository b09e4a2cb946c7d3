from django.utils import timezone

from articles.admin.instants import BoundForm
from articles.admin.shared_row import SharedRowForm


class PeriodForm(SharedRowForm):
    """A noun that holds from one instant to another, each asked by the clock of some zone."""

    marked = ("starts_at", "ends_at")
    end_is_required = False
    start_help = "Left empty: from now on."
    end_help = "Left empty: until somebody ends it."

    def __init__(self, data=None, files=None, **kwargs):
        super().__init__(data, files, **kwargs)
        period = self.instance
        self._stood = (period.starts_at, period.ends_at)
        self.start = BoundForm(
            self.account,
            data,
            None if period._state.adding else period.starts_at,
            prefix="start",
            label="Start",
            help_text=self.start_help,
        )
        self.end = BoundForm(
            self.account,
            data,
            period.ends_at,
            prefix="end",
            label="End",
            help_text=self.end_help,
            required=self.end_is_required,
        )

    @property
    def instants(self):
        return [self.start, self.end]

    @property
    def changed_data(self):
        stands = (self.instance.starts_at, self.instance.ends_at)
        names = zip(("start", "end"), self._stood, stands, strict=True)
        return [*super().changed_data, *(name for name, old, new in names if old != new)]

    def is_valid(self):
        return super().is_valid() and self._has_instants()

    def clean(self):
        cleaned = super().clean()
        if self._has_instants():
            self.instance.starts_at = self.start.instant or timezone.now()
            self.instance.ends_at = self.end.instant
        return cleaned

    def _get_validation_exclusions(self):
        """Check the period by the rules of the model, though its instants are no fields of this form."""
        excluded = super()._get_validation_exclusions()
        return excluded - {"starts_at", "ends_at"} if self._has_instants() else excluded

    def _has_instants(self):
        return all(instant.is_valid() for instant in self.instants)
