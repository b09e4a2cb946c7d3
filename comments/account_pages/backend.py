from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend

from articles.rights import NewsroomBackend
from comments.account_pages.holders import account_to_sign_in


class ReaderBackend(BaseBackend):
    """Signs readers in by e-mail address. It gives no rights, and knows nobody of the newsroom.

    So the readers' door leads no way round whatever the desk asks for at its own.
    """

    def authenticate(self, request, email=None, password=None, **credentials):
        if not email or not password:
            return None
        account = account_to_sign_in(email)
        if account is None:
            get_user_model()().set_password(password)  # as much work as for an account that is there
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id):
        return NewsroomBackend().get_user(user_id)
