from .article import Article, Byline
from .author import Author
from .home_slot import HomeSlot
from .log_entry import LogEntry
from .outgoing_mail import OutgoingMail
from .page import Page
from .picture import Picture, PictureInVersion
from .rate_limit import RateLimit
from .related_story import RelatedStory
from .section import Section
from .topic import Topic
from .version import PublishedVersionIsFinal, Version

__all__ = [
    "Article",
    "Author",
    "Byline",
    "HomeSlot",
    "LogEntry",
    "OutgoingMail",
    "Page",
    "Picture",
    "PictureInVersion",
    "PublishedVersionIsFinal",
    "RateLimit",
    "RelatedStory",
    "Section",
    "Topic",
    "Version",
]
