"""Why a verb did not happen, in words for the person who asked for it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """A verb was refused; nothing changed.

    ``str()`` says what did not happen, why, and what to do. ``problems`` holds the checks'
    problems that stood in the way, if that was the reason; ``points`` what the message counts up.
    """

    def __init__(
        self, message: str, *, problems: Sequence[Any] = (), points: Sequence[str] = ()
    ) -> None:
        self.message = message
        self.points = tuple(map(str, points))
        super().__init__(" ".join(map(str, [message, *points])))
        self.problems = tuple(problems)


class Stale(Refused):
    """Somebody saved a newer revision since this one was opened."""

    def __init__(self, message: str, *, base: int, head: Any) -> None:
        super().__init__(message)
        self.base = base
        self.head = head


class NotAllowed(Refused, PermissionDenied):
    """The person has not the right to do this.

    Where no page of the desk catches it, the answer is a 403 that says who may.
    """
