from django import template
from django.utils.dates import MONTHS

from articles.archive import address_of_day, address_of_month, month_name
from articles.zones import day_of, full_day_of

register = template.Library()
register.filter("address_of_day", address_of_day)
register.filter("address_of_month", address_of_month)
register.filter("day_name", day_of)
register.filter("full_day_name", full_day_of)
register.filter("month_and_year", month_name)


@register.filter
def month_name_alone(day):
    return MONTHS[day.month]
