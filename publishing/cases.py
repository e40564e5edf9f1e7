"""Cases: tasks that a change elsewhere opens for the people who look after a page.

A case carries the instant from which it holds. One about an embed stands for as long as readers
see something else inside the page than its signature saw: another text, or that the embed was
withdrawn. One about a withdrawn original stands while its translation is live as it was signed
before, and the original is not. One about a source stands while the page is live, cites it, and
was last signed before its retraction was known. That is derived, so that publishing, scheduling
and cancelling need not keep it in step.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from publishing import claims, documents, kinds, languages
from publishing.models import (
    Case,
    Edition,
    EditionQuerySet,
    EditionTie,
    Entry,
    Revision,
    SignOff,
)

ANSWERED_BY_SIGNING = (
    Case.Whys.EMBED_CHANGED,
    Case.Whys.EMBED_WITHDRAWN,
    Case.Whys.ORIGINAL_WITHDRAWN,
    Case.Whys.SOURCE_RETRACTED,
)
"""The sorts that end when a page begins whose signature saw what the case is about."""


def standing(at: datetime) -> QuerySet[Case]:
    """Return the open cases that hold at an instant."""
    return _open_at(at).exclude(_answered(at))


def _open_at(at: datetime) -> QuerySet[Case]:
    return Case.objects.filter(closed_at=None, at__lte=at)


def _answered(at: datetime) -> Q:
    """Return the condition that the page's signature saw what the case is about, or it is gone."""
    live = Edition.objects.live(at)
    page = live.filter(entry=OuterRef("entry"))
    embed_is_live = Q(Exists(live.filter(entry=OuterRef("about"))))
    digest = live.filter(entry=OuterRef(OuterRef("about"))).values("revision__digest")[:1]
    # A digest in the text of a sign-off's embeds stands for nothing else.
    saw_it = Q(Exists(page.filter(sign_off__embeds__contains=Subquery(digest))))
    signed_since = Q(Exists(page.filter(sign_off__at__gt=OuterRef("at"))))
    cites = Q(Exists(page.filter(ties__tie=OuterRef("tie"))))
    changed = Q(why=Case.Whys.EMBED_CHANGED) & (saw_it | ~embed_is_live)
    withdrawn = Q(why=Case.Whys.EMBED_WITHDRAWN) & (signed_since | embed_is_live)
    withdrawn |= Q(why=Case.Whys.ORIGINAL_WITHDRAWN) & (
        signed_since | embed_is_live | ~Q(Exists(page))
    )
    return changed | withdrawn | Q(why=Case.Whys.SOURCE_RETRACTED) & (signed_since | ~cites)


def open_case(entry: Entry, why: str, *, about: Entry, text: str, by, at: datetime) -> None:
    """Open a case unless one for the same reason and about the same thing is open."""
    _open([entry.pk], why, about=about.pk, text=text, by=by, at=at)


def open_for_pages_showing(embed: Entry, why: str, *, title: str, by, at: datetime) -> None:
    """Open a case on every page that shows an embed at an instant or later; it holds from then."""
    _open_tied(EditionTie.EMBED, embed, why, title=title, by=by, at=at)


def open_for_translations(original: Entry, *, title: str, by, at: datetime) -> None:
    """Open a case on every translation of a withdrawn original, live at an instant or later."""
    why = Case.Whys.ORIGINAL_WITHDRAWN
    _open_tied(EditionTie.TRANSLATION, original, why, title=title, by=by, at=at)


def _open_tied(tie: str, about: Entry, why: str, *, title: str, by, at: datetime) -> None:
    pages = Edition.objects.held().ending_after(at).tied(tie, about.uid)
    found = pages.exclude(entry=about.pk).values_list("entry_id", flat=True)
    _open(sorted(set(found)), why, about=about.pk, text=_text(why, title), by=by, at=at)


def citing(source: UUID, at: datetime) -> Q:
    """Return the condition on an entry that a text of it which cites a source is, or may be, read.

    One that is live at an instant or later; and the newest, which may be signed and published.
    """
    newest = Q(head__payload__text__contains=str(source))
    return Q(pk__in=public_citing(source, at).values("entry")) | newest


def open_for_pages_citing(source: UUID, *, text: str, by, at: datetime) -> None:
    """Open a case on every entry with a text, public or signed, that rests on a retracted source.

    Where one is open, it says from now on what is known now.
    """
    public = public_citing(source, at).values("revision")
    texts = Q(pk__in=public) | Q(pk__in=_signed(source).values("pk"))
    read = Revision.objects.filter(texts, payload__text__isnull=False)
    says_so = claims.library().says_retracted
    columns = ("entry", "entry__kind", "payload__text")
    entries = {
        entry
        for entry, kind, payload in read.values_list(*columns).iterator()
        if not says_so(*documents.load_payload(kinds.get(kind).document, payload), str(source))
    }
    why, tie = Case.Whys.SOURCE_RETRACTED, _tie(source)
    standing(at).filter(entry__in=entries, why=why, tie=tie).update(text=text)
    _open(sorted(entries), why, tie=tie, text=text, by=by, at=at)


