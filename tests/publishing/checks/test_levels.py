"""Levels that the publisher lowered: a ceiling, by topic, never for the six that are fixed."""

import pytest
from django.contrib.admin.models import LogEntry

from publishing import assessment, verbs
from publishing.checks import engine
from publishing.checks.levels import FIXED, ceiling_of, lowered
from publishing.checks.problems import Level
from publishing.models import Site
from publishing.refusals import Refused
from publishing.setup import levels
from tests import factories


def level_of(revision, check: str, clock) -> set[str]:
    found = assessment.problems_of(revision, clock())
    return {problem.level.value for problem in found if problem.id == check}


@pytest.fixture
def unhelpful(editor, clock, disclaimer):
    """An article that does not say when to get help: BAL-2, an error."""
    return factories.saved(factories.article_document(editor, get_help=[]), editor, clock)


def test_a_lowered_error_no_longer_stops_the_signature(unhelpful, reviewer, publisher, clock):
    with pytest.raises(Refused):
        verbs.sign_off([unhelpful], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    changed = levels.lower({"BAL-2": Level.ADVICE}, by=publisher, why="A news site.")
    assert changed == ["BAL-2: from error to advice for all pages"]
    assert level_of(unhelpful, "BAL-2", clock) == {"advice"}
    assert verbs.sign_off([unhelpful], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)


def test_a_topic_may_have_its_own_and_the_gravest_of_several_holds(editor, publisher, clock):
    zinc, iron = factories.topic("zinc"), factories.topic("iron")
    levels.lower({"BAL-2": Level.ADVICE}, by=publisher, why="Tried.", topic=zinc)
    both = {"get_help": [], "topics": [zinc.uid, iron.uid]}
    one = factories.article_document(editor, get_help=[], topics=[zinc.uid])
    two = factories.article_document(editor, "other", **both)
    assert level_of(factories.saved(one, editor, clock), "BAL-2", clock) == {"advice"}
    of_both = factories.saved(two, editor, clock)
    assert level_of(of_both, "BAL-2", clock) == {"error"}
    levels.lower({"BAL-2": Level.WARNING}, by=publisher, why="Tried.", topic=iron)
    assert level_of(of_both, "BAL-2", clock) == {"warning"}
    levels.lower({"BAL-2": None}, by=publisher, why="Enough.", topic=iron)
    levels.lower({"BAL-2": None}, by=publisher, why="Enough.", topic=zinc)
    assert Site.objects.get().check_levels == {}


@pytest.mark.parametrize("check", sorted(FIXED))
def test_the_fixed_ones_stay_whatever_the_register_says(check, publisher):
    if check in engine.rule_ids():
        with pytest.raises(ValueError, match="can't become"):
            levels.lower({check: Level.ADVICE}, by=publisher, why="No reason.")
    assert check not in levels.lowerable()


def test_a_fixed_level_written_past_the_form_is_passed_over(editor, reviewer, clock, disclaimer):
    Site.objects.update(check_levels={"JUNK-1": "advice", "SIGN-1": {"*": "advice"}, "X": 3})
    document = factories.article_document(editor, lead="TODO: say what it does.")
    revision = factories.saved(document, editor, clock)
    assert level_of(revision, "JUNK-1", clock) == {"error"}
    assert level_of(revision, "SIGN-1", clock) == {"error"}


@pytest.mark.parametrize("said", [[], "none", 7, None])
def test_a_register_that_is_no_mapping_lowers_nothing(said, editor, clock, publisher):
    Site.objects.update(check_levels=said or [])
    document = factories.article_document(editor, get_help=[])
    assert level_of(factories.saved(document, editor, clock), "BAL-2", clock) == {"error"}


def test_no_check_is_made_graver(publisher):
    assert lowered(Level.ADVICE, Level.ERROR) is Level.ADVICE
    assert ceiling_of("grave") is None
    for check in levels.lowerable():
        with pytest.raises(ValueError, match="can't become"):
            levels.lower({check: levels.gravest(check)}, by=publisher, why="x")


def test_who_lowered_what_and_why_is_logged(publisher):
    with pytest.raises(ValueError, match="why"):
        levels.lower({"BAL-2": Level.WARNING}, by=publisher, why=" ")
    assert not LogEntry.objects.exists()
    levels.lower({"BAL-2": Level.WARNING}, by=publisher, why="No clinic here.")
    entry = LogEntry.objects.get()
    assert entry.user == publisher
    assert "BAL-2: from error to warning" in entry.change_message
    assert "No clinic here." in entry.change_message
    assert levels.lower({"BAL-2": Level.WARNING}, by=publisher, why="") == []
