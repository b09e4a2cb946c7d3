"""With which words does a conversation speak to readers: of comments, or of questions?"""

from dataclasses import dataclass


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
    several: str
    reply: str
    answer: str  # a reply by whoever is asked

    def called(self, comment):
        """What one comment is, stored or still pending."""
        if not comment.is_reply:
            return self.one
        return self.answer if comment.badge else self.reply

    def counted(self, number):
        return f"{number} {self.one if number == 1 else self.several}"


COMMENTS = Wording(
    asks="What is your opinion on this topic?",
    title="Comments",
    invites="Leave a comment",
    invites_first="Leave the first comment",
    leads_to_writing="Write a comment below the story",
    nothing_here="There are no comments here.",
    yours="Your comment",
    your_reply="Your comment",
    not_sent="Your comment was not sent",
    a_text="A comment",
    one="comment",
    several="comments",
    reply="comment",
    answer="comment",
)
QUESTIONS = Wording(
    asks="What would you like to know?",
    title="Questions and answers",
    invites="Ask a question",
    invites_first="Ask the first question",
    leads_to_writing="Ask a question below the story",
    nothing_here="There are no questions here.",
    yours="Your question",
    your_reply="Your reply",
    not_sent="Your words were not sent",
    a_text="A text",
    one="question",
    several="questions and answers",
    reply="reply",
    answer="answer",
)
