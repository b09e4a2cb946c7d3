"""The editor for long texts: what it offers is what `articles.body` keeps."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media

from articles.admin.policy import with_editor_policy

EXTENSIONS = {
    "BlockId": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "PullQuote": True,
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "TrailingNode": True,  # a text that ends with a picture can be gone on with
}
IN_STORIES = {
    "StoryPicture": {
        "choices": reverse_lazy("admin:articles_picture_choices"),
        "thumbnails": reverse_lazy("admin:articles_picture_thumbnail", args=["TOKEN"]),
    },
    "StoryEmbed": {"check": reverse_lazy("admin:articles_article_embed")},
}


class BodyWidget(AdminProseEditorWidget):
    def get_config(self):
        return super().get_config() | {"js_modules": [static("js/desk/blocks.js")]}


def body_field(*, pictures=True):
    extensions = EXTENSIONS | (IN_STORIES if pictures else {})
    return ProseEditorFormField(extensions=extensions, widget=BodyWidget, required=False)


class BodyMediaMixin:
    """For a page with the editor: a policy that lets it work, and a nonce on its import map."""

    @method_decorator(with_editor_policy)
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)
