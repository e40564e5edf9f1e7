"""The Spanish catalogue: complete, fit to be filled in, and of the texts as they are now."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/es/LC_MESSAGES/django.po")
_PLACE = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}")
_TAG = re.compile(r"<[^>]*>")
_FOLDERS = ("articles", "faq", "healthcms", "publishing", "references", "supplements", "templates")
_KINDS = "html,txt,py,atom"
_SOURCES = [f"*.{kind}" for kind in _KINDS.split(",")]


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(ROOT / CATALOGUE))


def _translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_is_translated_and_none_is_guessed(catalogue):
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []
    assert not catalogue.metadata_is_fuzzy
    assert len(catalogue) > 2000


def test_translations_keep_what_is_filled_in_and_marked_up(catalogue):
    broken = []
    for entry in catalogue:
        sources = [entry.msgid, entry.msgid_plural or entry.msgid]
        for said in _translations(entry):
            for parts in (_PLACE, _TAG):
                found = sorted(parts.findall(said))
                if found not in [sorted(parts.findall(source)) for source in sources]:
                    broken.append((entry.msgid, said))
            if any(said[end] == "\n" != source[end] for source in sources for end in (0, -1)):
                broken.append((entry.msgid, said))
    assert broken == []


def test_no_translation_says_what_the_house_never_says(catalogue):
    never = re.compile(r"[¡!]|\binválid|\bpor favor\b|\bups\b", re.IGNORECASE)
    said = [text for entry in catalogue for text in _translations(entry) if never.search(text)]
    # An exclamation mark in a password's or address's example is none of ours.
    assert said == []


def test_the_compiled_catalogue_says_what_the_written_one_says(catalogue):
    compiled = polib.mofile(str(ROOT / CATALOGUE.with_suffix(".mo")))

    def said(entries):
        return {(e.msgctxt, e.msgid): _translations(e) for e in entries}

    assert said(compiled) == said(catalogue)


def test_words_are_marked_by_names_that_makemessages_knows():
    """What is marked by another name is in no catalogue, and nothing says so."""
    other = re.compile(r"\b(?:n|p|np)?gettext(?:_lazy)? as (?!_\b)\w+")
    sources = (source for folder in _FOLDERS for source in (ROOT / folder).rglob("*.py"))
    assert [str(source) for source in sources if other.search(source.read_text())] == []


def test_no_words_are_marked_where_makemessages_does_not_look():
    """GNU gettext passes over what stands inside an f-string."""
    marks = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
    sources = (source for folder in _FOLDERS for source in (ROOT / folder).rglob("*.py"))
    hidden = [
        (source.name, call.lineno)
        for source in sources
        for string in ast.walk(ast.parse(source.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in marks
    ]
    assert hidden == []


def test_every_sort_of_template_is_read():
    kinds = {path.suffix[1:] for path in (ROOT / "templates").rglob("*") if path.is_file()}
    marked = [
        path.name
        for path in (ROOT / "templates").rglob("*.*")
        if path.suffix[1:] in kinds - set(_KINDS.split(",")) and "{% load i18n" in path.read_text()
    ]
    assert marked == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_the_catalogue_is_of_the_texts_as_they_are_now(catalogue, tmp_path):
    for folder in _FOLDERS:
        for source in (s for pattern in _SOURCES for s in (ROOT / folder).rglob(pattern)):
            path = tmp_path / source.relative_to(ROOT)
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, path)
    shutil.copy(ROOT / "manage.py", tmp_path)
    made = tmp_path / CATALOGUE
    made.parent.mkdir(parents=True)
    command = ("makemessages", "-l", "es", "--no-location", "--no-obsolete", "-e", _KINDS)
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=tmp_path,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "healthcms.settings", "DEBUG": "true"},
        check=True,
        capture_output=True,
    )

    def texts(entries):
        return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries}

    assert texts(polib.pofile(str(made))) ^ texts(catalogue) == set()
