from django.db import models


class Guideline(models.TextChoices):
    """The rules for comments, as the place of a removed one names them.

    The numbers are those of the newsroom's page “Comment guidelines”.
    """

    OFF_TOPIC = "off-topic", "off topic (guideline 1)"
    INSULT = "insult", "insult (guideline 2)"
    HATRED = "hatred", "hatred against a group (guideline 3)"
    VIOLENCE = "violence", "threat or call to violence (guideline 4)"
    PRIVACY = "privacy", "private details of a person (guideline 5)"
    ADVERTISING = "advertising", "advertising or spam (guideline 6)"
    UNLAWFUL = "unlawful", "against the law (guideline 7)"
