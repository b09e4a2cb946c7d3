"""The pages by which a reader gets an account, gets into it, and out."""

from allauth.account import views as allauth
from allauth.account.forms import UserTokenForm
from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.password_reset import finalize_password_reset
from allauth.account.models import EmailAddress, EmailConfirmationHMAC, Login
from allauth.account.stages import LoginStageController
from django.contrib import messages
from django.contrib.auth import logout
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from articles.caching import for_one_reader
from articles.ratelimit import mailbox_of
from comments.account_pages.forms import ConfirmForm, NewPasswordForm, ResetForm, SignInForm, SignUpForm
from comments.account_pages.holders import forget_rivals, is_taken
from comments.models import Person

TAKEN = "taken"
STASH = "account_login"  # where the library keeps a login that waits for a confirmed address


class ShowsAgain:
    """A form that was not right is shown again with a status that says so."""

    http_method_names = ["get", "head", "post", "options"]

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=form.status)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}


class KeepsNoAddress:
    """What the library keeps in the session until the address is confirmed names no address."""

    def form_valid(self, form):
        with transaction.atomic():  # no account without its letter
            response = super().form_valid(form)
        if waiting := self.request.session.get(STASH):
            self.request.session[STASH] = waiting | {"email": None}
        return response


class SignUp(ShowsAgain, KeepsNoAddress, allauth.SignupView):
    form_class = SignUpForm

    def get_initial(self):
        return {}


class SignIn(ShowsAgain, KeepsNoAddress, allauth.LoginView):
    form_class = SignInForm


class Reset(ShowsAgain, allauth.PasswordResetView):
    form_class = ResetForm


sign_up = for_one_reader(SignUp.as_view())
sign_in = for_one_reader(SignIn.as_view())
sign_out = for_one_reader(require_http_methods(["GET", "HEAD", "POST"])(allauth.LogoutView.as_view()))
reset = for_one_reader(Reset.as_view())


@for_one_reader
@require_safe
def sent(request):
    return render(request, "account/verification_sent.html")


@for_one_reader
@require_safe
def reset_sent(request):
    return render(request, "account/password_reset_done.html")


@for_one_reader
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, key):
    """Opening the letter's link changes nothing; the button confirms the address and claims its comments."""
    verification = EmailConfirmationHMAC.from_key(key)
    if verification is None:
        return render(request, "account/link_over.html", status=410)
    address = verification.email_address
    asks_password = not _is_theirs(request, address)
    form = ConfirmForm(_sent(request), request=request, address=address, asks_password=asks_password)
    if form.is_valid():
        return _confirmed(request, address)
    context = {"form": form, "address": address, "asks_password": asks_password}
    status = form.status if form.is_bound else 200
    return render(request, "account/email_confirm.html", context, status=status)


@for_one_reader
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request, uidb36, key):
    token = UserTokenForm({"uidb36": uidb36, "key": key})
    if not token.is_valid() or token.reset_user.is_staff or not token.reset_user.is_active:
        return render(request, "account/link_over.html", {"of_password": True}, status=410)
    account = token.reset_user
    form = NewPasswordForm(_sent(request), user=account)
    if form.is_valid():
        with transaction.atomic():
            form.save()
            finalize_password_reset(request, account)
        logout(request)
        messages.success(request, _("Your password is changed. Sign in with the new one."))
        return redirect("account_login")
    context = {"form": form}
    status = form.status if form.is_bound else 200
    return render(request, "account/password_reset_from_key.html", context, status=status)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _is_theirs(request, address):
    """Whether this browser is signed in to the account, or has just opened it."""
    if request.user.is_authenticated:
        return request.user.pk == address.user_id
    stage = LoginStageController.enter(request, LoginStageKey.VERIFY_EMAIL.value)
    return bool(stage and stage.login.user and stage.login.user.pk == address.user_id)


def _confirmed(request, address):
    try:
        with transaction.atomic():
            claimed = _prove(request, address)
    except IntegrityError:  # another account proved the same address in the same instant
        claimed = TAKEN
    if claimed == TAKEN:
        return render(request, "account/link_over.html", {"of_another": True}, status=409)
    messages.success(request, _what_is_theirs(address, claimed))
    if request.user.is_authenticated and request.user.pk == address.user_id:
        return redirect("account")
    return perform_login(request, Login(user=address.user, email=address.email))


def _prove(request, address):
    """Prove the address once, however often the button is pressed; return how many comments came with it."""
    addresses = EmailAddress.objects.select_for_update(of=["self"]).select_related("user")
    held = addresses.filter(pk=address.pk).first()
    if held is None:
        return TAKEN
    Person.objects.behind(mailbox_of(held.email))  # of two accounts, one waits here
    if is_taken(held.email, besides=held.user):
        return TAKEN
    address.user, request.claimed = held.user, 0
    if not held.verified:
        EmailConfirmationHMAC(held).confirm(request)
        forget_rivals(held)
    return request.claimed


def _what_is_theirs(address, claimed):
    told = _("%(address)s is confirmed.") % {"address": address.email}
    if not claimed:
        return told
    theirs = ngettext(
        "A comment that you wrote without an account is now yours.",
        "%(count)s comments that you wrote without an account are now yours.",
        claimed,
    )
    return f"{told} {theirs % {'count': claimed}}"
