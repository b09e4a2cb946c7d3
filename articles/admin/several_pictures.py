"""Several pictures at once: one page takes their files, the next asks for their words together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelForm, Textarea
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator

from articles.imaging import MAX_BYTES
from articles.models import Picture
from articles.models.picture import WORDS
from articles.pictures import fallback

AT_ONCE = 20  # half a minute's work for the largest; the server's own limit of files is above it
LONGEST_NAME = 80
NO_ROOM = "There is no room left on the server's disk. Nothing of it was kept."


class PictureWords(ModelForm):
    """What is said of a picture. Its fields are single lines, however much of them one has to see."""

    class Meta:
        model = Picture
        fields = WORDS
        widgets = {
            name: Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
            for name, rows in (("alt_text", 2), ("caption", 3), ("credit", 1), ("rights", 2))
        }

    def clean(self):
        """What stands in published stories keeps what readers are owed."""
        cleaned = super().clean()
        if self.instance.pk and self.instance.is_published:
            for name, called in (("alt_text", "alt text"), ("credit", "credit")):
                if name in cleaned and not cleaned[name].strip():
                    self.add_error(
                        name, f"This picture stands in a published story, so it needs its {called}."
                    )
        return cleaned


class SeveralPictures:
    """For the admin of pictures."""

    def get_urls(self):
        return [
            self.picture_url("several/", self.several, "several"),
            self.picture_url("several/words/", self.several_words, "several_words"),
            *super().get_urls(),
        ]

    def several(self, request):
        """Take in what can be used of the files that were sent; say of each other why not."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        files = request.FILES.getlist("files")
        kept, refused = self._take_in(request, files) if request.method == "POST" else ([], [])
        if kept:
            for sentence in refused:
                self.message_user(request, sentence, messages.ERROR)
            self.message_user(request, f"Taken in: {_counted(len(kept))}.", messages.SUCCESS)
            return redirect(f"{reverse('admin:articles_picture_several_words')}?{_asking_for(kept)}")
        if request.method == "POST" and not files:
            refused = ["No file was chosen."]
        limits = {"at_once": AT_ONCE, "megabytes": MAX_BYTES // 1_000_000, "refused": refused}
        return self._show(request, "several.html", "Add several pictures", **limits)

    def several_words(self, request):
        """The words of the pictures that the address names, all on one page."""
        pictures = self._named(request)
        posted = request.POST if request.method == "POST" else None
        forms = [PictureWords(posted, instance=picture, prefix=picture.pk) for picture in pictures]
        if posted is not None and all([form.is_valid() for form in forms]):
            changed = [form for form in forms if form.has_changed()]
            for form in changed:
                form.instance.save(update_fields=form.changed_data)
                self.log_change(request, form.instance, self.construct_change_message(request, form, []))
            self.message_user(request, f"Saved: {_counted(len(changed))}.", messages.SUCCESS)
            return redirect("admin:articles_picture_changelist")
        rows = [(form.instance, form, fallback(form.instance, "original")) for form in forms]
        return self._show(request, "several_words.html", "Words for these pictures", rows=rows)

    def _take_in(self, request, files):
        """Keep each file for itself, one after the other: none waits in memory, none hinders the others."""
        kept, refused = [], []
        for file in files[:AT_ONCE]:
            try:
                picture = Picture(original=file, uploaded_by=request.user)
                picture.save()
            except ValidationError as error:
                refused.append(f"“{_name(file)}” was not taken: {' '.join(error.messages)}")
            except OSError:
                refused.append(f"“{_name(file)}” was not taken: {NO_ROOM}")
            else:
                self.log_addition(request, picture, [{"added": {}}])
                kept.append(picture.pk)
        for file in files[AT_ONCE:]:
            refused.append(f"“{_name(file)}” was not taken: it is more than {AT_ONCE} files at once.")
        return kept, refused

    def _named(self, request):
        """Return the pictures, in the order of their files, that the account may change."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        keys = [key for key in request.GET.getlist("picture") if key.isdecimal() and len(key) < 19][:AT_ONCE]
        own = self.changeable(request).filter(pk__in=keys).values("pk")
        found = self.get_queryset(request).filter(pk__in=own).order_by("pk")
        if not found:
            raise Http404
        return found

    def _show(self, request, template, title, **context):
        frame = self.admin_site.each_context(request) | {"title": title, "opts": self.opts}
        return render(request, f"admin/articles/picture/{template}", frame | context)


def _asking_for(keys):
    query = QueryDict(mutable=True)
    query.setlist("picture", keys)
    return query.urlencode()


def _counted(number):
    return "1 picture" if number == 1 else f"{number} pictures"


def _name(file):
    return Truncator(file.name).chars(LONGEST_NAME)
