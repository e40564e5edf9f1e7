"""What checks say: words that are chosen when they are read, in the language then active.

A check runs once, and what it says is read in several languages: that of whoever sees it, the
one that a record is kept in, and the one to which the reason given for a warning is bound.
Checks import ``gettext`` and ``ngettext`` from here in place of Django's.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation


class Message:
    """Words, their values filled in as with a string; ``str()`` says them."""

    def __init__(self, say: Callable[[], str]) -> None:
        self._say = say

    def __str__(self) -> str:
        return self._say()

    def __mod__(self, values: Mapping[str, Any]) -> "Message":
        return Message(lambda: self._say() % values)


def gettext(text: str) -> Message:
    """Return words that are translated when they are said."""
    return Message(lambda: translation.gettext(text))


def ngettext(one: str, many: str, count: int) -> Message:
    """Return words for a number of things that are translated when they are said."""
    return Message(lambda: translation.ngettext(one, many, count))


def later(words: Callable[..., str], *values: Any) -> Message:
    """Return a value whose words depend on the language, such as a day, found when it is said."""
    return Message(lambda: words(*values))
