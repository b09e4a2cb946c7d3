"""The home page as it will be: asked by the clock of some zone, shown from the querysets of readers."""

from datetime import datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from articles.admin.instants import InstantForm
from articles.forecast import forecast
from articles.home import home_at
from articles.models import BreakingNews
from articles.rights import has_everywhere
from articles.zones import moment_in, site_zone, zones_of

MORNING, EVENING = time(6, 30), time(20)


class ForecastPages:
    """For the admin of the home page's slots. Open to whoever may see every story before readers do."""

    def get_urls(self):
        return [
            path("forecast/", self._own(self.forecast), name="articles_homeslot_forecast"),
            path("forecast/page/", self._own(self.forecast_page), name="articles_homeslot_forecast_page"),
            *super().get_urls(),
        ]

    def _own(self, view):
        return self.admin_site.admin_view(require_safe(view))

    def forecast(self, request):
        """Ask for an instant, and list what changes until then. With none, tomorrow morning."""
        form = _asked(request)
        context = self.admin_site.each_context(request) | {
            "title": "The home page as it will be",
            "opts": self.opts,
            "form": form,
            "choices": [(label, urlencode(_query(at))) for label, at in usual_times(timezone.now())],
            "may_place": self.has_view_permission(request),
        }
        if form.is_valid():
            now, zones = timezone.now(), zones_of(request.user)
            found = forecast(now, form.instant)
            context |= {
                "forecast": found,
                "now": moment_in(now, zones),
                "then": moment_in(form.instant, zones),
                "changes": [(moment_in(change.at, zones), change) for change in found.changes],
                "query": urlencode(form.data),
            }
        return render(request, "admin/articles/homeslot/forecast.html", context)

    def forecast_page(self, request):
        """The page itself, for nobody but the newsroom."""
        form = _asked(request)
        asked = f"{reverse('admin:articles_homeslot_forecast')}?{urlencode(form.data)}"
        if not form.is_valid():
            return redirect(asked)
        then = form.instant
        frame = {
            "forecast": moment_in(then, zones_of(request.user)),
            "asked": asked,
            "site_date": timezone.localdate(then),
            "breaking_news": BreakingNews.objects.showing(then),
        }
        response = render(request, "articles/home.html", vars(home_at(then)) | frame)
        response["X-Robots-Tag"] = "noindex"
        return response


def _asked(request):
    if not has_everywhere(request.user, "articles.view_article"):
        raise PermissionDenied
    names = ("instant-at", "instant-zone", "instant-reading")
    asked = {name: request.GET[name] for name in names if name in request.GET}
    return InstantForm(request.user, asked or _query(next_time(MORNING, timezone.now())))


def usual_times(now):
    """The instants that are asked for most, each with what it is called."""
    yield "In 1 hour", timezone.localtime(now + timedelta(hours=1), site_zone())
    tonight = next_time(EVENING, now)
    if tonight.date() == timezone.localdate(now, site_zone()):
        yield f"Tonight, {EVENING:%H:%M}", tonight
    yield f"Tomorrow, {MORNING:%H:%M}", _on(timezone.localdate(now, site_zone()) + timedelta(days=1), MORNING)


def next_time(hour, now):
    """Return when it is `hour` next by the clocks of the site."""
    today = timezone.localdate(now, site_zone())
    at = _on(today, hour)
    return at if at > now else _on(today + timedelta(days=1), hour)


def _on(day, hour):
    return datetime.combine(day, hour, tzinfo=site_zone())


def _query(at):
    return {"instant-at": f"{at:%Y-%m-%dT%H:%M}", "instant-zone": at.tzinfo.key}
