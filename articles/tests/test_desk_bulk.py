from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Article
from articles.tests.factories import make_article, make_draft, make_member


class BulkTests(TestCase):
    def setUp(self):
        self.editor = make_member("Editor")
        self.client.force_login(self.editor)
        self.first, self.second = make_draft("First"), make_draft("Second")
        for article in (self.first, self.second):
            publishing.submit(article, self.editor)

    def choose(self, action="approve_chosen"):
        data = {"action": action, "_selected_action": [self.first.pk, self.second.pk]}
        return self.client.post(reverse("admin:articles_article_changelist"), data, follow=True)

    def confirm(self, page, **changes):
        seen = {f"seen-{story.pk}": story.mark for story, _ in page.context["stories"]}
        address, query = page.redirect_chain[-1][0].split("?")
        return self.client.post(f"{address}?{query}", seen | changes, follow=True)

    def states(self):
        return [Article.objects.get(pk=story.pk).state for story in (self.first, self.second)]

    def test_several_stories_are_approved_at_once(self):
        page = self.choose()
        self.assertEqual(self.states(), ["in_review"] * 2, "choosing does nothing yet")
        self.assertContains(self.confirm(page), "Done with 2 of 2.")
        self.assertEqual(self.states(), ["approved"] * 2)

    def test_a_story_that_somebody_changed_meanwhile_is_left_alone(self):
        page = self.choose()
        publishing.save_draft(self.second, make_member("Reporter"), headline="Unseen words")
        answer = self.confirm(page)
        self.assertContains(answer, "reporter changed the story on")
        self.assertEqual(self.states(), ["approved", "in_review"])

    def test_a_story_that_the_act_does_not_fit_is_left_alone(self):
        publishing.approve(self.second, self.editor)
        page = self.choose()
        self.assertContains(page, "Will be left alone. It is approved.")
        self.assertContains(self.confirm(page), "Done with 1 of 2.")

    def test_rights_are_asked_for_each_act(self):
        self.client.force_login(make_member("Reporter"))
        self.assertEqual(self.choose().status_code, 403)
        address = reverse("admin:articles_article_bulk", args=["publication"])
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_stands_odd_keys(self):
        address = reverse("admin:articles_article_bulk", args=["approval"])
        live = make_article("Live")
        for keys in ("", "x", "-1", str(2**70), "1,,\x00", "١", f"{live.pk}"):
            with self.subTest(keys=keys):
                self.assertEqual(self.client.get(address, {"ids": keys}).status_code, 200)
