from django.contrib import admin
from django.forms.widgets import Script

from articles.admin.desk import CompletingSelect, DeskAdmin
from articles.admin.shared_row import SharedRowMixin
from articles.rights import stories_known_to
from articles.zones import moment, zone_of


class PeriodFilter(admin.SimpleListFilter):
    """What is over stands in the list only where somebody asks for it."""

    title = "time"
    parameter_name = "time"

    def lookups(self, request, model_admin):
        return [("now", "now"), ("to-come", "to come"), ("over", "over"), ("all", "all")]

    def queryset(self, request, periods):
        if self.value() == "all":
            return periods
        chosen = {"now": periods.running, "to-come": periods.to_come, "over": periods.over}
        return chosen.get(self.value(), periods.not_over)()

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": "now and to come"}, *others]


class StoryPicker(CompletingSelect):
    """Completes what is typed, and says so while it is empty."""

    def build_attrs(self, *args, **kwargs):
        return super().build_attrs(*args, **kwargs) | {"data-placeholder": "Search by headline"}


class PeriodDesk(SharedRowMixin, DeskAdmin):
    """The base of the admin of what holds from one instant to another, and of a story at that."""

    autocomplete_fields = ["article"]
    view_on_site = False
    change_form_template = "admin/articles/period/change_form.html"

    class Media:
        js = [Script("js/desk/pickers.js", type="module")]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "article":
            kwargs["queryset"] = stories_known_to(request.user)
            kwargs["widget"] = StoryPicker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        zone = zone_of(request.user)
        for period in listed.result_list:
            period.said_start = moment(period.starts_at, zone)
            period.said_end = moment(period.ends_at, zone) if period.ends_at else "open"
        return listed

    @admin.display(description="start", ordering="starts_at")
    def start(self, period):
        return period.said_start

    @admin.display(description="end", ordering="ends_at")
    def end(self, period):
        return period.said_end
