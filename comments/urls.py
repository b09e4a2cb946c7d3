from django.urls import path

from comments import api, feeds, following_views, report_views, respect_views, status_views, views

app_name = "comments"

urlpatterns = [
    path("moderation-log/", views.log, name="log"),
    path("story/<slug:slug>/comments/", views.thread, name="thread"),
    path("story/<slug:slug>/comments/feed.xml", feeds.thread_feed, name="feed"),
    path("story/<slug:slug>/comments/count.json", feeds.count, name="count"),
    path("api/v1/stories/<slug:slug>/thread/", api.thread, name="api_thread"),
    path("comments/<int:pk>/", views.comment, name="comment"),
    path("comments/<int:pk>/respect/", respect_views.respect, name="respect"),
    path("comments/<int:pk>/report/", report_views.report, name="report"),
    path("comments/compose/<int:article_id>/", views.compose, name="compose"),
    path("comments/posting/<int:article_id>/", views.post, name="posting"),
    path("comments/sent/<str:token>/", views.sent, name="sent"),
    path("comments/confirm/<str:token>/", views.confirmation, name="confirmation"),
    path("comments/no-more-letters/<str:token>/", views.no_more_letters, name="no_more_letters"),
    path("comments/warning/<str:token>/", views.warning, name="warning"),
    path("comments/yours/<str:token>/", status_views.status, name="status"),
    path("comments/yours/<str:token>/edit/", status_views.edit, name="edit"),
    path("comments/yours/<str:token>/withdrawal/", status_views.withdrawal, name="withdrawal"),
    path("comments/yours/<str:token>/appeal/", status_views.appeal, name="appeal"),
    path("comments/follow/<int:article_id>/", following_views.follow, name="follow"),
    path("comments/follow/<str:token>/", following_views.follow_confirmation, name="follow_confirmation"),
    path("comments/no-more-news/<str:token>/", following_views.no_more_news, name="no_more_news"),
]
