from django.template import Context, Template
from django.test import TestCase
from django.utils import timezone

from articles import pictures
from articles.models import Picture
from articles.pictures import body_with_pictures
from articles.tests.factories import make_article
from articles.tests.picture_files import make_picture


def make_row(**changes):
    values = {
        "token": "t0ken",
        "width": 2400,
        "height": 1600,
        "alt_text": "Troops",
        "credit": "AnewZ graphics",
    }
    return Picture(**(values | {"ready_at": timezone.now()} | changes))


def tag(picture, options=""):
    template = "{% component 'components/picture.jinja' picture=picture sizes='100vw' " + options + " %}"
    return Template("{% load component_tags %}" + template).render(Context({"picture": picture}))


class PictureTagTests(TestCase):
    def test_offers_every_format_without_a_query(self):
        with self.assertNumQueries(0):
            html = tag(make_row(), "ratio='16x9'")
        self.assertInHTML(
            '<img src="/media/pictures/t0ken/16x9-1280-50-50.jpg" width="1280" height="720" alt="Troops"'
            ' decoding="async" loading="lazy">',
            html,
        )
        self.assertLess(html.index("image/avif"), html.index("image/webp"))
        self.assertIn("/media/pictures/t0ken/16x9-320-50-50.avif 320w, ", html)
        self.assertIn("/media/pictures/t0ken/16x9-1920-50-50.webp 1920w", html)
        self.assertEqual(html.count('sizes="100vw"'), 2)

    def test_shows_the_jpeg_until_the_worker_is_done(self):
        html = tag(make_row(ready_at=None))
        self.assertNotIn("<source", html)
        self.assertIn("/media/pictures/t0ken/original-1280.jpg", html)

    def test_the_picture_of_the_first_screen_comes_first(self):
        html = tag(make_row(), "priority=True")
        self.assertIn('fetchpriority="high"', html)
        self.assertNotIn("lazy", html)

    def test_shows_nothing_where_there_is_nothing_or_no_credit(self):
        for picture in (None, make_row(credit=""), make_row(alt_text=" ")):
            self.assertEqual(tag(picture).strip(), "")

    def test_prints_no_script(self):
        self.assertNotIn("<script", tag(make_row(alt_text='"><script>')))


class PicturesInTextTests(TestCase):
    def body(self, *chosen):
        html = '<p id="p-00000001">One</p><figure id="p-00000002" data-picture="t0ken"></figure><p>Two</p>'
        return body_with_pictures(html, chosen)

    def test_stand_in_their_places_with_caption_and_credit(self):
        html = self.body(make_row(caption="In <Kursk>"))
        self.assertIn('id="p-00000002"', html)
        self.assertIn("In &lt;Kursk&gt;", html)
        self.assertIn("AnewZ graphics", html)
        self.assertLess(html.index("One"), html.index("<img"))
        self.assertLess(html.index("<img"), html.index("Two"))

    def test_leave_no_trace_where_they_may_not_be_shown(self):
        for chosen in ([], [make_row(token="other")], [make_row(credit="")]):
            self.assertNotIn("figure", self.body(*chosen))

    def test_others_get_a_full_address(self):
        self.assertRegex(
            pictures.share_url(make_row()), r"^https?://.+/media/pictures/t0ken/16x9-1280-50-50\.jpg$"
        )


class StoryPageTests(TestCase):
    def test_shows_the_pictures_of_head_and_text_and_offers_one_to_others(self):
        head, inside = make_picture(), make_picture(alt_text="The parade")
        body = f'<p>Text</p><figure data-picture="{inside.token}"></figure>'
        article = make_article(picture=head, body=body)
        page = self.client.get(article.get_absolute_url()).content.decode()
        self.assertIn(pictures.fallback(head, "original").url, page)
        self.assertIn(pictures.fallback(inside, "original").url, page)
        self.assertIn(f'<meta property="og:image" content="{pictures.share_url(head)}">', page)

    def test_offers_no_picture_without_a_credit(self):
        article = make_article(picture=make_picture())
        Picture.objects.update(credit="")
        page = self.client.get(article.get_absolute_url()).content.decode()
        self.assertNotIn("/media/pictures/", page)
