"""REF-4: a page that rests on a retracted source does not begin, and a live one is named."""

from datetime import date

import pytest

from publishing import assessment, documents, kinds, verbs
from publishing.checks.problems import Gate
from publishing.models import Edition
from publishing.refusals import Refused
from references.models import Citation, Reference
from tests import factories

SAID = "Smith, 2020 was retracted on 3 March 2026."
REPLACE = "Replace it, or mark it “cited as retracted” and say so in the sentence."


@pytest.fixture(autouse=True)
def set_up(editor, disclaimer):
    factories.reference()
    factories.fund_site()


@pytest.fixture
def find(clock):
    """A function that returns what REF-4 says of a revision."""

    def problems(revision) -> list:
        return [p for p in assessment.problems_of(revision, clock.at) if p.id == "REF-4"]

    return problems


def retract(key: str = "smith2020") -> None:
    Reference.objects.filter(key=key).update(status="retracted", status_on=date(2026, 3, 3))


def one_sentence(editor, sentence: str, **fields):
    """A question whose answer is one sentence."""
    return factories.question_document(editor, answer=f"<p>{sentence}</p>", **fields)


def test_each_sentence_that_rests_on_it_is_named(find, editor, clock):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    assert find(revision) == []
    retract()

    found = find(revision)
    assert [p.place.field for p in found] == ["key_points.1.text", "key_points.2.text", "body"]
    assert found[-1].place.heading == "What it does"
    assert found[-1].place.sentence == "It is used in muscles [@smith2020]."
    assert {(p.message, p.hint, p.gates) for p in found} == {
        (SAID, REPLACE, (Gate.PUBLISH, Gate.NIGHT))
    }


def test_a_sentence_with_less_and_more_than_is_held_to_its_source(find, editor, clock):
    sentence = "Ask if it is <low [@lower] or >high."
    factories.reference("lower")
    document = factories.article_document(editor, lead=sentence)
    revision = factories.saved(document, editor, clock)
    retract("lower")
    assert [(p.place.field, p.place.sentence) for p in find(revision)] == [("lead", sentence)]


def test_signed_before_it_was_known_it_is_not_published(find, editor, reviewer, publisher, clock):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    retract()
    for at in (None, clock.forward(days=3)):
        with pytest.raises(Refused) as refused:
            verbs.publish([revision], by=publisher, clock=clock, **({"at": at} if at else {}))
        assert {p.message for p in refused.value.problems} == {SAID}
    assert not Edition.objects.filter(entry=revision.entry).exists()


def test_a_live_page_is_not_renewed_on_it(editor, reviewer, publisher, clock):
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    edition = factories.published(factories.article_document(editor), **people)
    retract()
    clock.forward(days=1)
    with pytest.raises(Refused) as refused:
        verbs.renew([edition], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert {p.message for p in refused.value.problems} == {SAID}


@pytest.mark.parametrize(
    ("language", "sentence", "hint"),
    [
        ("en", "A study said so [@smith2020].", "Say in this sentence that the study was retra"),
        ("en", "A study said so. It was retracted [@smith2020].", None),
        ("en", "One study said so, and was withdrawn by its journal [@smith2020].", None),
        ("en", "Retractile claws [@smith2020].", "Say in this sentence"),
        ("es", "Un estudio lo decía [@smith2020].", "Say in this sentence"),
        ("es", "El estudio fue retractado por su revista [@smith2020].", None),
        ("nl", "Een studie zei het [@smith2020].", None),
    ],
)
def test_cited_as_retracted_its_sentence_says_so(find, editor, clock, language, sentence, hint):
    document = one_sentence(editor, sentence, language=language)
    entry = factories.saved(document, editor, clock).entry
    reference = Reference.objects.get(key="smith2020")
    Citation.objects.create(entry=entry, reference=reference, as_retracted=True)
    retract()
    again = documents.replaced(document, slug="again")
    found = find(factories.saved(again, editor, clock, kinds.draft_of(entry)))
    assert [p.hint[:20] for p in found] == ([hint[:20]] if hint else [])


def test_not_marked_it_does_not_help_that_the_sentence_says_so(find, editor, clock):
    revision = factories.saved(one_sentence(editor, "Retracted [@smith2020]."), editor, clock)
    retract()
    assert [p.hint for p in find(revision)] == [REPLACE]


def test_further_reading_is_taken_off(find, editor, clock):
    factories.reference("jones2019")
    document = factories.article_document(editor, further_references=["jones2019"])
    revision = factories.saved(document, editor, clock)
    retract("jones2019")
    [problem] = find(revision)
    assert (problem.place.field, problem.hint) == (
        "further_references",
        "Take it off the further references.",
    )
