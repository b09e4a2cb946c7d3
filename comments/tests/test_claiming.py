"""What was written from a mailbox becomes the account's that proves it, and no ban is escaped by it."""

from datetime import timedelta

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from articles.tests.factories import make_article
from comments import following, posting
from comments.claiming import claim
from comments.models import Following, Person, PersonNote, ReaderComment, Sanction, Thread
from comments.moderation import acts
from comments.tests.accounts import RANA, make_account_of, open_account
from comments.tests.cases import post_from
from comments.tests.factories import make_comment, make_moderator, make_warning
from comments.tests.pages import compose


def in_a_day():
    return timezone.now() + timedelta(days=1)


class ClaimTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def post(self, account, text):
        return posting.post(
            Thread.objects.of(self.article), account, name="Rana K.", text=text, reply_to=None
        )

    def remove(self, comment):
        acts.remove(comment, make_moderator(), "insult")

    def test_what_was_written_without_an_account_is_the_account_s(self):
        for text in ("One.", "Two.", "Three."):
            make_comment(self.article, text=text, user_email="Rana+news@reader.example")
        other = make_comment(self.article, text="Not hers.")
        account = open_account(self.client)
        page = self.client.get(reverse("account"))
        self.assertContains(page, "3 comments that you wrote without an account are now yours")
        for text in ("One.", "Two.", "Three."):
            self.assertContains(page, text)
        self.assertEqual(account.person.comments.count(), 3)
        self.assertEqual(set(ReaderComment.objects.filter(user=account)), set(account.person.comments.all()))
        other.refresh_from_db()
        self.assertNotEqual(other.person, account.person)

    def test_what_is_written_later_without_signing_in_is_too(self):
        account = open_account(self.client)
        comment = post_from("rana+later@reader.example", self.article, "Written on another machine.")
        self.assertEqual(comment.person, account.person)

    def test_removed_words_return_neither_from_the_account_nor_from_the_mailbox(self):
        self.remove(post_from(RANA, self.article, "From the mailbox."))
        account = make_account_of()
        claim(account, RANA)
        self.remove(self.post(account, "From the account."))
        for words in ("From the mailbox.", "From the account."):
            by_mail = post_from("rana+2@reader.example", self.article, words)
            for again in (self.post(account, words), by_mail):
                self.assertEqual(again.state, "removed")
        self.assertEqual(ReaderComment.objects.count(), 2)

    def test_notes_and_sanctions_come_along_and_final_acts_keep_their_person(self):
        comment = make_comment(self.article, user_email=RANA)
        before = comment.person
        acts.note(before, make_moderator(), "Knows the region.")
        make_warning(before)
        act = before.acts.get()
        account = make_account_of()
        claim(account, RANA)
        self.assertEqual(PersonNote.objects.get().person, account.person)
        self.assertEqual(Sanction.objects.get().person, account.person)
        act.refresh_from_db()
        self.assertEqual((act.person, act.person.now), (before, account.person))

    def test_what_the_mailbox_followed_is_followed_by_the_account_and_nothing_twice(self):
        other = make_article("Another")
        mailbox, account = make_comment(self.article, user_email=RANA).person, make_account_of()
        person = Person.objects.of_writer(account)
        following.follow(person, self.article, Following.Pace.DAILY)
        for story in (self.article, other, None):
            following.follow(mailbox, story, Following.Pace.NOW, address=RANA)
        claim(account, RANA)
        chosen = set(Following.objects.values_list("person", "article", "pace", "address"))
        self.assertEqual(
            chosen,
            {
                (person.pk, self.article.pk, "daily", ""),
                (person.pk, other.pk, "now", ""),
                (person.pk, None, "now", ""),
            },
        )

    def test_a_second_time_changes_nothing(self):
        make_comment(self.article, user_email=RANA)
        account = make_account_of()
        self.assertEqual([claim(account, RANA), claim(account, RANA)], [1, 0])
        self.assertEqual(account.person.comments.count(), 1)

    def test_another_address_later_takes_nothing_back(self):
        make_comment(self.article, user_email=RANA)
        account = make_account_of()
        claim(account, RANA)
        account.emailaddress_set.all().delete()
        claim(account, "new@reader.example")
        self.assertEqual(account.person.comments.count(), 1)

    def test_whoever_gets_a_mailbox_that_an_account_has_left_gets_what_comes_from_now_on(self):
        make_comment(self.article, user_email=RANA)
        first, second = make_account_of(), make_account_of("second@reader.example")
        claim(first, RANA)
        self.assertEqual(claim(second, RANA), 0)
        self.assertEqual(first.person.comments.count(), 1)
        self.assertEqual(post_from(RANA, self.article, "From the new owner.").person, second.person)

    def test_the_name_is_kept(self):
        account = make_account_of(name="")
        Person.objects.create(mailbox=RANA, name="Rana of old")
        claim(account, RANA)
        account.person.refresh_from_db()
        self.assertEqual(account.person.name, "Rana of old")

    def test_moderators_find_one_person_and_are_led_on_from_the_one_before(self):
        before = make_comment(self.article, user_email=RANA).person
        account = make_account_of()
        claim(account, RANA)
        self.client.force_login(make_moderator())
        found = self.client.get(reverse("moderation:people"), {"q": RANA}).context["found"]
        self.assertEqual(list(found), [account.person])
        url = reverse("moderation:person", args=[account.person.pk])
        self.assertRedirects(self.client.get(reverse("moderation:person", args=[before.pk])), url)


class BanTests(TestCase):
    def setUp(self):
        self.article, self.moderator = make_article(), make_moderator()

    def ban(self, person):
        acts.ban(person, self.moderator, "insult", in_a_day())

    def assert_refused(self, client):
        answer = compose(client, self.article, "Let me in.")
        self.assertContains(answer, "You cannot comment until", status_code=422)

    def test_a_banned_mailbox_does_not_escape_by_an_account(self):
        self.ban(make_comment(self.article, user_email=RANA).person)
        open_account(self.client)
        self.assert_refused(self.client)

    def test_nor_by_one_that_had_the_mailbox_after_another_account(self):
        first = make_account_of()
        claim(first, RANA)
        self.ban(first.person)
        first.emailaddress_set.update(email="elsewhere@reader.example")
        open_account(self.client)
        self.assert_refused(self.client)

    def test_a_banned_account_does_not_escape_by_its_mailbox(self):
        account = open_account(self.client)
        self.ban(account.person)
        with self.assertRaisesMessage(posting.Refused, "You cannot comment until"):
            post_from("rana+other@reader.example", self.article, "Let me in.")

    def test_a_ban_of_the_person_before_that_comes_at_the_same_moment_holds(self):
        before = make_comment(self.article, user_email=RANA).person
        open_account(self.client)
        self.ban(before)
        self.assert_refused(self.client)

    def test_somebody_else_writes_on(self):
        self.ban(make_comment(self.article, user_email=RANA).person)
        client = Client()
        open_account(client, "sevda@reader.example")
        self.assertEqual(compose(client, self.article, "Let me in.").status_code, 200)