def public_citing(source: UUID, at: datetime) -> EditionQuerySet:
    """Return the editions, live at an instant or later, that cite a source."""
    return Edition.objects.held().ending_after(at).tied(EditionTie.REFERENCE, source)


def _tie(source: UUID) -> str:
    return f"{EditionTie.REFERENCE}:{source}"


def _signed(source: UUID) -> QuerySet[Revision]:
    """Return the newest texts of entries that are signed and cite a source."""
    approved = SignOff.objects.filter(revision=OuterRef("pk"), decision=SignOff.Decisions.APPROVED)
    return Revision.objects.filter(
        Exists(approved), pk=F("entry__head"), payload__text__contains=str(source)
    )


def close_about(source: UUID, *, by, at: datetime) -> int:
    """Close every open case about a source; return how many there were."""
    return Case.objects.filter(tie=_tie(source), closed_at=None).update(closed_at=at, closed_by=by)


def close(entry: Entry, whys: Iterable[str], *, by, at: datetime) -> None:
    """Close an entry's cases of some sorts at an instant, but those that no signature answered.

    Nor those of a source that the page may cite yet on a signature from before: see _may_begin.
    """
    rows = _open_at(at).filter(entry=entry.pk, why__in=list(whys))
    if not rows.exists():  # as almost always; what follows is long to say and to read
        return
    unread = standing(at).filter(why__in=ANSWERED_BY_SIGNING)
    found = list(rows.exclude(pk__in=unread.values("pk")).exclude(_may_begin(at)))
    Case.objects.filter(pk__in=[case.pk for case in found]).update(closed_at=at, closed_by=by)
    for case in found:
        _open_next(case, at)


def _may_begin(at: datetime) -> Q:
    """Return the condition that a text signed before a case about a source is to be public yet."""
    scheduled = Edition.objects.scheduled(at).filter(
        entry=OuterRef("entry"), ties__tie=OuterRef("tie"), sign_off__at__lte=OuterRef("at")
    )
    again = SignOff.objects.filter(revision=OuterRef("revision"), pk__gt=OuterRef("pk"))
    newest = SignOff.objects.filter(
        ~Exists(again),
        revision=F("revision__entry__head"),
        revision__entry=OuterRef("entry"),
        decision=SignOff.Decisions.APPROVED,
        at__lte=OuterRef("at"),
    )
    return Q(why=Case.Whys.SOURCE_RETRACTED) & (Exists(scheduled) | Exists(newest))


def close_one(case: Case, *, by, at: datetime) -> bool:
    """Close one case; return whether it was open still and held at the instant."""
    closed = Case.objects.filter(pk__in=standing(at).filter(pk=case.pk).values("pk"))
    if not closed.update(closed_at=at, closed_by=by):
        return False
    _open_next(case, at)
    return True


def _open_next(case: Case, at: datetime) -> None:
    """Open the case that a scheduled edition of the same embed will be, where the page shows it."""
    if case.why != Case.Whys.EMBED_CHANGED:
        return
    editions = Edition.objects.filter(entry=case.about_id).select_related("revision", "entry")
    live = editions.live(at).first()
    for coming in editions.scheduled(at).order_by("live_from"):
        if live is None or coming.revision.digest != live.revision.digest:
            break
    else:
        return
    pages = Edition.objects.filter(entry=case.entry_id).held().ending_after(coming.live_from)
    if pages.tied(EditionTie.EMBED, coming.entry.uid).exists():
        text = _text(case.why, coming.title)
        about = {"about": case.about_id, "text": text, "by": coming.by, "at": coming.live_from}
        _open([case.entry_id], case.why, **about)


def _open(
    entries: list[int], why: str, *, about: int | None = None, tie: str = "", text: str, by, at
) -> None:
    # At most one is open at a time. One that holds later only, or is answered by then, gives
    # way; when this one is closed, the later one is opened anew.
    there = Case.objects.filter(entry__in=entries, why=why, tie=tie, closed_at=None)
    there = there.filter(about=F("entry") if about is None else about)
    there.exclude(pk__in=standing(at).values("pk")).update(at=at, text=text, by=by)
    Case.objects.bulk_create(
        (
            Case(entry_id=pk, why=why, about_id=about or pk, tie=tie, text=text, by=by, at=at)
            for pk in entries
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def _text(why: str, title: str) -> str:
    with languages.in_default():
        return {
            Case.Whys.EMBED_CHANGED: _("“%(title)s”, which this page shows, has changed."),
            Case.Whys.EMBED_WITHDRAWN: _("“%(title)s”, which this page shows, was withdrawn."),
            Case.Whys.ORIGINAL_WITHDRAWN: _(
                "“%(title)s”, from which this page was translated, was withdrawn. Check if this "
                "page says the same, and withdraw it or have it signed again."
            ),
        }[why] % {"title": title}
