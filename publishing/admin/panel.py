"""The state panel: where an entry stands, what is in the way, and what you may do now."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import assessment, clock, four_eyes, permissions
from publishing.admin.places import anchor
from publishing.checks import engine
from publishing.checks.problems import GROUP_LABELS, Gate, Group, Level, Problem
from publishing.kinds import Kind
from publishing.models import Entry
from publishing.state import Standing, State, standing_of


@dataclass(frozen=True)
class Row:
    """One problem, or several of one check, as the panel shows them."""

    problem: Problem
    anchor: str


@dataclass(frozen=True)
class Offer:
    """Something to do; ``reason`` says why it cannot be done now, where it cannot."""

    name: str
    label: str
    url: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Panel:
    """Everything that the top of the change page says."""

    standing: Standing
    kind: Kind
    groups: list[tuple[str, list[Row]]]
    steps: list[Row]
    to_mend: int
    offers: list[Offer]
    signers: list
    barred: list

    @property
    def eligible(self) -> list:
        """Those who may sign this kind, wrote no part of this text and aren't its author."""
        return [person for person in self.signers if person not in self.barred]

    @property
    def only_signer(self):
        """The one person who could sign, where there is only one: staff should know."""
        return self.eligible[0] if len(self.eligible) == 1 else None


def panel_for(entry: Entry, kind: Kind, user) -> Panel:
    """Gather the panel of an entry for a person."""
    at = clock.now()
    standing = standing_of(entry, at)
    context = assessment.context_for(standing.head, at) if standing.head else None
    problems = engine.run(context) if context else []
    signers = permissions.allowed_people("sign", kind)
    to_mend = [
        p for p in engine.stopping(problems, Gate.PUBLISH) if p.level is Level.ERROR and not p.step
    ]
    return Panel(
        standing=standing,
        kind=kind,
        groups=_grouped([p for p in problems if not p.step]),
        steps=[_row(p) for p in problems if p.step],
        to_mend=len(to_mend),
        offers=offers(entry, kind, user, standing, problems),
        signers=signers,
        barred=four_eyes.barred(context) if context else [],
    )


def _row(problem: Problem) -> Row:
    """A guess is confirmed where the guesses are listed, not at the field that it is about."""
    return Row(problem, "guesses-heading" if problem.id == "GUESS-1" else anchor(problem.place))


def _grouped(problems: list[Problem]) -> list[tuple[str, list[Row]]]:
    found: dict[Group, list[Row]] = defaultdict(list)
    order = {Level.ERROR: 0, Level.WARNING: 1, Level.ADVICE: 2}
    for problem in sorted(problems, key=lambda p: (order[p.level], p.id)):
        found[problem.group].append(_row(problem))
    return [(str(GROUP_LABELS[group]), found[group]) for group in Group if found[group]]


def offers(
    entry: Entry, kind: Kind, user, standing: Standing, problems: list[Problem]
) -> list[Offer]:
    """Return what a person may do with an entry now, and what not and why not."""
    if standing.head is None:
        return []

    def offer(name: str, label: str, reason: str = "") -> Offer:
        url = reverse(f"admin:{entry._meta.label_lower.replace('.', '_')}_{name}", args=[entry.pk])
        return Offer(name, label, "" if reason else url, reason)

    made: list[Offer] = []
    signed = standing.progress is State.APPROVED
    same_as_live = standing.live is not None and standing.live.revision_id == standing.head.pk
    if permissions.may(user, "write", kind) and not signed:
        made.append(offer("request_review", _("Request review")))
    if permissions.may(user, "sign", kind):
        made += _signing(offer, signed, same_as_live, standing)
    if permissions.may(user, "publish", kind) and not same_as_live:
        reason = "" if signed else _("Nobody has signed this version yet.")
        made.append(offer("publish", _("Publish"), reason))
    if permissions.may(user, "publish", kind) and standing.scheduled:
        made.append(offer("cancel", _("Cancel the schedule")))
    if permissions.may(user, "withdraw", kind) and standing.live:
        made.append(offer("withdraw", _("Withdraw")))
    return made


def _signing(offer, signed: bool, same_as_live: bool, standing: Standing) -> list[Offer]:
    if same_as_live:
        return [offer("renew", _("Reviewed, no change needed"))]
    made = []
    if not signed:
        made.append(offer("sign", _("Sign")))
    made.append(offer("ask_for_changes", _("Ask for changes")))
    if standing.live is not None:
        made.append(offer("renew", _("Renew the live version")))
    return made
