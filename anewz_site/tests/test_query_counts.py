"""What each kind of page asks of the database: as much with few rows as with many."""

from django.contrib.sites.models import Site
from django.test import TestCase
from django.urls import resolve, reverse

from anewz_site.tests.addresses import public_addresses
from anewz_site.tests.newsroom import Newsroom
from articles.pictures import fallback
from articles.tests.factories import make_account
from articles.tests.previews import make_link, make_reading
from comments.tests.factories import make_appealed, make_following, make_warning, make_wish
from comments.tokens import (
    confirmation_token,
    follow_token,
    following_token,
    no_more_letters_token,
    sent_token,
    status_token,
    warning_token,
)


def pages(newsroom):
    """Return each kind of page: its name, its address, its status, and how many queries it costs.

    The sections at its head, breaking news, and the policy pages at its foot are three of them.
    """
    story, alone = newsroom.story.get_absolute_url(), newsroom.alone.get_absolute_url()
    compose = reverse("comments:compose", args=[newsroom.story.pk])
    confirmation = reverse("comments:confirmation", args=[confirmation_token(newsroom.pending)])
    no_more_letters = reverse("comments:no_more_letters", args=[no_more_letters_token(newsroom.comment)])
    warning = reverse("comments:warning", args=[warning_token(make_warning(newsroom.comment.person))])
    yours = reverse("comments:status", args=[status_token(newsroom.comment)])
    removed = reverse("comments:status", args=[status_token(make_appealed(newsroom.story))])
    follow = reverse("comments:follow", args=[newsroom.story.pk])
    wish = reverse("comments:follow_confirmation", args=[follow_token(make_wish(newsroom.story))])
    followed = make_following(newsroom.comment.person, newsroom.story)
    no_more_news = reverse("comments:no_more_news", args=[following_token(followed)])
    oldest, asked = newsroom.oldest_comment, newsroom.asked.get_absolute_url()
    api, slug = "/api/v1/", newsroom.story.slug
    talk = f"{api}stories/{newsroom.discussed.slug}/thread/"
    gone, discussed = newsroom.withdrawn.get_absolute_url(), newsroom.discussed.get_absolute_url()
    return [
        ("home", "/", 200, 9),
        ("latest", "/latest/", 200, 4),
        ("latest, older", "/latest/?before=9999999999999999-1", 200, 4),
        ("latest, newer", "/latest/?after=1-1", 200, 4),
        ("archive", "/archive/", 200, 5),
        ("archive, a year", "/archive/2025/", 302, 2),
        ("archive, another year", "/archive/2023/", 404, 7),
        ("archive, a month", "/archive/2025/04/", 200, 7),
        ("archive, a day", "/archive/2025/04/29/", 200, 7),
        ("archive, a day without stories", "/archive/2025/04/30/", 404, 8),
        ("archive, no date", "/archive/2025/13/01/", 404, 3),
        ("search", "/search/?q=text", 200, 8),
        ("search, best match", "/search/?q=text&order=best", 200, 9),
        ("search, nothing asked", "/search/", 200, 4),
        ("search, nothing found", "/search/?q=zebra", 200, 8),
        ("section", newsroom.sections[0].get_absolute_url(), 200, 5),
        ("topic", newsroom.topic.get_absolute_url(), 200, 5),
        ("author", newsroom.author.get_absolute_url(), 200, 6),
        ("story", story, 200, 18),
        ("story with nothing related", alone, 200, 12),
        ("story with a long thread", discussed, 200, 15),
        ("story that asks for questions", asked, 200, 15),
        ("the whole line of a story", f"{story}line/", 200, 7),
        ("brief", newsroom.edition.get_absolute_url(), 200, 14),
        ("picture for links", f"{alone}card-1.png", 200, 1),
        ("story, text only", f"{story}text/", 200, 6),
        ("latest, text only", "/text/", 200, 2),
        ("history", f"{story}history/", 200, 6),
        ("history, two versions compared", f"{story}history/?from=1&to=2", 200, 6),
        ("passages to report", f"{story}report-an-error/", 200, 5),
        ("report an error", f"{story}report-an-error/1/headline/", 200, 6),
        ("report", reverse("articles:report", args=[newsroom.report_secret]), 200, 6),
        ("corrections", "/corrections/", 200, 4),
        ("corrections feed", "/corrections/feed.xml", 200, 1),
        ("app", "/app/", 200, 3),
        ("transparency", "/transparency/", 200, 17),
        ("moderation log", "/moderation-log/", 200, 7),
        ("about", "/about/", 200, 4),
        ("policy", "/about/privacy/", 200, 4),
        ("thread", f"{story}comments/", 200, 7),
        ("thread, later", f"{discussed}comments/?from={newsroom.oldest_comment.pk}", 200, 7),
        ("thread, oldest", f"{discussed}comments/?order=oldest", 200, 8),
        ("thread, oldest, later", f"{discussed}comments/?order=oldest&from={oldest.pk}", 200, 7),
        ("thread, respected", f"{discussed}comments/?order=respected", 200, 8),
        ("thread, respected, later", f"{discussed}comments/?order=respected&after=1-{oldest.pk}", 200, 8),
        ("thread, unanswered", f"{discussed}comments/?order=unanswered", 200, 8),
        ("questions", f"{asked}comments/", 200, 7),
        ("questions, oldest", f"{asked}comments/?order=oldest", 200, 8),
        ("questions, unanswered", f"{asked}comments/?order=unanswered", 200, 8),
        ("thread, highlights", f"{story}comments/?order=highlights", 200, 6),
        ("thread feed", f"{discussed}comments/feed.xml", 200, 3),
        ("thread count", f"{discussed}comments/count.json", 200, 2),
        ("report a comment", reverse("comments:report", args=[oldest.pk]), 200, 4),
        ("permalink", newsroom.comment.get_absolute_url(), 302, 2),
        ("permalink, later", newsroom.oldest_comment.get_absolute_url(), 302, 3),
        ("compose", compose, 200, 5),
        ("reply", f"{compose}?reply_to={newsroom.comment.pk}", 200, 6),
        ("sent", reverse("comments:sent", args=[sent_token(newsroom.pending)]), 200, 6),
        ("confirmation", confirmation, 200, 6),
        ("no more letters", no_more_letters, 200, 5),
        ("warning", warning, 200, 4),
        ("yours", yours, 200, 9),
        ("yours, removed", removed, 200, 9),
        ("yours, to change", f"{yours}edit/", 200, 7),
        ("follow", follow, 200, 5),
        ("follow, confirmation", wish, 200, 5),
        ("no more news", no_more_news, 200, 5),
        *account_pages(),
        ("feed", "/feed.xml", 200, 4),
        ("feed, RSS", "/feed.rss", 200, 4),
        ("feed, JSON", "/feed.json", 200, 4),
        ("topic feed", f"{newsroom.topic.get_absolute_url()}feed.xml", 200, 6),
        ("author feed", f"{newsroom.author.get_absolute_url()}feed.xml", 200, 6),
        ("section feed", f"{newsroom.sections[0].get_absolute_url()}feed.xml", 200, 5),
        ("section feed, RSS", f"{newsroom.sections[0].get_absolute_url()}feed.rss", 200, 5),
        ("topic feed, RSS", f"{newsroom.topic.get_absolute_url()}feed.rss", 200, 6),
        ("author feed, JSON", f"{newsroom.author.get_absolute_url()}feed.json", 200, 6),
        ("corrections feed, JSON", "/corrections/feed.json", 200, 1),
        ("sitemap", "/sitemap.xml", 200, 4),
        ("sitemap of a month", "/sitemap-2025-04.xml", 200, 1),
        ("sitemap of pages", "/sitemap-pages.xml", 200, 4),
        ("sitemap of news", "/sitemap-news.xml", 200, 1),
        ("robots", "/robots.txt", 200, 0),
        ("humans", "/humans.txt", 200, 0),
        ("service worker", "/service-worker.js", 200, 0),
        ("offline", "/offline/", 200, 0),
        ("manifest", "/manifest.webmanifest", 200, 0),
        ("security", "/.well-known/security.txt", 200, 0),
        ("picture file", fallback(newsroom.picture, "16x9").url, 200, 1),
        ("health", "/health/", 200, 1),
        ("style guide", "/style-guide/", 302, 0),
        ("preview link", make_link(newsroom.draft)[1], 200, 4),
        ("preview link, read", make_reading(newsroom.draft)[1], 200, 15),
        ("preview link, wrong", "/shared/wrong/", 404, 3),
        ("withdrawn", gone, 410, 6),
        ("withdrawn, history", f"{gone}history/", 410, 6),
        ("withdrawn, thread", f"{gone}comments/", 410, 6),
        ("withdrawn, thread feed", f"{gone}comments/feed.xml", 410, 6),
        ("moved", newsroom.old_address, 301, 3),
        ("moved, history", f"{newsroom.old_address}history/", 301, 3),
        ("moved, thread", f"{newsroom.old_address}comments/", 301, 3),
        ("API", api, 200, 0),
        ("API, its description", f"{api}openapi.json", 200, 0),
        ("API, sections", f"{api}sections/", 200, 1),
        ("API, stories", f"{api}stories/", 200, 1),
        ("API, stories of a section, newer", f"{api}stories/?section=world&after=1-1", 200, 2),
        ("API, stories on a topic, older", f"{api}stories/?topic=kursk&before=9999999999999999-1", 200, 2),
        ("API, stories by an author", f"{api}stories/?author=world-desk", 200, 2),
        ("API, search", f"{api}search/?q=text", 200, 4),
        ("API, search, best match", f"{api}search/?q=text&order=best", 200, 5),
        ("API, search, nothing found", f"{api}search/?q=zebra", 200, 4),
        ("API, story", f"{api}stories/{slug}/", 200, 10),
        ("API, story with nothing related", f"{api}stories/{newsroom.alone.slug}/", 200, 5),
        ("API, withdrawn", f"{api}stories/withdrawn/", 410, 2),
        ("API, moved", f"{api}stories/moved/", 301, 3),
        ("API, no such story", f"{api}stories/none/", 404, 4),
        ("API, no such address", f"{api}none/", 404, 0),
        ("API, thread", f"{api}stories/{slug}/thread/", 200, 3),
        ("API, thread, later", f"{talk}?from={newsroom.oldest_comment.pk}", 200, 4),
        ("API, thread, oldest", f"{talk}?order=oldest", 200, 4),
        ("API, thread, respected, later", f"{talk}?order=respected&after=1-{oldest.pk}", 200, 5),
        ("API, thread, highlights", f"{api}stories/{slug}/thread/?order=highlights", 200, 3),
        ("API, questions", f"{api}stories/{newsroom.asked.slug}/thread/", 200, 4),
        ("no such story", "/story/none/", 404, 7),
        ("no such address", "/none/", 404, 3),
    ]


