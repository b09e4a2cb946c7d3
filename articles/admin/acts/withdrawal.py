from django import forms

from articles import publishing
from articles.admin.acts.act_form import ActForm
from articles.reach import reach_of


def words_field(label, help_text):
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=help_text,
    )


class WithdrawalForm(ActForm):
    act = staticmethod(publishing.withdraw)

    notice = words_field("Notice", "Readers find it at the story's address, in place of the story.")

    def reach(self):
        return reach_of(self.article)


class AskingBackForm(ActForm):
    act = staticmethod(publishing.ask_back)

    note = words_field("Why", "A colleague reads it and has to agree; readers find what the colleague says.")


class RestorationForm(ActForm):
    act = staticmethod(publishing.restore)

    note = words_field("Why it is back", "Readers find it in the story's history.")
