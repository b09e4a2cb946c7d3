from django.test import SimpleTestCase

from articles.merging import BOTH, MINE, THEIRS, merged, parts_of


def words(*paragraphs, headline="Headline", **changes):
    """Return the words of a draft; each paragraph is given as (id, text)."""
    body = "".join(f'<p id="p-0000000{key}">{text}</p>' for key, text in paragraphs)
    fields = {"standfirst": "", "dateline": "", "caption": "", "sources": []}
    return fields | {"headline": headline, "body": body} | changes


def choices_of(parts):
    return [part.choice for part in parts if part.differs]


class MergingTests(SimpleTestCase):
    base = words((1, "One."), (2, "Two."), (3, "Three."))

    def merge(self, theirs, mine, *asked):
        """Merge by what the parts propose; `asked` answers, in turn, where both changed something."""
        parts, answers = parts_of(self.base, theirs, mine), iter(asked)
        return merged(parts, [part.choice or next(answers) for part in parts])

    def test_takes_what_only_one_of_them_changed(self):
        theirs = words((1, "One, theirs."), (2, "Two."), (3, "Three."), headline="Theirs")
        mine = words((1, "One."), (2, "Two, mine."), (3, "Three."), standfirst="Mine")
        paragraphs = (1, "One, theirs."), (2, "Two, mine."), (3, "Three.")
        expected = words(*paragraphs, headline="Theirs", standfirst="Mine")
        self.assertEqual(self.merge(theirs, mine), expected)

    def test_asks_where_both_changed_the_same(self):
        theirs = words((1, "Theirs."), (2, "Two."), (3, "Three."))
        mine = words((1, "Mine."), (2, "Two."), (3, "Three."))
        self.assertEqual(choices_of(parts_of(self.base, theirs, mine)), [None])
        self.assertEqual(self.merge(theirs, mine, MINE), mine)
        self.assertEqual(self.merge(theirs, mine, THEIRS), theirs)

    def test_both_can_stay_and_the_second_gives_up_its_id(self):
        theirs, mine = words((1, "Theirs."), (2, "Two.")), words((1, "Mine."), (2, "Two."))
        expected = '<p id="p-00000001">Theirs.</p><p>Mine.</p><p id="p-00000002">Two.</p>'
        self.assertEqual(self.merge(theirs, mine, BOTH)["body"], expected)

    def test_paragraphs_that_came_and_went_do_so_in_the_merged_text(self):
        theirs = words((1, "One."), (4, "New, theirs."), (2, "Two."), (3, "Three."))
        mine = words((1, "One."), (2, "Two."), (5, "New, mine."))
        expected = words((1, "One."), (4, "New, theirs."), (2, "Two."), (5, "New, mine."))
        self.assertEqual(self.merge(theirs, mine), expected)

    def test_who_alone_moved_paragraphs_says_their_order(self):
        moved = words((3, "Three."), (1, "One."), (2, "Two."))
        edited = words((1, "One."), (4, "New."), (2, "Two, edited."), (3, "Three."))
        together = words((3, "Three."), (1, "One."), (4, "New."), (2, "Two, edited."))
        self.assertEqual(self.merge(moved, edited), together)
        self.assertEqual(self.merge(edited, moved), together)

    def test_a_paragraph_that_one_took_out_and_the_other_changed_is_asked_about(self):
        theirs, mine = words((1, "One.")), words((1, "One."), (2, "Two, mine."), (3, "Three."))
        parts = parts_of(self.base, theirs, mine)
        self.assertEqual(choices_of(parts), [None, THEIRS])
        self.assertEqual(self.merge(theirs, mine, MINE), words((1, "One."), (2, "Two, mine.")))

    def test_without_a_common_beginning_every_difference_is_asked_about(self):
        nothing = words(headline="")
        parts = parts_of(nothing, words((1, "Theirs.")), words((1, "Mine.")))
        self.assertEqual(choices_of(parts), [None])
