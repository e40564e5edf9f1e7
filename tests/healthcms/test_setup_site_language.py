"""setup_site speaks the site's language: no line of it is fixed in English."""

import gettext
import re

import pytest
from django.core.management import CommandError
from django.utils import translation
from django.utils.translation import trans_real

from healthcms.management.commands import setup_site
from tests.healthcms.test_setup_site import ADA, answer, run


class Marked(gettext.NullTranslations):
    """A language in which every text that can be translated stands in marks."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        return self.ngettext(one, many, number)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def language(self) -> str:
        return "qq"

    to_language = language


@pytest.fixture
def marked(monkeypatch):
    """Everything said in the marked language."""
    monkeypatch.setitem(trans_real._translations, "qq", Marked())
    with translation.override("qq"):
        yield


def test_every_line_that_the_command_says_can_be_translated(db, marked, monkeypatch, capsys):
    said = answer(
        monkeypatch,
        *("Ada Admin", "ada@example.org"),
        *("Bright Bones", "", "", "Paid by its makers."),
        *("", "", "", "", ""),
        *("", "112", "", "Mars/Base", "", ""),
        *("", "", "", "Europe/London", "", ""),
        *("Bo", "bo@example.org", "boss"),
        *("Bo", "bo@example.org", "editor", "None", "", ""),
        *("Zinc", "", "", "", ""),
        *("y", "y"),
        *("?", "SIGN-1", "advice", "", "Why."),
        *("BAL-2", "advice", "", "Why.", ""),
    )
    lines = [line for line in said.splitlines() if line.strip(" -")]
    assert len(lines) > 40
    assert [line for line in lines if "«" not in line] == []
    asked = capsys.readouterr().out
    assert len(asked.split(": ")) > 30
    while "«" in asked:
        asked = re.sub("«[^«»]*»", "", asked)
    assert re.sub(r"( \[[^]]*\])?: ", "", asked) == "", "what is left was not translated"


@pytest.mark.parametrize(
    "options",
    [
        ("--user=nobody", "--disclaimer"),
        ("--disclaimer",),
        ("--logo=/nowhere.png", *ADA),
        ("--topic", "Zinc"),
        ("--person", "Bo"),
        ("--level=NONE-9=advice", "--why=x"),
        ("--level=BAL-2=error", "--why=x"),
        ("--level=BAL-2=advice@nowhere", "--why=x"),
    ],
)
def test_every_refusal_can_be_translated(db, marked, options):
    with pytest.raises(CommandError, match="«"):
        run(*options)


def test_every_option_can_be_translated(marked):
    help_text = setup_site.Command().create_parser("manage.py", "setup_site").format_help()
    help_text = " ".join(help_text.split())
    for line in (
        "Set a site up",
        "what the site is called",
        "list the checks",
        "draft the default",
    ):
        assert f"«{line}" in help_text
