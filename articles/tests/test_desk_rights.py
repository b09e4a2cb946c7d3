"""Who may do what at the desk: each role, each address, each act."""

from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Article, RelatedStory
from articles.tests.desk import act_data, page_of, story_data
from articles.tests.factories import make_account, make_article, make_draft, make_member, make_section
from articles.tests.picture_files import make_picture

ROLES = ["Reporter", "Editor", "Moderator", None]
OPEN = {  # address: the roles that it answers
    "admin:articles_article_changelist": ["Reporter", "Editor"],
    "admin:articles_article_add": ["Reporter", "Editor"],
    "admin:articles_picture_changelist": ["Reporter", "Editor"],
    "admin:articles_picture_add": ["Reporter", "Editor"],
    "admin:articles_picture_several": ["Reporter", "Editor"],
    "admin:articles_picture_choices": ["Reporter", "Editor"],
    "admin:articles_section_changelist": ["Reporter", "Editor"],
    "admin:articles_section_add": ["Editor"],
    "admin:articles_topic_changelist": ["Reporter", "Editor"],
    "admin:articles_topic_add": ["Editor"],
    "admin:articles_author_changelist": ["Reporter", "Editor"],
    "admin:articles_author_add": ["Editor"],
    "admin:articles_homeslot_changelist": ["Editor"],
    "admin:articles_homeslot_add": ["Editor"],
    "admin:articles_homeslot_forecast": ["Reporter", "Editor"],
    "admin:articles_homeslot_forecast_page": ["Reporter", "Editor"],
    "admin:articles_breakingnews_changelist": ["Editor"],
    "admin:articles_breakingnews_add": ["Editor"],
    "admin:articles_page_changelist": ["Editor"],
    "admin:articles_page_add": ["Editor"],
    "admin:articles_errorreport_changelist": ["Reporter", "Editor"],
    "admin:articles_errorreport_add": [],
    "admin:articles_logentry_changelist": ["Reporter", "Editor"],
    "admin:articles_logentry_add": [],
    "admin:auth_user_changelist": [],
    "admin:auth_group_changelist": [],
}
ACTS = {  # act: the roles that may, what it asks
    "submission": (["Reporter", "Editor"], {}),
    "publication": (["Editor"], {}),
    "approval": (["Editor"], {}),
    "sending-back": (["Editor"], {"note": "Who says so?"}),
    "update": (["Editor"], {"note": "More is known."}),
    "style": (["Editor"], {}),
    "clarification": (["Editor"], {"note": "It was meant so.", "at_foot": True}),
    "correction": (["Editor"], {"note": "It was wrong.", "at_foot": False}),
    "withdrawal": (["Editor"], {"notice": "It was wrong."}),
}


class DeskRightsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.members = {role: make_member(role) for role in ROLES}

    def log_in(self, role):
        self.client.force_login(self.members[role])

    def story_for(self, act):
        """Return a story in a state that fits the act."""
        editor = self.members["Editor"]
        if act in ("submission", "publication"):
            return make_draft()
        if act in ("approval", "sending-back"):
            article = make_draft()
            publishing.submit(article, editor)
            return article
        article = make_article()
        if act != "withdrawal":
            publishing.save_draft(article, editor, headline="Newer")
        return article

    def test_each_address_answers_those_whose_work_it_is(self):
        for role in ROLES:
            self.log_in(role)
            for name, roles in OPEN.items():
                with self.subTest(role=role, name=name):
                    expected = 200 if role in roles else 403
                    self.assertEqual(self.client.get(reverse(name)).status_code, expected)

    def test_a_story_opens_for_the_newsroom_alone(self):
        article = make_draft()
        for role in ROLES:
            self.log_in(role)
            for name in ("change", "history", "related"):
                with self.subTest(role=role, name=name):
                    expected = 200 if role in ("Reporter", "Editor") else 403
                    self.assertEqual(self.client.get(page_of(article, name)).status_code, expected)

    def test_each_act_is_done_by_those_who_may(self):
        for act, (roles, asked) in ACTS.items():
            for role in ROLES:
                with self.subTest(act=act, role=role):
                    article = self.story_for(act)
                    before = article.log_entries.count()
                    self.log_in(role)
                    response = self.client.post(page_of(article, act), act_data(article, **asked))
                    self.assertEqual(response.status_code, 302 if role in roles else 403)
                    self.assertEqual(article.log_entries.count() - before, 1 if role in roles else 0)

    def test_opening_the_page_of_an_act_does_nothing(self):
        article = make_draft()
        self.log_in("Editor")
        for method in (self.client.get, self.client.head):
            method(page_of(article, "publication"))
        article.refresh_from_db()
        self.assertEqual(article.state, Article.State.DRAFT)

    def test_completion_offers_no_draft_to_a_moderator(self):
        make_draft("Secret talks in Doha")
        address = reverse("admin:autocomplete")
        fields = [
            ("relatedstory", "target"),
            ("article", "picture"),
            ("article", "topics"),
            ("byline", "author"),
        ]
        for role in ROLES:
            self.log_in(role)
            for model, field in fields:
                with self.subTest(role=role, field=field):
                    asked = {"app_label": "articles", "model_name": model, "field_name": field, "term": ""}
                    expected = 200 if role in ("Reporter", "Editor") else 403
                    self.assertEqual(self.client.get(address, asked).status_code, expected)

    def test_the_admin_redirects_nobody_to_the_address_of_a_draft(self):
        article = make_draft("Secret talks in Doha")
        kind = ContentType.objects.get_for_model(Article)
        self.log_in("Moderator")
        response = self.client.get(f"/admin/r/{kind.pk}/{article.pk}/")
        self.assertEqual(response.status_code, 404)

    def test_a_reporter_changes_the_draft_of_a_published_story_but_not_its_place(self):
        article = make_article()
        elsewhere = make_section("Politics")
        self.log_in("Reporter")
        changes = {"headline": "New words", "section": elsewhere.pk, "slug": "moved", "takes_comments": ""}
        changes |= {
            "bylines-TOTAL_FORMS": 1,
            "related_stories-TOTAL_FORMS": 1,
            "related_stories-0-url": "https://example.com/",
            "related_stories-0-title": "Elsewhere",
            "related_stories-0-order": 0,
        }
        self.client.post(page_of(article), story_data(article, **changes))
        article.refresh_from_db()
        self.assertEqual(article.draft.headline, "New words")
        self.assertNotEqual(article.section, elsewhere)
        self.assertNotEqual(article.slug, "moved")
        self.assertTrue(article.takes_comments)
        self.assertFalse(RelatedStory.objects.exists())

    def test_a_reporter_leaves_the_pictures_of_published_stories_alone(self):
        shown, free = make_picture(), make_picture()
        make_article(picture=shown)
        for role, picture, status in (
            ("Reporter", shown, 403),
            ("Reporter", free, 302),
            ("Editor", shown, 302),
        ):
            with self.subTest(role=role, shown=picture == shown):
                self.log_in(role)
                address = reverse("admin:articles_picture_change", args=[picture.pk])
                data = {"alt_text": "Troops", "credit": role, "focal_x": 50, "focal_y": 50}
                self.assertEqual(self.client.post(address, data).status_code, status)

    def test_an_editor_changes_the_place_of_a_published_story(self):
        article = make_article()
        elsewhere = make_section("Politics")
        self.log_in("Editor")
        self.client.post(page_of(article), story_data(article, section=elsewhere.pk))
        article.refresh_from_db()
        self.assertEqual(article.section, elsewhere)
        self.assertIsNone(article.draft, "the words are the same, so there is no draft")

    def test_nobody_deletes_a_story_that_was_published(self):
        article, draft = make_article(), make_draft("Never mind")
        self.client.force_login(make_account())
        self.assertEqual(self.client.post(page_of(article, "delete"), {"post": "yes"}).status_code, 403)
        self.assertEqual(self.client.post(page_of(draft, "delete"), {"post": "yes"}).status_code, 302)
        chosen = {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
        self.client.post(reverse("admin:articles_article_changelist"), chosen)
        self.assertEqual(list(Article.objects.all()), [article])

    def test_only_who_manages_accounts_ties_an_author_to_one(self):
        self.log_in("Editor")
        data = {"name": "Aysel", "slug": "aysel-m", "user": self.members["Reporter"].pk}
        self.client.post(reverse("admin:articles_author_add"), data)
        self.assertFalse(hasattr(self.members["Reporter"], "author"))
        self.assertTrue(AdminLogEntry.objects.exists())
