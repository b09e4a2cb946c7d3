"""With which words does a conversation speak to readers: of comments, or of questions?"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Wording:
    asks: str  # above the thread, below its story
    title: str  # of the thread's own page and of its feed
    invites: str  # above the place to write
    invites_first: str
    leads_to_writing: str
    nothing_here: str
    yours: str  # the words that somebody is writing
    your_reply: str
    not_sent: str
    a_text: str  # in a sentence about what is wrong with the words
    one: str
    count: str  # how many there are
    reply: str
    answer: str  # a reply by whoever is asked

    def called(self, comment):
        """What one comment is, stored or still pending."""
        if not comment.is_reply:
            return str(self.one)
        return str(self.answer if comment.badge else self.reply)

    def counted(self, number):
        return self.count % {"count": number}


COMMENTS = Wording(
    asks=_("What is your opinion on this topic?"),
    title=_("Comments"),
    invites=_("Leave a comment"),
    invites_first=_("Leave the first comment"),
    leads_to_writing=_("Write a comment below the story"),
    nothing_here=_("There are no comments here."),
    yours=_("Your comment"),
    your_reply=_("Your comment"),
    not_sent=_("Your comment was not sent"),
    # Translators: begins “A comment has at most 3,000 characters”.
    a_text=_("A comment"),
    # Translators: one word in sentences such as “Your comment was removed” and “Publish your comment”: a noun
    # with the same nominative and accusative, of the same gender as “question”, “reply” and “answer”.
    one=_("comment"),
    count=ngettext_lazy("%(count)s comment", "%(count)s comments", "count"),
    reply=_("comment"),
    answer=_("comment"),
)
QUESTIONS = Wording(
    asks=_("What would you like to know?"),
    title=_("Questions and answers"),
    invites=_("Ask a question"),
    invites_first=_("Ask the first question"),
    leads_to_writing=_("Ask a question below the story"),
    nothing_here=_("There are no questions here."),
    yours=_("Your question"),
    your_reply=_("Your reply"),
    not_sent=_("Your words were not sent"),
    # Translators: begins “A text has at most 3,000 characters”.
    a_text=_("A text"),
    # Translators: stands where “comment” does, and has the same gender: “Your question was removed”.
    one=_("question"),
    count=ngettext_lazy("%(count)s question", "%(count)s questions and answers", "count"),
    # Translators: what somebody replied; stands where “comment” does, and has the same gender.
    reply=_("reply"),
    # Translators: a reply by whoever is asked; stands where “comment” does, and has the same gender.
    answer=_("answer"),
)
