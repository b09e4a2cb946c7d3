"""What posting and moderation would have left in the database of generated comments."""

import hashlib
import json
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django_comments.models import Comment, CommentFlag
from django_comments_xtd.models import XtdComment

from articles.demo.generated.chain import Chain
from articles.demo.generated.grammar import pick
from articles.demo.generated.table import Table
from articles.models import Article
from comments.generated.people import address_of, name_of
from comments.generated.talk import State
from comments.models import Case, ModerationAct, ReaderComment, Respect, places
from comments.moderation import urgency
from comments.posting import fingerprint
from comments.text import as_html

Act = ModerationAct.Act
MINUTE = timedelta(minutes=1)
DECIDED = [name.removesuffix("_id") for name in ModerationAct.LEDGER_FIELDS]
FLAGS = {Act.APPROVE: CommentFlag.MODERATOR_APPROVAL, Act.REMOVE: CommentFlag.MODERATOR_DELETION}
STOOD = {
    "state": State.PUBLISHED.value,
    "reason": "",
    "removed_at": None,
    "picked_at": None,
    "was_public": True,
}


class Rows:
    """Takes comments in the order of time, and writes all their rows when told to."""

    def __init__(self, people, moderators, first):
        self._people, self._moderators, self._chain = people, moderators, Chain(ModerationAct)
        self._next, self._next_case = first, 1
        self._subject = ContentType.objects.get_for_model(Article).pk
        self._bases = Table(
            Comment,
            *("id", "content_type", "object_pk", "site", "user_name", "user_email", "comment"),
            *("submit_date", "is_public", "is_removed"),
        )
        self._threads = Table(
            XtdComment, "comment_ptr", "thread_id", "parent_id", "level", "order", "nested_count"
        )
        self._comments = Table(
            ReaderComment,
            *("xtdcomment_ptr", "article", "state", "place", "html", "published_at", "removed_at"),
            *("removal_reason", "fingerprint", "person", "checks", "case", "opens_thread"),
            *("respect_count", "picked_at"),
        )
        self._cases = Table(Case, "id", "urgency", "opened_at")
        self._respects = Table(Respect, "comment", "giver", "at")
        ledger = ("ledger_number", "ledger_previous", "ledger_hash")
        self._acts = Table(ModerationAct, *ledger, *DECIDED)
        self._flags = Table(CommentFlag, "comment", "user", "flag", "flag_date")

    def add(self, said, chance):
        """Take the comments of many stories."""
        said = sorted(said, key=lambda comment: (comment.at, comment.article))
        for comment in said:
            comment.pk, self._next = self._next, self._next + 1
            above = comment.parent
            comment.place = (
                places.of_reply(above.place, comment.number) if above else places.of_thread(comment.pk)
            )
        for comment in said:
            self._add_comment(comment)
            self._add_respects(comment)
        self._decide(said, chance)

    def write(self):
        for table in self._tables():
            table.write()
        self._chain.keep()

    def go_on_counting(self):
        for table in (self._bases, self._cases):
            table.go_on_counting()

    def _tables(self):
        return [value for value in vars(self).values() if isinstance(value, Table)]

    def _add_comment(self, comment):
        is_public, answered = comment.state == State.PUBLISHED, comment.parent
        address = address_of(comment.person)
        self._bases.add(
            *(
                comment.pk,
                self._subject,
                str(comment.article),
                settings.SITE_ID,
                name_of(comment.person),
            ),
            *(address, comment.text, comment.at, is_public, comment.state == State.REMOVED),
        )
        root = comment.root
        nested, order = (0, comment.number + 1) if answered else (comment.replies, 1)
        above = answered.pk if answered else comment.pk
        self._threads.add(comment.pk, root.pk, above, comment.level, order, nested)
        self._comments.add(
            *(comment.pk, comment.article, comment.state, comment.place),
            *(as_html(comment.text) if is_public else "", comment.published_at, comment.removed_at),
            comment.reason,
            fingerprint(comment.article, answered.pk if answered else 0, address, comment.text),
            *(self._people.key_of(comment.person), json.dumps(comment.checks), self._case_of(comment)),
            *(answered is None, comment.respects, comment.picked_at),
        )

    def _case_of(self, comment):
        if comment.state != State.HELD:
            return None
        number, self._next_case = self._next_case, self._next_case + 1
        self._cases.add(number, urgency.HELD, comment.at)
        return number

    def _add_respects(self, comment):
        for number in range(comment.respects):
            giver = hashlib.sha256(f"generated {comment.pk} {number}".encode()).hexdigest()
            self._respects.add(comment.pk, giver, comment.published_at + (number + 1) * MINUTE)

    def _decide(self, said, chance):
        """Add the decisions about these comments, in the order in which they were made."""
        decisions = []
        for comment in said:
            if comment.removed_at:
                before = STOOD | {"reports": []}
                decisions.append((comment.removed_at, comment.pk, Act.REMOVE, comment.reason, before))
            elif comment.was_held and comment.published_at:
                before = STOOD | {"state": State.HELD.value, "was_public": False, "reports": []}
                decisions.append((comment.published_at, comment.pk, Act.APPROVE, "", before))
            if comment.picked_at:
                decisions.append((comment.picked_at, comment.pk, Act.PICK, "", STOOD))
        for at, comment, act, reason, before in sorted(decisions, key=lambda decision: decision[:2]):
            by = pick(self._moderators, chance)
            content = {
                "comment_id": comment,
                "act": act.value,
                "reason": reason,
                "note": "",
                "by_id": by,
            }
            content |= {"at": at, "before": before}
            links = self._chain.link(content)
            content["before"] = json.dumps(before)
            self._acts.add(*links, *(content.get(name) for name in ModerationAct.LEDGER_FIELDS))
            if act in FLAGS:
                self._flags.add(comment, by, FLAGS[act], at)
