from django.db import models


class SearchEntry(models.Model):
    """What the search knows of one published story: its live words, folded; see decision 16.

    The key is the instant of publication in microseconds, moved on by one where it is taken: so the order
    of the index is the order of time. `articles.search.entries` alone writes it.
    """

    place = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField("Article", on_delete=models.CASCADE, related_name="+")
    headline = models.TextField()
    standfirst = models.TextField()
    body = models.TextField()
    marks = models.TextField()  # words for its section, topics and authors

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"Entry of story {self.article_id}"
