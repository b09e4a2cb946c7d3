"""A moderator's day at /moderation/, by plain forms."""

import re
from datetime import timedelta
from unittest.mock import patch

from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import OutgoingMail
from articles.tests.factories import make_article
from comments import networks
from comments.desk import urls
from comments.models import (
    Case,
    CommentReport,
    ModerationAct,
    PersonNote,
    ReaderComment,
    RemovalWords,
    Sanction,
)
from comments.moderation import acts, appeals, bulk, queue
from comments.tests.cases import SPAM, DeskTestCase, make_held, make_reported, post_from, state_of
from comments.tests.factories import make_comment, make_moderator, make_reader
from comments.tokens import status_token

QUEUE = "/moderation/"
State = ReaderComment.State


class DecidingTestCase(DeskTestCase):
    def decide(self, case, act, **data):
        return self.client.post(reverse("moderation:decision", args=[case]), {"act": act} | data, follow=True)


class AccessTests(TestCase):
    def test_strangers_are_asked_to_log_in_and_readers_are_turned_away(self):
        for address in (QUEUE, "/moderation/log/", "/moderation/people/"):
            with self.subTest(address=address):
                self.client.logout()
                self.assertRedirects(
                    self.client.get(address), f"/admin/login/?next={address}", fetch_redirect_response=False
                )
        staff = make_reader("editor", is_staff=True)
        self.client.force_login(staff)
        self.assertEqual(self.client.get(QUEUE).status_code, 403)

    def test_an_account_of_a_reader_is_asked_to_log_in_as_staff(self):
        self.client.force_login(make_reader())
        self.assertEqual(self.client.get(QUEUE).status_code, 302)

    def test_no_act_without_the_right(self):
        comment, stranger = make_comment(), make_reader()
        for attempt in (
            lambda: acts.pick(comment, stranger),
            lambda: acts.warn(comment.person, stranger, "insult"),
            lambda: acts.ban(comment.person, stranger, "insult", timezone.now() + timedelta(days=1)),
            lambda: acts.note(comment.person, stranger, "Hm."),
        ):
            with self.assertRaises(PermissionDenied):
                attempt()
        self.assertFalse(ModerationAct.objects.exists())


class LargeNumberTests(DecidingTestCase):
    def test_no_number_in_an_address_or_a_form_makes_the_desk_fail(self):
        case = make_held(self.article).case_id
        for number in (2**31, 2**63, 10**30):
            for pattern in urls.urlpatterns:
                names = re.findall(r"<int:(\w+)>", str(pattern.pattern))
                kwargs = dict.fromkeys(names, number)
                if "<str:act>" in str(pattern.pattern):
                    kwargs["act"] = "warn"
                address = reverse(f"moderation:{pattern.name}", kwargs=kwargs)
                for ask in (self.client.get, self.client.post):
                    with self.subTest(address=address, ask=ask.__name__):
                        self.assertLess(ask(address).status_code, 500)
            for field in ("seen", "cases", "comments", "colleague"):
                with self.subTest(field=field, number=number):
                    self.decide(case, "note", **{field: number})
                    answer = self.client.post(reverse("moderation:several"), {field: number, "sure": "yes"})
                    self.assertLess(answer.status_code, 500)


