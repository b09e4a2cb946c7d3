"""Many write in one draft at once, each on top of what they last saw: no save is lost."""

from collections import Counter

from articles import publishing
from articles.models import Article, Revision
from articles.publishing import StaleDraft
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_account, make_draft

WRITERS, SAVES = 8, 125


class InterleavedSavesTests(ConcurrencyTestCase):
    def test_of_a_thousand_saves_each_is_in_the_draft_or_set_aside(self):
        article = make_draft()
        writers = [make_account(f"writer{number}") for number in range(WRITERS)]

        def write(number):
            for save in range(SAVES):
                seen = Article.objects.get(pk=article.pk).mark
                if save % 2:
                    seen = "of.an.hour.ago"
                try:
                    publishing.save_draft(
                        Article.objects.get(pk=article.pk),
                        writers[number],
                        seen=seen,
                        headline=f"{number}/{save}",
                    )
                except StaleDraft as refusal:
                    self.assertEqual(refusal.aside.words["headline"], f"{number}/{save}")

        self.at_once(write, WRITERS)
        kept = Counter(Revision.objects.of(article).values_list("words__headline", flat=True))
        expected = {f"{number}/{save}" for number in range(WRITERS) for save in range(SAVES)}
        self.assertEqual({headline for headline in kept if "/" in headline}, expected)
        self.assertEqual(set(kept.values()), {1})
        taken = Revision.objects.of(article).taken()
        article.refresh_from_db()
        self.assertEqual(article.draft.revision, taken.count())
        self.assertEqual(article.draft.headline, taken.order_by("-number").first().words["headline"])
