"""Lists narrowed by their query string: the filters in words, each with a way to drop it."""

from urllib.parse import urlencode

from django import forms


class NarrowingForm(forms.Form):
    """Filters of a list, none of them required."""

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """The filters that are set: the name of each, and what it stands for."""
        if not self.is_valid():
            return []
        return [
            (name, f"{self.fields[name].label}: {self._said(name, value)}")
            for name, value in self.cleaned_data.items()
            if value
        ]

    def _said(self, name: str, value) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value))

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set, as the address has them."""
        return {name: self.data[name] for name, _words in self.in_words}

    @property
    def query(self) -> str:
        return urlencode(self.asked)

    def chips(self, path: str) -> list[tuple[str, str]]:
        """Each filter with the address of the page without it."""
        return [
            (words, f"{path}?{urlencode({k: v for k, v in self.asked.items() if k != name})}")
            for name, words in self.in_words
        ]
