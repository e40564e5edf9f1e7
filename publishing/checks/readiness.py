"""SIGN-1, DATE-1, BAL-2, DISC-1, GUESS-1, EMB-1, CHG-1: whether a page is ready to go live."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from publishing import disclaimers, documents, kinds, withdrawals, zone
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import gettext as _
from publishing.checks.messages import later
from publishing.checks.problems import Finding, Gate, Group, Level, Place
from publishing.permissions import person_name

_UNSIGNED = {
    kinds.MEDICAL_REVIEWERS: gettext_lazy("A medical reviewer has not signed this version."),
    kinds.DISCLAIMER_REVIEWERS: gettext_lazy("A disclaimer reviewer has not signed this version."),
    kinds.PUBLISHERS: gettext_lazy("A publisher has not signed this version."),
}


@check("SIGN-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.BEFORE_PUBLISHING)
def is_signed(context: Context) -> Iterator[Finding]:
    """The kind's role has approved this very revision; that role's last decision counts."""
    sign_off = context.sign_off
    if sign_off is not None and sign_off.decision == "approved":
        yield from _withdrawn_as_wrong(context)
        return
    yield Finding(
        _UNSIGNED[context.kind.role],
        _("Request review."),
        step=True,
    )


def _withdrawn_as_wrong(context: Context) -> Iterator[Finding]:
    last = context.last_edition
    withdrawal = withdrawals.withdrawal_of(last, context.now) if last else None
    if withdrawal is not None and withdrawals.voids(withdrawal, last, context.sign_off):
        yield Finding(
            _("%(name)s withdrew this version as wrong on %(day)s, and nobody has signed it since.")
            % {"name": person_name(withdrawal.by), "day": later(zone.day, withdrawal.at)},
            _("Change the text, or request review."),
            step=True,
        )


@check("DATE-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.SET_UP)
def topics_have_intervals(context: Context) -> Iterator[Finding]:
    """Every topic has a review interval; an article needs a topic (JAMA, DISCERN 5)."""
    if "needs_topic" in context.kind.flags and not context.topics:
        yield Finding(
            _("No topic is chosen."),
            _("Choose at least one: it decides how often the page is reviewed."),
            Place("topics"),
        )
    for topic in context.topics:
        if not topic.review_interval_months:
            yield Finding(
                _("The topic “%(topic)s” has no review interval.") % {"topic": topic.name},
                _("Set it under Topics."),
                Place("topics"),
            )


@check("DATE-1", Level.ERROR, gates=(Gate.NIGHT,), group=Group.SET_UP)
def page_is_in_date(context: Context) -> Iterator[Finding]:
    """A live page is not past its review date (NHS: reviewed at a set interval)."""
    live = context.last_edition
    if live is None or not live.live_at(context.now) or live.revision.payload.text is None:
        return
    due = context.review_due
    if zone.date_of(context.now) > due:
        yield Finding(
            _("The live page was due for review on %(day)s.") % {"day": later(zone.day, due)},
            _("Review it, and renew it if nothing needs changing."),
            step=True,
        )


@check("BAL-2", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING)
def get_help_is_filled(context: Context) -> Iterator[Finding]:
    """The get-help field is filled (HON 2, DISCERN 15)."""
    rows = getattr(context.document, "get_help", None)
    if rows is None:
        return
    if not rows:
        yield Finding(
            _("Nothing says when to get help."),
            _("Add whom to contact, and for which signs."),
            Place("get_help"),
        )
    for row, text in enumerate(rows, 1):
        if not (text.contact and text.signs):
            yield Finding(
                _("“When to get help” number %(row)d is not complete.") % {"row": row},
                _("Say whom to contact and for which signs."),
                Place(f"get_help.{row}"),
            )


@check(
    "DISC-1",
    Level.ERROR,
    gates=(Gate.PUBLISH,),
    group=Group.SET_UP,
    applies=lambda context: context.kind.shows_disclaimer,
)
def disclaimer_is_live(context: Context) -> Iterator[Finding]:
    """A disclaimer is live for this page's scope (HON 2)."""
    if context.disclaimer is None and not _disclaimer_along(context):
        yield Finding(
            _("No disclaimer is live for this page."),
            _("Publish the site's disclaimer first, under Disclaimers."),
        )


def _disclaimer_along(context: Context) -> bool:
    document = context.document
    about = context.kind.name, context.entry.uid, getattr(document, "topics", ())
    texts = (r.payload.text for r in context.along.values() if r.entry.kind == "disclaimer")
    return any(
        documents.load_payload(disclaimers.DisclaimerDocument, text)[0].covers(
            *about, document.language
        )
        for text in texts
    )


@check("GUESS-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.BEFORE_PUBLISHING)
def guesses_are_confirmed(context: Context) -> Iterator[Finding]:
    """What an import guessed is confirmed."""
    for guess in context.document.guesses:
        yield Finding(
            guess.message,
            _("Check it against the file, mend it if need be, then tick “confirmed” beside it."),
            Place(guess.field, guess.heading),
        )


@check("EMB-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.BEFORE_PUBLISHING)
def embeds_are_live(context: Context) -> Iterator[Finding]:
    """Everything embedded is live, or is published along with it."""
    for uid in context.kind.embeds(context.document, context.sources):
        embed = context.embeds.get(uid)
        if embed is None:
            yield Finding(
                _("The page embeds something that is no longer in the library."),
                _("Remove it from the page."),
                Place("embeds"),
            )
        elif embed.shown_revision is None:
            title = embed.document.display_title if embed.document else embed.entry.slug
            kind = kinds.of(embed.entry).label
            yield Finding(
                _("%(kind)s “%(title)s” is shown on this page and is not live.")
                % {"kind": later(_capitalised, kind), "title": title or embed.entry.slug},
                _("Sign and publish it along with the page, or remove it."),
                Place("embeds", sentence=title),
                step=True,
            )


def _capitalised(words: object) -> str:
    return str(words).capitalize()


@check("CHG-1", Level.ERROR, gates=(Gate.SIGN, Gate.PUBLISH), group=Group.BEFORE_PUBLISHING)
def change_is_told(context: Context) -> Iterator[Finding]:
    """After the first edition: what changed, for readers, and not last time's words (ICMJE)."""
    last = context.last_edition
    if last is None or (context.revision and last.revision_id == context.revision.pk):
        return
    document = context.document
    if not (document.change_kind and document.change_note):
        yield Finding(
            _("Nothing tells readers what changed."),
            _("Choose the kind of change and write one sentence."),
            Place("change_note"),
            step=True,
        )
        return
    text = last.revision.payload.text
    if text is None:
        return
    before = documents.load_payload(context.kind.document, text)[0]
    if before.change_note == document.change_note:
        yield Finding(
            _("“What changed, for readers” still tells of the last edition."),
            _("Say what changed this time."),
            Place("change_note", sentence=document.change_note),
            step=True,
        )
