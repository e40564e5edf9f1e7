"""The state panel: where an entry stands, what is in the way, and what you may do now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing import assessment, cases, four_eyes, notices, permissions, readability, richtext
from publishing.admin import presence
from publishing.admin.feedback import Answers, answers_on
from publishing.admin.in_languages import InLanguages, in_languages
from publishing.admin.offers import Offer, offers
from publishing.admin.places import Spot, spot
from publishing.checks import engine
from publishing.checks.context import Context
from publishing.checks.problems import GROUP_LABELS, Gate, Group, Level, Problem
from publishing.kinds import Kind
from publishing.models import Case, Contributor, Entry, SignOff, Topic
from publishing.notices import Notice
from publishing.setup.check_names import name_of
from publishing.state import STATE_LABELS, Standing, State, standing_of
from publishing.words import count_words, reading_minutes

PLACES = 20
"""As many places of one check as the panel lists: mending these changes the rest."""

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.ADVICE: 2}


@dataclass(frozen=True)
class Row:
    """One problem, and where on the form it is."""

    problem: Problem
    spot: Spot


@dataclass(frozen=True)
class CheckRows:
    """All that one check found, the gravest first: one row of the panel."""

    rows: list[Row]

    @property
    def first(self) -> Row:
        """The gravest row."""
        return self.rows[0]

    @property
    def name(self) -> str:
        """What the check looks at: the title of several rows."""
        return capfirst(name_of(self.first.problem.id))

    @property
    def shown(self) -> list[Row]:
        """The rows that are listed."""
        return self.rows[:PLACES]

    @property
    def more(self) -> int:
        """How many rows are counted only."""
        return len(self.rows) - len(self.shown)


@dataclass(frozen=True)
class Measures:
    """How long and how hard the entry's own text is; its embeds are measured by themselves.

    ``unread`` says that there is no measure for the text's language.
    """

    words: int
    minutes: int
    grade: float | None = None
    target: int | None = None
    unread: bool = False

    @property
    def is_hard(self) -> bool:
        """Whether the text asks for more schooling than its topics' readers may have."""
        return None not in (self.grade, self.target) and self.grade > self.target


@dataclass(frozen=True)
class Panel:
    """Everything that the panel of the change page says."""

    standing: Standing
    kind: Kind
    groups: list[tuple[str, list[CheckRows]]]
    steps: list[Row]
    to_mend: int
    offers: list[Offer]
    signers: list
    barred: list
    measures: Measures | None = None
    others: str = ""
    cases: list[Case] = field(default_factory=list)
    notice: Notice | None = None
    sent_back: SignOff | None = None
    answers: Answers | None = None
    languages: InLanguages | None = None

    @property
    def label(self) -> str:
        """The state in a word or two, for the bar of a narrow screen."""
        return str(STATE_LABELS[self.standing.state])

    @property
    def eligible(self) -> list:
        """Those who may sign this kind, wrote no part of this text and aren't its author."""
        return [person for person in self.signers if person not in self.barred]

    @property
    def only_signer(self):
        """The one person who could sign, where there is only one: staff should know."""
        return self.eligible[0] if len(self.eligible) == 1 else None


def panel_for(entry: Entry, kind: Kind, user, at: datetime) -> Panel:
    """Gather the panel of an entry for a person, as of an instant."""
    standing = standing_of(entry, at)
    context = _context(entry, standing) if standing.head else None
    problems = engine.run(context) if context else []
    to_mend = [
        p for p in engine.stopping(problems, Gate.PUBLISH) if p.level is Level.ERROR and not p.step
    ]
    barred = four_eyes.barred(context) if context else []
    open_cases = list(cases.standing(at).filter(entry=entry.pk))
    # A notice keeps its case open for as long as it stands, so most pages need not ask for one.
    warned = any(case.why == Case.Whys.NOTICE for case in open_cases)
    notice = notices.standing_on(entry, at) if warned else None
    return Panel(
        standing=standing,
        kind=kind,
        groups=_grouped([p for p in problems if not p.step]),
        steps=[_row(_asked(p, standing)) for p in problems if p.step],
        to_mend=len(to_mend),
        offers=offers(entry, kind, user, standing, barred, notice),
        signers=permissions.allowed_people("sign", kind),
        barred=barred,
        measures=measures(context) if context else None,
        others=presence.in_words(presence.others(entry, user, at)),
        cases=open_cases,
        notice=notice,
        sent_back=_sent_back(entry, kind, standing),
        answers=answers_on(entry) if standing.live else None,
        languages=in_languages(entry, kind, user),
    )


def _asked(problem: Problem, standing: Standing) -> Problem:
    """Leave it to whoever is asked to sign, where somebody is."""
    if problem.id != "SIGN-1" or standing.request is None:
        return problem
    hint = _("A review is requested from %(name)s.") % {"name": standing.request.asked}
    return replace(problem, hint=hint)


def _sent_back(entry: Entry, kind: Kind, standing: Standing) -> SignOff | None:
    """Return what a reviewer asked for, while the text is mended and nobody is asked again."""
    if standing.progress is not State.DRAFT or standing.head.number == 1:
        return None
    decisions = SignOff.objects.filter(revision__entry=entry.pk, role=kind.role).order_by("-pk")
    last = decisions.select_related("revision").first()
    return last if last and last.decision == SignOff.Decisions.CHANGES else None


def _context(entry: Entry, standing: Standing) -> Context:
    """Return the head's Context, with what the standing has read already."""
    standing.head.entry = entry
    context = assessment.context_for(standing.head, standing.at)
    context.sign_off = standing.sign_off
    # Without specialties and credentials, which only signing asks for.
    document = context.document
    topics = getattr(document, "topics", ())
    known = [standing.topics[uid] for uid in topics if uid in standing.topics]
    read = len(known) == len(topics)
    context.topics = sorted(known, key=str) if read else _rows(Topic.objects, topics)
    named = [author.contributor for author in getattr(document, "authors", ())]
    context.authors = _rows(Contributor.objects.prefetch_related("disclosures"), named)
    if standing.live is not None:
        # Editions of an entry never overlap, so the live one is the one that began last.
        context.last_edition = standing.live
        context.review_due = standing.review_due
    return context


def _rows(rows, uids: Iterable[UUID]) -> list:
    return list(rows.filter(uid__in=uids)) if uids else []


def measures(context: Context) -> Measures:
    """Measure the text of an entry. The grade's formula holds for English alone."""
    document = context.document
    words = sum(count_words(text) for text in _plain(document.texts()))
    if not document.language.startswith("en"):
        return Measures(words, reading_minutes(words), unread=True)
    found = readability.measure(readability.running_text(document.texts()))
    target = min((topic.target_grade for topic in context.topics), default=None)
    return Measures(words, reading_minutes(words), found.grade, target)


def _plain(pieces) -> list[str]:
    return [richtext.to_text(piece.text) if piece.html else piece.text for piece in pieces]


def _row(problem: Problem) -> Row:
    """A guess is confirmed where the guesses are listed, not at the field that it is about."""
    return Row(problem, Spot("guesses-heading") if problem.id == "GUESS-1" else spot(problem.place))


def _grouped(problems: list[Problem]) -> list[tuple[str, list[CheckRows]]]:
    found: dict[Group, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for problem in sorted(problems, key=lambda p: (_ORDER[p.level], p.id)):
        found[problem.group][problem.id].append(_row(problem))
    return [
        (str(GROUP_LABELS[group]), [CheckRows(rows) for rows in found[group].values()])
        for group in Group
        if found[group]
    ]
