from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from articles import login_limits


class LoginForm(AdminAuthenticationForm):
    """The desk's door, which counts tries together with that of readers."""

    def clean(self):
        name = self.cleaned_data.get("username", "")
        try:
            login_limits.count_try(self.request, name)
        except login_limits.TooManyTries as refusal:
            raise ValidationError(str(refusal), code="too_many") from refusal
        cleaned = super().clean()
        login_limits.was_right(self.request, name)
        return cleaned
