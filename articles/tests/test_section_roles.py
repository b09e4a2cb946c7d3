"""A role in one section: its rights hold for the stories of that section, and for no other."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Article, Picture, SectionRole
from articles.tests.desk import act_data, page_of, story_data
from articles.tests.factories import make_article, make_author, make_draft, make_section, make_topic
from articles.tests.picture_files import make_picture, stripes


class SectionRoleTests(TestCase):
    def setUp(self):
        self.world, self.business = make_section("World"), make_section("Business")
        self.account = get_user_model().objects.create_user("leyla", is_staff=True)
        self.give("Editor", self.business)
        self.give("Reporter", self.world)
        self.client.force_login(self.account)

    def give(self, role, section):
        group = Group.objects.get(name=role)
        SectionRole.objects.create(user=self.account, section=section, group=group)

    def test_an_editor_of_one_section_publishes_there_and_nowhere_else(self):
        ours, theirs = make_draft("Ours", section=self.business), make_draft("Theirs", section=self.world)
        publishing.publish(ours, self.account)
        with self.assertRaises(PermissionDenied):
            publishing.publish(theirs, self.account)
        self.client.post(page_of(theirs, "publication"), act_data(theirs))
        self.assertEqual(Article.objects.get(pk=theirs.pk).state, Article.State.DRAFT)

    def test_a_reporter_of_one_section_writes_there(self):
        article = make_draft("Theirs", section=self.world)
        self.client.post(page_of(article), story_data(article, headline="My words"))
        self.assertEqual(Article.objects.get(pk=article.pk).draft.headline, "My words")

    def test_stories_of_other_sections_are_not_there_at_all(self):
        secret = make_draft("Secret talks", section=make_section("Politics"))
        self.assertNotContains(self.client.get(reverse("admin:articles_article_changelist")), "Secret talks")
        for name in ("change", "history"):
            self.assertEqual(self.client.get(page_of(secret, name)).status_code, 302)
        for name in ("revisions", "publication"):
            self.assertEqual(self.client.get(page_of(secret, name)).status_code, 403)
        asked = {"app_label": "articles", "model_name": "relatedstory", "field_name": "target", "term": ""}
        self.assertNotContains(self.client.get(reverse("admin:autocomplete"), asked), "Secret talks")

    def test_a_story_moves_only_into_a_section_of_the_account(self):
        article = make_draft("Ours", section=self.business)
        data = story_data(article, section=make_section("Politics").pk)
        self.assertContains(self.client.post(page_of(article), data), "errorlist")
        self.assertEqual(Article.objects.get(pk=article.pk).section, self.business)

    def test_a_new_story_is_begun_in_a_section_of_the_account(self):
        self.client.post(reverse("admin:articles_article_add"), story_data(headline="Begun"))
        self.assertEqual(Article.objects.get().created_by, self.account)

    def test_the_place_of_a_live_story_is_for_editors_of_its_section(self):
        for section, expected in ((self.world, True), (self.business, False)):
            article = make_article(f"In {section}", section=section)
            data = story_data(article) | {"takes_comments": ""}
            self.client.post(page_of(article), data)
            self.assertEqual(Article.objects.get(pk=article.pk).takes_comments, expected)

    def test_a_role_that_is_taken_away_is_gone(self):
        SectionRole.objects.all().delete()
        self.client.force_login(get_user_model().objects.get(pk=self.account.pk))
        self.assertEqual(self.client.get(reverse("admin:articles_article_changelist")).status_code, 403)

    def test_an_account_that_is_off_has_no_right(self):
        self.account.is_active = False
        self.assertFalse(self.account.has_perm("articles.view_article"))
        self.assertFalse(self.account.has_module_perms("articles"))

    def test_what_all_sections_share_is_not_changed_by_who_has_a_role_in_one(self):
        author = make_author("Somebody")
        shared = [("section", self.world.pk), ("author", author.pk), ("topic", make_topic("Kursk").pk)]
        for noun, pk in shared:
            with self.subTest(noun=noun):
                address = reverse(f"admin:articles_{noun}_change", args=[pk])
                self.assertEqual(self.client.post(address, {"name": "Taken over"}).status_code, 403)
                self.assertEqual(self.client.get(reverse(f"admin:articles_{noun}_add")).status_code, 403)
        for noun in ("homeslot", "breakingnews", "page"):
            with self.subTest(noun=noun):
                self.assertEqual(self.client.get(reverse(f"admin:articles_{noun}_add")).status_code, 403)

    def test_the_picture_of_another_sections_live_story_is_not_theirs_to_change(self):
        picture = make_picture(stripes(320, 240))
        make_article("In World", section=self.world, picture=picture)
        address = reverse("admin:articles_picture_change", args=[picture.pk])
        self.client.post(address, {"alt_text": "Mine", "credit": "Mine", "focal_x": 50, "focal_y": 50})
        self.assertNotEqual(Picture.objects.get(pk=picture.pk).credit, "Mine")
        ours = make_picture(stripes(300, 240))
        make_article("In Business", section=self.business, picture=ours)
        address = reverse("admin:articles_picture_change", args=[ours.pk])
        self.client.post(address, {"alt_text": "Ours", "credit": "Ours", "focal_x": 50, "focal_y": 50})
        self.assertEqual(Picture.objects.get(pk=ours.pk).credit, "Ours")

    def test_the_record_tells_nothing_of_other_sections(self):
        make_draft("Secret talks", section=make_section("Politics"))
        make_draft("Open talks", section=self.business)
        page = self.client.get(reverse("admin:articles_logentry_changelist"))
        self.assertContains(page, "Open talks")
        self.assertNotContains(page, "Secret talks")

    def test_no_number_makes_the_desk_tell_a_headline(self):
        secret = make_draft("Secret talks", section=make_section("Politics"))
        article = make_draft("Ours", section=self.business)
        row = {"related_stories-TOTAL_FORMS": 1, "related_stories-0-target": secret.pk}
        page = self.client.post(page_of(article), story_data(article, **row))
        self.assertNotContains(page, "Secret talks")
        self.assertFalse(article.related_stories.exists())
