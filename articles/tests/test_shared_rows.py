"""Two at the same page of a slot, a section, a page, a picture: nobody overwrites what they have not seen."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import BreakingNews, HomeSlot, Page, Picture, Topic
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article, make_author, make_member, make_section, make_topic
from articles.tests.picture_files import make_picture, stripes

LATE = "changed this after you opened it"


def page_of(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def posted(response):
    """Return what the page would post as it stands."""
    form = response.context["adminform"].form
    fields = [field for each in (form, *getattr(form, "instants", ())) for field in each]
    values = {field.html_name: field.field.widget.format_value(field.value()) for field in fields}
    return {name: value for name, value in values.items() if value not in (None, False, [], "False")}


class SharedRowTests(TestCase):
    def setUp(self):
        self.mine, self.theirs = make_member("Editor", "mine"), make_member("Editor", "theirs")
        self.client.force_login(self.mine)

    def rows(self):
        """Yield a row of each noun, with what is typed over it."""
        now = timezone.now()
        slot = HomeSlot.objects.create(order=1, article=make_article("In the slot"), starts_at=now)
        news = BreakingNews.objects.create(words="News", ends_at=now + timedelta(hours=1))
        yield slot, "order", 2, 3
        yield news, "words", "Theirs", "Mine"
        yield make_section("World"), "name", "Theirs", "Mine"
        yield make_topic("Kursk"), "name", "Theirs", "Mine"
        yield make_author("World desk"), "name", "Theirs", "Mine"
        yield Page.objects.create(slug="about", title="About us"), "title", "Theirs", "Mine"
        yield make_picture(stripes(64, 48), alt_text="Stripes"), "caption", "Theirs", "Mine"

    def they_save(self, row, name, value):
        self.client.force_login(self.theirs)
        self.save(row, posted(self.client.get(page_of(row))), name, value)
        self.client.force_login(self.mine)

    def save(self, row, data, name, value):
        return self.client.post(page_of(row), data | {name: value})

    def stands(self, row, name):
        return getattr(type(row)._base_manager.get(pk=row.pk), name)

    def test_who_comes_late_keeps_what_was_typed_and_reads_what_stands(self):
        for row, name, theirs, mine in self.rows():
            with self.subTest(type(row).__name__):
                opened = posted(self.client.get(page_of(row)))
                self.they_save(row, name, theirs)
                self.assertEqual(self.stands(row, name), theirs)
                answer = self.save(row, opened, name, mine)
                self.assertContains(answer, f"theirs, on {timezone.localtime():%-d %B}")
                self.assertContains(answer, LATE)
                self.assertContains(answer, f"Now this stands here: {theirs}")
                self.assertEqual(self.stands(row, name), theirs)
                self.assertEqual(str(posted(answer)[name]), str(mine))
                self.assertEqual(self.save(row, posted(answer), name, mine).status_code, 302)
                self.assertEqual(self.stands(row, name), mine)

    def test_who_is_alone_saves_again_and_again(self):
        for row, name, first, second in self.rows():
            with self.subTest(type(row).__name__):
                for value in (first, second):
                    opened = posted(self.client.get(page_of(row)))
                    self.assertEqual(self.save(row, opened, name, value).status_code, 302)
                    self.assertEqual(self.stands(row, name), value)

    def test_a_picture_is_not_changed_by_the_worker_that_makes_its_sizes(self):
        picture = make_picture(stripes(64, 48), alt_text="Stripes")
        opened = posted(self.client.get(page_of(picture)))
        Picture.objects.filter(pk=picture.pk).update(uploaded_at=timezone.now())
        self.assertEqual(self.save(picture, opened, "caption", "Mine").status_code, 302)

    def test_an_end_that_somebody_else_set_is_told(self):
        news = BreakingNews.objects.create(words="News", ends_at=timezone.now() + timedelta(hours=1))
        opened = posted(self.client.get(page_of(news)))
        BreakingNews.objects.filter(pk=news.pk).update(ends_at=timezone.now())
        self.assertContains(self.save(news, opened, "words", "Mine"), LATE)
        self.assertEqual(self.stands(news, "words"), "News")


class SimultaneousRowTests(ConcurrencyTestCase):
    def test_of_six_who_save_at_once_one_does(self):
        topic = Topic.objects.create(name="Kursk", slug="kursk")
        clients = [self.client_class() for _ in range(6)]
        for number, client in enumerate(clients):
            client.force_login(make_member("Editor", f"editor-{number}"))
        opened = posted(clients[0].get(page_of(topic)))

        def save(number):
            return clients[number].post(page_of(topic), opened | {"name": f"Name {number}"}).status_code

        self.assertEqual(sorted(self.at_once(save, 6)), [200] * 5 + [302])
