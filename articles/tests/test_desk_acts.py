from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, HomeSlot, LogEntry, Member, RelatedStory, Revision, Version
from articles.tests.desk import act_data, page_of, story_data
from articles.tests.factories import make_account, make_article, make_draft, make_member, update_article

LIST = "admin:articles_article_changelist"
BERLIN, BAKU = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Baku")
HOUR = timedelta(hours=1)


def next_change_of_clocks(zone, *, forward):
    """Return the last minute, on a clock of `zone`, before its clocks are next set forward, or back."""
    at = timezone.now().replace(minute=0, second=0, microsecond=0)
    while True:
        step = (at + HOUR).astimezone(zone).utcoffset() - at.astimezone(zone).utcoffset()
        if step and (step > timedelta(0)) == forward:
            return (at + HOUR).astimezone(zone).replace(tzinfo=None) - (step if forward else HOUR - HOUR)
        at += HOUR


class ActsTestCase(TestCase):
    def setUp(self):
        self.editor = make_member("Editor")
        self.client.force_login(self.editor)

    def do(self, act, article, **asked):
        article = self.reload(article)
        return self.client.post(page_of(article, act), act_data(article, **asked))

    def reload(self, article):
        return Article.objects.get(pk=article.pk)


class ReviewTests(ActsTestCase):
    def test_a_story_goes_to_the_editors_and_back_with_a_note(self):
        article = make_draft()
        self.do("submission", article)
        self.assertContains(self.do("sending-back", article), "Say in a note what is to be done.")
        self.do("sending-back", article, note="Who says so?")
        self.assertEqual(self.reload(article).state, Article.State.DRAFT)
        self.assertContains(self.client.get(page_of(article)), "Who says so?")

    def test_an_approval_ends_with_the_words_that_were_approved(self):
        article = make_draft()
        self.do("submission", article)
        self.do("approval", article)
        self.assertEqual(self.reload(article).state, Article.State.APPROVED)
        publishing.save_draft(article, self.editor, headline="Other words")
        self.assertEqual(self.reload(article).state, Article.State.IN_REVIEW)

    def test_what_was_done_stands_on_the_story(self):
        article = make_draft()
        self.do("submission", article)
        self.assertContains(self.client.get(page_of(article)), "submitted for review")

    def test_an_act_that_comes_too_late_says_what_was_done_and_keeps_the_words(self):
        article = make_draft()
        publishing.publish(article, make_account("second"), acknowledged=publishing.EVERYTHING)
        for act in ("submission", "approval", "sending-back", "calling-off", "restoration"):
            with self.subTest(act=act):
                page = self.do(act, article, note="My long note.")
                self.assertContains(page, "second published this story", status_code=409)
                if act in ("sending-back", "restoration"):
                    self.assertContains(page, "My long note.", status_code=409)


class PublicationTests(ActsTestCase):
    def test_all_that_is_missing_stands_in_one_list(self):
        self.client.post(reverse("admin:articles_article_add"), story_data())
        article = Article.objects.get()
        for answer in (self.client.get(page_of(article, "publication")), self.do("publication", article)):
            for sentence in ("The headline is missing.", "The body is empty.", "The section is missing."):
                self.assertContains(answer, sentence)
        self.assertEqual(self.reload(article).state, Article.State.DRAFT)

    def test_publishing_shows_the_story_to_readers(self):
        article = make_draft()
        self.assertRedirects(self.do("publication", article), page_of(article))
        self.assertContains(self.client.get(article.get_absolute_url()), article.headline)

    def test_what_the_gate_asks_has_to_be_ticked_and_stays_with_the_version(self):
        article = make_draft(sources=[])
        page = self.client.get(page_of(article, "publication"))
        self.assertContains(page, "The story names no source. Publish it all the same.")
        unticked = self.do("publication", article, ticked=False)
        self.assertContains(unticked, "Tick this, or change the story.")
        self.assertEqual(self.reload(article).state, Article.State.DRAFT)
        boxes = {box.html_name: "on" for box in page.context["form"].boxes()}
        self.do("publication", article, **boxes)
        kept = self.reload(article).live_version.findings
        self.assertEqual([finding["sentence"] for finding in kept], ["The story names no source."])

    def test_the_button_of_an_act_saves_first(self):
        article = make_draft()
        response = self.client.post(
            page_of(article), story_data(article, headline="Last words", _act="publication")
        )
        self.assertRedirects(response, page_of(article, "publication"))
        self.assertEqual(self.reload(article).draft.headline, "Last words")

    def test_a_correction_needs_its_note_and_says_where_it_stands(self):
        article = make_article()
        publishing.save_draft(article, self.editor, headline="Right words")
        self.assertContains(self.do("correction", article, at_foot=True), "Say in a public note")
        self.do("correction", article, note="The month was wrong.", at_foot=True)
        live = self.reload(article).live_version
        self.assertEqual(
            (live.headline, live.kind, live.note_stands_at_foot),
            ("Right words", Version.Kind.CORRECTION, True),
        )

    def test_a_change_of_style_needs_no_note_and_gives_no_new_date(self):
        article = make_article()
        before = article.last_changed
        publishing.save_draft(article, self.editor, headline="Finer words")
        self.do("style", article)
        article = self.reload(article)
        self.assertEqual((article.headline, article.last_changed), ("Finer words", before))

    def test_an_act_on_no_story_is_not_found(self):
        for key in (999, 2**70):
            address = reverse("admin:articles_article_publication", args=[key])
            self.assertEqual(self.client.get(address).status_code, 404)


