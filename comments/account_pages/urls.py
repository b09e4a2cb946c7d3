"""Names without a namespace, since django-allauth asks for some of them. Nothing else of it is mounted."""

from django.urls import path

from comments.account_pages import entrance, own

urlpatterns = [
    path("", own.account, name="account"),
    path("name/", own.name, name="account_name"),
    path("letters/", own.letters, name="account_letters"),
    path("password/", own.password, name="account_change_password"),
    path("address/", own.address, name="account_email"),
    path("data/", own.data, name="account_data"),
    path("deletion/", own.deletion, name="account_deletion"),
    path("deleted/", own.deleted, name="account_deleted"),
    path("sign-up/", entrance.sign_up, name="account_signup"),
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-out/", entrance.sign_out, name="account_logout"),
    path("sent/", entrance.sent, name="account_email_verification_sent"),
    path("confirm/<str:key>/", entrance.confirm, name="account_confirm_email"),
    path("new-password/", entrance.reset, name="account_reset_password"),
    path("new-password/sent/", entrance.reset_sent, name="account_reset_password_done"),
    path(
        "new-password/<str:uidb36>/<str:key>/",
        entrance.new_password,
        name="account_reset_password_from_key",
    ),
]
