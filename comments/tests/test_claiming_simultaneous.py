"""What holds when a mailbox is proved while something else happens to it."""

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article
from comments import personal_data, posting
from comments.claiming import claim
from comments.models import Person, ReaderComment
from comments.tests.accounts import PASSWORD, RANA, link_in_letter, make_account_of, sign_up
from comments.tests.factories import make_comment, make_pending


class ClaimsAtOnceTests(ConcurrencyTestCase):
    def setUp(self):
        self.article = make_article()

    def test_comments_stored_while_the_mailbox_is_claimed_are_the_account_s(self):
        for number in range(3):
            make_comment(self.article, text=f"Before {number}.", user_email=RANA)
        account = make_account_of()
        held = [make_pending(self.article, email=RANA, text=f"Meanwhile {number}.") for number in range(8)]

        def act(number):
            if number == 4:
                return claim(account, RANA)
            return posting.confirm(held[number])

        self.at_once(act, 8)
        theirs = Person.objects.get(user=account).comments
        self.assertEqual((theirs.count(), ReaderComment.objects.count()), (10, 10))
        public = ReaderComment.objects.published().count()
        self.assertEqual(Article.objects.get(pk=self.article.pk).comment_count, public)

    def test_the_first_words_from_a_mailbox_that_is_claimed_meanwhile_are_the_account_s(self):
        for number in range(4):
            email = f"new{number}@reader.example"
            account = make_account_of(email)
            pending = [make_pending(self.article, email=email, text=f"{email} {one}.") for one in range(3)]

            def act(which, account=account, email=email, pending=pending):
                return claim(account, email) if which == 3 else posting.confirm(pending[which])

            self.at_once(act, 4)
            self.assertEqual(Person.objects.get(user=account).comments.count(), 3)

    def test_a_link_pressed_six_times_at_once_claims_once(self):
        make_comment(self.article, user_email=RANA)
        sign_up(Client())
        link = link_in_letter()
        answers = self.at_once(lambda _: Client().post(link, {"password": PASSWORD}), 6)
        self.assertLessEqual({answer.status_code for answer in answers}, {302, 410})
        account = EmailAddress.objects.get(verified=True).user
        self.assertEqual(account.person.comments.count(), 1)
        self.assertEqual(Person.objects.count(), 2)

    def test_of_two_accounts_that_prove_one_mailbox_at_once_one_has_it(self):
        make_comment(self.article, user_email=RANA)
        links = []
        for email in (RANA, RANA, "rana+two@reader.example"):
            sign_up(Client(), email)
            links.append(link_in_letter())
        answers = self.at_once(lambda number: Client().post(links[number], {"password": PASSWORD}), 3)
        self.assertEqual([answer.status_code for answer in answers].count(302), 1)
        self.assertEqual(EmailAddress.objects.filter(verified=True).count(), 1)
        self.assertEqual(ReaderComment.objects.filter(person__user__isnull=False).count(), 1)

    def test_what_is_stored_while_all_is_deleted_is_deleted_or_new(self):
        account = make_account_of()
        claim(account, RANA)
        root = make_comment(self.article, text="Root.")
        for number in range(3):
            make_comment(below=root, text=f"Before {number}.", user=account, user_email=RANA)
        held = [make_pending(self.article, email=RANA, text=f"Meanwhile {number}.") for number in range(3)]

        def act(number):
            if number == 0:
                return personal_data.erase(personal_data.of_account(account), words="withdraw")
            try:
                posting.confirm(held[number - 1])
            except posting.Refused as refusal:
                return str(refusal)

        outcomes = self.at_once(act, 4)
        self.assertLessEqual(set(outcomes), {None, posting.FORGOTTEN})
        self.assertFalse(Person.objects.filter(user=account).exists())
        gone = ReaderComment.objects.filter(user_name=personal_data.NOBODY)
        self.assertGreaterEqual(gone.count(), 3)
        self.assertFalse(gone.exclude(comment="").exists())
        public = ReaderComment.objects.published().count()
        self.assertEqual(Article.objects.get(pk=self.article.pk).comment_count, public)
        self.assertEqual(Client().get(reverse("comments:thread", args=[self.article.slug])).status_code, 200)
