"""Who may open which address of the desk, each role against each address.

`desk_rights.txt` beside this file is the table. An address without a row fails, and so
does a row without an address: whoever adds a page says here for whom it is.
"""

from pathlib import Path

from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.test import TestCase
from django.urls import get_resolver, reverse

from anewz_site.tests.addresses import DESKS
from anewz_site.tests.newsroom import Newsroom
from articles import publishing
from articles.models import Article, Revision, SearchSuggestion
from articles.tests.factories import make_account, make_member
from articles.tests.picture_files import make_picture, stripes
from articles.tests.previews import make_link, make_note
from comments.models import Expert, ReaderComment
from comments.moderation import acts, appeals
from comments.tests.cases import make_held
from comments.tests.factories import make_reader, make_warning

TABLE = Path(__file__).with_name("desk_rights.txt")
DESK_OUTSIDE_THE_ADMIN = ["articles:preview"]
QUERIES = {
    "admin:autocomplete": "?app_label=articles&model_name=relatedstory&field_name=target&term=",
    "admin:articles_article_bulk": "?ids=",
    "admin:articles_picture_several_words": "?picture={picture}",
}
TURNED_AWAY_TO = ("/admin/", "/admin/login/")
ROLES = ["stranger", "reader", "no role", "Reporter", "Editor", "Moderator", "administrator"]


def table():
    """Return the roles that each address is open to."""
    lines = [line for line in TABLE.read_text().splitlines() if line]
    rows = [line.partition("|") for line in lines]
    return {name.strip(): set(filter(None, roles.strip().split(", "))) for name, _, roles in rows}


def desk_addresses():
    """Return the name and the parameters of every address of the desk."""
    found = {}
    for desk in DESKS:
        for pattern in walk(get_resolver().namespace_dict[desk][1].url_patterns):
            if pattern.name:
                found[f"{desk}:{pattern.name}"] = parameters_of(pattern.pattern)
    return found | {name: ["pk"] for name in DESK_OUTSIDE_THE_ADMIN}


def parameters_of(pattern):
    return list(pattern.converters) or list(getattr(pattern.regex, "groupindex", ()))


def walk(patterns, converters=None):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern


class DeskRightsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.newsroom = Newsroom()
        chief = make_account()
        publishing.save_draft(cls.newsroom.story, chief, headline="Newer")
        cls.act = acts.remove(cls.newsroom.comment, chief, "insult")
        cls.appeal = appeals.make(cls.newsroom.comment, "Why?")
        cls.case = make_held(cls.newsroom.story, text="Held.").case
        cls.link, _ = make_link(cls.newsroom.story)
        cls.note = make_note(cls.link)
        cls.unused = make_picture(stripes(320, 240))
        cls.accounts = {
            "stranger": None,
            "reader": make_reader("a-reader"),
            "no role": make_member(None),
            "administrator": chief,
            **{role: make_member(role) for role in ("Reporter", "Editor", "Moderator")},
        }
        cls.sanction = make_warning(cls.newsroom.comment.person)
        cls.expert = Expert.objects.get()
        SearchSuggestion.objects.create(typed="Kiev", suggested="Kyiv")

    def setUp(self):
        self.clients = {role: self.client_of(account) for role, account in self.accounts.items()}

    def client_of(self, account):
        client = self.client_class()
        if account:
            client.force_login(account)
        return client

    def address(self, name, parameters):
        """Return the address, filled with something that is there."""
        values = self.values(name)
        query = QUERIES.get(name, "").format(picture=self.unused.pk)
        return reverse(name, args=[values[parameter] for parameter in parameters]) + query

    def values(self, name):
        story = self.newsroom.draft if name.endswith("_delete") else self.newsroom.story
        values = {
            "pk": story.pk,
            "object_id": story.pk,
            "number": 1,
            "revision_pk": Revision.objects.filter(version__article=story).first().pk,
            "link_pk": self.link.pk,
            "note_pk": self.note.pk,
            "token": self.newsroom.picture.token,
            "act": "approve",
            "name": "approval",
            "app_label": "articles",
            "content_type_id": 1,
            "url": "",
            "id": self.accounts["administrator"].pk,
        }
        values |= self.moderated(name)
        for model in admin.site._registry:
            prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
            if name.startswith(prefix) and model is not Article:
                first = model._default_manager.order_by("-pk").first()
                values["pk"] = values["object_id"] = first.pk if first else 0
        return values

    def moderated(self, name):
        """Return what an address of the moderators' desk is about."""
        shown = ReaderComment.objects.published().filter(article=self.newsroom.story)
        about = {
            "moderation:person": {"pk": self.newsroom.comment.person_id},
            "moderation:person_act": {"pk": self.newsroom.comment.person_id, "act": "warn"},
            "moderation:lift": {"pk": self.sanction.pk},
            "moderation:undo": {"pk": self.act.pk},
            "moderation:appeal": {"pk": self.appeal.pk},
            "moderation:conversation": {"article_id": self.newsroom.story.pk},
            "moderation:correction": {"pk": shown.first().pk},
            "moderation:cool": {"article_id": self.newsroom.story.pk},
            "moderation:name_expert": {"article_id": self.newsroom.story.pk},
            "moderation:end_expert": {"pk": self.expert.pk},
        }
        of_a_case = {"pk": self.case.pk} if name.startswith("moderation:") else {}
        return about.get(name, of_a_case)

    def is_open(self, address, role):
        client = self.clients[role]
        answer = client.get(address)
        if answer.status_code == 405:  # what only a post does is asked by one, and undone
            with transaction.atomic():
                answer = client.post(address)
                transaction.set_rollback(True)
            self.clients[role] = self.client_of(self.accounts[role])  # the post may have ended the session
        self.assertLess(answer.status_code, 500)
        # The admin's index is where whoever may not know that there is such a thing is sent.
        turned_away = answer.status_code == 302 and answer["Location"].partition("?")[0] in TURNED_AWAY_TO
        return answer.status_code not in (403, 404) and not turned_away

    def test_each_address_is_open_to_the_roles_of_the_table_and_to_no_other(self):
        expected = table()
        for name, parameters in desk_addresses().items():
            address = self.address(name, parameters)
            open_to = {role for role in ROLES if self.is_open(address, role)}
            with self.subTest(address=name):
                self.assertEqual(open_to, expected.get(name), address)

    def test_every_address_has_its_row_and_every_row_its_address(self):
        self.assertEqual(set(table()), set(desk_addresses()))

    def test_everything_that_the_desk_knows_is_walked(self):
        registered = {model._meta.label_lower for model in admin.site._registry}
        self.assertIn("articles.article", registered)
        walked = {name.split(":")[1].rpartition("_")[0] for name in desk_addresses()}
        for label in registered:
            model = apps.get_model(label)
            with self.subTest(model=label):
                self.assertIn(f"{model._meta.app_label}_{model._meta.model_name}", walked)
