from .article import Article, Byline
from .author import Author
from .home_slot import HomeSlot
from .log_entry import LogEntry
from .page import Page
from .picture import Picture
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
    "Page",
    "Picture",
    "PublishedVersionIsFinal",
    "RelatedStory",
    "Section",
    "Topic",
    "Version",
]
