import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comments import personal_data


class Command(BaseCommand):
    help = (
        "Tell or delete what is kept about the person behind an e-mail address, with or without an account."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--export", metavar="FILE", help="Write all of it to a new file, as JSON.")
        what.add_argument("--delete", action="store_true", help="Forget the person; published words stay.")
        parser.add_argument(
            "--withdraw-words", action="store_true", help="With --delete: the words go as well."
        )

    def handle(self, *, email, export, withdraw_words, **options):
        owner = personal_data.of_address(email)
        if export:
            self._export(owner, Path(export))
        else:
            self._delete(owner, withdraw_words)

    def _export(self, owner, path):
        text = json.dumps(personal_data.export(owner), indent=2, ensure_ascii=False)
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError as error:
            raise CommandError(f"{path} is there already.") from error
        path.write_text(text)
        self.stdout.write(f"Written: {path}. It holds personal data: hand it over, and delete it.")

    def _delete(self, owner, withdraw_words):
        comments = owner.comments.count()
        words = personal_data.Leaving.WITHDRAW if withdraw_words else personal_data.Leaving.KEEP
        try:
            personal_data.erase(owner, words=words)
        except personal_data.OfNewsroom as error:
            raise CommandError("This account is the newsroom's: an administrator closes it.") from error
        self.stdout.write(f"Forgotten: {'an account, ' if owner.account else ''}comments: {comments}.")