class ScheduleTests(ActsTestCase):
    def schedule(self, article, at, *, zone="Asia/Baku", reading="", act="schedule"):
        at = at if isinstance(at, str) else at.strftime("%Y-%m-%dT%H:%M")
        asked = {"instant-at": at, "instant-zone": zone, "instant-reading": reading}
        return self.do(act, article, **asked)

    def test_a_story_is_scheduled_by_a_clock_that_is_named(self):
        article = make_draft()
        self.assertContains(self.client.get(page_of(article, "schedule")), "Asia/Baku (there it is")
        hour = timezone.localtime(timezone.now() + timedelta(days=2), BAKU).replace(second=0, microsecond=0)
        self.schedule(article, hour)
        self.assertEqual(self.reload(article).published_at, hour)
        self.assertContains(self.client.get(reverse(LIST)), "Scheduled for")
        self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 404)

    def test_an_editor_abroad_reads_both_clocks(self):
        Member.objects.create(user=self.editor, time_zone="Europe/Berlin")
        article = make_draft()
        hour = (timezone.now() + timedelta(days=2)).astimezone(BERLIN).replace(second=0, microsecond=0)
        self.schedule(article, hour, zone="Europe/Berlin")
        self.assertEqual(self.reload(article).published_at, hour)
        page = self.client.get(page_of(article))
        for zone in ("Europe/Berlin", "Asia/Baku"):
            self.assertContains(page, f"({zone})")

    def test_an_hour_that_comes_twice_forces_a_choice(self):
        self._forces_a_choice(next_change_of_clocks(BERLIN, forward=False), "comes twice")

    def test_an_hour_that_never_comes_forces_a_choice(self):
        self._forces_a_choice(next_change_of_clocks(BERLIN, forward=True), "never comes")

    def _forces_a_choice(self, wall_time, words):
        Member.objects.create(user=self.editor, time_zone="Europe/Berlin")
        article = make_draft()
        wall_time += timedelta(minutes=30)
        answer = self.schedule(article, wall_time, zone="Europe/Berlin")
        self.assertContains(answer, words)
        self.assertEqual(self.reload(article).state, Article.State.DRAFT)
        (first, _), (second, said) = answer.context["form"].instant.fields["reading"].choices
        self.assertIn("Asia/Baku", said)
        self.schedule(article, wall_time, zone="Europe/Berlin", reading=second)
        expected = datetime.strptime(second, "%Y%m%dT%H%M%S%z")
        self.assertEqual(self.reload(article).published_at, expected)
        self.assertEqual(expected - datetime.strptime(first, "%Y%m%dT%H%M%S%z"), HOUR)

    def test_an_hour_that_passed_or_is_years_away_is_refused(self):
        article = make_draft()
        for at, words in (("2020-01-01T10:00", "has passed"), ("2205-01-01T10:00", "more than a year away")):
            self.assertContains(self.schedule(article, at), words)

    def test_a_time_that_is_none_keeps_what_was_typed(self):
        article = make_draft()
        for at in ("", "soon", "0001-01-01T00:00", "9999-12-31T23:59"):
            with self.subTest(at=at):
                self.assertContains(self.schedule(article, at), "errorlist")
        self.assertContains(self.schedule(article, "soon"), 'value="soon"')

    def test_a_schedule_that_is_called_off_leaves_a_draft_that_no_reader_saw(self):
        article = make_draft("Not yet")
        publishing.schedule(
            article, self.editor, at=timezone.now() + HOUR, acknowledged=publishing.EVERYTHING
        )
        self.do("calling-off", article)
        article = self.reload(article)
        self.assertEqual((article.state, article.draft.headline), (Article.State.APPROVED, "Not yet"))
        self.do("publication", article)
        later = timezone.now() + 2 * HOUR
        self.assertEqual([version.number for version in article.versions.public(later)], [2])

    def test_nobody_publishes_before_an_embargo_ends(self):
        article = make_draft()
        until = timezone.localtime(timezone.now() + timedelta(days=1), BAKU)
        self.schedule(article, until, act="embargo")
        self.assertContains(self.do("publication", article), "An embargo forbids publication before")
        self.assertContains(self.schedule(article, until - HOUR), "An embargo forbids publication before")
        self.assertEqual(self.reload(article).state, Article.State.DRAFT)
        self.schedule(article, until)
        self.assertTrue(self.reload(article).is_scheduled)

    def test_an_embargo_holds_a_newer_version_of_a_live_story(self):
        article = make_article()
        self.schedule(article, timezone.localtime(timezone.now() + timedelta(days=1), BAKU), act="embargo")
        publishing.save_draft(article, self.editor, headline="Newer")
        self.assertContains(self.do("update", article, note="More."), "An embargo forbids")
        self.do("lifting", article, note="The ministry agreed.")
        self.do("update", article, note="More.")
        self.assertEqual(self.reload(article).headline, "Newer")

    def test_an_embargo_past_the_hour_of_a_schedule_is_refused(self):
        article = make_draft()
        hour = timezone.localtime(timezone.now() + timedelta(days=1), BAKU)
        self.schedule(article, hour)
        self.assertContains(self.schedule(article, hour + HOUR, act="embargo"), "Call that off first.")


