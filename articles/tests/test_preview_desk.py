"""The page of the desk on which a story's links are made, listed and revoked."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import PreviewLink, SectionRole
from articles.sharing import acts
from articles.tests.desk import page_of
from articles.tests.factories import make_account, make_article, make_draft, make_member, make_section
from articles.tests.previews import make_link, make_note, make_reading

ROLES = {"Reporter": 200, "Editor": 200, "Moderator": 403, None: 403}


def link_data(**changes):
    ends_at = timezone.localtime(timezone.now() + timedelta(days=2))
    instant = {"instant-at": ends_at.strftime("%Y-%m-%dT%H:%M"), "instant-zone": "Asia/Baku"}
    return {"purpose": "For our lawyer", "follows": "True", "most_openings": 3} | instant | changes


class LinksPageTests(TestCase):
    def setUp(self):
        self.article = make_draft("Secret talks")
        self.page = page_of(self.article, "links")
        self.reporter = make_member("Reporter")
        self.client.force_login(self.reporter)

    def revocation(self, link, article=None):
        return reverse("admin:articles_article_revocation", args=[(article or self.article).pk, link.pk])

    def test_a_link_is_made_and_its_address_shown_once(self):
        response = self.client.post(self.page, link_data())
        address = response.context["address"]
        self.assertContains(response, address)
        self.assertIn("no-store", response["Cache-Control"])
        self.assertTrue(address.startswith("http://localhost"))
        self.assertEqual(self.client.get(address.partition("8000")[2]).status_code, 200)
        self.assertNotContains(self.client.get(self.page), address)
        link = PreviewLink.objects.get()
        self.assertEqual((link.made_by, link.most_openings, link.follows), (self.reporter, 3, True))

    def test_a_link_can_be_fixed_to_the_words_as_they_are(self):
        self.client.post(self.page, link_data(follows="False"))
        self.assertEqual(PreviewLink.objects.get().words["headline"], "Secret talks")

    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self):
        late = {"instant-at": "2099-01-01T00:00"}
        far = timezone.localtime(timezone.now() + timedelta(days=40)).strftime("%Y-%m-%dT%H:%M")
        for wrong, sentence in (
            ({"purpose": ""}, "Say what the link is for."),
            ({"most_openings": 51}, "less than or equal to 50"),
            ({"most_openings": 2**70}, "less than or equal to 50"),
            ({"instant-at": ""}, "Give a day and an hour."),
            (late, "more than a year away"),
            ({"instant-at": far}, "A link ends within 31 days."),
            ({"follows": "x"}, "Select a valid choice"),
        ):
            with self.subTest(wrong):
                response = self.client.post(self.page, link_data(**wrong))
                self.assertContains(response, sentence)
                self.assertContains(response, wrong.get("purpose", 'value="For our lawyer"'))
        self.assertFalse(PreviewLink.objects.exists())

    def test_lists_the_links_with_their_openings(self):
        link, _ = make_reading(self.article, purpose="For our lawyer")
        make_reading(self.article, purpose="For the witness", follows=False)
        page = self.client.get(self.page)
        for said in ("For our lawyer", "For the witness", "1 of 5", "192.0.2.0/24", "the draft of"):
            self.assertContains(page, said)

    def test_opening_the_page_changes_nothing(self):
        for method in (self.client.get, self.client.head):
            method(self.page, link_data())
        self.assertFalse(PreviewLink.objects.exists())

    def test_a_reporter_revokes_own_links_and_is_offered_no_other(self):
        own, _ = make_link(self.article, by=self.reporter)
        other, _ = make_link(self.article)
        page = self.client.get(self.page)
        self.assertContains(page, self.revocation(own))
        self.assertNotContains(page, self.revocation(other))
        self.assertEqual(self.client.get(self.revocation(own)).status_code, 405)
        self.assertEqual(self.client.post(self.revocation(other)).status_code, 403)
        self.assertRedirects(self.client.post(self.revocation(own)), self.page)
        self.assertEqual(list(PreviewLink.objects.alive()), [other])

    def test_no_link_is_revoked_by_the_address_of_another_story(self):
        link, _ = make_link(self.article, by=self.reporter)
        elsewhere = self.revocation(link, make_draft("Another"))
        self.assertEqual(self.client.post(elsewhere).status_code, 404)

    def test_it_answers_those_who_may_change_the_story(self):
        link, _ = make_link(self.article)
        note = make_note(link)
        resolution = reverse("admin:articles_article_resolution", args=[self.article.pk, note.pk])
        for role, status in ROLES.items():
            with self.subTest(role):
                self.client.force_login(self.reporter if role == "Reporter" else make_member(role))
                self.assertEqual(self.client.get(self.page).status_code, status)
                self.assertEqual(self.client.post(self.page, link_data()).status_code, status)
                self.assertEqual(self.client.post(resolution).status_code, 302 if status == 200 else 403)
        self.client.logout()
        self.assertEqual(self.client.get(self.page).status_code, 302)

    def test_a_role_in_one_section_reaches_its_stories_alone(self):
        politics = make_section("Politics")
        account = get_user_model().objects.create_user("leyla", is_staff=True)
        SectionRole.objects.create(user=account, section=politics, group=self.reporter.groups.get())
        self.client.force_login(account)
        own = make_draft("Vote", section=politics)
        for article, status in ((self.article, 403), (own, 200)):
            for page in (page_of(article, "links"), reverse("articles:preview", args=[article.pk])):
                self.assertEqual(self.client.get(page).status_code, status)

    def test_a_withdrawn_story_gets_no_link_and_says_so(self):
        article = make_article()
        make_link(article)
        publishing.withdraw(article, make_account(), notice="Wrong.")
        page = self.client.get(page_of(article, "links"))
        self.assertContains(page, "its links are dead")
        self.assertContains(page, "Dead links")
        response = self.client.post(page_of(article, "links"), link_data())
        self.assertEqual(article.preview_links.count(), 1)
        self.assertEqual(response.status_code, 200)

    def test_the_story_s_page_says_how_many_outside_can_read_it(self):
        self.assertContains(self.client.get(page_of(self.article)), "Nobody outside can read this story.")
        link, _ = make_link(self.article)
        self.assertContains(self.client.get(page_of(self.article)), "1 open link to this story.")
        acts.revoke(link, make_account())
        self.assertContains(self.client.get(page_of(self.article)), "Nobody outside can read this story.")

    def test_a_story_that_was_shared_can_be_deleted(self):
        make_reading(self.article)
        self.client.force_login(make_account())
        self.assertEqual(self.client.post(page_of(self.article, "delete"), {"post": "yes"}).status_code, 302)
        self.assertEqual(PreviewLink.objects.count(), 1)
        self.assertFalse(PreviewLink.objects.alive().exists())

    def test_the_page_costs_the_same_however_many_links(self):
        make_reading(self.article, by=self.reporter)
        self.client.get(self.page)
        with self.assertNumQueries(12):
            self.client.get(self.page)
        for _ in range(5):
            link, _ = make_reading(self.article)
            make_note(link)
        with self.assertNumQueries(12):
            self.client.get(self.page)