def account_pages():
    """The pages of readers' accounts, for who is not signed in. The others: test_account_page.py."""
    return [
        ("open an account", reverse("account_signup"), 200, 3),
        ("sign in", reverse("account_login"), 200, 3),
        ("sign out", reverse("account_logout"), 302, 0),
        ("a letter is on its way", reverse("account_email_verification_sent"), 200, 3),
        ("confirm an address", reverse("account_confirm_email", args=["wrong"]), 410, 3),
        ("forgotten password", reverse("account_reset_password"), 200, 3),
        ("forgotten password, sent", reverse("account_reset_password_done"), 200, 3),
        ("new password", reverse("account_reset_password_from_key", args=["1", "wrong"]), 410, 4),
        ("account", reverse("account"), 302, 0),
        ("change the password", reverse("account_change_password"), 302, 0),
        ("change the address", reverse("account_email"), 302, 0),
        ("delete the account", reverse("account_deletion"), 302, 0),
        ("account deleted", reverse("account_deleted"), 200, 3),
    ]


class QueryCountTests(TestCase):
    def setUp(self):
        self.newsroom = Newsroom()
        Site.objects.get_current()  # which some pages ask for once in each process

    def assert_costs(self, saved=()):
        """`saved` are the pages that ask one question fewer."""
        for name, address, status, queries in pages(self.newsroom):
            with self.subTest(page=name), self.assertNumQueries(queries - (name in saved)):
                self.assertEqual(self.client.get(address).status_code, status)
        self.client.force_login(make_account())
        for article, queries in ((self.newsroom.draft, 21), (self.newsroom.story, 24)):
            with self.subTest(preview=article), self.assertNumQueries(queries - (article in saved)):
                self.client.get(reverse("articles:preview", args=[article.pk]))

    def test_with_few_rows(self):
        # Where the whole thread stands on the page, what is highlighted in it is known.
        self.assert_costs(saved=["story", "story with nothing related", "thread", self.newsroom.story])

    def test_with_many_rows(self):
        self.newsroom.grow()
        self.assert_costs()

    def test_no_public_address_is_left_out(self):
        counted = {
            resolve(address.partition("?")[0]).view_name for _, address, *_ in pages(self.newsroom)[:-1]
        }
        uncounted = {"articles:preview"}  # counted above
        uncounted |= {"comments:posting", "comments:respect"}  # answer no GET
        uncounted |= {"comments:withdrawal", "comments:appeal"}
        uncounted |= {"account_name", "account_letters", "account_data"}
        self.assertEqual(counted | uncounted, public_addresses())
