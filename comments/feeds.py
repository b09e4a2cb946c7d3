"""What programs read of a thread: its newest comments, and how many there are."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.addresses import absolute
from articles.caching import kept, same_for_everyone
from articles.feeds import empty_feed, feed_answer
from articles.kept import showing, subjects
from articles.microseconds import microseconds
from articles.models import Article
from articles.not_here import not_here
from comments.models import ReaderComment, Thread

FEED_COMMENTS = 30
NEWS_COMMENTS = 100
# Translators: above a reply by somebody: “Ann answers”.
ANSWERS = _("%(name)s answers")


@require_safe
@same_for_everyone
@kept()
def thread_feed(request, slug):
    article = Article.objects.visible().select_related("live_version").filter(slug=slug).first()
    if article is None:
        return not_here(request, slug)
    showing.shows(subjects.story(article), subjects.thread(article))
    thread = Thread.objects.of(article)
    title = f"{thread.wording.title}: {article.headline} · {settings.ORGANISATION_NAME}"
    feed = empty_feed(title, reverse("comments:thread", args=[slug]), request.path)
    comments = ReaderComment.objects.filter(article=article).placed().newest_first().for_thread()
    for comment in comments.published()[:FEED_COMMENTS]:
        feed.add_item(
            title=_title(comment),
            link=absolute(comment.get_absolute_url()),
            unique_id=absolute(f"/#comment-{comment.pk}"),
            description=comment.html,
            is_html=True,
            author_name=comment.user_name,
            pubdate=comment.published_at,
            updateddate=comment.edited_at or comment.published_at,
        )
    return feed_answer(feed)


@require_safe
@same_for_everyone
@kept()
def count(request, slug):
    """What an open page asks now and then: an ETag makes the answer “still so” an empty one.

    How many comments there are, and when the newest of them came, in microseconds: so that a page can count
    those that came since, whatever was removed meanwhile.
    """
    article = Article.objects.visible().filter(slug=slug).only("comment_count").first()
    if article is None:
        return not_here(request, slug)
    showing.shows(subjects.story(article), subjects.thread(article))
    newest = ReaderComment.objects.filter(article=article).placed().published().newest_first()
    came = newest.values_list("published_at", flat=True)[:NEWS_COMMENTS]
    return JsonResponse({"comments": article.comment_count, "came": [microseconds(at) for at in came]})


def _title(comment):
    whose = f" ({comment.badge_in_words})" if comment.badge else ""
    name = f"{comment.user_name}{whose}"
    return ANSWERS % {"name": name} if comment.is_reply else name