class WithdrawalTests(ActsTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.address = self.article.get_absolute_url()

    def test_needs_a_notice_and_ends_the_editing(self):
        self.assertContains(self.do("withdrawal", self.article), "Tell readers in a notice")
        self.do("withdrawal", self.article, notice="It was not true.")
        self.assertContains(self.client.get(self.address), "It was not true.", status_code=410)
        late = story_data(self.article, headline="Once more")
        saved = self.client.post(page_of(self.article), late, follow=True)
        self.assertContains(saved, "withdrew this story")
        self.assertContains(saved, "Your words are kept among the earlier saves.")
        kept = Revision.objects.of(self.article).waiting().get()
        self.assertEqual(kept.words["headline"], "Once more")
        self.assertNotEqual(self.reload(self.article).live_version.headline, "Once more")
        self.assertContains(self.client.get(page_of(self.article)), "It was not true.")
        for act in ("revision", "merge"):
            with self.subTest(act=act):
                address = reverse(f"admin:articles_article_{act}", args=[self.article.pk, kept.pk])
                self.assertContains(self.client.post(address, follow=True), "Its text stays as it is.")

    def test_shows_first_what_it_touches(self):
        HomeSlot.objects.create(order=1, article=self.article)
        RelatedStory.objects.create(article=make_article("Points there"), target=self.article)
        make_article("Links there", body=f'<p>See <a href="{self.address}">the story</a>.</p>')
        page = self.client.get(page_of(self.article, "withdrawal"))
        for words in ("the home page", "“Points there”", "“Links there”"):
            self.assertContains(page, words)

    def test_coming_back_takes_two(self):
        self.do("withdrawal", self.article, notice="It was not true.")
        self.do("asking-back", self.article, note="It was true after all.")
        self.assertContains(self.do("restoration", self.article, note="Back."), "somebody else has to agree")
        self.assertEqual(self.client.get(self.address).status_code, 410)
        publishing.restore(self.reload(self.article), make_member("Editor", "second"), note="Checked again.")
        self.assertEqual(self.client.get(self.address).status_code, 200)
        acts = [entry.act for entry in self.article.log_entries.all()[:3]]
        self.assertEqual(acts, [LogEntry.Act.RESTORE, LogEntry.Act.ASK_BACK, LogEntry.Act.WITHDRAW])

    def test_nobody_comes_back_whom_nobody_asked_for(self):
        publishing.withdraw(self.article, self.editor, notice="Wrong.")
        with self.assertRaisesMessage(publishing.WrongState, "Nobody has asked"):
            publishing.restore(self.article, self.editor, note="Back.")

    def test_a_story_that_no_reader_saw_is_called_off_instead(self):
        article = make_article("Soon", published_at=timezone.now() + HOUR)
        self.assertContains(self.do("withdrawal", article, notice="Wrong."), "Wrong.", status_code=409)


class SecondPersonTests(ActsTestCase):
    def test_whoever_wrote_does_not_publish_where_a_second_pair_of_eyes_is_asked_for(self):
        article = make_draft()
        article.section.needs_second_person = True
        article.section.save()
        publishing.save_draft(article, self.editor, headline="My words")
        publishing.save_draft(article, make_member("Reporter"), headline="Other words")
        self.assertContains(self.do("publication", article), "somebody else has to publish it")
        publishing.publish(article, make_member("Editor", "second"), acknowledged=publishing.EVERYTHING)
        self.assertEqual(self.reload(article).state, Article.State.PUBLISHED)

    def test_it_holds_for_updates_too(self):
        article = make_article()
        article.section.needs_second_person = True
        article.section.save()
        with self.assertRaisesMessage(publishing.NotReady, "somebody else has to publish it"):
            update_article(article, by=self.editor)
