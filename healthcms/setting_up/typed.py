"""Reading what was typed: roles, people, topics, levels of checks, a picture's path."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.models import Topic

ROLE_NAMES = {
    "editor": kinds.EDITORS,
    "medical-reviewer": kinds.MEDICAL_REVIEWERS,
    "disclaimer-reviewer": kinds.DISCLAIMER_REVIEWERS,
    "publisher": kinds.PUBLISHERS,
}
OWN = "own"
"""What gives a check its own level back."""


class NotSetUp(Exception):
    """An answer can't be taken; what came before it is kept. ``str()`` says why."""


class TypedLevel(NamedTuple):
    """A check and the level that it should have, "" for its own; on one topic's pages, or all."""

    check: str
    level: str
    topic: Topic | None


def roles(text: str) -> list[str]:
    """Return the groups of “editor, publisher”. Raises NotSetUp for a role that is none."""
    chosen = [role.strip() for role in text.split(",") if role.strip()]
    unknown = [role for role in chosen if role not in ROLE_NAMES]
    if unknown:
        raise NotSetUp(
            _("There is no role “%(role)s”. Roles: %(known)s.")
            % {"role": unknown[0], "known": ", ".join(ROLE_NAMES)}
        )
    return [ROLE_NAMES[role] for role in chosen]


def person(words: Sequence[str]) -> dict[str, Any]:
    """Return what NAME EMAIL ROLES [CREDENTIAL [NUMBER]] say. Raises NotSetUp."""
    if not 3 <= len(words) <= 5:
        raise NotSetUp(_("A person is NAME EMAIL ROLES [CREDENTIAL [NUMBER]], each in quotes."))
    name, email, typed, *rest = words
    credential, number = [*rest, "", ""][:2]
    return {
        "name": name,
        "email": email,
        "roles": roles(typed),
        "credential": credential,
        "number": number,
    }


def topic(words: Sequence[str]) -> dict[str, Any]:
    """Return what NAME MONTHS [GRADE [SPECIALTIES]] say. Raises NotSetUp."""
    if not 2 <= len(words) <= 4:
        raise NotSetUp(_("A topic is NAME MONTHS [GRADE [SPECIALTIES]], each in quotes."))
    name, months, *rest = words
    grade, specialties = [*rest, *["8", ""][len(rest) :]]
    return {"name": name, "months": months, "grade": grade, "specialties": specialties}


def level(text: str) -> TypedLevel:
    """Return what “BAL-2=advice” or “BAL-2=advice@zinc” says. Raises NotSetUp."""
    check, _sign, rest = text.partition("=")
    chosen, _at, slug = rest.partition("@")
    return TypedLevel(check.strip(), chosen.strip(), topic_at(slug.strip()))


def topic_at(slug: str) -> Topic | None:
    """Return the topic at an address, None for no address. Raises NotSetUp where there is none."""
    found = Topic.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        raise NotSetUp(_("There is no topic at the address “%(slug)s”.") % {"slug": slug})
    return found


def picture(path: str) -> SimpleUploadedFile:
    """Return a file as a form takes it. Raises NotSetUp where it can't be read."""
    try:
        return SimpleUploadedFile(Path(path).name, Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise NotSetUp(_("The logo can't be read: %(why)s.") % {"why": error}) from error


def valid(form: forms.BaseForm):
    """Return a form that can be saved. Raises NotSetUp naming each field and what is wrong."""
    if form.is_valid():
        return form
    said = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        said += [f"{label}: {message}" if label else str(message) for message in errors]
    raise NotSetUp(" ".join(said))
