import unicodedata

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from articles.ratelimit import allow, client_network, forget, give_back

WINDOW_S = 15 * 60
TRIES_FOR_A_NAME = 10
TRIES_FROM_A_NETWORK = 50


class LoginForm(AdminAuthenticationForm):
    """Lets a network try a name, and names, so often; who is tried from elsewhere is not locked out.

    The count comes before any look at the account: the answer and its time are the
    same for a name that exists and one that does not.
    """

    error_messages = AdminAuthenticationForm.error_messages | {
        "too_many": "Too many attempts to log in from your network. Please wait a quarter of an hour.",
    }

    def clean(self):
        network = client_network(self.request)
        name = unicodedata.normalize("NFKC", self.cleaned_data.get("username", "")).casefold()
        of_network = allow(f"login {network}", TRIES_FROM_A_NETWORK, WINDOW_S)
        if not of_network or not allow(f"login {network} {name}", TRIES_FOR_A_NAME, WINDOW_S):
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        cleaned = super().clean()
        # Whoever knows the password was not guessing.
        forget(f"login {network} {name}")
        give_back(f"login {network}")
        return cleaned
