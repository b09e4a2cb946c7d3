from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse

from articles.tests.factories import make_member


class ForgedFormTests(TestCase):
    def test_who_sends_a_form_without_its_cookie_is_told_what_to_do(self):
        response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "editor"})
        self.assertContains(response, "Allow cookies for this site", status_code=403)
        self.assertContains(response, "css/site", status_code=403)


class LimitTests(TestCase):
    """What the server refuses to read at all is named, wherever it was sent."""

    def test_too_many_files(self):
        self.client.force_login(make_member("Editor"))
        files = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(51)]
        response = self.client.post(reverse("admin:articles_picture_several"), {"files": files})
        self.assertContains(response, "At most 50 files can be sent at once.", status_code=400)
        self.assertContains(response, "Go back, take some out", status_code=400)

    def test_too_long_a_text(self):
        response = self.client.post("/comments/compose/1/", {"comment": "x" * (2 * 1024 * 1024 + 1)})
        self.assertContains(response, "The text is longer than this site takes.", status_code=400)

    def test_too_many_fields(self):
        response = self.client.post("/comments/compose/1/", {f"field-{n}": "x" for n in range(1001)})
        self.assertContains(response, "more fields than this site takes", status_code=400)

    def test_another_fault_names_no_limit(self):
        response = self.client.get("/", headers={"Host": "not a host"})
        self.assertContains(response, "Something in the address", status_code=400)
