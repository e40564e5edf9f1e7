"""Levels, gates and overrides: what stops which gate, and when a reason lapses."""

from datetime import timedelta

import pytest

from publishing.checks import engine
from publishing.checks.problems import Gate, Group, Level, Place, Problem
from publishing.models import Override
from publishing.refusals import Refused

DESCRIBES = {"quick_summary": "This article covers magnesium."}


def problem(level=Level.ERROR, gates=(Gate.SIGN,), **fields) -> Problem:
    return Problem("X-1", level, gates, Group.WORDING, "m", "h", Place("body"), **fields)


@pytest.mark.parametrize(
    ("level", "gates", "reason", "stops"),
    [
        (Level.ERROR, (Gate.SIGN,), "", {Gate.SIGN, Gate.PUBLISH}),
        (Level.ERROR, (Gate.PUBLISH,), "", {Gate.PUBLISH}),
        (Level.ERROR, (Gate.WRITE,), "", {Gate.WRITE}),
        (Level.ERROR, (Gate.NIGHT,), "", {Gate.NIGHT}),
        (Level.ERROR, (Gate.PUBLISH, Gate.NIGHT), "", {Gate.PUBLISH, Gate.NIGHT}),
        (Level.WARNING, (Gate.SIGN,), "", {Gate.SIGN, Gate.PUBLISH}),
        (Level.WARNING, (Gate.SIGN,), "Because.", set()),
        (Level.WARNING, (Gate.PUBLISH,), "", {Gate.PUBLISH}),
        (Level.ERROR, (Gate.SIGN,), "Because.", {Gate.SIGN, Gate.PUBLISH}),
        (Level.ADVICE, (Gate.SIGN, Gate.PUBLISH), "", set()),
    ],
)
def test_what_stops_which_gate(level, gates, reason, stops):
    found = problem(level, gates, override_reason=reason)

    assert {gate for gate in Gate if found.stops(gate)} == stops


@pytest.mark.parametrize(
    ("level", "may"), [(Level.WARNING, True), (Level.ERROR, False), (Level.ADVICE, False)]
)
def test_only_a_warning_takes_a_reason(level, may):
    assert problem(level).can_be_overridden is may


def test_a_passage_is_the_check_the_place_and_the_words():
    base = problem()

    def but(**fields) -> str:
        values = {name: getattr(base, name) for name in base.__dataclass_fields__}
        return Problem(**{**values, **fields}).passage

    assert but(hint="another", level=Level.WARNING, step=True) == base.passage
    different = {
        base.passage,
        but(id="X-2"),
        but(message="another"),
        but(place=Place("lead")),
        but(place=Place("body", sentence="a sentence")),
    }
    assert len(different) == 5
    assert but(place=Place("body", heading="moved")) == base.passage


def answer(desk, revision, id: str, *, by=None, until=None, reason="It is meant so.") -> Override:
    [found] = [p for p in desk.problems_of(revision) if p.id == id]
    return Override.objects.create(
        entry=revision.entry,
        check_id=id,
        passage=found.passage,
        message=found.message,
        reason=reason,
        by=by or desk.editor,
        at=desk.clock.at,
        until=until,
    )


def one(desk, revision, id: str, **options) -> Problem:
    [found] = [p for p in desk.problems_of(revision, **options) if p.id == id]
    return found


def two_points(desk) -> list[dict]:
    return [point.model_dump() for point in desk.article().key_points[:2]]


def test_an_unanswered_warning_stops_its_gate_and_an_answered_one_does_not(desk):
    revision = desk.save(desk.article(key_points=two_points(desk)))
    with pytest.raises(Refused) as refused:
        desk.sign(revision)
    assert [p.id for p in refused.value.problems] == ["CCI-1"]

    answer(desk, revision, "CCI-1", reason="There are only two.")

    found = one(desk, revision, "CCI-1")
    assert (found.override_reason, found.override_by) == ("There are only two.", "Eddie")
    assert desk.sign(revision)
    assert desk.publish(revision)


