import zoneinfo

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from articles.models import Member
from articles.zones import moment, zone_of

CONTINENTS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


class ZoneForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ["time_zone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = [name for name in zoneinfo.available_timezones() if name.startswith(CONTINENTS)]
        self.fields["time_zone"] = forms.ChoiceField(
            choices=[("UTC", "UTC"), *((name, name.replace("_", " ")) for name in sorted(places))],
            help_text="The desk tells you the time by this clock, beside that of the site.",
        )


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):
    """One page, on which everybody at the desk says where they work."""

    def has_module_permission(self, request):
        return False

    def get_urls(self):
        return [path("zone/", self.admin_site.admin_view(self.zone), name="articles_member_zone")]

    def zone(self, request):
        if not request.user.has_perm("articles.view_article"):
            raise PermissionDenied
        new = Member(user=request.user, time_zone=zone_of(request.user).key)
        member = Member.objects.filter(user=request.user).first() or new
        form = ZoneForm(request.POST or None, instance=member)
        if request.method == "POST" and form.is_valid():
            form.save()
            self.message_user(request, f"Your clock: {member.time_zone}.", messages.SUCCESS)
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": "Your time zone",
            "form": form,
            "now": moment(timezone.now(), zone_of(request.user)),
        }
        return render(request, "admin/articles/member/zone.html", context)
