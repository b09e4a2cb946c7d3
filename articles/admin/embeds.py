from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path

from articles.embeds import Embed
from articles.providers import unknown


class EmbedPages:
    """For the story's admin: what stands at an address, for the editor to say while somebody writes."""

    def get_urls(self):
        embed = self.admin_site.admin_view(self.embed)
        return [path("embed/", embed, name="articles_article_embed"), *super().get_urls()]

    def embed(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        embed = Embed(request.GET.get("address", ""), "")
        if embed.source is None:
            return JsonResponse({"name": "", "problem": unknown(embed.typed)})
        return JsonResponse({"name": embed.name, "problem": ""})
