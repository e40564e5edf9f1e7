"""Links by which somebody without an account reads one version of a text, until they end."""

from datetime import datetime, timedelta

from django.core import signing
from django.utils.translation import gettext as _

from publishing import clock as clocks
from publishing import kinds, permissions
from publishing.models import Entry, Revision, ShareLink
from publishing.pages import Page
from publishing.preview import draft_page
from publishing.refusals import NotAllowed, Refused

DAYS = (1, 7, 30)
_SIGNER = signing.Signer(salt="publishing.share_links", sep=".")


class NoSuchLink(LookupError):
    """The address is no link of ours: it was changed, or cut off where it was copied."""


class LinkEnded(Exception):
    """The link was one of ours and opens nothing any more; ``why`` is a key of WHYS."""

    WHYS = ("expired", "revoked", "removed")

    def __init__(self, link: ShareLink, why: str) -> None:
        super().__init__(why)
        self.link = link
        self.why = why


def may_share(user, entry: Entry) -> bool:
    """Say whether a person may make and take back links: whoever writes, signs or publishes it."""
    kind = kinds.of(entry)
    return any(permissions.may(user, action, kind) for action in ("write", "sign", "publish"))


def share(revision: Revision, *, by, days: int, note: str = "", clock=clocks.now) -> ShareLink:
    """Make a link to one version that ends after a number of days from DAYS.

    Raises NotAllowed without a role in the text, and Refused where its text was removed.
    """
    _require(by, revision.entry)
    if days not in DAYS:
        raise Refused(_("No link was made. Choose how long it is to last from the list."))
    if revision.payload.text is None:
        raise Refused(_("No link was made. The text of this version was removed for good."))
    at = clock()
    return ShareLink.objects.create(
        revision=revision, by=by, at=at, until=at + timedelta(days=days), note=note
    )


def revoke(link: ShareLink, *, by, clock=clocks.now) -> ShareLink:
    """End a link at once. One that has ended stays as it is. Raises NotAllowed."""
    _require(by, link.revision.entry)
    if link.revoked_at is None:
        link.revoked_at = clock()
        link.save(update_fields=["revoked_at"])
    return link


def _require(user, entry: Entry) -> None:
    if not may_share(user, entry):
        raise NotAllowed(_("Not shared. Only people who write, sign or publish this can share it."))


def token(link: ShareLink) -> str:
    """Return what stands in the link's address: its uid, signed with the site's key."""
    return _SIGNER.sign(link.uid.hex)


def opened(address: str, at: datetime) -> ShareLink:
    """Return the link of an address. Raises NoSuchLink or LinkEnded."""
    try:
        uid = _SIGNER.unsign(address)
    except signing.BadSignature as error:
        raise NoSuchLink(address) from error
    links = ShareLink.objects.select_related("by", "revision__entry", "revision__payload")
    link = links.filter(uid=uid).first()
    if link is None:
        raise NoSuchLink(address)
    if link.revoked_at is not None:
        raise LinkEnded(link, "revoked")
    if not link.valid_at(at):
        raise LinkEnded(link, "expired")
    if link.revision.payload.text is None:
        raise LinkEnded(link, "removed")
    return link


def shared_page(link: ShareLink, at: datetime) -> Page:
    """Compose the version of a link, with its embeds as they stood when the link was made."""
    return draft_page(link.revision, at, as_of=link.at)
