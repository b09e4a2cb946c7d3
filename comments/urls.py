from django.urls import path

from comments import feeds, report_views, respect_views, views

app_name = "comments"

urlpatterns = [
    path("moderation-log/", views.log, name="log"),
    path("story/<slug:slug>/comments/", views.thread, name="thread"),
    path("story/<slug:slug>/comments/feed.xml", feeds.thread_feed, name="feed"),
    path("story/<slug:slug>/comments/count.json", feeds.count, name="count"),
    path("comments/<int:pk>/", views.comment, name="comment"),
    path("comments/<int:pk>/respect/", respect_views.respect, name="respect"),
    path("comments/<int:pk>/report/", report_views.report, name="report"),
    path("comments/compose/<int:article_id>/", views.compose, name="compose"),
    path("comments/posting/<int:article_id>/", views.post, name="posting"),
    path("comments/sent/<str:token>/", views.sent, name="sent"),
    path("comments/confirm/<str:token>/", views.confirmation, name="confirmation"),
    path("comments/no-more-letters/<str:token>/", views.no_more_letters, name="no_more_letters"),
    path("comments/warning/<str:token>/", views.warning, name="warning"),
]
