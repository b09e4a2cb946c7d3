"""All comments, for searching: a list, a page for each, and two acts. The queue is in `comments.desk`."""

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from articles.admin.desk import BoundedLists
from articles.zones import moment
from comments.models import ModerationAct, ReaderComment
from comments.moderation import acts
from comments.moderation.guidelines import Guideline

MOST_AT_ONCE = 100

admin.site.unregister(EmailAddress)  # readers prove and change their addresses themselves


class ApprovalForm(forms.Form):
    note = forms.CharField(
        label="Why",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="For the record of decisions; readers do not see it.",
    )

    def decide(self, comment, by):
        return acts.approve(comment, by, note=self.cleaned_data["note"])


class RemovalForm(ApprovalForm):
    reason = forms.ChoiceField(
        label="Guideline",
        choices=[("", "Choose one"), *Guideline.choices],
        help_text="Readers see it where the comment stood.",
        error_messages={"required": "Choose the guideline that the comment breaks."},
    )
    field_order = ["reason", "note"]

    def decide(self, comment, by):
        return acts.remove(comment, by, self.cleaned_data["reason"], note=self.cleaned_data["note"])


FORMS = {"approve": ApprovalForm, "remove": RemovalForm}


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
    search_help_text = "Searches the words, the name, the e-mail address and the story's headline."
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

    def get_urls(self):
        decision = self.admin_site.admin_view(self.decision)
        name = "comments_readercomment_decision"
        return [path("decision/<str:act>/", decision, name=name), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {"may_moderate": self.has_moderate_permission(request)} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def decision(self, request, act):
        """Show the comments that are to be decided on, and ask why. Posting decides."""
        if act not in FORMS or not self.has_moderate_permission(request):
            raise PermissionDenied
        keys = request.GET.get("ids", "").split(",")[:MOST_AT_ONCE]
        comments = ReaderComment.objects.numbered(*keys).select_related("article__live_version")
        form = FORMS[act](request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._decide(request, form, comments)
            return redirect("admin:comments_readercomment_changelist")
        context = self.admin_site.each_context(request) | {
            "title": f"{act.capitalize()} {len(comments)} comment{'' if len(comments) == 1 else 's'}",
            "opts": self.opts,
            "act": act,
            "form": form,
            "comments": comments,
        }
        return render(request, "comments/admin/decision.html", context)

    def _ask(self, comments, act):
        keys = ",".join(str(key) for key in comments.values_list("pk", flat=True)[:MOST_AT_ONCE])
        return redirect(f"{reverse('admin:comments_readercomment_decision', args=[act])}?ids={keys}")

    def _decide(self, request, form, comments):
        done = 0
        for comment in comments:
            try:
                form.decide(comment, request.user)
                done += 1
            except acts.AlreadyDecided as fact:
                self.message_user(
                    request, f"Comment {comment.pk} by {comment.user_name}: {fact}", messages.WARNING
                )
        if done:
            self.message_user(request, f"Decided: {done}.", messages.SUCCESS)


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
