"""The rows of a story's page: whom it is by, and what stands beside it."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.db import models

from articles.admin.desk import CompletesSafely
from articles.admin.place import may_change_place
from articles.models import Article, Byline, RelatedStory
from articles.rights import stories_known_to


class PlaceForm(forms.ModelForm):
    """A row that nobody numbered stands first: a draft is saved whatever is missing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "order" in self.fields:
            self.fields["order"].required = False

    def clean_order(self):
        return self.cleaned_data["order"] or 0


class RelatedForm(PlaceForm):
    """An outside address without a title is called by its host until somebody finds a better name."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("url") and not cleaned.get("title") and not cleaned.get("target"):
            cleaned["title"] = urlsplit(cleaned["url"]).netloc
        return cleaned


class PlaceInline(CompletesSafely, admin.TabularInline):
    """Part of the story's place, with the story's own rights."""

    extra = 1
    form = PlaceForm

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Name each field for those who do not see the head of its column."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = db_field.verbose_name
        return field

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_article", obj)

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.state == Article.State.WITHDRAWN:
            return False
        return request.user.has_perm("articles.change_article", obj) and may_change_place(request.user, obj)

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class BylineFormSet(forms.BaseInlineFormSet):
    def clean(self):
        """Readers of a published story see who wrote it, each author once."""
        super().clean()
        self._refuse_who_stands_there()
        if not self.instance.live_version_id or not self.deleted_forms or any(self.errors):
            return
        if all(form in self.deleted_forms or not form.cleaned_data.get("author") for form in self.forms):
            raise forms.ValidationError("A published story has a byline. Leave at least one author in it.")

    def _refuse_who_stands_there(self):
        """A new row may name somebody whom the page, as it was opened, did not show yet."""
        shown = [form.instance.pk for form in self.initial_forms]
        others = Byline.objects.filter(article=self.instance.pk).exclude(pk__in=shown)
        others = set(others.values_list("author", flat=True))
        for form in self.extra_forms if others else ():
            if (author := form.cleaned_data.get("author")) and author.pk in others:
                form.add_error("author", "This author stands in the byline already.")


class BylineInline(PlaceInline):
    model = Byline
    formset = BylineFormSet
    fields = ["order", "author"]
    autocomplete_fields = ["author"]
    verbose_name, verbose_name_plural = "author", "byline"


class RelatedInline(PlaceInline):
    model = RelatedStory
    form = RelatedForm
    fk_name = "article"
    fields = ["order", "target", "url", "title", "reason"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    autocomplete_fields = ["target"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer the stories that the account knows, and keep those that stand beside this one already."""
        if db_field.name == "target":
            key = request.resolver_match.kwargs.get("object_id", "")
            there = RelatedStory.objects.filter(article=int(key) if key.isdecimal() and len(key) < 18 else 0)
            known = stories_known_to(request.user)
            kwargs["queryset"] = known | Article.objects.filter(pk__in=there.values("target"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
