"""Comments on a line, and who must answer them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.typed import LONGEST_TEXT


class TextField(forms.CharField):
    """A text of several lines, in which the end of a line counts as one character."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class CommentForm(forms.Form):
    """A comment or, with `answer_to`, an answer; `people` may be asked, each with a role."""

    text = TextField(
        label=_("Your comment"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 3})
    )
    asked = forms.MultipleChoiceField(
        label=_("Who must answer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    answer_to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, people, line, **kwargs):
        super().__init__(*args, **kwargs)
        answered = self["answer_to"].value()
        if answered:
            self.fields["text"].label = _("Your answer")
        # Many of these forms share a page.
        self.name = self.name_of(line, answered)
        self.auto_id = f"{self.name}-%s"
        self.people = {str(user.pk): user for user in people}
        self.fields["asked"].choices = [
            (user.pk, f"{user} ({role})") for user, role in people.items()
        ]

    @staticmethod
    def name_of(line, answered) -> str:
        """How elements of the form are called, by the key of the comment that it answers."""
        return f"answer-{answered}" if answered else f"comment-{line.slug}"

    def clean_asked(self):
        return [self.people[pk] for pk in self.cleaned_data["asked"]]