class QueueTests(DecidingTestCase):
    def test_the_most_urgent_comes_first(self):
        held = make_held(self.article, text="Held words.")
        make_reported(self.article, text="Reported words.")
        grave = make_reported(self.article, "violence", text="Grave words.")
        page = self.client.get(QUEUE).content.decode()
        places = [page.index(words) for words in ("Grave words.", "Reported words.", "Held words.")]
        self.assertEqual(places, sorted(places))
        self.assertGreater(grave.case.urgency, held.case.urgency)

    def test_a_card_shows_all_that_a_decision_needs(self):
        parent = make_comment(self.article, text="The bridge is closed.", name="Farid")
        rude = make_reported(None, below=parent, text="You know nothing.", name="Loud")
        CommentReport.objects.update(words="He always does this.")
        acts.note(rude.person, self.moderator, "Has been asked twice.")
        page = self.client.get(QUEUE)
        for words in (
            "You know nothing.",
            "The bridge is closed.",
            self.article.headline,
            "He always does this.",
            "Has been asked twice.",
            "insult (guideline 2)",
            "2 published, 0 removed",
        ):
            self.assertContains(page, words)

    def test_what_a_colleague_looks_at_is_not_shown_for_two_minutes(self):
        make_held(self.article, text="Held words.")
        self.client.get(QUEUE)
        self.client.force_login(make_moderator("second"))
        self.assertNotContains(self.client.get(QUEUE), "Held words.")
        self.assertContains(self.client.get(QUEUE), "with colleagues")
        later = timezone.now() + timedelta(minutes=2, seconds=1)
        with patch("django.utils.timezone.now", return_value=later):
            self.assertContains(self.client.get(QUEUE), "Held words.")

    def test_approval_publishes_and_closes_the_case(self):
        comment = make_held(self.article)
        self.decide(comment.case_id, "approve")
        self.assertEqual(state_of(comment), State.PUBLISHED)
        self.assertContains(self.client.get(QUEUE), "Nothing waits.")

    def test_removal_names_the_guideline_by_one_button(self):
        comment = make_held(self.article)
        page = self.decide(comment.case_id, "remove:advertising")
        self.assertContains(page, "Removed comment")
        self.assertEqual(ReaderComment.objects.get(pk=comment.pk).removal_reason, "advertising")

    def test_a_removal_without_a_guideline_is_asked_again_and_keeps_the_note(self):
        comment = make_held(self.article)
        page = self.decide(comment.case_id, "remove:", note="My long note.")
        self.assertContains(page, "Choose the guideline", status_code=422)
        self.assertContains(page, "My long note.", status_code=422)
        self.assertEqual(state_of(comment), State.HELD)

    def test_words_to_the_writer_stand_on_its_page_and_in_the_log(self):
        comment = make_held(self.article)
        self.decide(comment.case_id, "remove:insult", words="Say it without the name.")
        page = self.client.get(reverse("comments:status", args=[status_token(comment)]))
        self.assertContains(page, "Say it without the name.")
        self.assertContains(self.client.get(reverse("moderation:log")), "Say it without the name.")

    def test_keeping_a_reported_comment_settles_its_reports_as_wrong(self):
        comment = make_reported(self.article, times=2)
        self.decide(comment.case_id, "approve")
        self.assertEqual(set(comment.reports.values_list("outcome", flat=True)), {"wrong"})
        self.assertEqual(state_of(comment), State.PUBLISHED)

    def test_removing_a_reported_comment_settles_its_reports_as_right(self):
        comment = make_reported(self.article)
        self.decide(comment.case_id, "remove:insult")
        self.assertEqual(comment.reports.get().outcome, "right")

    def test_a_pick_publishes_what_was_held(self):
        comment = make_held(self.article)
        self.decide(comment.case_id, "pick")
        comment.refresh_from_db()
        self.assertTrue(comment.is_published and comment.picked_at)

    def test_who_comes_second_is_shown_what_the_first_did(self):
        comment = make_held(self.article)
        acts.remove(comment, make_moderator("first"), "hatred")
        page = self.decide(comment.case_id, "approve")
        self.assertContains(page, "first removed it already: hatred against a group (guideline 3)")
        self.assertEqual(state_of(comment), State.REMOVED)

    def test_what_joined_the_case_unseen_is_not_decided(self):
        seen = post_from("one@reader.example", self.article, SPAM + " https://one.example/")
        mark = self.client.get(QUEUE).context["cards"][0].mark
        late = post_from("two@reader.example", self.article, SPAM + " https://two.example/")
        self.decide(seen.case_id, "remove:advertising", seen=str(mark))
        self.assertEqual((state_of(seen), state_of(late)), (State.REMOVED, State.HELD))
        self.assertIsNone(Case.objects.get(pk=seen.case_id).closed_at)

    def test_a_hundred_copies_are_one_card_and_one_press(self):
        for number in range(100):
            words = f"{SPAM} https://spam.example/{number}"
            post_from(f"{number}@spam.example", self.article, words, network=f"network {number}")
        self.assertEqual(Case.objects.open().count(), 1)
        page = self.client.get(QUEUE)
        self.assertContains(page, "100 comments that are nearly the same")
        self.decide(Case.objects.get().pk, "remove:advertising")
        self.assertFalse(ReaderComment.objects.exclude(state=State.REMOVED).exists())
        self.assertFalse(Case.objects.open().exists())

    def test_the_queue_costs_the_same_with_few_and_with_many(self):
        make_held(self.article)
        with self.assertNumQueries(26):
            self.client.get(QUEUE)
        for number in range(30):
            email = f"{number}@reader.example"
            make_reported(self.article, text=f"Words {number}.", user_email=email, times=3)
        with self.assertNumQueries(26):
            self.client.get(QUEUE)


