from django.test import Client, TestCase


class ForgedFormTests(TestCase):
    def test_who_sends_a_form_without_its_cookie_is_told_what_to_do(self):
        response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "editor"})
        self.assertContains(response, "Allow cookies for this site", status_code=403)
        self.assertContains(response, "css/site", status_code=403)
