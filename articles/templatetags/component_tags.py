from django import template

from articles.addresses import path_to
from articles.components import rendered

register = template.Library()
register.simple_tag(rendered, name="component")
register.simple_tag(path_to, name="path")
