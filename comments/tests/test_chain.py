"""Each step of the chain, and what the chain makes of all of them."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import SimpleTestCase, TestCase, override_settings
from django.utils import timezone

from articles.tests.factories import make_article
from comments import posting
from comments.models import Person, ReaderComment, Sanction, Thread
from comments.moderation import acts, chain
from comments.moderation.steps import conversation, flood, length, links, newsroom, standing
from comments.moderation.verdicts import Decision, hold, passed, refuse
from comments.tests.cases import SPAM, post_from
from comments.tests.factories import make_comment, make_moderator, make_reader, make_warning

PASS, PUBLISH, HOLD, REFUSE = Decision.PASS, Decision.PUBLISH, Decision.HOLD, Decision.REFUSE
State = ReaderComment.State
SUSPENDED_FOR = timedelta(days=3)


def attempt(text="I remember that.", **changes):
    thread = changes.pop("thread", None) or Thread(article=changes.get("article"))
    return chain.Attempt(article=changes.pop("article", None), thread=thread, text=text, **changes)


class OutcomeTests(SimpleTestCase):
    def outcome(self, *verdicts):
        return chain.Outcome([(f"step {number}", verdict) for number, verdict in enumerate(verdicts)])

    def test_the_first_that_is_no_pass_decides(self):
        self.assertEqual(self.outcome(passed(), hold("First."), hold("Second.")).deciding.reason, "First.")

    def test_a_refusal_after_a_hold_only_holds(self):
        outcome = self.outcome(hold("Held."), refuse("Refused."))
        self.assertIsNone(outcome.refusal)
        self.assertEqual(outcome.state, State.HELD)

    def test_all_verdicts_are_kept(self):
        kept = self.outcome(passed("Fine."), hold("Held.")).as_json()
        self.assertEqual([row["decision"] for row in kept], ["pass", "hold"])
        self.assertEqual([row["reason"] for row in kept], ["Fine.", "Held."])

    def test_where_nothing_objects_it_is_published(self):
        self.assertEqual(self.outcome(passed(), passed()).state, State.PUBLISHED)


class StepTests(TestCase):
    """One table for each step: what it is given, and what it decides."""

    def assert_decides(self, step, given, decision):
        with self.subTest(step=step.__name__, given=str(given)[:60]):
            self.assertEqual(step(given).decision, decision)

    def test_length(self):
        for text, decision in [
            ("Yes.", PASS),
            ("x" * 3000, PASS),
            ("x" * 3001, REFUSE),
            (" \n\t", REFUSE),
        ]:
            self.assert_decides(length.length, attempt(text), decision)

    def test_links(self):
        link = "https://one.example/ "
        for text, decision in [("None.", PASS), (link, PASS), (link * 2, PASS), (link * 3, HOLD)]:
            self.assert_decides(links.links, attempt(text), decision)

    def test_whoever_works_here_passes(self):
        staff, former = make_moderator(), make_moderator("former")
        former.is_active = False
        for account, decision in [(staff, PUBLISH), (former, PASS), (make_reader(), PASS), (None, PASS)]:
            self.assert_decides(newsroom.staff, attempt(account=account), decision)

    def test_the_conversation_is_open_or_says_why_not(self):
        now = timezone.now()
        story = make_article(published_at=now - timedelta(days=10))
        soon = now + timedelta(minutes=5)
        for changes, decision in [
            ({}, PASS),
            ({"rule": "closed"}, REFUSE),
            ({"rule": "held"}, PASS),
            ({"closes_after_days": 9}, REFUSE),
            ({"closes_after_days": 11}, PASS),
            ({"closes_after_days": 0}, PASS),
            ({"heat": 3, "heat_until": soon}, REFUSE),
            ({"heat": 3, "heat_until": now}, PASS),
            ({"heat": 2, "heat_until": soon}, PASS),
        ]:
            thread = Thread(article=story, **changes)
            self.assert_decides(conversation.is_open, attempt(thread=thread, now=now), decision)

    @override_settings(COMMENTS_CLOSE_AFTER_DAYS=9)
    def test_the_site_closes_by_age_where_the_story_says_nothing(self):
        story = make_article(published_at=timezone.now() - timedelta(days=10))
        self.assert_decides(conversation.is_open, attempt(thread=Thread(article=story)), REFUSE)
        for days, told in ((1, "closed 1 day after"), (2, "closed 2 days after")):
            self.assertIn(told, Thread(article=story, closes_after_days=days).why_closed())
        longer = Thread(article=story, closes_after_days=0)
        self.assert_decides(conversation.is_open, attempt(thread=longer), PASS)

    def test_the_storys_rule(self):
        now = timezone.now()
        soon = now + timedelta(minutes=5)
        for changes, decision in [
            ({}, PASS),
            ({"rule": "held"}, HOLD),
            ({"heat": 2, "heat_until": soon}, HOLD),
            ({"heat": 2, "heat_until": now}, PASS),
            ({"heat": 1, "heat_until": soon}, PASS),
        ]:
            self.assert_decides(conversation.rule, attempt(thread=Thread(**changes), now=now), decision)

    def test_sanctions(self):
        now, person = timezone.now(), Person.objects.of_writer(email="rana@reader.example")
        network = "192.0.2.0/24"
        ahead, over = now + SUSPENDED_FOR, now - timedelta(seconds=1)
        moderator = make_moderator()
        for changes, decision in [
            ({"person": person, "kind": "suspension", "ends_at": ahead}, REFUSE),
            ({"person": person, "kind": "suspension", "ends_at": over}, PASS),
            ({"person": person, "kind": "ban", "ends_at": ahead, "lifted_at": now}, PASS),
            ({"network": network, "kind": "ban", "ends_at": ahead}, REFUSE),
            ({"network": "198.51.100.0/24", "kind": "ban", "ends_at": ahead}, PASS),
            ({"person": person, "kind": "warning"}, REFUSE),
            ({"person": person, "kind": "warning", "acknowledged_at": now}, PASS),
        ]:
            sanction = Sanction.objects.create(reason="insult", by=moderator, **changes)
            self.assert_decides(
                standing.sanctions, attempt(person=person, network=network, now=now), decision
            )
            sanction.delete()

    def test_history(self):
        for removed, published, decision in [
            (0, 5, PASS),
            (2, 0, PASS),
            (3, 3, HOLD),
            (3, 4, PASS),
            (3, 18, PASS),
        ]:
            email = f"{removed}-{published}@reader.example"
            person = Person.objects.of_writer(email=email)
            for state, count in ((State.REMOVED, removed), (State.PUBLISHED, published)):
                for _ in range(count):
                    make_comment(user_email=email, state=state)
            self.assert_decides(standing.history, attempt(person=person), decision)

    def test_first_timer(self):
        newcomer = Person.objects.of_writer(email="new@reader.example")
        known = make_comment(user_email="known@reader.example").person
        linked = "Read https://one.example/"
        for person, text, first_held, decision in [
            (newcomer, "Words.", False, PASS),
            (newcomer, linked, False, HOLD),
            (newcomer, "Words.", True, HOLD),
            (known, linked, False, PASS),
            (known, "Words.", True, PASS),
            (None, linked, True, PASS),
        ]:
            with override_settings(COMMENTS_HOLD_FIRST=first_held):
                self.assert_decides(standing.first_timer, attempt(text, person=person), decision)

    def test_flood_from_one_person(self):
        person = SimpleNamespace(pk=7)
        decisions = [flood.flood(attempt(person=person)).decision for _ in range(7)]
        self.assertEqual(decisions, [PASS] * 5 + [HOLD] * 2)

    def test_flood_from_one_network(self):
        decisions = [flood.flood(attempt(network="192.0.2.0/24")).decision for _ in range(22)]
        self.assertEqual(decisions, [PASS] * 20 + [HOLD] * 2)
        self.assertEqual(flood.flood(attempt(network="198.51.100.0/24")).decision, PASS)

    def test_a_look_counts_nothing(self):
        for _ in range(30):
            flood.flood(attempt(network="192.0.2.0/24", is_final=False))
        self.assertEqual(flood.flood(attempt(network="192.0.2.0/24")).decision, PASS)


class ChainTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def post(self, text, email="rana@reader.example", **changes):
        return post_from(email, self.article, text, **changes)

    def test_a_plain_comment_is_published_and_keeps_every_reason(self):
        comment = self.post("I remember that.")
        self.assertEqual(comment.state, State.PUBLISHED)
        self.assertEqual([row["step"] for row in comment.checks][:3], ["staff", "length", "is_open"])
        self.assertEqual(len(comment.checks), len(chain.STEPS))

    def test_what_is_held_waits_in_a_case(self):
        comment = self.post("Read https://one.example/")
        self.assertEqual(comment.state, State.HELD)
        self.assertIsNone(comment.case.closed_at)
        self.assertIn("first comment", comment.why_held)

    def test_near_copies_share_a_case_whoever_sends_them(self):
        first = self.post(SPAM + " https://one.example/")
        second = self.post(SPAM + " https://two.example/", "other@reader.example")
        third = self.post(SPAM.upper() + "! https://one.example", "third@reader.example")
        self.assertEqual({first.case_id}, {second.case_id, third.case_id})

    def test_different_words_of_the_same_length_are_no_copies(self):
        self.post("The bridge was closed on Monday, and nobody has told the people who live behind it why.")
        other = self.post(
            "Whoever wrote this has never stood at that river in spring, when the water carries whole trees.",
            "other@reader.example",
        )
        self.assertEqual(other.state, State.PUBLISHED)

    def test_short_answers_may_be_alike(self):
        for name in ("one", "two", "three"):
            self.assertEqual(self.post("I agree.", f"{name}@reader.example").state, State.PUBLISHED)

    def test_a_suspended_person_is_told_until_when_and_keeps_the_words(self):
        person = self.post("First.").person
        acts.suspend(person, make_moderator(), "insult", timezone.now() + SUSPENDED_FOR)
        with self.assertRaisesMessage(posting.Refused, "You cannot comment until"):
            self.post("Second.")

    def test_an_address_with_a_tag_is_the_same_person(self):
        person = self.post("First.").person
        acts.ban(person, make_moderator(), "insult", timezone.now() + SUSPENDED_FOR)
        with self.assertRaises(posting.Refused):
            self.post("Second.", "Rana+again@reader.example")

    def test_nobody_learns_of_a_sanction_before_the_letter_is_answered(self):
        person = self.post("First.").person
        acts.ban(person, make_moderator(), "insult", timezone.now() + SUSPENDED_FOR)
        outcome = posting.look(Thread.objects.of(self.article), "Second.", network="192.0.2.0/24")
        self.assertIsNone(outcome.refusal)

    def test_a_warning_has_to_be_read_first(self):
        warning = make_warning(self.post("First.").person)
        with self.assertRaises(posting.Refused) as refusal:
            self.post("Second.")
        self.client.get(refusal.exception.url)
        with self.assertRaises(posting.Refused):
            self.post("Third.")
        page = self.client.post(refusal.exception.url)
        self.assertContains(page, "You can comment again")
        self.assertEqual(self.post("Fourth.").state, State.PUBLISHED)
        warning.refresh_from_db()
        self.assertIsNotNone(warning.acknowledged_at)

    def test_an_account_of_the_newsroom_is_marked(self):
        thread = Thread.objects.of(self.article)
        comment = posting.post(thread, make_moderator(), name="Ada", text="We asked.", reply_to=None)
        self.assertEqual((comment.state, comment.badge), (State.PUBLISHED, "newsroom"))

    def test_a_closed_conversation_keeps_the_words(self):
        Thread.objects.create(article=self.article, rule="closed")
        with self.assertRaisesMessage(posting.Refused, "A moderator has closed the conversation"):
            self.post("Too late.")
        page = self.client.get(self.article.get_absolute_url())
        self.assertContains(page, "A moderator has closed the conversation")
        self.assertNotContains(page, "<textarea")

    def test_a_flood_is_one_case(self):
        for number in range(24):
            self.post(f"My thought number {number}.", f"{number}@reader.example")
        flooded = ReaderComment.objects.filter(state=State.HELD)
        self.assertEqual(flooded.count(), 4)
        self.assertEqual(len(set(flooded.values_list("case", flat=True))), 1)
