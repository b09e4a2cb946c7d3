from django.db import models
from django.utils.translation import gettext_lazy as _


class Guideline(models.TextChoices):
    """The rules for comments, as the place of a removed one names them.

    The numbers are those of the newsroom's page “Comment guidelines”.
    """

    # Translators: stands after a colon, and alone in a form, which makes its first letter a capital. In
    # Azerbaijani and Turkish it should not begin with “i”, whose capital would be wrong.
    OFF_TOPIC = "off-topic", _("off topic (guideline 1)")
    INSULT = "insult", _("insult (guideline 2)")
    HATRED = "hatred", _("hatred against a group (guideline 3)")
    VIOLENCE = "violence", _("threat or call to violence (guideline 4)")
    PRIVACY = "privacy", _("private details of a person (guideline 5)")
    ADVERTISING = "advertising", _("advertising or spam (guideline 6)")
    UNLAWFUL = "unlawful", _("against the law (guideline 7)")
