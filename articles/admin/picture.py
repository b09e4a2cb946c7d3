from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html

from articles.admin.desk import DeskAdmin
from articles.admin.several_pictures import PictureWords, SeveralPictures
from articles.admin.shared_row import SharedRowForm, SharedRowMixin
from articles.admin.story_desk import headline_of, state_of
from articles.models import Article, Picture
from articles.models.picture import WORDS
from articles.pictures import RATIOS, fallback
from articles.rights import changeable_pictures, may_change_picture, pictures_at_desk
from articles.uses import uses_of

OFFERED = 24
SHAPES = {"original": "Whole", "16x9": "16:9", "4x3": "4:3", "1x1": "1:1"}


class PictureForm(SharedRowForm, PictureWords):
    pass


@admin.register(Picture)
class PictureAdmin(SeveralPictures, SharedRowMixin, DeskAdmin):
    form = PictureForm
    list_display = ["thumbnail", "__str__", "credit", "is_complete", "uploaded_at"]
    list_display_links = ["thumbnail", "__str__"]
    list_per_page = 30
    search_fields = ["alt_text", "caption", "credit", "rights"]
    search_help_text = "Searches alt text, caption, credit and rights."
    view_on_site = False

    def get_queryset(self, request):
        return pictures_at_desk(request.user).order_by(*self.opts.ordering)

    def has_add_permission(self, request):
        return request.user.has_perm("articles.add_picture")

    def has_change_permission(self, request, picture=None):
        """What stands in published stories changes at once, and that is for the editors of all of them."""
        if not request.user.has_perm("articles.change_picture"):
            return False
        return picture is None or may_change_picture(request.user, picture)

    def has_delete_permission(self, request, picture=None):
        if not request.user.has_perm("articles.delete_picture"):
            return False
        return picture is None or may_change_picture(request.user, picture)

    def changeable(self, request):
        return changeable_pictures(request.user, Picture.objects.all())

    def get_fieldsets(self, request, picture=None):
        focus = {"fields": [("focal_x", "focal_y")]}
        if picture is None:
            told = "What the file says of itself (IPTC) fills the fields that you leave empty."
            words = {"fields": ["original", *WORDS], "description": told}
            return [(None, words), ("Focal point", focus)]
        crops = {"fields": ["crops", *focus["fields"]]}
        return [
            (None, {"fields": [*WORDS, "uploaded_by", "uploaded_at", "seen"]}),
            ("Focal point and crops", crops),
        ]

    def get_readonly_fields(self, request, picture=None):
        return ["crops", "uploaded_by", "uploaded_at"] if picture else []

    @admin.display(description="")
    def thumbnail(self, picture):
        return image(picture, "4x3", "desk-thumbnail")

    @admin.display(description="every crop")
    def crops(self, picture):
        return crops_of(picture)

    @admin.display(description="ready for readers", boolean=True)
    def is_complete(self, picture):
        return picture.is_complete

    def save_model(self, request, picture, form, change):
        if not change:
            picture.uploaded_by = request.user
        super().save_model(request, picture, form, change)

    def response_add(self, request, picture, post_url_continue=None):
        """Show what the file filled in, and the crops, unless something else was asked for."""
        if IS_POPUP_VAR in request.POST or "_addanother" in request.POST:
            return super().response_add(request, picture, post_url_continue)
        said = "The picture is here. Check its words, and say with the focal point what no crop may lose."
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:articles_picture_change", picture.pk)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context["uses"] = told_uses(obj, request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def render_delete_form(self, request, context):
        context["uses"] = told_uses(context["object"], request.user)
        return super().render_delete_form(request, context)

    def get_deleted_objects(self, pictures, request):
        """Say which of them are used. Django would list every version that holds one, a query each."""
        held = Picture.objects.held_by(Article.objects.all())
        used = Picture.objects.filter(held, pk__in=[picture.pk for picture in pictures])
        counted = {self.opts.verbose_name_plural: len(pictures)}
        return [str(picture) for picture in pictures], counted, set(), [link(picture) for picture in used]

    def get_urls(self):
        return [
            self.picture_url("choices/", self.choices, "choices"),
            self.picture_url("thumbnail/<str:token>/", self.thumbnail_file, "thumbnail"),
            *super().get_urls(),
        ]

    def picture_url(self, route, view, name):
        return path(route, self.admin_site.admin_view(view), name=f"articles_picture_{name}")

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
            for picture in self.get_queryset(request)[:OFFERED]
        ]
        return JsonResponse({"pictures": offered})

    def thumbnail_file(self, request, token):
        if not self.has_view_permission(request):
            raise PermissionDenied
        picture = self.get_queryset(request).filter(token=token).first()
        if picture is None:
            raise Http404
        return redirect(fallback(picture, "original").url)


def image(picture, ratio, css_class):
    rendition = fallback(picture, ratio)
    return format_html('<img class="{}" src="{}" alt="{}">', css_class, rendition.url, picture.alt_text)


def link(picture):
    address = reverse("admin:articles_picture_change", args=[picture.pk])
    return format_html('<a href="{}">{}</a>', address, image(picture, "4x3", "desk-thumbnail"))


def crops_of(picture):
    """Return the picture in every shape in which readers and search engines get it."""
    shapes = [(ratio, SHAPES[ratio], fallback(picture, ratio)) for ratio in RATIOS]
    return render_to_string("admin/articles/picture/crops.html", {"picture": picture, "shapes": shapes})


def told_uses(picture, account):
    """Return where the picture is used, with what the desk calls these stories."""
    uses = uses_of(picture, account)
    rows = [(use, headline_of(use.article), state_of(use.article)) for use in uses.named]
    return {"count": uses.count, "rows": rows, "others": uses.others}
