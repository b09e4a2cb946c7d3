from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.admin.period_desk import PeriodDesk, PeriodFilter
from articles.admin.period_form import PeriodForm
from articles.models import BreakingNews, LogEntry

USUAL = timedelta(hours=2)


class BreakingNewsForm(PeriodForm):
    end_is_required = True
    end_help = "At most 24 hours after the start. You can end it earlier."

    class Meta:
        model = BreakingNews
        fields = ["words", "article"]
        widgets = {"words": forms.TextInput(attrs={"class": "vLargeTextField"})}

    def __init__(self, data=None, files=None, *, instance=None, **kwargs):
        instance = instance or BreakingNews(ends_at=timezone.now() + USUAL)
        super().__init__(data, files, instance=instance, **kwargs)


@admin.register(BreakingNews)
class BreakingNewsAdmin(PeriodDesk):
    """The bar on every page: the newest that runs stands there."""

    form = BreakingNewsForm
    list_display = ["words", "ending", "stands", "start", "end"]
    list_filter = [PeriodFilter]
    list_select_related = ["article"]
    actions = None

    def has_delete_permission(self, request, news=None):
        """What readers may have seen stays in the list."""
        is_unseen = news is not None and news.starts_at > timezone.now()
        return is_unseen and super().has_delete_permission(request, news)

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        now = timezone.now()
        shown = BreakingNews.objects.showing(now).first()
        for news in listed.result_list:
            news.standing = "On every page" if news == shown else _why_not(news, now)
            news.can_end = news.runs_at(now) and self.has_change_permission(request, news)
        return listed

    @admin.display(description="stands now")
    def stands(self, news):
        return news.standing

    @admin.display(description="")
    def ending(self, news):
        """A button of the list's own form, which holds the token."""
        return _end_button(news) if news.can_end else ""

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.runs_at(timezone.now()) and self.has_change_permission(request, obj):
            context["end_button"] = _end_button(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        end = self.admin_site.admin_view(self.end_now)
        return [path("<int:pk>/end/", end, name="articles_breakingnews_end"), *super().get_urls()]

    def end_now(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        now = timezone.now()
        with transaction.atomic():
            news = get_object_or_404(BreakingNews.objects.select_for_update(), pk=min(pk, 2**63 - 1))
            if not self.has_change_permission(request, news):
                raise PermissionDenied
            if news.runs_at(now) and news.starts_at < now:
                news.ends_at = now
                news.save()
                self.record(LogEntry.Act.CHANGE, request, news, "Ended it.")
                self.message_user(request, "It stands on no page any more.", messages.SUCCESS)
            else:
                self.message_user(request, "It does not stand on the pages now.", messages.WARNING)
        return redirect("admin:articles_breakingnews_changelist")


def _end_button(news):
    address = reverse("admin:articles_breakingnews_end", args=[news.pk])
    return format_html(
        '<button type="submit" class="button" formaction="{}" aria-label="End now: {}">End now</button>',
        address,
        news.words,
    )


def _why_not(news, now):
    if news.is_over_at(now):
        return "Over"
    if not news.runs_at(now):
        return "To come"
    if news.article and news.article.withdrawn_at:
        return "Its story was withdrawn"
    return "Behind a newer one"
