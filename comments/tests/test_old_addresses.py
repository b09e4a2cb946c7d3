from django.test import TestCase

from articles import publishing
from articles.tests.factories import make_account, make_article


class OldAddressOfAThreadTests(TestCase):
    def setUp(self):
        self.story = make_article("First")
        self.story.slug = "second"
        self.story.save()

    def test_leads_to_the_thread_in_one_step_and_to_the_same_page_of_it(self):
        response = self.client.get("/story/first/comments/?from=7&utm_source=x")
        self.assertEqual(response.status_code, 301)
        self.assertEqual(response["Location"], "/story/second/comments/?from=7")

    def test_nothing_slips_in_through_a_key(self):
        response = self.client.get("/story/first/comments/", {"from": "7\r\nSet-Cookie: x=1&before=3"})
        self.assertEqual(
            response["Location"], "/story/second/comments/?from=7%0D%0ASet-Cookie%3A+x%3D1%26before%3D3"
        )

    def test_is_gone_with_the_story(self):
        publishing.withdraw(self.story, make_account(), notice="It was not true.")
        response = self.client.get("/story/first/comments/")
        self.assertContains(response, "It was not true.", status_code=410)
