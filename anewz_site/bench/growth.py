"""What each kind of page costs in the newsroom of this database: one line a kind, p99 in ms, nothing kept."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anewz_site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from anewz_site.bench.figures import percentile, seconds  # noqa: E402
from anewz_site.bench.newsroom import discussed_stories, kinds_of_page  # noqa: E402
from articles.models import Article  # noqa: E402
from articles.pagination import KeysetPage, beside  # noqa: E402

FIRST = 20  # requests that find nothing in the memory of the machine yet, and do not count
TIMES, ROUNDS = 200, 3  # the best round counts: what else the machine does only makes one worse


def deep_addresses():
    """Return where lists go on after four fifths of what there is."""
    newest = Article.objects.visible().news().newest_first()
    old = newest[newest.count() * 4 // 5]
    page = KeysetPage(lambda at, **page: beside(newest.visible(old.published_at), **page), {}, size=1)
    return {"latest, deep": f"/latest/{page.older_url}", "story, old": old.get_absolute_url()}


def main():
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    for name, address in (kinds_of_page(discussed_stories()) | deep_addresses()).items():
        seconds(lambda _, address=address: client.get(address), FIRST)
        p99 = min(
            percentile(seconds(lambda _, address=address: client.get(address), TIMES), 0.99)
            for _ in range(ROUNDS)
        )
        print(f"{name}: {p99 * 1000:.2f}")


if __name__ == "__main__":
    main()