class SeveralTests(DecidingTestCase):
    def several(self, **data):
        return self.client.post(reverse("moderation:several"), data)

    def test_first_it_is_shown_what_would_happen(self):
        one, two = make_held(self.article), make_reported(self.article, user_email="other@reader.example")
        cases = [one.case_id, two.case_id]
        page = self.several(cases=cases, act="remove", reason="insult")
        self.assertContains(page, "2 comments by 2 people, below 1 story, would be removed.")
        self.assertContains(page, "Readers see 1 of them now.")
        self.assertEqual((state_of(one), state_of(two)), (State.HELD, State.PUBLISHED))
        marks = page.context["marks"]
        self.several(comments=[one.pk, two.pk], act="remove", reason="insult", sure="yes", seen=marks)
        self.assertEqual((state_of(one), state_of(two)), (State.REMOVED, State.REMOVED))

    def test_several_writers_are_told_the_same(self):
        asked = {"comments": [make_held(self.article, text=f"Number {number}.").pk for number in range(2)]}
        asked |= {"act": "remove", "reason": "insult", "words": "Say it without the name."}
        self.several(**asked, sure="yes", seen=self.several(**asked).context["marks"])
        told = RemovalWords.objects.values_list("act__comment", "text")
        self.assertEqual(set(told), {(pk, asked["words"]) for pk in asked["comments"]})

    def test_a_removal_without_a_guideline_changes_nothing(self):
        comment = make_held(self.article)
        page = self.several(comments=[comment.pk], act="remove", sure="yes")
        self.assertContains(page, "Choose the guideline", status_code=422)
        self.assertEqual(state_of(comment), State.HELD)

    def test_odd_input_is_answered(self):
        for data in ({}, {"cases": "x"}, {"comments": ["9" * 30, "-1"]}, {"cases": "9" * 17, "act": "hm"}):
            with self.subTest(data=data):
                self.assertLess(self.several(**data).status_code, 500)


