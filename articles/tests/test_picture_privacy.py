"""A picture is as private as the words that it stands with: every file of it, every way to ask for it."""

from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import Group, Permission
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import pictures, publishing, renditions
from articles.models import Article, Picture, SectionRole
from articles.tests.desk import page_of, story_data
from articles.tests.factories import (
    make_account,
    make_article,
    make_draft,
    make_member,
    make_section,
    update_article,
)
from articles.tests.picture_files import make_picture, stripes


def figure_of(picture):
    return f'<p>Text</p><figure data-picture="{picture.token}"></figure>'


class PrivacyTestCase(TestCase):
    def setUp(self):
        self.picture = make_picture(stripes(100, 80), alt_text="Secret talks")
        renditions.make(self.picture)
        self.files = [*pictures.fallbacks(self.picture), *pictures.renditions(self.picture)]

    def assertServed(self):
        for file in self.files:
            with self.subTest(file.name):
                self.assertEqual(self.client.get(file.url).status_code, 200)

    def assertHidden(self):
        """By GET and HEAD; and of each kind of file, to whoever names the copy that they hold, or any."""
        each_kind = {Path(file.name).suffix: file for file in self.files}.values()
        for file in self.files:
            for conditions in self.conditions(file) if file in each_kind else [{}]:
                for ask in (self.client.get, self.client.head):
                    with self.subTest(file.name, method=ask.__name__, conditions=conditions):
                        response = ask(file.url, headers=conditions)
                        self.assertEqual(response.status_code, 404)
                        self.assertEqual(response["Cache-Control"], "no-store")
                        self.assertNotIn("ETag", response)
                        self.assertNotIn("Last-Modified", response)

    def conditions(self, file):
        changed_at = int(renditions.storage.get_modified_time(file.path).timestamp())
        return [
            {},
            {"If-None-Match": f'"{changed_at:x}-{renditions.storage.size(file.path):x}"'},
            {"If-None-Match": "*"},
            {"If-Match": '"another"'},
            {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
            {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
            {"Range": "bytes=0-9"},
        ]


class ReadersTests(PrivacyTestCase):
    def test_get_every_file_of_a_picture_that_a_story_shows(self):
        make_article(picture=self.picture)
        self.assertServed()

    def test_get_none_of_a_draft_s(self):
        make_draft(picture=self.picture, body=figure_of(self.picture))
        self.assertHidden()

    def test_get_none_of_a_story_s_in_review_or_approved(self):
        article = make_draft(picture=self.picture)
        publishing.submit(article, make_account())
        self.assertHidden()
        publishing.approve(article, make_account())
        self.assertHidden()

    def test_get_none_of_a_scheduled_story_s_before_its_hour(self):
        hour = timezone.now() + timedelta(minutes=1)
        make_article(picture=self.picture, body=figure_of(self.picture), published_at=hour)
        self.assertHidden()
        Article.objects.update(published_at=timezone.now() - timedelta(seconds=1))
        self.assertServed()

    def test_get_none_of_a_withdrawn_story_s(self):
        article = make_article(picture=self.picture, body=figure_of(self.picture))
        publishing.withdraw(article, make_account(), notice="Wrong.")
        self.assertHidden()

    def test_get_none_of_a_published_story_s_newer_draft(self):
        article = make_article()
        publishing.save_draft(article, make_account(), body=figure_of(self.picture))
        self.assertHidden()

    def test_get_none_that_a_new_version_left_out(self):
        article = make_article(body=figure_of(self.picture))
        self.assertServed()
        update_article(article, body="<p>Text without it</p>")
        self.assertHidden()

    def test_get_none_that_gave_its_place_at_the_head_to_another(self):
        article = make_article(picture=self.picture)
        article.picture = make_picture(stripes(64, 48))
        article.save()
        self.assertHidden()

    def test_get_none_that_no_story_uses(self):
        self.assertHidden()


class NewsroomTests(PrivacyTestCase):
    def setUp(self):
        super().setUp()
        self.section = make_section("World")
        self.article = make_draft(section=self.section, picture=self.picture)
        self.url = self.files[0].url

    def member_of(self, section, role="Reporter"):
        member = make_member(None, f"{role}-of-{section}")
        SectionRole.objects.create(user=member, section=section, group=Group.objects.get(name=role))
        return member

    def test_who_may_see_the_story_sees_its_picture(self):
        reader = make_member(None, "reader")
        reader.user_permissions.add(Permission.objects.get(codename="view_article"))
        for member in (make_member("Reporter"), make_member("Editor"), reader, self.member_of(self.section)):
            with self.subTest(member.username):
                self.client.force_login(member)
                self.assertServed()
                self.assertEqual(self.client.get(self.url)["Cache-Control"], "private, no-store")

    def test_who_may_not_see_the_story_does_not(self):
        resting = make_member("Reporter", "resting")
        resting.is_staff = False
        resting.save()
        for member in (
            make_member("Moderator"),
            make_member(None),
            resting,
            self.member_of(make_section("Sport")),
        ):
            with self.subTest(member.username):
                self.client.force_login(member)
                self.assertHidden()

    def test_a_picture_of_a_draft_s_text_is_for_its_section_alone(self):
        inside = make_picture(stripes(64, 48))
        publishing.save_draft(self.article, make_account(), body=figure_of(inside))
        for section, status in ((self.section, 200), (make_section("Sport"), 404)):
            with self.subTest(section):
                self.client.force_login(self.member_of(section))
                self.assertEqual(self.client.get(pictures.fallback(inside, "1x1").url).status_code, status)

    def test_another_section_finds_it_on_no_page_of_the_desk(self):
        free = make_picture(stripes(64, 48), alt_text="Nobody's yet")
        shown = make_picture(stripes(64, 48), alt_text="Known to all")
        make_article("Out", section=self.section, picture=shown)
        member = self.member_of(make_section("Sport"), "Editor")
        self.client.force_login(member)
        completion = {"app_label": "articles", "model_name": "article", "field_name": "picture", "term": ""}
        for address in (
            reverse("admin:articles_picture_changelist"),
            reverse("admin:articles_picture_choices"),
            reverse("admin:autocomplete", query=completion),
        ):
            with self.subTest(address):
                page = self.client.get(address).content.decode().replace("&#x27;", "'")
                self.assertNotIn("Secret talks", page)
                self.assertNotIn(self.picture.token, page)
                self.assertIn(free.alt_text, page)
                self.assertIn(shown.alt_text, page)
        for name in ("change", "delete", "history"):
            with self.subTest(name):
                address = reverse(f"admin:articles_picture_{name}", args=[self.picture.pk])
                self.assertNotContains(self.client.get(address, follow=True), "Secret talks")
        thumbnail = reverse("admin:articles_picture_thumbnail", args=[self.picture.token])
        self.assertEqual(self.client.get(thumbnail).status_code, 404)

    def test_another_section_cannot_take_it_for_its_own_story(self):
        sport = make_section("Sport")
        member = self.member_of(sport)
        own = make_draft("Own", section=sport)
        self.client.force_login(member)
        self.client.post(page_of(own), story_data(own, picture=self.picture.pk))
        own.refresh_from_db()
        self.assertIsNone(own.picture)

    def test_a_moderator_finds_no_picture_at_the_desk(self):
        self.client.force_login(make_member("Moderator"))
        for name, arguments in (
            ("changelist", []),
            ("choices", []),
            ("several", []),
            ("several_words", []),
            ("thumbnail", [self.picture.token]),
            ("change", [self.picture.pk]),
            ("delete", [self.picture.pk]),
        ):
            with self.subTest(name):
                address = reverse(f"admin:articles_picture_{name}", args=arguments)
                self.assertEqual(self.client.get(address).status_code, 403)
        self.assertEqual(Picture.objects.count(), 1)
