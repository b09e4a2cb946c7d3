from django.conf import settings
from django.db import models


class SectionRole(models.Model):
    """The rights of a group, given to one account for the stories of one section."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="section_roles",
        verbose_name="account",
    )
    section = models.ForeignKey("Section", on_delete=models.CASCADE, related_name="roles")
    group = models.ForeignKey(
        "auth.Group",
        on_delete=models.CASCADE,
        related_name="section_roles",
        verbose_name="role",
        help_text="Leave the account itself without this group: that would give the role in every section.",
    )

    class Meta:
        ordering = ["user", "section"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "section", "group"],
                name="section_role_once",
                violation_error_message="The account has this role in this section already.",
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.group} in {self.section}"
