from django.test import TestCase

STORES = {"play_store": "https://play.example/app", "app_store": "https://apps.example/app/id123"}


class AppPageTests(TestCase):
    def test_leads_to_the_stores_that_the_settings_name(self):
        with self.settings(APP_LINKS=STORES):
            page = self.client.get("/app/")
        for address in STORES.values():
            self.assertContains(page, f'href="{address}"')
        with self.settings(APP_LINKS=STORES | {"app_store": ""}):
            page = self.client.get("/app/")
        self.assertNotContains(page, "App Store")
        self.assertContains(page, "Play Store")

    def test_says_how_to_do_without_a_store(self):
        with self.settings(APP_LINKS=dict.fromkeys(STORES, "")):
            page = self.client.get("/app/")
        self.assertNotContains(page, "From a store")
        self.assertContains(page, "Add to Home Screen")
        self.assertContains(page, '<link rel="manifest"')

    def test_each_page_leads_to_it(self):
        self.assertContains(self.client.get("/latest/"), 'href="/app/"')
        self.assertContains(self.client.get("/sitemap-pages.xml"), "/app/</loc>")
