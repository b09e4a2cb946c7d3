from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article, LogEntry
from articles.publishing import NotReady, StaleDraft, WrongState
from articles.tests.factories import DAY, make_account, make_article, make_draft, update_article

HOUR = timedelta(hours=1)


class DraftTests(TestCase):
    def test_saves_a_draft_with_nothing_in_it(self):
        article = Article()
        publishing.save_draft(article, make_account())
        self.assertEqual(article.draft.headline, "")
        self.assertTrue(article.slug)

    def test_takes_the_address_from_the_headline_and_never_one_that_is_taken(self):
        slugs = [make_draft("Port blast in Iran").slug for _ in range(3)]
        self.assertEqual(slugs, ["port-blast-in-iran", "port-blast-in-iran-2", "port-blast-in-iran-3"])

    def test_a_save_on_top_of_another_is_refused_and_shows_the_other(self):
        article = make_draft()
        seen = article.mark
        publishing.save_draft(article, make_account("leyla"), seen=seen, headline="Leyla's")
        with self.assertRaises(StaleDraft) as refusal:
            publishing.save_draft(article, make_account("rauf"), seen=seen, headline="Rauf's")
        self.assertEqual(refusal.exception.newer.headline, "Leyla's")
        self.assertEqual(refusal.exception.aside.words["headline"], "Rauf's")
        article.draft.refresh_from_db()
        self.assertEqual(article.draft.headline, "Leyla's")

    def test_two_who_begin_a_draft_of_a_live_story_do_not_overwrite_each_other(self):
        article = make_article()
        seen = article.mark
        publishing.save_draft(article, make_account("leyla"), seen=seen, headline="Leyla's")
        with self.assertRaises(StaleDraft):
            publishing.save_draft(article, make_account("rauf"), seen=seen, headline="Rauf's")

    def test_what_somebody_goes_on_typing_stays_in_one_row_of_earlier_saves(self):
        article, leyla = make_draft(), make_account("leyla")
        before = article.draft.revisions.count()
        for headline in ("T", "Tr", "Troops"):
            publishing.autosave_draft(article, leyla, seen=article.mark, headline=headline)
        self.assertEqual(article.draft.revisions.count(), before + 1)
        publishing.save_draft(article, make_account("rauf"), headline="Rauf's")
        publishing.autosave_draft(article, leyla, seen=article.mark, headline="Once more")
        kept = [revision.words["headline"] for revision in article.draft.revisions.all()[:3]]
        self.assertEqual(kept, ["Once more", "Rauf's", "Troops"])

    def test_editing_a_live_story_leaves_what_readers_see(self):
        article = make_article("Before")
        publishing.save_draft(article, make_account(), headline="After")
        article.refresh_from_db()
        self.assertEqual(article.live_version.headline, "Before")
        self.assertEqual(article.draft.headline, "After")
        self.assertEqual(article.draft.body, article.live_version.body)

    def test_refuses_a_field_that_is_not_text_of_the_story(self):
        with self.assertRaises(TypeError):
            publishing.save_draft(make_draft(), make_account(), published_by=None)