class UndoTests(DecidingTestCase):
    def undo(self, act, **data):
        return self.client.post(reverse("moderation:undo", args=[act.pk]), data, follow=True)

    def test_a_removal_taken_back_stands_as_before(self):
        comment = make_reported(self.article)
        acts.pick(comment, self.moderator)
        act = acts.remove(comment, self.moderator, "insult")
        self.undo(act)
        comment.refresh_from_db()
        self.assertTrue(comment.is_published and comment.picked_at and "Seoul" in comment.html)
        self.assertEqual(comment.reports.get().outcome, "")
        self.assertIsNone(Case.objects.get(pk=comment.case_id).closed_at)
        self.article.refresh_from_db()
        self.assertEqual(self.article.comment_count, 1)

    def test_an_approval_taken_back_never_stood_in_the_thread(self):
        comment = make_held(self.article)
        self.undo(acts.approve(comment, self.moderator))
        comment.refresh_from_db()
        self.assertEqual((comment.state, comment.published_at), (State.HELD, None))

    def test_it_is_a_row_of_its_own_and_the_first_stays(self):
        act = acts.remove(make_comment(self.article), self.moderator, "insult")
        self.undo(act)
        self.assertEqual(list(ModerationAct.objects.values_list("act", flat=True)), ["undo", "remove"])

    def test_a_second_press_does_nothing(self):
        act = acts.remove(make_comment(self.article), self.moderator, "insult")
        self.undo(act)
        self.assertContains(self.undo(act), "took back a decision about it already")
        self.assertEqual(ModerationAct.objects.filter(act="undo").count(), 1)

    def test_it_does_not_overrule_what_was_decided_since(self):
        comment = make_comment(self.article)
        act = acts.remove(comment, self.moderator, "insult")
        acts.approve(comment, make_moderator("second"))
        self.assertContains(self.undo(act), "second approved it since")
        self.assertEqual(state_of(comment), State.PUBLISHED)

    def test_it_brings_back_nothing_that_its_writer_withdrew_or_had_deleted(self):
        for change in ({"state": State.WITHDRAWN}, {"comment": ""}):
            with self.subTest(change=change):
                comment = make_held(self.article, text=f"Words {change}.")
                act = acts.approve(comment, self.moderator)
                held = ReaderComment.objects.get(pk=comment.pk)
                held.comment = change.get("comment", held.comment)
                held.state = change.get("state", State.REMOVED)
                held.save()
                with self.assertRaises(acts.AlreadyDecided):
                    acts.undo(act, self.moderator)
                with self.assertRaises(acts.AlreadyDecided):
                    acts.approve(comment, self.moderator)
                self.assertEqual(state_of(comment), held.state)

    def test_a_batch_is_taken_back_at_once(self):
        comments = [make_held(self.article, text=f"Words {number}.") for number in range(3)]
        result = bulk.decide(comments, self.moderator, "remove", reason="insult")
        page = self.client.get(QUEUE)
        self.assertContains(page, "Removed 3 comments: insult (guideline 2).")
        page = self.undo(result.done[0], batch="yes")
        self.assertContains(page, "Taken back: 3 decisions.")
        self.assertEqual({state_of(comment) for comment in comments}, {State.HELD})

    def test_a_pick_that_published_is_taken_back_whole(self):
        comment = make_held(self.article)
        self.decide(comment.case_id, "pick")
        self.undo(ModerationAct.objects.latest("pk"), batch="yes")
        comment.refresh_from_db()
        self.assertEqual((comment.state, comment.picked_at), (State.HELD, None))

    def test_a_suspension_taken_back_ends(self):
        person = make_comment(self.article).person
        act = acts.suspend(person, self.moderator, "insult", timezone.now() + timedelta(days=7))
        self.undo(act)
        self.assertFalse(Sanction.objects.in_force().exists())

    def appealed(self, remover="second"):
        comment = make_comment(self.article)
        acts.remove(comment, make_moderator(remover), "insult")
        return comment, appeals.make(comment, "I meant well.")

    def test_what_became_of_an_appeal_is_taken_back_before_its_writer_is_told(self):
        for number, decide in enumerate((appeals.uphold, appeals.overturn)):
            with self.subTest(decide=decide.__name__):
                self.article = make_article(f"Story {number}")
                comment, appeal = self.appealed(f"second {number}")
                before = OutgoingMail.objects.count()
                act = decide(appeal, self.moderator, "As it says.")
                self.assertContains(self.client.get(QUEUE), "the removal of comment")
                self.undo(act, batch="yes")
                appeal.refresh_from_db()
                self.assertEqual((appeal.outcome, appeal.answer, appeal.decided_by), ("", "", None))
                self.assertEqual(state_of(comment), State.REMOVED)
                self.assertIn(comment, ReaderComment.objects.waiting())
                self.assertEqual(OutgoingMail.objects.count(), before)

    def test_and_not_afterwards(self):
        comment, appeal = self.appealed()
        act = appeals.overturn(appeal, self.moderator, "You are right.")
        later = timezone.now() + timedelta(seconds=11)
        with patch("django.utils.timezone.now", return_value=later):
            self.assertContains(self.undo(act), "This can no longer be taken back.")
        self.assertEqual(state_of(comment), State.PUBLISHED)

    def test_all_of_one_press_is_taken_back_from_the_log(self):
        comments = [make_held(self.article, text=f"Words {number}.") for number in range(3)]
        bulk.decide(comments, self.moderator, "remove", reason="insult")
        acts.remove(make_comment(self.article, text="Alone."), self.moderator, "insult")
        self.assertContains(self.client.get("/moderation/log/"), "Undo all 3 of this press", count=1)

    def test_what_a_colleague_overruled_is_not_offered(self):
        comment = make_held(self.article)
        acts.approve(comment, self.moderator)
        self.assertContains(self.client.get(QUEUE), "data-undo")
        acts.remove(comment, make_moderator("second"), "insult")
        self.assertNotContains(self.client.get(QUEUE), "data-undo")

    def test_a_sanction_names_the_person_and_not_the_comment(self):
        comment = make_comment(self.article)
        acts.warn(comment.person, self.moderator, "insult", comment=comment)
        self.assertContains(self.client.get(QUEUE), "Warned Leyla M.: insult")
        self.assertNotContains(self.client.get("/moderation/log/"), "warned a comment")
        acts.ban_network(
            "192.0.2.0/24", self.moderator, "insult", timezone.now() + timedelta(days=1), comment=comment
        )
        self.assertContains(self.client.get(QUEUE), "Banned a network: insult")

    def test_a_pick_that_published_says_that_a_letter_leaves(self):
        self.decide(make_held(self.article).case_id, "pick")
        self.assertContains(self.client.get(QUEUE), "Letters about it leave in a moment.")

    def test_the_bar_goes_after_ten_seconds_and_the_log_stays(self):
        act = acts.remove(make_comment(self.article), self.moderator, "insult")
        later = timezone.now() + timedelta(seconds=11)
        with patch("django.utils.timezone.now", return_value=later):
            self.assertNotContains(self.client.get(QUEUE), "data-undo")
            self.assertContains(
                self.client.get("/moderation/log/"), reverse("moderation:undo", args=[act.pk])
            )


