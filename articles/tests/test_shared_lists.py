"""Two at the same list: nobody overwrites what they have not seen."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import HomeSlot, Page, Section
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article, make_member, make_section


def list_of(model):
    return reverse(f"admin:articles_{model._meta.model_name}_changelist")


def opened(client, model):
    """Return what the list posts when nothing is typed, by the field's name."""
    forms = client.get(list_of(model)).context["cl"].formset.forms
    data = {"form-TOTAL_FORMS": len(forms), "form-INITIAL_FORMS": len(forms), "_save": "Save"}
    for form in forms:
        data |= {f"{form.prefix}-id": form.instance.pk, f"{form.prefix}-order": form.instance.order}
        data[f"initial-{form.prefix}-order"] = form.instance.order
    return data


def field_of(data, row):
    [prefix] = [name[:-3] for name, key in data.items() if name.endswith("-id") and key == row.pk]
    return f"{prefix}-order"


def sent_again(response):
    """Return what the page that came back would post."""
    formset = response.context["cl"].formset
    data = {"form-TOTAL_FORMS": len(formset.forms), "form-INITIAL_FORMS": len(formset.forms), "_save": "Save"}
    for form in formset.forms:
        order = form["order"]
        data |= {f"{form.prefix}-id": form.instance.pk, order.html_name: order.value()}
        data[order.html_initial_name] = form.data[order.html_initial_name]
    return data


def make_slots(count=3):
    start = timezone.now() - timedelta(hours=1)
    return [
        HomeSlot.objects.create(order=n, article=make_article(f"Story {n}"), starts_at=start)
        for n in range(1, count + 1)
    ]


