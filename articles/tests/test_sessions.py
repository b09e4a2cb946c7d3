from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import LogEntry, SectionRole
from articles.tests.factories import make_account, make_article, make_draft, make_member, make_section

DESK = "/admin/articles/article/"


class SessionTests(TestCase):
    """A session ends at the next request after what its account may do has changed."""

    def setUp(self):
        self.reporter = make_member("Reporter")
        self.client.force_login(self.reporter)
        self.assertEqual(self.client.get(DESK).status_code, 200)

    def assert_ended(self):
        response = self.client.get(DESK)
        self.assertRedirects(response, f"{reverse('admin:login')}?next={DESK}")
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_lasts_while_nothing_changes(self):
        self.reporter.first_name = "Leyla"
        self.reporter.save()
        self.assertEqual(self.client.get(DESK).status_code, 200)

    def test_ends_when_the_account_is_switched_off(self):
        get_user_model().objects.filter(pk=self.reporter.pk).update(is_active=False)
        self.assert_ended()

    def test_ends_with_another_password(self):
        self.reporter.set_password("another")
        self.reporter.save()
        self.assert_ended()

    def test_ends_with_another_role(self):
        self.reporter.groups.add(Group.objects.get(name="Editor"))
        self.assert_ended()

    def test_ends_when_a_role_is_taken_away(self):
        self.reporter.groups.clear()
        self.assert_ended()

    def test_ends_with_a_right_of_its_own(self):
        self.reporter.user_permissions.add(Permission.objects.get(codename="publish_article"))
        self.assert_ended()

    def test_ends_with_a_role_in_a_section(self):
        group = Group.objects.get(name="Editor")
        SectionRole.objects.create(user=self.reporter, section=make_section(), group=group)
        self.assert_ended()

    def test_ends_when_the_place_at_the_desk_is_taken_away(self):
        get_user_model().objects.filter(pk=self.reporter.pk).update(is_staff=False)
        self.assert_ended()

    def test_ends_with_a_right_of_an_account_that_has_no_place_at_the_desk(self):
        outsider = get_user_model().objects.create_user("outsider")
        self.client.force_login(outsider)
        self.client.get(DESK)
        self.assertIn("_auth_user_id", self.client.session)
        outsider.user_permissions.add(Permission.objects.get(codename="view_article"))
        self.client.get(DESK)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_ends_when_an_administrator_is_one_no_more_or_leaves_the_desk(self):
        for place in ("is_superuser", "is_staff"):
            administrator = make_account(f"not {place}", is_staff=True)
            self.client.force_login(administrator)
            self.assertEqual(self.client.get(DESK).status_code, 200)
            get_user_model().objects.filter(pk=administrator.pk).update(**{place: False})
            self.assert_ended()

    def test_a_page_for_everyone_asks_for_no_session(self):
        with CaptureQueriesContext(connection) as queries:
            self.client.get("/")
        self.assertNotIn("django_session", str(queries.captured_queries))

    def test_a_reader_who_joins_the_newsroom_logs_in_anew(self):
        reader = get_user_model().objects.create_user("reader")
        self.client.force_login(reader)
        self.client.get(DESK)
        get_user_model().objects.filter(pk=reader.pk).update(is_staff=True)
        self.client.get(DESK)
        self.assertNotIn("_auth_user_id", self.client.session)


