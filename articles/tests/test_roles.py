from django.contrib.auth.models import Group
from django.test import TestCase


def rights_of(name):
    rows = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {".".join(row) for row in rows}


class RolesTests(TestCase):
    def test_a_reporter_writes_but_neither_publishes_nor_withdraws(self):
        rights = rights_of("Reporter")
        self.assertLessEqual({"articles.add_article", "articles.change_article"}, rights)
        self.assertFalse(rights & {"articles.publish_article", "articles.withdraw_article"})

    def test_an_editor_may_all_that_a_reporter_may(self):
        self.assertLess(rights_of("Reporter"), rights_of("Editor"))

    def test_no_role_deletes_stories(self):
        self.assertNotIn("articles.delete_article", rights_of("Reporter") | rights_of("Editor"))

    def test_the_newsroom_has_no_hand_in_comments_and_moderators_none_in_stories(self):
        for name in ("Reporter", "Editor"):
            self.assertEqual({right for right in rights_of(name) if not right.startswith("articles.")}, set())
        self.assertEqual({right for right in rights_of("Moderator") if right.startswith("articles.")}, set())