class SharedListTests(TestCase):
    def setUp(self):
        self.mine, self.theirs = make_member("Editor", "mine"), make_member("Editor", "theirs")
        self.client.force_login(self.mine)
        self.slots = make_slots()

    def orders(self):
        return list(HomeSlot.objects.order_by("pk").values_list("order", flat=True))

    def save(self, data, **typed):
        return self.client.post(list_of(HomeSlot), data | typed)

    def typed(self, data, *orders):
        return data | {field_of(data, slot): order for slot, order in zip(self.slots, orders, strict=True)}

    def they_save(self, *orders):
        self.client.force_login(self.theirs)
        self.save(self.typed(opened(self.client, HomeSlot), *orders))
        self.client.force_login(self.mine)

    def test_stories_change_places_in_the_list(self):
        self.save(self.typed(opened(self.client, HomeSlot), 2, 3, 1))
        self.assertEqual(self.orders(), [2, 3, 1])

    def test_a_list_saved_on_top_of_another_change_is_refused_and_says_who_changed_what(self):
        seen = opened(self.client, HomeSlot)
        self.they_save(3, 2, 1)
        response = self.save(self.typed(seen, 2, 1, 3))
        self.assertEqual(self.orders(), [3, 2, 1])
        self.assertContains(response, "Somebody changed this list after you opened it")
        self.assertContains(response, "changed the order of “Story 1” from 1 to 3.")
        self.assertContains(response, "theirs, on ")

    def test_what_was_typed_stands_beside_what_stands_now(self):
        seen = opened(self.client, HomeSlot)
        self.they_save(3, 2, 1)
        response = self.save(self.typed(seen, 2, 1, 3))
        forms = {form.instance: form for form in response.context["cl"].formset.forms}
        first, second, third = (forms[slot] for slot in self.slots)
        self.assertEqual([form["order"].value() for form in (first, second, third)], ["2", "1", 1])
        self.assertEqual(first.errors["order"], ["Now 3 stands here."])
        self.assertNotIn("order", second.errors, "nobody else touched it")
        self.assertNotIn("order", third.errors, "I typed nothing there")

    def test_each_field_stands_in_the_row_of_its_own_story(self):
        seen = opened(self.client, HomeSlot)
        self.they_save(3, 2, 1)
        listed = self.save(self.typed(seen, 2, 1, 3)).context["cl"]
        for row, form in zip(listed.result_list, listed.formset.forms, strict=True):
            self.assertEqual(row, form.instance)

    def test_saving_again_means_it(self):
        seen = opened(self.client, HomeSlot)
        self.they_save(3, 2, 1)
        again = sent_again(self.save(self.typed(seen, 2, 1, 3)))
        self.assertEqual(self.save(again).status_code, 302)
        self.assertEqual(self.orders(), [2, 1, 1])

    def test_a_third_change_meanwhile_is_shown_before_that(self):
        seen = opened(self.client, HomeSlot)
        self.they_save(3, 2, 1)
        again = sent_again(self.save(self.typed(seen, 2, 1, 3)))
        self.they_save(9, 2, 1)
        self.assertContains(self.save(again), "from 3 to 9.")
        self.assertEqual(self.orders(), [9, 2, 1])

    def test_a_list_in_which_nothing_was_typed_changes_nothing(self):
        seen = opened(self.client, HomeSlot)
        self.they_save(3, 2, 1)
        self.save(seen)
        self.assertEqual(self.orders(), [3, 2, 1])

    def test_a_row_that_was_removed_or_added_meanwhile_is_told_and_the_rest_stays_right(self):
        seen = opened(self.client, HomeSlot)
        HomeSlot.objects.filter(pk=self.slots[0].pk).delete()
        added = HomeSlot.objects.create(order=1, article=make_article("Added"))
        response = self.save(self.typed(seen, 1, 3, 2))
        self.assertContains(response, "A row that stood here was removed.")
        values = {form.instance: form["order"].value() for form in response.context["cl"].formset.forms}
        self.assertEqual(values, {added: 1, self.slots[1]: "3", self.slots[2]: "2"})
        self.save(sent_again(response))
        self.assertEqual(self.orders(), [3, 2, 1])

    def test_a_list_that_does_not_say_what_it_showed_is_refused(self):
        seen = opened(self.client, HomeSlot)
        bare = {name: value for name, value in seen.items() if not name.startswith("initial-")}
        self.save(self.typed(bare, 3, 2, 1))
        self.assertEqual(self.orders(), [1, 2, 3])

    def test_what_is_no_number_comes_back_with_its_reason(self):
        response = self.save(self.typed(opened(self.client, HomeSlot), "first", 2, 3))
        self.assertContains(response, "Enter a whole number.")
        self.assertContains(response, 'value="first"')
        self.assertNotContains(response, "Somebody changed this list")

    def test_sections_and_pages_keep_the_same_rule(self):
        Page.objects.create(slug="about", title="About")
        make_section("Politics")
        for model in (Section, Page):
            with self.subTest(model=model):
                row = model.objects.first()
                seen = opened(self.client, model)
                model.objects.filter(pk=row.pk).update(order=7)
                response = self.client.post(list_of(model), seen | {field_of(seen, row): 5})
                self.assertContains(response, f"changed the order of “{row}” from 0 to 7.")
                row.refresh_from_db()
                self.assertEqual(row.order, 7)
                self.client.post(list_of(model), sent_again(response))
                row.refresh_from_db()
                self.assertEqual(row.order, 5)


class RaceTests(ConcurrencyTestCase):
    def test_of_two_who_save_at_once_one_is_shown_what_the_other_did(self):
        slots, clients = make_slots(), [self.client_class(), self.client_class()]
        for number, client in enumerate(clients):
            client.force_login(make_member("Editor", f"editor-{number}"))
        seen = [opened(client, HomeSlot) for client in clients]

        def save(number):
            data = seen[number] | {field_of(seen[number], slot): 10 + number for slot in slots}
            return clients[number].post(list_of(HomeSlot), data).status_code

        self.assertEqual(sorted(self.at_once(save, 2)), [200, 302])
        self.assertEqual(len(set(HomeSlot.objects.values_list("order", flat=True))), 1)
