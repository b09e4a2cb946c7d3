from .archive_day import ArchiveDay
from .article import Article, Byline
from .author import Author
from .breaking_news import BreakingNews
from .change import Change
from .error_report import ErrorReport
from .home_slot import HomeSlot
from .hub_ping import HubLook, HubPing
from .ledger import LedgerHead
from .line import LineListing, LinePlace
from .listing import AuthorListing, TopicListing
from .log_entry import LogEntry
from .member import Member
from .old_address import OldAddress
from .outgoing_mail import OutgoingMail
from .page import Page
from .picture import Picture, PictureInVersion
from .presence import Presence
from .preview_link import PreviewLink
from .preview_note import PreviewNote
from .preview_opening import PreviewOpening
from .rate_limit import RateLimit
from .recall import Recall
from .related_story import RelatedStory
from .revision import Revision
from .search_entry import SearchEntry
from .search_suggestion import SearchSuggestion
from .section import Section
from .section_role import SectionRole
from .topic import Topic
from .version import PublishedVersionIsFinal, Version

__all__ = [
    "ArchiveDay",
    "Article",
    "AuthorListing",
    "Author",
    "BreakingNews",
    "Byline",
    "Change",
    "ErrorReport",
    "HomeSlot",
    "HubLook",
    "HubPing",
    "LedgerHead",
    "LineListing",
    "LinePlace",
    "LogEntry",
    "Member",
    "OldAddress",
    "OutgoingMail",
    "Page",
    "Picture",
    "PictureInVersion",
    "Presence",
    "PreviewLink",
    "PreviewNote",
    "PreviewOpening",
    "PublishedVersionIsFinal",
    "RateLimit",
    "Recall",
    "RelatedStory",
    "Revision",
    "SearchEntry",
    "SearchSuggestion",
    "Section",
    "SectionRole",
    "Topic",
    "TopicListing",
    "Version",
]
