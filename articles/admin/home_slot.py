from django import forms
from django.contrib import admin
from django.db.models import Max

from articles.models import HomeSlot


class PlaceInListForm(forms.ModelForm):
    def validate_unique(self):
        """Leave it to the list as a whole, in which two stories may change places."""


@admin.register(HomeSlot)
class HomeSlotAdmin(admin.ModelAdmin):
    """The home page's places, put in order in the list itself."""

    list_display = ["story", "order"]
    list_editable = ["order"]
    list_select_related = ["article__live_version", "article__draft"]
    autocomplete_fields = ["article"]
    ordering = ["order"]

    @admin.display(description="story")
    def story(self, slot):
        return str(slot.article)

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=PlaceInListForm, **kwargs)

    def save_model(self, request, slot, form, change):
        """Whoever holds the place steps to the end; the list then puts it where it was told to."""
        holder = HomeSlot.objects.filter(order=slot.order).exclude(pk=slot.pk)
        holder.update(order=HomeSlot.objects.aggregate(last=Max("order", default=0))["last"] + 1)
        super().save_model(request, slot, form, change)
