from django.contrib import admin
from django.urls import include, path

from anewz_site import views
from anewz_site.login import LoginForm

admin.site.login_form = LoginForm
admin.site.enable_nav_sidebar = False  # the head of each page leads everywhere, and stories need the room

handler400 = "anewz_site.views.bad_request"

urlpatterns = [
    # The admin's own redirect would tell any account the address of any draft.
    path("admin/r/<path:rest>", views.not_found),
    path("admin/", admin.site.urls),
    path("health/", views.health, name="health"),
    path("style-guide/", views.style_guide, name="style_guide"),
    path("", include("articles.urls")),
    path("", include("comments.urls")),
    path("api/v1/", include("articles.api.urls")),  # after those of `comments`, which add to it
    path("account/", include("comments.account_pages.urls")),
    path("moderation/", include("comments.desk.urls")),
]
