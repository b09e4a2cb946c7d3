from unittest.mock import patch

from django.db import OperationalError
from django.test import TestCase


class DatabaseOutageTests(TestCase):
    def setUp(self):
        outage = patch("articles.views.home_at", side_effect=OperationalError("connection refused"))
        outage.start()
        self.addCleanup(outage.stop)

    def test_answers_503_and_when_to_come_back(self):
        response = self.client.get("/")
        self.assertEqual((response.status_code, response["Retry-After"]), (503, "30"))
        self.assertEqual(response["Cache-Control"], "no-store")

    def test_the_page_asks_nothing_of_the_database(self):
        with self.assertNumQueries(0):
            self.client.get("/")

    def test_whoever_was_writing_gets_the_words_back(self):
        outage = OperationalError("connection refused")
        address = "/story/troops/report-an-error/1/story/"
        with patch("articles.report_pages._visible", side_effect=outage):
            response = self.client.post(address, {"words": "It was another month."})
        self.assertContains(response, "It was another month.", status_code=503)
