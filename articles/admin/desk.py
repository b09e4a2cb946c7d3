"""What the pages of the desk have in common."""

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format

from articles.templatetags.article_tags import zone_name


class DeskAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def view_on_site(self, noun):
        """Link to the page itself: the admin's own redirect tells any account any address."""
        return noun.get_absolute_url()


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def moment(at):
    """Return an instant in the site's zone, which it names: 29 April 2025, 09:40 GMT+4."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y, H:i')} {zone_name(local)}"
