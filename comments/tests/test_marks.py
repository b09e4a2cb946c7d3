"""What a comment says beside its words: whose it is, what became of it, whom it is hidden with."""

import hashlib
import re

from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.tests.factories import make_article, update_article
from comments import posting
from comments.models import ReaderComment, Thread
from comments.moderation import acts
from comments.tests.factories import make_comment, make_expert, make_moderator

PERSON = re.compile(r'data-person="([^"]*)"')


class BadgeTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def story(self):
        return self.client.get(self.article.get_absolute_url())

    def test_says_whose_it_is_and_what_became_of_it(self):
        cases = [
            ({"badge": "newsroom"}, '<span class="comment__badge">Newsroom</span>'),
            ({"badge": "expert"}, '<span class="comment__badge">Expert</span>'),
            ({"picked_at": timezone.now()}, ">Picked by the newsroom</span>"),
            ({"edited_at": timezone.now()}, " · edited</span>"),
        ]
        comment = make_comment(self.article)
        for _, words in cases:
            self.assertNotContains(self.story(), words)
        for changes, words in cases:
            with self.subTest(words):
                ReaderComment.objects.filter(pk=comment.pk).update(**changes)
                self.assertContains(self.story(), words)

    def test_the_newsrooms_is_known_wherever_it_stands(self):
        question = make_comment(self.article)
        open_thread = Thread.objects.of(self.article)
        reply = posting.post(open_thread, make_moderator(), name="Ada", text="We asked.", reply_to=question)
        thread = reverse("comments:thread", args=[self.article.slug])
        orders = [f"{thread}?order={order}" for order in ("oldest", "respected", "highlights")]
        for address in (self.article.get_absolute_url(), thread, *orders, reply.get_absolute_url()):
            with self.subTest(address):
                page = self.client.get(address, follow=True)
                self.assertContains(page, '<span class="comment__badge">Newsroom</span>', count=1)
        for address in (self.article.get_absolute_url(), thread):
            self.assertContains(self.client.get(address), "<bdi>Ada</bdi> · newsroom</span>")
        self.assertContains(self.client.get(f"{thread}feed.xml"), "<title>Ada (newsroom) answers</title>")

    def test_an_experts_says_who_they_are_where_no_badge_is_drawn(self):
        expert = make_expert(self.article)
        Thread.objects.update(mode=Thread.Mode.COMMENTS)
        make_comment(self.article, name=expert.name, badge="expert", expert=expert)
        self.assertContains(self.story(), "<bdi>Prof. Aynur H.</bdi> · expert, seismologist in Baku</span>")
        feed = self.client.get(reverse("comments:feed", args=[self.article.slug]))
        self.assertContains(feed, "<title>Prof. Aynur H. (expert, seismologist in Baku)</title>")

    def test_a_readers_bears_none_in_the_feed(self):
        make_comment(self.article, name="Leyla M.")
        feed = self.client.get(reverse("comments:feed", args=[self.article.slug]))
        self.assertContains(feed, "<title>Leyla M.</title>")

    def test_leads_to_the_correction_that_it_led_to(self):
        comment = make_comment(self.article)
        update_article(self.article, kind="correction", note="The month was wrong.")
        correction = self.article.versions.get(number=2)
        ReaderComment.objects.filter(pk=comment.pk).update(led_to=correction)
        history = reverse("articles:history", args=[self.article.slug])
        self.assertContains(self.story(), f'href="{history}#version-2">Led to a correction</a>')
        self.assertContains(self.client.get(history), 'id="version-2"')

    def test_a_removed_comment_says_none_of_it(self):
        comment = make_comment(self.article, badge="expert", edited_at=timezone.now(), respect_count=7)
        acts.remove(comment, make_moderator(), "insult")
        self.assertNotContains(self.story(), "comment__badge")
        self.assertNotContains(self.story(), "comment__respected")
        self.assertNotContains(self.story(), "data-person")


class PersonTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def marks(self):
        """Return the marks from the oldest comment to the newest."""
        return PERSON.findall(self.client.get(self.article.get_absolute_url()).content.decode())[::-1]

    def test_one_person_has_one_mark_whatever_the_name(self):
        make_comment(self.article, name="Leyla M.")
        make_comment(self.article, name="L. M.")
        make_comment(self.article, user_email="ana@reader.example")
        leyla, again, ana = self.marks()
        self.assertEqual(leyla, again)
        self.assertNotEqual(leyla, ana)

    def test_nobody_can_work_it_out_from_an_address_or_a_number(self):
        comment = make_comment(self.article, user_email="leyla@reader.example")
        [mark] = self.marks()
        for known in ("leyla@reader.example", str(comment.person_id)):
            for algorithm in ("md5", "sha1", "sha256"):
                self.assertFalse(hashlib.new(algorithm, known.encode()).hexdigest().startswith(mark))
        with override_settings(SECRET_KEY="another key, which nobody has, and which is long enough"):
            self.assertNotEqual(self.marks(), [mark])

    def test_stays_what_browsers_have_kept(self):
        comment = make_comment(self.article)
        keyed = salted_hmac("comments.person", str(comment.person_id), algorithm="sha256")
        self.assertEqual(self.marks(), [keyed.hexdigest()[:16]])

    def test_who_is_unknown_has_none(self):
        make_comment(self.article, user_email="")
        self.assertEqual(self.marks(), [""])

    def test_no_page_has_the_button_where_no_script_runs(self):
        make_comment(self.article)
        self.assertNotContains(self.client.get(self.article.get_absolute_url()), ">Hide")
