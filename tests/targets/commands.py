"""Run a management command and hear what it says."""

from io import StringIO

from django.core.management import call_command


def run(command: str) -> str:
    said = StringIO()
    call_command(command, stdout=said)
    return said.getvalue()
