from django.urls import path

from articles import feeds, media, report_pages, sitemaps, views
from articles.search.views import search
from articles.sharing import views as sharing

app_name = "articles"

urlpatterns = [
    path("", views.home, name="home"),
    path("latest/", views.latest, name="latest"),
    path("search/", search, name="search"),
    path("section/<slug:slug>/", views.section, name="section"),
    path("section/<slug:slug>/feed.xml", feeds.section_feed, name="section_feed"),
    path("topic/<slug:slug>/", views.topic, name="topic"),
    path("author/<slug:slug>/", views.author, name="author"),
    path("story/<slug:slug>/", views.story, name="story"),
    path("story/<slug:slug>/history/", views.history, name="history"),
    path("story/<slug:slug>/report-an-error/", report_pages.passages, name="passages"),
    path(
        "story/<slug:slug>/report-an-error/<int:number>/<slug:place>/",
        report_pages.report_error,
        name="report_error",
    ),
    path("reports/<str:secret>/", report_pages.report, name="report"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/feed.xml", feeds.corrections_feed, name="corrections_feed"),
    path("transparency/", views.transparency, name="transparency"),
    path("about/", views.page, name="about"),
    path("about/<slug:slug>/", views.page, name="page"),
    path("preview/<int:pk>/", views.preview, name="preview"),
    path("shared/<str:token>/", sharing.invitation, name="invitation"),
    path("shared/reading/<str:token>/", sharing.reading, name="reading"),
    path("media/pictures/<str:token>/<str:name>", media.rendition, name="rendition"),
    path("feed.xml", feeds.site_feed, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-<slug:month>.xml", sitemaps.month, name="sitemap_month"),
    path("robots.txt", views.robots, name="robots"),
]
