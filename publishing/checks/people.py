"""AUTH-1 to AUTH-3 and COI-1: who wrote, who signs, with what right and which interests."""

from collections.abc import Iterator
from datetime import timedelta

from publishing import four_eyes, zone
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import gettext as _
from publishing.checks.problems import Finding, Gate, Group, Level, Place
from publishing.models import Revision
from publishing.permissions import person_name

DISCLOSURE_LASTS = timedelta(days=365)


def has_claims(context: Context) -> bool:
    """The kinds with authors: article, question, supplement, term."""
    return context.kind.has_claims


@check("AUTH-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.SET_UP, applies=has_claims)
def author_and_reviewer(context: Context) -> Iterator[Finding]:
    """An author by name and role (JAMA benchmarks, HON 1)."""
    named = {person.uid for person in context.authors}
    if not named:
        yield Finding(
            _("No author is named."),
            _("Add at least one author under “Authors”."),
            Place("authors"),
        )
    for author in getattr(context.document, "authors", ()):
        if author.contributor in named and not author.role:
            yield Finding(
                _("An author has no role."),
                _("Say what they did, for example “author”."),
                Place("authors"),
            )


@check("AUTH-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.SET_UP, applies=has_claims)
def signature_with_credential(context: Context) -> Iterator[Finding]:
    """A reviewer who signed, with a credential."""
    sign_off = context.sign_off
    if sign_off and sign_off.decision == "approved" and not sign_off.credential:
        yield Finding(
            _("%(name)s signed without a credential.") % {"name": sign_off.name},
            _("Add their credential under Contributors, then let them sign again."),
            Place("reviewer"),
        )


@check("AUTH-2", Level.ERROR, gates=(Gate.SIGN,), group=Group.BEFORE_PUBLISHING)
def signer_wrote_nothing(context: Context) -> Iterator[Finding]:
    """The signer wrote no part of the text since the revision whose edition last began."""
    if context.signer is None or context.revision is None:
        return
    own = four_eyes.revisions_written_by(context.signer, context.revision, context.now)
    if own:
        yield Finding(
            _("You wrote part of this text (%(where)s).") % {"where": _written(own[:3])},
            _("Ask another reviewer."),
        )
    person = context.signing_contributor
    authors = {author.contributor for author in getattr(context.document, "authors", ())}
    if not own and person is not None and person.uid in authors:
        yield Finding(_("You are named as an author of this text."), _("Ask another reviewer."))


def _written(own: list[Revision]) -> str:
    """Say when, and where in the text: “2 March, “Symptoms””."""
    places = four_eyes.places_written(own)
    return "; ".join(
        f"{zone.day_and_month(r.at)}, “{places[r.pk]}”"
        if places[r.pk]
        else zone.day_and_month(r.at)
        for r in own
    )


@check("AUTH-3", Level.ERROR, gates=(Gate.SIGN,), group=Group.SET_UP, applies=has_claims)
def signer_is_fit(context: Context) -> Iterator[Finding]:
    """The signer's credential is in date; their specialty fits the topic."""
    if context.signer is None:
        return
    person = context.signing_contributor
    if person is None or not person.credentials_on(zone.date_of(context.now)):
        yield Finding(
            _("%(name)s has no credential that is in date.")
            % {"name": person_name(context.signer)},
            _("Add or renew it under Contributors."),
            Place("reviewer"),
        )
        return
    fields = {s.pk for s in person.specialties.all()}
    for topic in context.topics:
        wanted = {s.pk for s in topic.specialties.all()}
        if wanted and wanted.isdisjoint(fields):
            yield Finding(
                _("%(name)s's specialty does not fit the topic “%(topic)s”.")
                % {"name": person.name, "topic": topic.name},
                _("Ask a reviewer of that field, or give the reason why this one is fit."),
                Place("topics"),
                level=Level.WARNING,
            )


@check("COI-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.SET_UP, applies=has_claims)
def signer_disclosed(context: Context) -> Iterator[Finding]:
    """The signer's disclosure is under twelve months old, or renewed within signing."""
    if context.signer is None or context.signer_disclosure:
        return
    person = context.signing_contributor
    today = zone.date_of(context.now)
    newest = person.disclosure_on(today) if person else None
    if newest is None or today - newest.declared_on > DISCLOSURE_LASTS:
        yield Finding(
            _("%(name)s has declared no interests in the last twelve months.")
            % {"name": person_name(context.signer)},
            _("Fill in “My interests” as you sign. Write “None.” if you have none."),
            Place("reviewer"),
        )


@check("COI-1", Level.WARNING, gates=(Gate.PUBLISH,), group=Group.SET_UP, applies=has_claims)
def authors_disclosed(context: Context) -> Iterator[Finding]:
    """An author's disclosure is no older than twelve months at their last contribution."""
    day = zone.date_of(context.last_save or context.now)
    for author in context.authors:
        newest = author.disclosure_on(zone.date_of(context.now))
        if newest is None or day - newest.declared_on > DISCLOSURE_LASTS:
            yield Finding(
                _("%(name)s has no disclosure of interests from the year before this text.")
                % {"name": author.name},
                _("Ask them for one and add it under Contributors."),
                Place("authors"),
            )


@check("COI-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.SET_UP, applies=has_claims)
def funding_is_stated(context: Context) -> Iterator[Finding]:
    """Funding is stated for the page or by the site."""
    if not (getattr(context.document, "funding", "") or context.site.funding):
        yield Finding(
            _("Nobody has said who pays for this page."),
            _("Fill in “Funding” here, or for the whole site under Site."),
            Place("funding"),
        )
