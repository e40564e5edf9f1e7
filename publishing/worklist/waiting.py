"""What waits for a person: to sign, sent back, to mend, to publish, and cases to close."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import assessment, cases, four_eyes, state, zone
from publishing.checks import engine
from publishing.checks.problems import Gate, Level, Problem
from publishing.models import (
    Authorship,
    Case,
    Decline,
    Edition,
    Entry,
    ReviewRequest,
    Revision,
    SignOff,
)
from publishing.permissions import person_name
from publishing.worklist.items import Block, Item, counted, quoted, soonest_first
from publishing.worklist.viewer import Viewer

CHECKED = 3
"""Drafts whose checks are run for one page: a long article's take 10 ms and a dozen queries."""


def to_sign(viewer: Viewer) -> Block:
    """Return the open requests to the person, or a group of theirs, that they can answer.

    Left out: what they declined, and what four eyes keep from them (publishing.four_eyes).
    """
    block = Block("to-sign", gettext_lazy("To sign"))
    mine = Q(reviewer=viewer.user) | Q(group__in=viewer.user.groups.all())
    open_now = ReviewRequest.objects.filter(mine, closed_at=None, entry__kind__in=viewer.signs)
    declined = Decline.objects.filter(request=OuterRef("pk"), by=viewer.user)
    author = Authorship.objects.filter(entry=OuterRef("entry"), contributor__user=viewer.user.pk)
    rows = open_now.exclude(Exists(declined)).exclude(Exists(author))
    newest = OuterRef("entry"), OuterRef("entry__head__number")
    rows = rows.exclude(four_eyes.wrote_part(viewer.user, *newest, viewer.at))
    rows = rows.select_related("by", "entry")
    rows = rows.order_by(soonest_first("due"), "at", "pk")
    found, block.more = counted(rows, viewer.limit(block.name))
    for request in found:
        words = {"name": person_name(request.by), "day": zone.day_and_month(request.at)}
        asked = _("%(name)s asked on %(day)s.") % words
        block.items.append(
            Item(
                url=viewer.url(request.entry),
                title="",
                why=f"{asked} {quoted(request.note)}".strip(),
                since=request.at,
                due=request.due,
                late=viewer.days_late(request.due),
                step=viewer.step(request.entry, "sign", _("Read and sign")),
                entry=request.entry,
            )
        )
    return block


def sent_back(viewer: Viewer) -> Block:
    """Return the texts of the person's that a reviewer wants changed, until review is asked again.

    Saving a change is not the end of it: nobody reads what nobody is asked to read.
    """
    block = Block("sent-back", gettext_lazy("Sent back to you"))
    # Renewing the live text meanwhile decides nothing about the newer one that was sent back.
    later = SignOff.objects.filter(
        revision__entry=OuterRef("revision__entry"),
        revision__number__gte=OuterRef("revision__number"),
        pk__gt=OuterRef("pk"),
    )
    asked_again = ReviewRequest.objects.filter(
        Q(closed_at=None) | Q(at__gt=OuterRef("at")), entry=OuterRef("revision__entry")
    )
    mine = Q(revision__by=viewer.user.pk) | Q(revision__entry__head__by=viewer.user.pk)
    rows = SignOff.objects.filter(mine, decision=SignOff.Decisions.CHANGES)
    rows = rows.exclude(Exists(later)).exclude(Exists(asked_again))
    rows = rows.select_related("revision__entry").order_by("at", "pk")
    found, block.more = counted(rows, viewer.limit(block.name))
    block.items = [_sent_back(viewer, decision) for decision in found]
    return block


def _sent_back(viewer: Viewer, decision: SignOff) -> Item:
    entry = decision.revision.entry
    words = {"name": decision.name, "day": zone.day_and_month(decision.at)}
    asked = _("%(name)s asked for changes on %(day)s.") % words
    why, step = f"{asked} {quoted(decision.note)}".strip(), None
    if entry.head_id != decision.revision_id:
        changed = _("It was changed since, and nobody is asked to read it again.")
        why = f"{why} {changed}"
        step = viewer.step(entry, "request_review", _("Request review"))
    return Item(viewer.url(entry), "", why, since=decision.at, step=step, entry=entry)


