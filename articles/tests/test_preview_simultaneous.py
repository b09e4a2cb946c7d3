from django.test import Client

from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_draft
from articles.tests.previews import make_link

TIMES = 6


class SimultaneousOpeningTests(ConcurrencyTestCase):
    def opened_at_once(self, most_openings):
        link, address = make_link(make_draft(), most_openings=most_openings)
        statuses = self.at_once(lambda _: Client().post(address).status_code, TIMES)
        return link, sorted(statuses)

    def test_of_six_at_once_with_one_left_one_opens(self):
        link, statuses = self.opened_at_once(1)
        self.assertEqual(statuses, [302] + [404] * 5)
        self.assertEqual(link.openings.count(), 1)

    def test_of_six_at_once_with_four_left_four_open(self):
        link, statuses = self.opened_at_once(4)
        self.assertEqual(statuses, [302] * 4 + [404] * 2)
        self.assertEqual([opening.number for opening in link.openings.all()], [1, 2, 3, 4])
