"""All comments, for searching: a list, and a page for each. What is decided is decided in `comments.desk`."""

from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.desk import BoundedLists
from articles.zones import moment
from comments.models import ModerationAct, ReaderComment

MOST_AT_ONCE = 100
SEARCHED = 20_000

admin.site.unregister(EmailAddress)  # readers prove and change their addresses themselves


class ActInline(admin.TabularInline):
    model = ModerationAct
    fields = readonly_fields = ["at", "act", "reason", "note", "by"]
    extra = 0
    verbose_name_plural = "decisions"

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ReaderComment)
class ReaderCommentAdmin(BoundedLists, admin.ModelAdmin):
    """Comments are decided on, never written or deleted here."""

    list_display = ["excerpt", "state", "name", "story", "sent"]
    list_filter = ["state", "submit_date", "removal_reason"]
    list_select_related = ["article__live_version"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-pk"]
    search_fields = ["comment", "user_name", "user_email", "article__live_version__headline"]
    search_help_text = (
        "Searches the words, the name, the e-mail address and the story's headline, "
        f"among the last {SEARCHED:,} comments."
    )
    actions = ["approve", "remove"]
    inlines = [ActInline]
    change_form_template = "comments/admin/comment.html"
    fields = readonly_fields = [
        "state",
        "comment",
        "name",
        "story",
        "answers",
        "sent",
        "removed_at",
        "removal_reason",
        "account",
        "email_address",
    ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, comments, words):
        if words.strip():
            last = ReaderComment.objects.order_by("-pk").values("pk")[:SEARCHED]
            comments = comments.filter(pk__in=last)
        return super().get_search_results(request, comments, words)

    def has_moderate_permission(self, request):
        return request.user.has_perm("comments.moderate_comment")

    @admin.display(description="comment", ordering="pk")
    def excerpt(self, comment):
        return comment.comment[:120] + ("…" if len(comment.comment) > 120 else "")

    @admin.display(ordering="user_name")
    def name(self, comment):
        return comment.user_name

    @admin.display(ordering="submit_date")
    def sent(self, comment):
        return moment(comment.submit_date)

    @admin.display(empty_value="none")
    def account(self, comment):
        return comment.user

    @admin.display(description="e-mail address", empty_value="none")
    def email_address(self, comment):
        return comment.user_email or (comment.user.email if comment.user else None)

    @admin.display(description="story")
    def story(self, comment):
        article = comment.article
        return format_html('<a href="{}">{}</a>', article.get_absolute_url(), article.headline)

    @admin.display(description="in reply to")
    def answers(self, comment):
        if not comment.is_reply:
            return "the story"
        url = reverse("admin:comments_readercomment_change", args=[comment.parent_id])
        return format_html('<a href="{}">comment {}</a>', url, comment.parent_id)

    @admin.action(description="Approve the chosen comments", permissions=["moderate"])
    def approve(self, request, comments):
        return self._ask(comments, "approve")

    @admin.action(description="Remove the chosen comments, with a reason", permissions=["moderate"])
    def remove(self, request, comments):
        return self._ask(comments, "remove")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {"may_moderate": self.has_moderate_permission(request)} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def _ask(self, comments, act):
        keys = [("comments", key) for key in comments.values_list("pk", flat=True)[:MOST_AT_ONCE]]
        return redirect(f"{reverse('moderation:several')}?{urlencode([('act', act), *keys])}")


@admin.register(ModerationAct)
class ModerationActAdmin(BoundedLists, admin.ModelAdmin):
    """The record of decisions, for reading."""

    list_display = ["at", "act", "reason", "by", "comment"]
    list_filter = ["act", "reason", "at"]
    list_select_related = ["by", "comment"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
