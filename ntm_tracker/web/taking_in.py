"""Tables taken into a register: uploaded, shown row by row, applied at once or not at all."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django import forms
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ntm_tracker.web.columns import Found, Unreadable, rows_of
from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.refusals import BadUpload

NEW, CHANGED, SAME = "new", "changed", "same"
SHOWN = {
    NEW: gettext_lazy("new"),
    CHANGED: gettext_lazy("changed"),
    SAME: gettext_lazy("as it is"),
}


@dataclass
class Line:
    """One row of the table and what it would do. `row` is what would be saved."""

    number: int
    about: str
    state: str = NEW
    row: object = None
    changes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def state_in_words(self) -> str:
        return SHOWN[self.state]


@dataclass
class Preview:
    lines: list[Line]

    def count(self, state: str) -> int:
        return sum(line.state == state and not line.errors for line in self.lines)

    def rows(self, state: str) -> list:
        """What would be saved of one state."""
        return [line.row for line in self.lines if line.state == state]

    @property
    def counts(self) -> dict[str, int]:
        return {state: self.count(state) for state in SHOWN}

    @property
    def faulty(self) -> int:
        return sum(bool(line.errors) for line in self.lines)

    @property
    def shown(self) -> list[Line]:
        """What to look at: faulty rows first, then those with warnings, then what changes."""
        lines = [line for line in self.lines if line.errors or line.state != SAME]
        return sorted(lines, key=lambda line: (not line.errors, not line.warnings, line.number))

    @property
    def does_nothing(self) -> bool:
        return not self.faulty and self.count(SAME) == len(self.lines)

    @property
    def token(self) -> str:
        """Stands for the warnings, so that nobody overrules what was not shown to them."""
        texts = [text for line in self.lines for text in line.warnings]
        return sha256("\n".join(texts).encode()).hexdigest()[:16] if texts else ""


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text=gettext_lazy(
            "Excel, OpenDocument or CSV, with the headings of the file taken along."
        ),
    )


class ApplyForm(forms.Form):
    """The rows that were shown, and a note where there are warnings."""

    note = forms.CharField(
        label=gettext_lazy("Note for the history"),
        required=False,
        max_length=100,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed where there are warnings: why it is right all the same."),
    )
    rows = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Register:
    """What a register takes in. `plan(rows)` says what each would do, `write(preview, note)`
    does it; both run in one transaction, after `lock()`.
    """

    headings: Mapping[str, str]
    needed: Iterable[str]
    lock: Callable[[], object]
    plan: Callable[[list[Found]], Preview]
    write: Callable[[Preview, str], None]


def take_in(request, register: Register, template: str, context: dict, back: str):
    """Ask for a file; show what it would do; do it."""
    if request.method != "POST":
        return render(request, template, context | {"form": UploadForm()})
    form = UploadForm(request.POST, request.FILES)
    try:
        rows = _rows(request, register, form)
    except (BadUpload, Unreadable) as fault:
        form.add_error("file", str(fault))
    if form.errors:
        return render(request, template, context | {"form": form})
    with transaction.atomic():
        register.lock()
        preview = register.plan(rows)
        apply = _apply_form(request, rows, preview)
        if apply.is_bound and _may_apply(apply, preview):
            register.write(preview, apply.cleaned_data["note"])
            return redirect(back)
    return render(request, template, context | {"preview": preview, "form": apply})


def _rows(request, register: Register, form: UploadForm) -> list[Found]:
    """The rows of the file that is sent, or those that were shown before."""
    if "rows" in request.POST:
        return _unpacked(request.POST["rows"], register)
    upload = form.is_valid() and form.cleaned_data["file"]
    if not upload:
        raise Unreadable(_("Choose the file that holds the table."))
    return rows_of(read_tables(upload, upload.name), register.headings, register.needed)


def _unpacked(text: str, register: Register) -> list[Found]:
    try:
        rows = [
            Found(
                int(number),
                {name: str(cells[name]) for name in register.headings if name in cells},
            )
            for number, cells in json.loads(text)
        ]
    except (ValueError, TypeError, AttributeError) as error:
        raise Unreadable(_("The rows were lost on the way. Choose the file again.")) from error
    if not rows or any(name not in row.cells for row in rows for name in register.needed):
        raise Unreadable(_("The rows were lost on the way. Choose the file again."))
    return rows


def _apply_form(request, rows: list[Found], preview: Preview) -> ApplyForm:
    """Bound once there is an answer; it then carries what is shown now as seen."""
    if "rows" not in request.POST:
        packed = json.dumps([[row.number, dict(row.cells)] for row in rows], ensure_ascii=False)
        return ApplyForm(initial={"rows": packed, "seen": preview.token})
    return ApplyForm(request.POST)


def _may_apply(apply: ApplyForm, preview: Preview) -> bool:
    """May it be written? Where warnings were not shown yet, they are shown first."""
    if not apply.is_valid() or preview.faulty or preview.does_nothing:
        return False
    if preview.token and not apply.cleaned_data["note"]:
        apply.add_error("note", _("Say why it is right all the same."))
    is_seen = apply.cleaned_data["seen"] == preview.token
    apply.data = apply.data.copy()
    apply.data["seen"] = preview.token
    return is_seen and not apply.errors
