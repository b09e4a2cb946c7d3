from io import BytesIO

from django.test import SimpleTestCase, TestCase
from PIL import Image, ImageChops

from articles import publishing, share_cards
from articles.addresses import absolute
from articles.tests.factories import make_account, make_article, update_article
from articles.tests.picture_files import make_picture, stripes


def drawn(headline, section="World"):
    return Image.open(BytesIO(share_cards.draw(headline, section, "AnewZ"))).convert("RGB")


def ink(card):
    """Return the box in which the headline stands, or None."""
    card = card.crop((0, share_cards.TOP, share_cards.WIDTH, share_cards.BOTTOM))
    return ImageChops.difference(card, Image.new("RGB", card.size, share_cards.PAPER)).getbbox()


class DrawnTests(SimpleTestCase):
    def test_has_the_shape_of_links_and_keeps_to_its_edges_whatever_the_headline(self):
        for headline in (
            "Short",
            "word " * 60,
            "x" * 200,
            "Qoşunlar ilk dəfə",
            "Войска воевали",
            "Ł ” — …",
            "",
        ):
            with self.subTest(headline=headline):
                card = drawn(headline)
                self.assertEqual(card.size, (1200, 630))
                if box := ink(card):
                    self.assertGreaterEqual(box[0], share_cards.EDGE - 10)
                    self.assertLessEqual(box[2], share_cards.WIDTH - share_cards.EDGE + 10)

    def test_letters_of_neighbouring_languages_are_drawn(self):
        for one, other in (("Kiev", "Киев"), ("Kiev", "Kişəv"), ("Киев", "Киёв")):
            with self.subTest(one=one, other=other):
                self.assertIsNotNone(ink(drawn(other)))
                self.assertIsNotNone(ImageChops.difference(drawn(one), drawn(other)).getbbox())

    def test_words_of_each_script_stand_one_space_apart(self):
        for word in ("Киев", "ə"):
            alone, apart = (share_cards._length(text, 54) for text in (word, f"{word} {word}"))
            self.assertLess(apart - 2 * alone, 54 / 2)

    def test_a_headline_whose_letters_the_typeface_has_not_gives_way_to_our_name(self):
        self.assertIsNone(ImageChops.difference(drawn("ლორემ იფსუმ"), drawn("AnewZ")).getbbox())


class AddressTests(TestCase):
    def test_a_story_without_a_picture_is_linked_with_its_card_and_one_with_a_picture_with_that(self):
        plain, pictured = make_article("Plain"), make_article(picture=make_picture(stripes(400, 300)))
        card = f"{plain.get_absolute_url()}card-1.png"
        page = self.client.get(plain.get_absolute_url())
        self.assertContains(page, f'<meta property="og:image" content="{absolute(card)}">')
        self.assertNotContains(self.client.get(pictured.get_absolute_url()), "card-1.png")
        answer = self.client.get(card)
        self.assertEqual(answer["Content-Type"], "image/png")
        self.assertEqual(answer.content, share_cards.draw("Plain", plain.section.name, "AnewZ"))

    def test_its_address_changes_with_the_words_and_the_old_one_leads_on(self):
        article = make_article("First")
        update_article(article, headline="Second")
        address = article.get_absolute_url()
        self.assertContains(self.client.get(address), f"{address}card-2.png")
        for other in ("1", "02", "٢", "x"):
            self.assertRedirects(self.client.get(f"{address}card-{other}.png"), f"{address}card-2.png")

    def test_it_goes_with_the_story(self):
        article = make_article()
        publishing.withdraw(article, make_account(), notice="It was not true.")
        self.assertEqual(self.client.get(f"{article.get_absolute_url()}card-1.png").status_code, 410)