class AccountTests(TestCase):
    """What administrators do to accounts stands in the newsroom's record."""

    def setUp(self):
        self.client.force_login(make_account())
        self.reporter = make_member("Reporter")
        self.page = reverse("admin:auth_user_change", args=[self.reporter.pk])

    def data(self, **changes):
        counts = {"section_roles-TOTAL_FORMS": 0, "section_roles-INITIAL_FORMS": 0}
        group = Group.objects.get(name="Reporter").pk
        named = {"username": "reporter", "is_active": "on", "is_staff": "on", "groups": [group]}
        return counts | named | {"date_joined_0": "2025-04-29", "date_joined_1": "09:40"} | changes

    def test_a_role_in_one_section_is_given_on_the_page_of_the_account_and_recorded(self):
        group, section = Group.objects.get(name="Editor"), make_section()
        role = {"section_roles-0-section": section.pk, "section_roles-0-group": group.pk}
        self.client.post(self.page, self.data(**role, **{"section_roles-TOTAL_FORMS": 1}))
        self.assertEqual(SectionRole.objects.get().user, self.reporter)
        entry = LogEntry.objects.first()
        self.assertEqual((entry.act, entry.subject), ("change", "user “reporter”"))
        self.assertIn("Editor in World", entry.note)

    def test_a_password_is_recorded_as_changed_and_never_itself(self):
        page = reverse("admin:auth_user_password_change", args=[self.reporter.pk])
        words = {"password1": "a long new passphrase", "password2": "a long new passphrase"}
        self.client.post(page, words | {"usable_password": "true"})
        entry = LogEntry.objects.first()
        self.assertEqual(entry.note, "Changed password.")
        self.assertNotIn("passphrase", f"{entry.subject} {entry.note}")

    def test_whoever_did_something_is_switched_off_and_not_deleted(self):
        delete = reverse("admin:auth_user_delete", args=[self.reporter.pk])
        self.assertContains(self.client.get(delete), "Are you sure")
        LogEntry.record(LogEntry.Act.ADD, self.reporter, subject="topic “Kursk”")
        page = self.client.get(delete)
        self.assertContains(page, "So the account\n  stays.")
        self.assertTrue(self.client.head(delete) and self.switched_on())
        self.assertRedirects(self.client.post(delete, {"post": "yes"}), self.page)
        self.assertFalse(self.switched_on())
        entry = LogEntry.objects.first()
        self.assertEqual((entry.subject, entry.note), ("user “reporter”", "Switched off."))
        self.assertContains(self.client.get(delete), "It is switched off already.")

    def switched_on(self):
        return get_user_model().objects.get(pk=self.reporter.pk).is_active

    def test_whoever_wrote_a_version_alone_did_something(self):
        make_draft(by=self.reporter)
        self.assertFalse(LogEntry.objects.exclude(by=self.reporter).exists())
        delete = reverse("admin:auth_user_delete", args=[self.reporter.pk])
        self.assertContains(self.client.get(delete), "Switch the account off")

    def test_nobody_switches_their_own_account_off(self):
        chief = make_account()
        LogEntry.record(LogEntry.Act.ADD, chief, subject="topic “Kursk”")
        delete = reverse("admin:auth_user_delete", args=[chief.pk])
        self.assertNotContains(self.client.get(delete), "Switch the account off")
        self.client.post(delete)
        self.assertTrue(get_user_model().objects.get(pk=chief.pk).is_active)

    def test_accounts_are_not_deleted_by_the_dozen(self):
        listed = reverse("admin:auth_user_changelist")
        chosen = {"action": "delete_selected", "_selected_action": [self.reporter.pk], "post": "yes"}
        self.client.post(listed, chosen)
        self.assertTrue(get_user_model().objects.filter(pk=self.reporter.pk).exists())


class RecordTests(TestCase):
    def test_is_searched_by_who_act_day_and_story(self):
        chief, leyla = make_account(), make_account("leyla")
        LogEntry.record(LogEntry.Act.ADD, chief, subject="topic “Kursk”")
        LogEntry.record(LogEntry.Act.DELETE, leyla, subject="picture “Harbour”")
        self.client.force_login(chief)
        address = reverse("admin:articles_logentry_changelist")
        for asked, there, gone in (
            ({"by": leyla.pk}, "Harbour", "Kursk"),
            ({"act__exact": "add"}, "Kursk", "Harbour"),
            ({"q": "kursk"}, "Kursk", "Harbour"),
        ):
            with self.subTest(asked=asked):
                page = self.client.get(address, asked)
                self.assertContains(page, there)
                self.assertNotContains(page, gone)

    def test_is_asked_for_one_day_and_one_story(self):
        chief, story = make_account(), make_article("Harbour reopened")
        make_article("Troops fought")
        LogEntry.record(
            LogEntry.Act.ADD, chief, subject="topic “Old”", now=timezone.now() - timedelta(days=3)
        )
        self.client.force_login(chief)
        address = reverse("admin:articles_logentry_changelist")
        page = self.client.get(address, {"article": story.pk})
        self.assertContains(page, "Harbour reopened")
        self.assertContains(page, reverse("admin:articles_article_change", args=[story.pk]))
        self.assertNotContains(page, "Troops fought")
        today = timezone.localdate()
        for day, there in ((today - timedelta(days=3), True), (today, False)):
            page = self.client.get(address, {"day": day.isoformat(), "act__exact": "add"})
            self.assertContains(page, f'name="day" value="{day.isoformat()}"')
            self.assertContains(page, '<input type="hidden" name="act__exact" value="add">')
            self.assertEqual("topic “Old”" in page.content.decode(), there)

    def test_a_day_that_is_none_does_no_harm(self):
        LogEntry.record(LogEntry.Act.ADD, make_account(), subject="topic “Kursk”")
        self.client.force_login(make_account())
        address = reverse("admin:articles_logentry_changelist")
        for day in ("x", "2025-02-30", "9999-12-31", "0001-01-01", ""):
            self.assertEqual(self.client.get(address, {"day": day}).status_code, 200)

    def test_costs_the_same_however_long_and_counts_no_further_than_it_shows(self):
        chief = make_account()
        self.client.force_login(chief)
        address = reverse("admin:articles_logentry_changelist")
        costs = []
        for more in (60, 600):
            rows = [LogEntry(act="add", by=chief, subject=f"topic “{n}”") for n in range(more)]
            LogEntry.objects.bulk_create(rows)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(address)
            costs.append(len(queries))
            counting = [query["sql"] for query in queries if "COUNT(" in query["sql"]]
            self.assertTrue(all("LIMIT" in sql for sql in counting), counting)
        self.assertEqual(*costs)

    def test_is_read_along_an_index(self):
        rows = LogEntry.objects.order_by("-at", "-pk")
        if connection.vendor == "sqlite":
            self.assertIn("log_by_time", rows.explain())
            self.assertNotIn("TEMP B-TREE", rows.explain())