def with_problems(viewer: Viewer) -> Block:
    """Return the newest drafts that the person last wrote and whose checks stop publishing.

    Only the newest few are checked; ``note`` says how many drafts were not.
    """
    block = Block(
        "with-problems",
        gettext_lazy("Your drafts with problems"),
    )
    found, unchecked = counted(_drafts(viewer), CHECKED)
    for entry in found:
        entry.head.entry = entry
        if entry.head.payload.text is None:
            continue
        context = assessment.context_for(entry.head, viewer.at)
        stops = [p for p in engine.stopping(engine.run(context), Gate.PUBLISH) if not p.step]
        if stops:
            title = context.document.display_title or entry.slug
            item = Item(viewer.url(entry), title, _stopped(stops), since=entry.head.at, entry=entry)
            block.items.append(item)
    if unchecked:
        block.note = ngettext(
            "%(count)d older draft of yours was not checked here.",
            "%(count)d older drafts of yours were not checked here.",
            unchecked,
        ) % {"count": unchecked}
    return block


def _drafts(viewer: Viewer) -> QuerySet:
    """Return the entries whose newest text is the person's, undecided, and with nobody."""
    used = Edition.objects.held().filter(revision=OuterRef("head"))
    decided = SignOff.objects.filter(revision=OuterRef("head"))
    asked = ReviewRequest.objects.filter(entry=OuterRef("pk"), closed_at=None)
    rows = Entry.objects.filter(head__by=viewer.user.pk, kind__in=viewer.writes)
    rows = rows.exclude(Exists(used)).exclude(Exists(decided)).exclude(Exists(asked))
    return rows.select_related("head__payload").order_by("-head__at", "-pk")


def _stopped(stops: list[Problem]) -> str:
    to_mend = sum(problem.level is Level.ERROR for problem in stops)
    to_answer = len(stops) - to_mend
    parts = []
    if to_mend:
        said = ngettext("%(count)d thing to mend.", "%(count)d things to mend.", to_mend)
        parts.append(said % {"count": to_mend})
    if to_answer:
        said = ngettext(
            "%(count)d warning to mend or to give a reason for.",
            "%(count)d warnings to mend or to give a reason for.",
            to_answer,
        )
        parts.append(said % {"count": to_answer})
    return " ".join(parts)


def ready(viewer: Viewer) -> Block:
    """Return the signed texts that are neither live nor scheduled, nor were withdrawn since."""
    block = Block(
        "ready",
        gettext_lazy("Signed and ready to publish"),
    )
    ahead = Q(live_until=None) | Q(live_until__gt=viewer.at)
    shown = Edition.objects.held().filter(ahead, revision=OuterRef("head"))
    rows = Entry.objects.filter(kind__in=viewer.publishes).exclude(head=None)
    rows = state.with_state(rows.exclude(Exists(shown)), viewer.at)
    rows = rows.filter(last_decision=SignOff.Decisions.APPROVED, asked=False)
    signed = rows.order_by("decided_at", "pk")
    found = [entry for entry in signed if state.listed_state(entry) not in state.ENDED]
    limit = viewer.limit(block.name)
    block.more = max(0, len(found) - limit)
    for entry in found[:limit]:
        why = _("Signed on %(day)s.") % {"day": zone.day_and_month(entry.decided_at)}
        step = viewer.step(entry, "publish", _("Publish or schedule"))
        item = Item(viewer.url(entry), "", why, since=entry.decided_at, step=step, entry=entry)
        block.items.append(item)
    return block


def open_cases(viewer: Viewer) -> Block:
    """Return the open cases of entries that the person wrote; all, for who publishes."""
    block = Block("cases", gettext_lazy("Open cases"))
    rows = cases.standing(viewer.at).select_related("entry")
    written = Exists(Revision.objects.filter(entry=OuterRef("entry"), by=viewer.user.pk))
    if not viewer.user.is_superuser:
        rows = rows.filter(written | Q(entry__kind__in=viewer.publishes))
    found, block.more = counted(rows.order_by("at", "pk"), viewer.limit(block.name))
    for case in found:
        why = case.text
        if case.why == Case.Whys.NOTICE:
            why = _("%(why)s: “%(text)s”") % {"why": case.get_why_display(), "text": case.text}
        url = viewer.url(case.entry)
        url = f"{url}#case-{case.pk}" if url else ""
        block.items.append(Item(url, "", why, since=case.at, entry=case.entry))
    return block
