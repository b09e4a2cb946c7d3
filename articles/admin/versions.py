from django.http import Http404

from articles.embeds import body_with_links
from articles.pictures import body_with_pictures


class VersionPages:
    """For the story's admin: a published version, to be read and not to be changed."""

    def get_urls(self):
        return [self.story_url("versions/<int:number>", self.version, "version"), *super().get_urls()]

    def version(self, request, pk, number):
        article = self.find_story(request, pk)
        version = article.versions.sealed().filter(number=number).select_related("published_by").first()
        if version is None:
            raise Http404
        body = body_with_links(body_with_pictures(version.body, version.pictures.all()))
        return self.show(request, "version.html", article, f"Version {number}", version=version, body=body)