class PeopleTests(DecidingTestCase):
    def setUp(self):
        super().setUp()
        self.comment = make_held(self.article, user_email="rana@reader.example", network="192.0.2.0/24")
        self.person = self.comment.person

    def act(self, act, **data):
        address = reverse("moderation:person_act", args=[self.person.pk, act])
        return self.client.post(f"{address}?comment={self.comment.pk}", data, follow=True)

    def test_each_act_leaves_what_it_says(self):
        for act, data, kind in [
            ("warn", {"reason": "insult", "words": "Please."}, "warning"),
            ("suspend", {"reason": "insult", "days": "7"}, "suspension"),
            ("ban", {"reason": "hatred", "days": "365"}, "ban"),
        ]:
            with self.subTest(act=act):
                self.act(act, **data)
                sanction = Sanction.objects.latest("pk")
                self.assertEqual((sanction.kind, sanction.person), (kind, self.person))
                self.assertEqual(sanction.act.comment, self.comment)

    def test_a_ban_has_an_end(self):
        page = self.act("ban", reason="insult", days="")
        self.assertEqual(page.status_code, 422)
        self.assertFalse(Sanction.objects.exists())
        with self.assertRaises(acts.EndMissing):
            acts.ban(self.person, self.moderator, "insult", timezone.now())

    def test_a_network_can_be_banned_that_the_person_came_from(self):
        self.act("ban", reason="insult", days="1", network="192.0.2.0/24")
        self.assertEqual(Sanction.objects.get().network, "192.0.2.0/24")
        self.assertEqual(self.act("ban", reason="insult", days="1", network="10.0.0.0/24").status_code, 422)

    def test_a_note_is_for_moderators_alone(self):
        self.act("note", text="Has been asked twice.")
        self.assertEqual(PersonNote.objects.get().text, "Has been asked twice.")
        self.assertContains(
            self.client.get(reverse("moderation:person", args=[self.person.pk])), "asked twice"
        )
        self.assertEqual(ModerationAct.objects.get().note, "")  # the ledger keeps no words about a person

    def test_a_sanction_can_be_ended(self):
        self.act("suspend", reason="insult", days="7")
        self.client.post(reverse("moderation:lift", args=[Sanction.objects.get().pk]))
        self.assertFalse(Sanction.objects.in_force().exists())

    def test_somebody_is_found_by_name_and_by_address(self):
        for words in ("Leyla M.", "leyla m.", "rana@reader.example", "RANA+news@reader.example"):
            with self.subTest(words=words):
                page = self.client.get("/moderation/people/", {"q": words})
                self.assertContains(page, reverse("moderation:person", args=[self.person.pk]))
        self.assertContains(self.client.get("/moderation/people/", {"q": "nobody"}), "Nobody is found.")

    def test_networks_are_forgotten_after_thirty_days(self):
        ReaderComment.objects.update(submit_date=timezone.now() - timedelta(days=31))
        networks.forget_old()
        self.assertEqual(ReaderComment.objects.get().network, "")


class QuestionTests(DecidingTestCase):
    def test_a_colleague_is_asked_and_gets_a_letter(self):
        comment = make_held(self.article)
        colleague = make_moderator("second")
        colleague.email = "second@anewz.example"
        colleague.save()
        address = reverse("moderation:question", args=[comment.case_id])
        self.client.post(address, {"colleague": colleague.pk, "question": "Is this a threat?"})
        letter = OutgoingMail.objects.get()
        self.assertEqual(letter.recipient, "second@anewz.example")
        self.assertNotIn("Seoul", letter.text)
        self.client.force_login(colleague)
        self.assertContains(self.client.get(QUEUE), "Is this a threat?")
        self.assertContains(self.client.get(QUEUE), "You are asked")

    def test_only_who_may_moderate_can_be_asked(self):
        comment, reader = make_held(self.article), make_reader()
        address = reverse("moderation:question", args=[comment.case_id])
        page = self.client.post(address, {"colleague": reader.pk, "question": "Is this a threat?"})
        self.assertContains(page, "Is this a threat?", status_code=422)


class LeaseTests(DecidingTestCase):
    def test_two_moderators_get_different_cases(self):
        for number in range(queue.CARDS + 5):
            make_held(self.article, text=f"Words {number}.")
        first = queue.lease(self.moderator)
        second = queue.lease(make_moderator("second"))
        self.assertEqual((len(first), len(second)), (queue.CARDS, 5))
        self.assertFalse({card.case.pk for card in first} & {card.case.pk for card in second})

    def test_the_same_moderator_gets_the_same_again(self):
        make_held(self.article)
        first, again = queue.lease(self.moderator), queue.lease(self.moderator)
        self.assertEqual([card.case.pk for card in first], [card.case.pk for card in again])
