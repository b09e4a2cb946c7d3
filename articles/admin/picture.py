from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html

from articles.admin.desk import DeskAdmin
from articles.models import Picture
from articles.pictures import fallback

OFFERED = 24


@admin.register(Picture)
class PictureAdmin(DeskAdmin):
    list_display = ["thumbnail", "__str__", "credit", "is_complete", "uploaded_at"]
    list_display_links = ["thumbnail", "__str__"]
    list_per_page = 30
    search_fields = ["alt_text", "caption", "credit"]
    search_help_text = "Searches alt text, caption and credit."
    view_on_site = False

    def has_change_permission(self, request, picture=None):
        """What stands in published stories changes at once, and that is for editors."""
        if (
            picture is not None
            and picture.is_published
            and not request.user.has_perm("articles.publish_article")
        ):
            return False
        return super().has_change_permission(request, picture)

    def get_fields(self, request, obj=None):
        words = ["alt_text", "caption", "credit", ("focal_x", "focal_y")]
        if obj is None:
            return ["original", *words]
        return ["preview", *words, "uploaded_by", "uploaded_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["preview", "uploaded_by", "uploaded_at"] if obj else []

    @admin.display(description="")
    def thumbnail(self, picture):
        return image(picture, "4x3", "desk-thumbnail")

    @admin.display(description="crops around the focal point")
    def preview(self, picture):
        crops = [image(picture, ratio, "desk-preview") for ratio in ("original", "16x9", "4x3")]
        return format_html("{}{}{}", *crops)

    @admin.display(description="ready for readers", boolean=True)
    def is_complete(self, picture):
        return picture.is_complete

    def save_model(self, request, picture, form, change):
        if not change:
            picture.uploaded_by = request.user
        super().save_model(request, picture, form, change)

    def get_urls(self):
        def own(view, route, name):
            return path(route, self.admin_site.admin_view(view), name=f"articles_picture_{name}")

        return [
            own(self.choices, "choices/", "choices"),
            own(self.thumbnail_file, "thumbnail/<str:token>/", "thumbnail"),
            *super().get_urls(),
        ]

    def choices(self, request):
        """The newest pictures, for the editor to offer."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        offered = [
            {
                "token": picture.token,
                "label": str(picture),
                "thumbnail": fallback(picture, "4x3").url,
            }
            for picture in Picture.objects.all()[:OFFERED]
        ]
        return JsonResponse({"pictures": offered})

    def thumbnail_file(self, request, token):
        if not self.has_view_permission(request):
            raise PermissionDenied
        picture = Picture.objects.filter(token=token).first()
        if picture is None:
            raise Http404
        return redirect(fallback(picture, "original").url)


def image(picture, ratio, css_class):
    rendition = fallback(picture, ratio)
    return format_html('<img class="{}" src="{}" alt="{}">', css_class, rendition.url, picture.alt_text)


def link(picture):
    address = reverse("admin:articles_picture_change", args=[picture.pk])
    return format_html('<a href="{}">{}</a>', address, image(picture, "4x3", "desk-thumbnail"))
