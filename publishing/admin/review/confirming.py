"""The password once more, and for how long it holds.

The session keeps when it was right and for which list, never the password itself.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from publishing import clock, zone
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


def ease(request: HttpRequest, form: ActionForm, revisions: Iterable[int | str]) -> None:
    """Ask for no password that was typed for this very list a few minutes ago."""
    until = confirmed_until(request, revisions)
    field = form.fields["password"]
    field.required = until is None
    said = _("You typed it for this list. Until %(time)s you need not type it again.")
    # Of a form that was cleaned already, the page shows the bound field's own copy.
    form["password"].help_text = said % {"time": zone.hour(until)} if until else ""


def forget(request: HttpRequest) -> None:
    """Ask for the password again the next time: what it was typed for is done."""
    request.session.pop(_KEY, None)


def _digest(request: HttpRequest, revisions: Iterable[int | str]) -> str:
    listed = ",".join(sorted({str(pk) for pk in revisions}))
    return hashlib.sha256(f"{request.user.pk}:{request.path}:{listed}".encode()).hexdigest()
