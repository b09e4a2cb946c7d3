from django.db import models


class HomeSlot(models.Model):
    """A place on the home page that an editor filled. A slot whose story is not visible falls to the next."""

    order = models.PositiveSmallIntegerField(
        unique=True, help_text="1 is the lead; the next four stand beside it."
    )
    article = models.OneToOneField("Article", on_delete=models.CASCADE, related_name="home_slot")

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return f"{self.order}. {self.article}"
