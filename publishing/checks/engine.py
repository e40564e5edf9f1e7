"""The registry and the run of checks: pure functions of a Context that yield findings."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from publishing import zone
from publishing.checks import levels
from publishing.checks.context import Context
from publishing.checks.problems import Finding, Gate, Group, Level, Problem
from publishing.models import Override
from publishing.permissions import person_name

RuleFunction = Callable[[Context], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """A registered check. ``applies`` keeps it off the kinds that it is not for."""

    id: str
    level: Level
    gates: tuple[Gate, ...]
    group: Group
    run: RuleFunction
    applies: Callable[[Context], bool]


_rules: dict[str, list[Rule]] = {}


def check(
    id: str,
    level: Level,
    *,
    gates: tuple[Gate, ...] = (Gate.WRITE,),
    group: Group,
    applies: Callable[[Context], bool] = lambda context: True,
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule under an id of CHECKS; several functions may share an id."""

    def register(function: RuleFunction) -> RuleFunction:
        rules = _rules.setdefault(id, [])
        if all(rule.run is not function for rule in rules):
            rules.append(Rule(id, level, gates, group, function, applies))
        return function

    return register


def rule_ids() -> tuple[str, ...]:
    """Return the ids of all registered rules."""
    return tuple(sorted(_rules))


def levels_of(id: str) -> tuple[Level, ...]:
    """Return the levels of the rules under an id. Raises KeyError for an unknown one."""
    return tuple(dict.fromkeys(rule.level for rule in _rules[id]))


def run(context: Context) -> list[Problem]:
    """Run every rule over a Context and return the problems, answered warnings marked."""
    answered = {
        (row.check_id, row.passage): row
        for row in context.overrides
        if row.until is None or row.until >= zone.date_of(context.now)
    }
    ceilings = levels.ceilings(context)
    return [
        _problem(rule, finding, answered, ceilings.get(rule.id))
        for rules in _rules.values()
        for rule in rules
        if rule.applies(context)
        for finding in rule.run(context)
    ]


def stopping(problems: Iterable[Problem], gate: Gate) -> list[Problem]:
    """Return the problems that stop a gate."""
    return [problem for problem in problems if problem.stops(gate)]


def answered(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the warnings that somebody gave a reason for: the signer sees all of them."""
    return (problem for problem in problems if problem.override_reason)


def _problem(
    rule: Rule,
    finding: Finding,
    overrides: dict[tuple[str, str], Override],
    ceiling: Level | None,
) -> Problem:
    fields = {
        "id": rule.id,
        "level": levels.lowered(finding.level or rule.level, ceiling),
        "gates": rule.gates if finding.gates is None else finding.gates,
        "group": rule.group,
        "message": str(finding.message),
        "hint": str(finding.hint),
        "place": finding.place,
        "step": finding.step,
        "said": finding.message,
    }
    problem = Problem(**fields)
    row = overrides.get((rule.id, problem.passage)) if problem.can_be_overridden else None
    if row is None:
        return problem
    return Problem(**fields, override_reason=row.reason, override_by=person_name(row.by))
