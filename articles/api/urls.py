from django.urls import path, re_path

from articles.api import views

app_name = "api"

urlpatterns = [
    path("", views.root, name="root"),
    path("openapi.json", views.description, name="description"),
    path("stories/", views.stories, name="stories"),
    path("stories/<slug:slug>/", views.story, name="story"),
    path("sections/", views.sections, name="sections"),
    path("search/", views.search, name="search"),
    # With its slash at the end: an address that lacks it is still led to the right one.
    re_path(r"^(?P<rest>.*)/$", views.nothing, name="nothing"),
]
