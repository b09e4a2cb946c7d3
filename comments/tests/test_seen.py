"""Nobody decides what they have not seen, and nobody decides about their own."""

from django.test import Client
from django.urls import reverse

from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article
from comments import changes
from comments.models import Appeal, Case, ModerationAct, ReaderComment
from comments.moderation import acts, appeals, queue, reports, seen
from comments.roles import sync_moderators
from comments.tests.cases import DeskTestCase, make_held, make_reported, state_of
from comments.tests.factories import make_comment, make_moderator

QUEUE = "/moderation/"
State = ReaderComment.State


class SeenTestCase(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.colleague = make_moderator("second")

    def as_shown(self, address):
        """What the form of the first card holds now."""
        card = self.client.get(address).context
        card = card["cards"][0] if card.get("cards") else card["card"]
        return {"seen": str(card.mark)}

    def decide(self, comment, act, **data):
        case = ReaderComment.objects.get(pk=comment.pk).case_id
        address = reverse("moderation:decision", args=[case])
        return self.client.post(address, {"act": act} | data, follow=True)

    def report(self, comment):
        return reports.make(comment, reason="violence", reporter="somebody", words="He means it.")


class CardTests(SeenTestCase):
    def test_what_was_typed_for_a_case_that_has_changed_is_kept(self):
        comment = make_reported(self.article)
        shown = self.as_shown(QUEUE)
        self.report(comment)
        page = self.decide(comment, "remove:insult", words="Mind the tone.", note="Twice.", **shown)
        for words in ("Mind the tone.</textarea>", "Twice.</textarea>"):
            self.assertContains(page, words, status_code=409)

    def test_as_it_was_seen_it_is_decided(self):
        for act, state in (("approve", State.PUBLISHED), ("remove:insult", State.REMOVED)):
            with self.subTest(act=act):
                comment = make_held(self.article, text=f"Words to {act}.")
                self.decide(comment, act, **self.as_shown(QUEUE))
                self.assertEqual(state_of(comment), state)

    def test_words_that_their_writer_changed_since_are_read_again(self):
        comment = make_held(self.article)
        shown = self.as_shown(QUEUE)
        changes.edit(comment, "Other words http://a.example http://b.example http://c.example")
        page = self.decide(comment, "approve", note="Looks fine.", **shown)
        self.assertContains(page, "This has changed since you looked", status_code=409)
        self.assertContains(page, "Other words", status_code=409)
        self.assertContains(page, "Looks fine.", status_code=409)
        self.assertEqual(state_of(comment), State.HELD)

    def test_a_report_that_came_since_is_read_before_it_counts_as_wrong(self):
        comment = make_reported(self.article)
        shown = self.as_shown(QUEUE)
        self.report(comment)
        self.assertContains(self.decide(comment, "approve", **shown), "He means it.", status_code=409)
        self.assertEqual(set(comment.reports.values_list("outcome", flat=True)), {""})

    def test_a_mark_that_is_none_decides_nothing_wrongly(self):
        comment = make_held(self.article)
        for mark in ("9" * 30, "1.2.3", "x", "1.1.0.0." + "9" * 11):
            with self.subTest(mark=mark):
                self.assertLess(self.decide(comment, "approve", seen=mark).status_code, 500)

    def test_a_case_that_a_colleague_looks_at_says_so_and_a_free_one_is_leased(self):
        case = make_held(self.article).case
        address = reverse("moderation:case", args=[case.pk])
        self.assertNotContains(self.client.get(address), "is looking at this case")
        case.refresh_from_db()
        self.assertEqual(case.leased_by, self.moderator)
        self.client.force_login(self.colleague)
        self.assertContains(self.client.get(address), f"{self.moderator} is looking at this case.")


class SeveralTests(SeenTestCase):
    ADDRESS = "/moderation/several/"

    def shown(self, *comments, act="remove"):
        data = {"comments": [comment.pk for comment in comments], "act": act, "reason": "insult"}
        page = self.client.post(self.ADDRESS, data)
        return page, data | {"seen": page.context["marks"], "sure": "yes"}

    def test_what_a_colleague_decided_since_is_left_alone_and_told(self):
        one, two = make_held(self.article), make_held(self.article, text="Other words.")
        _, form = self.shown(one, two)
        acts.approve(one, self.colleague)
        page = self.client.post(self.ADDRESS, form, follow=True)
        self.assertContains(page, "second approved it already")
        self.assertEqual((state_of(one), state_of(two)), (State.PUBLISHED, State.REMOVED))

    def test_what_was_not_shown_is_shown_first(self):
        comment = make_held(self.article)
        data = {"comments": [comment.pk], "act": "remove", "reason": "insult", "sure": "yes"}
        for mark in ([], ["x"], [f"{comment.pk}:x"], ["1:0.0.0" if comment.pk != 1 else "2:0.0.0"]):
            with self.subTest(mark=mark):
                self.assertContains(
                    self.client.post(self.ADDRESS, data | {"seen": mark}), "What would happen"
                )
                self.assertEqual(state_of(comment), State.HELD)

    def test_it_says_what_becomes_of_each(self):
        reported, stands = make_reported(self.article), make_comment(self.article, text="Other words.")
        own = make_comment(self.article, text="My own words.", user=self.moderator)
        page, _ = self.shown(reported, stands, own, act="approve")
        self.assertContains(page, "1 reported comment would stay, and the reports would count as wrong.")
        self.assertContains(page, "1 stands so already.")
        self.assertContains(page, "1 is not for you to decide")
        page, _ = self.shown(reported, stands, own)
        self.assertContains(page, "2 comments by 1 person, below 1 story, would be removed.")
        self.assertContains(page, "Readers see 2 of them now.")

    def test_any_comment_is_picked_and_the_pick_is_taken_away(self):
        comment = make_comment(self.article)
        for act, is_picked in (("pick", True), ("unpick", False)):
            with self.subTest(act=act):
                page = self.client.get(f"{self.ADDRESS}?comments={comment.pk}")
                self.assertContains(page, "What becomes of it?")
                _, form = self.shown(comment, act=act)
                self.client.post(self.ADDRESS, form)
                comment.refresh_from_db()
                self.assertEqual(comment.picked_at is not None, is_picked)


class SanctionTests(SeenTestCase):
    DATA = {"reason": "insult", "words": "Please answer the argument."}

    def setUp(self):
        super().setUp()
        self.person = make_comment(self.article).person
        self.address = reverse("moderation:person_act", args=[self.person.pk, "warn"])

    def shown(self):
        return {"seen": self.client.get(self.address).context["form"]["seen"].value()}

    def test_what_a_colleague_gave_since_is_told_and_the_words_are_kept(self):
        shown = self.shown()
        acts.warn(self.person, self.colleague, "insult")
        page = self.client.post(self.address, self.DATA | shown)
        self.assertContains(page, "second has given a warning since you looked", status_code=409)
        self.assertContains(page, "Please answer the argument.", status_code=409)
        again = {"seen": page.context["form"]["seen"].value()}
        self.client.post(self.address, self.DATA | again)
        self.assertEqual([row.by for row in self.person.sanctions.all()], [self.moderator, self.colleague])

    def test_a_number_that_no_page_gave_is_no_conflict(self):
        for number, status in ((-1, 422), (7, 302), (10**30, 422)):
            with self.subTest(number=number):
                answer = self.client.post(self.address, self.DATA | {"seen": number})
                self.assertEqual(answer.status_code, status)

    def test_a_button_pressed_twice_acts_once(self):
        shown = self.shown()
        for status in (302, 409):
            self.assertEqual(self.client.post(self.address, self.DATA | shown).status_code, status)
        self.assertEqual(self.person.sanctions.count(), 1)


class OwnTests(SeenTestCase):
    def setUp(self):
        super().setUp()
        self.own = make_reported(self.article, user=self.moderator, user_email="")

    def test_nobody_decides_about_what_they_wrote(self):
        for act in (acts.approve, acts.pick, lambda *args: acts.remove(*args, "insult")):
            with self.assertRaises(acts.NotYours):
                act(self.own, self.moderator)
        removal = acts.remove(self.own, self.colleague, "insult")
        with self.assertRaises(acts.NotYours):
            acts.undo(removal, self.moderator)
        self.assertEqual(ModerationAct.objects.count(), 1)

    def test_nor_about_their_own_appeal(self):
        acts.remove(self.own, self.colleague, "insult")
        appeal = appeals.make(self.own, "I meant well.")
        with self.assertRaises(acts.NotYours):
            appeals.overturn(appeal, self.moderator, "I am right.")
        page = self.client.post(
            reverse("moderation:appeal", args=[appeal.pk]),
            {"decision": "overturn", "answer": "I am right."},
            follow=True,
        )
        self.assertContains(page, "You wrote this comment yourself")
        self.assertEqual(Appeal.objects.get().outcome, "")

    def test_their_queue_leaves_it_to_colleagues(self):
        page = self.client.get(QUEUE)
        self.assertEqual(page.context["cards"], [])
        self.assertContains(page, "What waits is for a colleague")
        self.assertEqual([card.case for card in queue.lease(self.colleague)], [self.own.case])

    def test_a_look_at_it_takes_no_lease(self):
        self.client.get(reverse("moderation:case", args=[self.own.case_id]))
        self.assertEqual([card.case for card in queue.lease(self.colleague)], [self.own.case])

    def test_nor_do_they_take_back_what_became_of_their_appeal(self):
        acts.remove(self.own, self.colleague, "insult")
        appeal = appeals.make(self.own, "I meant well.")
        upheld = appeals.uphold(appeal, make_moderator("third"), "It insults.")
        with self.assertRaises(acts.NotYours):
            acts.undo(upheld, self.moderator)

    def test_who_removed_a_comment_does_not_hold_the_lease_of_the_appeal(self):
        comment = make_comment(self.article, text="Other words.")
        acts.remove(comment, self.moderator, "insult")
        appeals.make(comment, "I meant well.")
        case = Case.objects.get(origin="appealed")
        self.assertNotIn(case, [card.case for card in queue.lease(self.moderator)])
        self.assertIn(case, [card.case for card in queue.lease(self.colleague)])

    def test_an_appeal_is_not_approved_by_the_card(self):
        comment = make_comment(self.article, text="Other words.")
        acts.remove(comment, self.colleague, "insult")
        appeals.make(comment, "I meant well.")
        page = self.decide(comment, "approve")
        self.assertContains(page, "Its writer has appealed: decide the appeal.")
        self.assertEqual(state_of(comment), State.REMOVED)


class SimultaneousTests(ConcurrencyTestCase):
    def test_of_two_who_warn_somebody_at_once_one_learns_of_the_other(self):
        sync_moderators()
        moderators = [make_moderator(f"moderator {number}") for number in range(4)]
        person = make_comment(make_article()).person
        address = reverse("moderation:person_act", args=[person.pk, "warn"])

        def warn(number):
            client = Client()
            client.force_login(moderators[number])
            return client.post(address, SanctionTests.DATA | {"seen": 0}).status_code

        self.assertEqual(sorted(self.at_once(warn, 4)), [302, 409, 409, 409])
        self.assertEqual(person.sanctions.count(), 1)

    def test_of_two_who_saw_the_same_one_decides_and_one_learns_of_it(self):
        sync_moderators()
        moderators = [make_moderator(f"moderator {number}") for number in range(2)]
        article = make_article()
        for number in range(5):
            comment = make_held(article, text=f"Words {number}.")
            mark = seen.mark_of(comment)

            def decide(which, comment=comment, mark=mark):
                try:
                    if which:
                        acts.approve(comment, moderators[which], seen=mark)
                    else:
                        acts.remove(comment, moderators[which], "insult", seen=mark)
                except acts.AlreadyDecided as fact:
                    return str(fact)

            answers = self.at_once(decide, 2)
            self.assertEqual(answers.count(None), 1)
            self.assertRegex(next(filter(None, answers)), r"moderator \d (approved|removed) it already")
            self.assertEqual(comment.acts.count(), 1)
