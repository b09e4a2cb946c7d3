from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F
from django.utils import timezone
from django_comments.models import Comment

from articles.models import Article
from comments.models import ReaderComment, places

THREAD_TABLE = "django_comments_xtd_xtdcomment"
THREAD_COLUMNS = 'comment_ptr_id, thread_id, parent_id, level, "order", followup, nested_count'
READER_COLUMNS = (
    "xtdcomment_ptr_id, article_id, state, place, html, published_at, removal_reason, fingerprint, "
    "opens_thread"
)


def make_many_comments(article, count, *, replies_per_thread=4):
    """Write threads straight into the three tables, as `save` would leave them, in moments."""
    now = timezone.now()
    common = {
        "content_type": ContentType.objects.get_for_model(article),
        "object_pk": article.pk,
        "site_id": settings.SITE_ID,
        "submit_date": now,
    }
    bases = [Comment(user_name=f"Reader {n}", comment=f"Words {n}.", **common) for n in range(count)]
    threads, readers = [], []
    for index, base in enumerate(Comment.objects.bulk_create(bases)):
        number = index % (replies_per_thread + 1)
        root = bases[index - number].pk
        place = places.of_reply(places.of_thread(root), number) if number else places.of_thread(root)
        threads.append((base.pk, root, root, int(number > 0), number + 1, False, replies_per_thread))
        row = (base.pk, article.pk, "published", place, f"<p>{base.comment}</p>", now, "", None, not number)
        readers.append(row)
    _insert(THREAD_TABLE, THREAD_COLUMNS, threads)
    _insert(ReaderComment._meta.db_table, READER_COLUMNS, readers)
    Article.objects.filter(pk=article.pk).update(comment_count=F("comment_count") + count)


def _insert(table, columns, rows):
    values = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)
