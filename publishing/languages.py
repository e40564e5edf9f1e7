"""The site's languages: pages in the first stand at plain addresses, those in others below theirs.

The register lists the languages; which one a page is in follows from its address. What is
rendered takes its words, dates and numbers from Django's active language: whoever renders
activates the one in which the page is written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils import translation
from django.utils.translation import get_language_info

from publishing.models import Edition, EditionQuerySet, Entry, Site


def every() -> tuple[str, ...]:
    """Return the codes of the site's languages, the default first."""
    held = Site.current().languages
    codes = [code for code in held if isinstance(code, str)] if isinstance(held, list) else []
    return tuple(dict.fromkeys(codes)) or (settings.LANGUAGE_CODE,)


def default() -> str:
    """Return the language whose pages have no prefix."""
    return every()[0]


def current() -> str:
    """Return the site's language that is active; the default where none of them is."""
    active = (translation.get_language() or "").lower()
    return next((code for code in every() if code.lower() == active), default())


def of_tag(tag: str) -> str | None:
    """Return the site's language that a tag such as “es-MX” or “en_US” names; None for none."""
    wanted = tag.strip().replace("_", "-").lower()
    held = {code.lower(): code for code in every()}
    return held.get(wanted) or held.get(wanted.partition("-")[0])


def is_default(language: str) -> bool:
    """Say whether texts in a language stand at plain addresses.

    Those in a language that is no longer in the register do, too: they must stand somewhere.
    """
    return language.lower() not in {code.lower() for code in every()[1:]}


def prefix(language: str | None = None) -> str:
    """Return what stands before each path in a language: “/es”; "" for the default."""
    language = language or current()
    return "" if is_default(language) else f"/{language.lower()}"


def below(path: str, language: str | None = None) -> str:
    """Return the path of what stands at a plain path, in a language or the active one."""
    return f"{prefix(language)}{path}"


def of_path(path: str) -> str:
    """Return the language of whatever stands at a path."""
    first = path[1:].partition("/")[0].lower()
    others = every()[1:]
    return next((code for code in others if code.lower() == first), default())


def plain(path: str) -> str:
    """Return a path without its language's prefix."""
    return path.removeprefix(prefix(of_path(path)))


def own_name(code: str) -> str:
    """Return what speakers of a language call it: “español”; its code where that is not known."""
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code


def translated_name(code: str) -> str:
    """Return a language in the words of the active one: “inglés”; its code where not known."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


@contextmanager
def active(language: str) -> Iterator[None]:
    """Render in a language while this lasts."""
    with translation.override(language):
        yield


@contextmanager
def in_default() -> Iterator[None]:
    """Write what is mailed, or kept for everybody, while this lasts: whoever acts."""
    with active(default()):
        yield


def live(at: datetime, language: str | None = None) -> EditionQuerySet:
    """Return what is live at an instant in a language, or in the active one."""
    return said_in(Edition.objects.live(at), language)


def said_in(editions: EditionQuerySet, language: str | None = None) -> EditionQuerySet:
    """Leave the editions in a language, or in the active one.

    The default's are all that are in none of the others.
    """
    language, others = language or current(), every()[1:]
    if not others:
        return editions
    if language in others:
        spoken = Entry.objects.filter(language=language)
        return editions.filter(entry__in=spoken.values("pk"))
    return editions.exclude(entry__in=Entry.objects.filter(language__in=others).values("pk"))


def counted(editions: EditionQuerySet, field: str) -> dict[str, dict[Any, int]]:
    """Return how many editions there are in each language that has any, by what a field holds."""
    others = every()[1:]
    found: dict[str, dict[Any, int]] = {}
    rows = editions.values_list("entry__language", field).annotate(Count("pk")).order_by()
    for language, held, count in rows:
        here = found.setdefault(language if language in others else default(), {})
        here[held] = here.get(held, 0) + count
    return found


def same(language: str) -> bool:
    """Say whether a language is the active one."""
    return language.lower() == (translation.get_language() or "").lower()
