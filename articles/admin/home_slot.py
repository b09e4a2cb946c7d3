from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.admin.forecast import ForecastPages
from articles.admin.period_desk import PeriodDesk, PeriodFilter
from articles.admin.period_form import PeriodForm
from articles.admin.shared_list import SharedListMixin
from articles.home import TOP_STORIES
from articles.models import Article, HomeSlot
from articles.rights import stories_known_to
from articles.zones import moment

PLACES = ("Lead", "2nd", "3rd", "4th", "5th")


class HomeSlotForm(PeriodForm):
    class Meta:
        model = HomeSlot
        fields = ["order", "article"]


@admin.register(HomeSlot)
class HomeSlotAdmin(SharedListMixin, ForecastPages, PeriodDesk):
    """The home page's places, put in order in the list itself."""

    form = HomeSlotForm
    list_display = ["story", "order", "stands", "start", "end"]
    list_editable = ["order"]
    list_filter = [PeriodFilter]
    list_select_related = ["article__live_version", "article__draft"]

    def get_queryset(self, request):
        """Who works in one section alone sees what readers see too, and no story of the others to come."""
        known = stories_known_to(request.user).filter(pk=OuterRef("article"))
        return super().get_queryset(request).filter(Exists(known))

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        now = timezone.now()
        shown = list(Article.objects.placed(now)[:TOP_STORIES].values_list("home_slots", "pk"))
        places = {slot: PLACES[number] for number, (slot, _) in enumerate(shown)}
        for slot in listed.result_list:
            slot.standing = places.get(slot.pk) or _why_not(slot, now)
        return listed

    @admin.display(description="story")
    def story(self, slot):
        return str(slot.article)

    @admin.display(description="stands now")
    def stands(self, slot):
        return slot.standing

    def record(self, act, request, slot, note=""):
        end = f" to {moment(slot.ends_at)}" if slot.ends_at else ""
        place = f"Place {slot.order}, from {moment(slot.starts_at)}{end}."
        super().record(act, request, slot, f"{note} {place}".strip())


def _why_not(slot, now):
    """Say why a slot is none of those that readers see at the top."""
    if slot.is_over_at(now):
        return "Over"
    if not slot.runs_at(now):
        return "To come"
    if slot.article.is_scheduled_at(now):
        return "Its story is scheduled"
    if slot.article.state != Article.State.PUBLISHED:
        return f"Its story is {slot.article.get_state_display().lower()}"
    return "Behind the others"