class PublishTests(TestCase):
    def test_says_in_one_list_all_that_is_missing(self):
        article = Article()
        publishing.save_draft(article, make_account())
        with self.assertRaises(NotReady) as refusal:
            publishing.publish(article, make_account())
        self.assertEqual(
            refusal.exception.problems,
            [
                "The headline is missing.",
                "The standfirst is missing.",
                "The body is empty.",
                "The section is missing.",
                "The byline is missing: name at least one author.",
            ],
        )

    def test_makes_the_draft_the_live_version(self):
        article = make_draft("New")
        draft = article.draft
        publishing.publish(article, make_account(), now=DAY)
        article.refresh_from_db()
        self.assertEqual(article.live_version, draft)
        self.assertIsNone(article.draft)
        self.assertEqual((article.published_at, article.live_version.number), (DAY, 1))

    def test_a_past_hour_is_no_schedule(self):
        with self.assertRaisesMessage(NotReady, "This time has passed."):
            publishing.schedule(make_draft(), make_account(), at=DAY - HOUR, now=DAY)

    def test_a_scheduled_story_can_be_given_another_hour_and_text(self):
        soon = timezone.now() + HOUR
        article = make_article("First", published_at=soon)
        publishing.save_draft(article, make_account(), headline="Second")
        publishing.schedule(article, make_account(), at=soon + HOUR)
        article.refresh_from_db()
        self.assertEqual((article.headline, article.published_at), ("Second", soon + HOUR))

    def test_a_scheduled_story_can_be_published_at_once_with_the_same_words(self):
        article = make_article("Same words", published_at=timezone.now() + HOUR)
        publishing.publish(article, make_account())
        self.assertEqual(article.headline, "Same words")
        self.assertEqual(article.versions.public().count(), 1)

    def test_a_story_is_published_for_the_first_time_only_once(self):
        article = make_article()
        publishing.save_draft(article, make_account(), headline="Again")
        with self.assertRaises(WrongState):
            publishing.publish(article, make_account())

    def test_each_act_asks_for_its_right(self):
        nobody = get_user_model().objects.create_user("nobody")
        draft, live = make_draft("Draft"), make_article("Live")
        acts = [
            lambda: publishing.save_draft(Article(), nobody),
            lambda: publishing.save_draft(draft, nobody),
            lambda: publishing.submit(draft, nobody),
            lambda: publishing.publish(draft, nobody),
            lambda: publishing.send_back(draft, nobody, note="Again."),
            lambda: publishing.approve(draft, nobody),
            lambda: publishing.schedule(draft, nobody, at=timezone.now() + HOUR),
            lambda: publishing.call_off(live, nobody),
            lambda: publishing.set_embargo(draft, nobody, until=timezone.now() + HOUR),
            lambda: publishing.lift_embargo(draft, nobody, note="They agreed."),
            lambda: publishing.restyle(live, nobody),
            lambda: publishing.update(live, nobody, note="More."),
            lambda: publishing.clarify(live, nobody, note="Clearer."),
            lambda: publishing.correct(live, nobody, note="Right."),
            lambda: publishing.withdraw(live, nobody, notice="Gone."),
            lambda: publishing.ask_back(live, nobody, note="Back."),
            lambda: publishing.restore(live, nobody, note="Back."),
        ]
        for act in acts:
            with self.assertRaises(PermissionDenied):
                act()

    def test_each_act_leaves_a_row_in_the_log(self):
        article = make_draft()
        chief = make_account()
        publishing.submit(article, chief)
        publishing.publish(article, chief)
        update_article(article, kind="correction", note="The month was wrong.")
        publishing.withdraw(article, chief, notice="Gone.")
        acts = LogEntry.objects.filter(article=article).order_by("pk").values_list("act", flat=True)
        expected = ["draft", "save", "submit", "publish", "draft", "save", "correct", "withdraw"]
        self.assertEqual(list(acts), expected)


class UpdateTests(TestCase):
    def test_a_correction_needs_a_public_note(self):
        article = make_article()
        publishing.save_draft(article, make_account(), headline="Better")
        with self.assertRaises(NotReady):
            publishing.correct(article, make_account(), note="  ")

    def test_a_correction_marks_the_story(self):
        article = make_article()
        update_article(article, kind="correction", now=DAY + HOUR)
        self.assertEqual((article.corrected_at, article.last_changed), (DAY + HOUR, DAY + HOUR))

    def test_style_alone_is_no_change_to_tell_readers(self):
        article = make_article()
        update_article(article, kind="style", note="", now=DAY + HOUR)
        self.assertEqual(article.last_changed, DAY)
        self.assertFalse(article.was_updated)

    def test_refuses_without_a_draft(self):
        with self.assertRaisesMessage(NotReady, "nothing has been changed"):
            publishing.restyle(make_article(), make_account())

    def test_a_failed_update_changes_nothing(self):
        article = make_article("Before")
        publishing.save_draft(article, make_account(), headline="")
        with self.assertRaises(NotReady):
            publishing.restyle(article, make_account())
        article.refresh_from_db()
        self.assertEqual(article.headline, "Before")
        self.assertIsNotNone(article.draft)


class WithdrawTests(TestCase):
    def test_needs_a_notice(self):
        with self.assertRaises(NotReady):
            publishing.withdraw(make_article(), make_account(), notice=" ")

    def test_an_embargo_holds_a_story_that_is_to_come_back(self):
        article, chief, second = make_article(), make_account(), make_account("second")
        publishing.withdraw(article, chief, notice="It came out too early.")
        publishing.set_embargo(article, chief, until=timezone.now() + HOUR)
        publishing.ask_back(article, chief, note="Its hour is near.")
        with self.assertRaisesMessage(WrongState, "under embargo until"):
            publishing.restore(article, second, note="Back.")
        publishing.restore(article, second, note="Back.", now=timezone.now() + 2 * HOUR)
        self.assertTrue(article.is_visible(timezone.now() + 2 * HOUR))

    def test_ends_the_work_on_the_story(self):
        article = make_article()
        publishing.withdraw(article, make_account(), notice="Gone.")
        with self.assertRaises(WrongState):
            publishing.save_draft(article, make_account(), headline="Back")
