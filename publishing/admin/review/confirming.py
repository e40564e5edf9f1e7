"""The password once more, and for how long it holds.

The session keeps when it was right and for which list, never the password itself.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpRequest

from publishing import clock
from publishing.admin.actions.page import ActionForm, check_password

HOLDS = timedelta(minutes=5)
_KEY = "signing"


def confirmed_until(request: HttpRequest, revisions: Iterable[int | str]) -> datetime | None:
    """Return until when the password, typed for this very list, need not be typed again."""
    kept = request.session.get(_KEY)
    if not kept or kept["list"] != _digest(request, revisions):
        return None
    until = datetime.fromisoformat(kept["at"]) + HOLDS
    return until if clock.now() < until else None


def confirm(request: HttpRequest, form: ActionForm, revisions: Iterable[int | str]) -> None:
    """Check what was typed, or take what was typed for the same list. Raises Refused."""
    revisions = list(revisions)
    if not form.cleaned_data["password"] and confirmed_until(request, revisions):
        return
    check_password(request, form)
    request.session[_KEY] = {
        "at": clock.now().isoformat(),
        "list": _digest(request, revisions),
    }


def forget(request: HttpRequest) -> None:
    """Ask for the password again the next time: what it was typed for is done."""
    request.session.pop(_KEY, None)


def _digest(request: HttpRequest, revisions: Iterable[int | str]) -> str:
    listed = ",".join(sorted({str(pk) for pk in revisions}))
    return hashlib.sha256(f"{request.user.pk}:{request.path}:{listed}".encode()).hexdigest()