@pytest.mark.parametrize(
    ("spoilt", "id", "changed"),
    [
        (DESCRIBES, "SUM-1", {"quick_summary": "This article covers magnesium salts."}),
        (
            {"quick_summary": " ".join(["word"] * 60)},
            "SUM-1",
            {"quick_summary": " ".join(["words"] * 60)},
        ),
        ({"lead": " ".join(["word"] * 50)}, "CCI-1", {"lead": " ".join(["words"] * 50)}),
        (
            {"body": "<h2>T</h2>" + f"<p>{'word ' * 60}end</p>" * 2},
            "JUNK-1",
            {"body": "<h2>T</h2>" + f"<p>{'word ' * 60}fin</p>" * 2},
        ),
        (
            {"body": '<h2>T</h2><p><a href="/a/">here</a></p>'},
            "A11Y-1",
            {"body": '<h2>T</h2><p><a href="/a/">click here</a></p>'},
        ),
    ],
    ids=["describes", "too long", "lead", "twice", "link"],
)
def test_an_override_lapses_when_the_passage_changes(desk, spoilt, id, changed):
    """Even where the message stays the same: so many words are so many words."""
    revision = desk.save(desk.article(**spoilt))
    answer(desk, revision, id)
    assert one(desk, revision, id).override_reason

    elsewhere = desk.change(revision.entry, title="Another title?")
    assert one(desk, elsewhere, id).override_reason, "another field's change is none of it"

    newer = desk.change(revision.entry, **changed)
    assert one(desk, newer, id).override_reason == ""


def test_an_override_lapses_the_day_after_its_date(desk):
    revision = desk.save(desk.article(**DESCRIBES))
    answer(desk, revision, "SUM-1", until=desk.clock.at.date() + timedelta(days=3))

    assert one(desk, revision, "SUM-1", days=3).override_reason
    assert not one(desk, revision, "SUM-1", days=4).override_reason


def test_an_override_counts_as_of_the_day_of_a_schedule(desk):
    revision = desk.save(desk.article(key_points=two_points(desk)))
    answer(desk, revision, "CCI-1", until=desk.clock.at.date() + timedelta(days=3))
    desk.sign(revision)

    with pytest.raises(Refused):
        desk.publish(revision, at=desk.clock.at + timedelta(days=4))
    assert desk.publish(revision, at=desk.clock.at + timedelta(days=3))


def test_an_override_cannot_answer_an_error(desk):
    revision = desk.save(desk.article(get_help=[]))
    answer(desk, revision, "BAL-2")

    assert one(desk, revision, "BAL-2").override_reason == ""
    with pytest.raises(Refused):
        desk.sign(revision)


def test_an_override_of_one_entry_answers_nothing_of_another(desk):
    first = desk.save(desk.article("first", **DESCRIBES))
    second = desk.save(desk.article("second", **DESCRIBES))
    answer(desk, first, "SUM-1")

    assert one(desk, second, "SUM-1").override_reason == ""


def test_the_newest_reason_is_the_one_that_is_shown(desk):
    revision = desk.save(desk.article(**DESCRIBES))
    answer(desk, revision, "SUM-1", reason="First.")
    answer(desk, revision, "SUM-1", reason="Second.", by=desk.reviewer)

    found = one(desk, revision, "SUM-1")
    assert (found.override_reason, found.override_by) == ("Second.", "Rita")
    assert [p.id for p in engine.answered(desk.problems_of(revision))] == ["SUM-1"]


def test_a_reason_that_ran_out_does_not_hide_an_older_one_that_holds(desk):
    revision = desk.save(desk.article(**DESCRIBES))
    answer(desk, revision, "SUM-1", reason="For good.")
    answer(
        desk, revision, "SUM-1", reason="For now.", until=desk.clock.at.date() - timedelta(days=1)
    )

    assert one(desk, revision, "SUM-1").override_reason == "For good."
