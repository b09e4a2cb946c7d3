from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from comments.demo import THREADS
from comments.models import ReaderComment
from comments.moderation import acts


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
        self.stdout.write(f"{ReaderComment.objects.count()} comments loaded.")

    def add(self, article, *, name, at, text, replies=(), removed=None, below=None):
        instant = self.instant(at)
        comment = ReaderComment(
            article=article,
            parent_id=below.pk if below else 0,
            user_name=name,
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

    def instant(self, text):
        return timezone.make_aware(datetime.fromisoformat(text))
