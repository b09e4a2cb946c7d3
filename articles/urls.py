from django.urls import path

from articles import archive_pages, feeds, media, report_pages, site_files, sitemaps, views
from articles.search.views import search
from articles.sharing import views as sharing

app_name = "articles"


def feed(place, view, name=None):
    """Return the addresses of a feed: as Atom, and in each other format by its name."""
    name = name or view.__name__
    return [
        path(f"{place}feed.xml", view, name=name),
        path(f"{place}feed.<slug:form>", view, name=f"{name}_as"),
    ]


urlpatterns = [
    path("", views.home, name="home"),
    path("latest/", views.latest, name="latest"),
    path("archive/", archive_pages.index, name="archive"),
    path("archive/<str:year>/", archive_pages.year, name="archive_year"),
    path("archive/<str:year>/<str:month>/", archive_pages.month, name="archive_month"),
    path("archive/<str:year>/<str:month>/<str:day>/", archive_pages.day, name="archive_day"),
    path("search/", search, name="search"),
    path("section/<slug:slug>/", views.section, name="section"),
    *feed("section/<slug:slug>/", feeds.section_feed),
    path("topic/<slug:slug>/", views.topic, name="topic"),
    *feed("topic/<slug:slug>/", feeds.topic_feed),
    path("author/<slug:slug>/", views.author, name="author"),
    *feed("author/<slug:slug>/", feeds.author_feed),
    path("story/<slug:slug>/", views.story, name="story"),
    path("story/<slug:slug>/card-<str:number>.png", media.share_card, name="share_card"),
    path("story/<slug:slug>/text/", views.text_story, name="text_story"),
    path("text/", views.text_latest, name="text_latest"),
    path("story/<slug:slug>/line/", views.line, name="line"),
    path("story/<slug:slug>/history/", views.history, name="history"),
    path("story/<slug:slug>/report-an-error/", report_pages.passages, name="passages"),
    path(
        "story/<slug:slug>/report-an-error/<int:number>/<slug:place>/",
        report_pages.report_error,
        name="report_error",
    ),
    path("reports/<str:secret>/", report_pages.report, name="report"),
    path("corrections/", views.corrections, name="corrections"),
    *feed("corrections/", feeds.corrections_feed),
    path("transparency/", views.transparency, name="transparency"),
    path("app/", views.app, name="app"),
    path("about/", views.page, name="about"),
    path("about/<slug:slug>/", views.page, name="page"),
    path("preview/<int:pk>/", views.preview, name="preview"),
    path("shared/<str:token>/", sharing.invitation, name="invitation"),
    path("shared/reading/<str:token>/", sharing.reading, name="reading"),
    path("media/pictures/<str:token>/<str:name>", media.rendition, name="rendition"),
    *feed("", feeds.site_feed, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-<slug:month>.xml", sitemaps.month, name="sitemap_month"),
    path("robots.txt", site_files.robots, name="robots"),
    path("humans.txt", site_files.humans, name="humans"),
    path("service-worker.js", site_files.service_worker, name="service_worker"),
    path("offline/", site_files.offline, name="offline"),
    path("manifest.webmanifest", site_files.manifest, name="manifest"),
    path(".well-known/security.txt", site_files.security, name="security"),
]
