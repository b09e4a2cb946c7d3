"""The editors' desk, in Django's own admin: one file, one noun."""

from articles.admin.account import AccountAdmin, RoleAdmin
from articles.admin.article import ArticleAdmin
from articles.admin.author import AuthorAdmin
from articles.admin.breaking_news import BreakingNewsAdmin
from articles.admin.error_report import ErrorReportAdmin
from articles.admin.home_slot import HomeSlotAdmin
from articles.admin.log_entry import LogEntryAdmin
from articles.admin.member import MemberAdmin
from articles.admin.page import PageAdmin
from articles.admin.picture import PictureAdmin
from articles.admin.search_suggestion import SearchSuggestionAdmin
from articles.admin.section import SectionAdmin
from articles.admin.topic import TopicAdmin

__all__ = [
    "AccountAdmin",
    "ArticleAdmin",
    "AuthorAdmin",
    "ErrorReportAdmin",
    "BreakingNewsAdmin",
    "HomeSlotAdmin",
    "LogEntryAdmin",
    "MemberAdmin",
    "PageAdmin",
    "PictureAdmin",
    "RoleAdmin",
    "SearchSuggestionAdmin",
    "SectionAdmin",
    "TopicAdmin",
]
