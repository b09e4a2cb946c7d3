from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from articles.demo.newsroom import READERS_ADDRESS
from articles.models import Article
from comments.demo import THREADS, WAITING
from comments.models import ReaderComment
from comments.moderation import acts, cases, likeness

State = ReaderComment.State


class Command(BaseCommand):
    help = "Load what readers of the demonstration answered. Where there are comments, does nothing."

    @transaction.atomic
    def handle(self, **options):
        if ReaderComment.objects.exists():
            return
        for word, comments in THREADS.items():
            stories = Article.objects.visible().filter(live_version__headline__icontains=word)
            article = stories.newest_first().first()
            if article is None:
                self.stderr.write(f"No story for the comments about “{word}”.")
                continue
            for comment in comments:
                self.add(article, **comment)
        self.add_waiting()
        self.confirm_reader()
        self.stdout.write(f"{ReaderComment.objects.count()} comments loaded.")

    def add(self, article, *, name, at, text, replies=(), removed=None, below=None):
        instant = self.instant(at)
        comment = ReaderComment(
            article=article,
            parent_id=below.pk if below else 0,
            user_name=name,
            user_email="" if removed else address_of(name),  # nobody is to get a letter about it
            comment=text,
            submit_date=instant,
            published_at=instant,
        )
        comment.save()
        for reply in replies:
            self.add(article, below=comment, **reply)
        if removed:
            reason, removed_at = removed
            moderator = get_user_model().objects.filter(groups__name="Moderator", is_active=True).first()
            acts.remove(comment, moderator, reason, now=self.instant(removed_at))

    def add_waiting(self):
        for wait in WAITING:
            stories = Article.objects.visible().filter(live_version__headline__icontains=wait["story"])
            comment = ReaderComment(
                article=stories.newest_first().first(),
                user_name=wait["name"],
                user_email=address_of(wait["name"]),
                comment=wait["text"],
                state=State.HELD if "held" in wait else State.PUBLISHED,
                checks=[{"step": "demo", "decision": "hold", "reason": wait["held"]}]
                if "held" in wait
                else [],
            )
            if comment.article:
                comment.save()
                self.open_case(comment, wait.get("reports", []))

    def open_case(self, comment, reports):
        if comment.state == State.HELD:
            like = likeness.find(comment.comment)
            likeness.remember(comment, like)
            cases.hold(comment, like=like)
        for number, (reason, words) in enumerate(reports):
            comment.reports.create(reason=reason, words=words, reporter=f"demonstration {number}")
            cases.report(comment)

    def confirm_reader(self):
        """Let the reader of the demonstration sign in, as if the letter had been answered."""
        account = get_user_model().objects.filter(email=READERS_ADDRESS).first()
        if account:
            EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)

    def instant(self, text):
        return timezone.make_aware(datetime.fromisoformat(text))


def address_of(name):
    return f"{slugify(name)}@readers.example"
