"""Each rule that looks at the Document alone: what it names, where, how gravely, and for whom."""

import pytest
from django.contrib.auth.models import User

from publishing import assessment, documents, kinds
from publishing.checks import engine
from publishing.checks.context import Context
from publishing.checks.evidence import attestations
from publishing.checks.problems import GROUP_LABELS, Gate, Level
from publishing.models import Entry, RevisionPayload, Topic
from tests import factories
from tests.publishing.checks.cases import CASES, SOUND

DOCUMENTS = {
    "article": factories.article_document,
    "question": factories.question_document,
    "supplement": factories.supplement_document,
    "term": factories.term_document,
    "disclaimer": lambda author, **f: factories.disclaimer_document(
        "other", scope="kind", scope_kind="article", **f
    ),
    "static_page": lambda author, **f: factories.static_document(**f),
}


@pytest.fixture
def problems(editor, clock):
    """A function that saves a spoilt Document of a kind and returns its problems of an id."""
    for key in ("spare2020", "jones2021"):
        factories.reference(key)

    def find(kind: str, id: str, **spoilt) -> list:
        revision = factories.saved(DOCUMENTS[kind](editor, **spoilt), editor, clock)
        found = assessment.problems_of(revision, clock.at)
        return [problem for problem in found if problem.id == id]

    return find


@pytest.mark.parametrize("case", CASES, ids=[f"{c.id}-{c.kind}-{c.name}" for c in CASES])
def test_what_is_wrong_is_named_at_its_place(problems, case):
    found = problems(case.kind, case.id, **case.spoilt)

    assert len(found) == case.count, found
    for problem in found:
        assert case.says in problem.message
        assert problem.place.field == case.field
        assert (problem.level, problem.gates) == (case.level, case.gates)
        assert problem.hint
        assert problem.group in GROUP_LABELS


@pytest.mark.parametrize(("id", "kind"), sorted({(case.id, case.kind) for case in CASES}))
def test_the_mended_document_has_no_such_problem(problems, id, kind):
    """What the factories make is sound, so that each case above spoils one thing alone."""
    assert problems(kind, id) == []


@pytest.mark.parametrize(
    ("id", "kind", "fields"),
    [(id, kind, fields) for id, kind, _name, fields in SOUND],
    ids=[f"{id}-{name}" for id, _kind, name, _fields in SOUND],
)
def test_what_is_sound_is_left_alone(problems, id, kind, fields):
    assert problems(kind, id, **fields) == []


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_a_sound_document_can_be_signed(desk, kind):
    found = desk.problems(DOCUMENTS[kind](desk.editor))

    assert engine.stopping(found, Gate.SIGN) == []
    assert [p.id for p in engine.stopping(found, Gate.PUBLISH)] == ["SIGN-1"]


def test_a_problem_tells_its_heading_and_sentence(problems):
    [problem] = problems(
        "article",
        "REF-1",
        body="<h2>First</h2><p>Yes. A claim [@nobody1999] here. No.</p><h2>Second</h2><p>x</p>",
    )

    assert (problem.place.heading, problem.place.sentence) == (
        "First",
        "A claim [@nobody1999] here.",
    )


def test_one_question_has_at_most_one_error(problems):
    found = problems("question", "FAQ-1", question="", answer="")

    assert [problem.message for problem in found] == ["The answer has no question."]


# Which kinds each rule is for: everything that can be wrong is wrong in these Documents.
EVERY_KIND = {"AUTH-2", "SIGN-1", "GUESS-1", "JUNK-1", "A11Y-1", "REF-1", "EMB-1", "PIC-1"}
WITH_CLAIMS = EVERY_KIND | {"AUTH-1", "AUTH-3", "COI-1", "DISC-1", "DATE-1", "REF-6"}
WITH_OPENING = WITH_CLAIMS | {"BAL-2", "CCI-1", "SUM-1", "REF-2", "EV-1"}
WHICH = {
    "article": WITH_OPENING,
    "supplement": WITH_OPENING | {"SUP-1", "SUP-3"},
    "question": WITH_CLAIMS | {"FAQ-1"},
    "term": WITH_CLAIMS | {"TERM-1"},
    "disclaimer": EVERY_KIND,
    "static_page": EVERY_KIND,
}
AWFUL = "<h2>A</h2><h4>B</h4><p>TODO [@nobody1999] [[forms:nothing]] [[picture:none]]</p>"


@pytest.mark.parametrize("kind", sorted(WHICH))
def test_each_rule_is_for_its_kinds(db, clock, kind):
    somebody = factories.person("somebody", kinds.EDITORS, credential="")
    somebody.contributor.disclosures.all().delete()
    Topic.objects.create(slug="endless", name="Endless")
    factories.reference("spare2020")
    everything = {
        "slug": "awful",
        "guesses": [{"field": "body", "message": "Guessed."}],
        "body": AWFUL,
        "answer": AWFUL,
        "topics": [Topic.objects.get().uid],
        "further_references": ["spare2020"],
        "quick_summary": "This article covers it.",
        "key_points": [{"kind": "effect", "text": "It works."}],
        "forms": [{"name": "Citrate"}],
        "limits": [{"kind": "upper"}],
        "question": "Is it",
    }
    model = kinds.get(kind).document
    document = model.model_validate(
        {name: value for name, value in everything.items() if name in model.model_fields}
    )
    revision = factories.saved(document, somebody, clock)

    found = assessment.problems_of(revision, clock.at, signer=somebody)

    assert {problem.id for problem in found} == WHICH[kind]


def test_every_registered_rule_is_in_a_test_of_this_folder():
    elsewhere = {"CHG-1", "LANG-1", "REF-4"}

    assert set(engine.rule_ids()) == set().union(*WHICH.values()) | elsewhere


@pytest.mark.parametrize("signer", [False, True])
@pytest.mark.parametrize("kind", [kind.name for kind in kinds.every()])
def test_nothing_raises_on_an_empty_document(db, clock, kind, signer):
    """Neither unsaved, nor saved, nor signed by an account without a contributor."""

    found = kinds.get(kind)
    by = User.objects.create(username="nobody") if signer else None
    unsaved = Context(
        entry=found.model(kind=kind),
        document=found.document(slug=""),
        sources={},
        now=clock.at,
        signer=by,
    )
    assert isinstance(engine.run(unsaved), list)
    assert isinstance(attestations(unsaved), list)

    writer = factories.editor()
    revision = factories.saved(found.document(slug="empty"), writer, clock)
    assert isinstance(assessment.problems_of(revision, clock.at, signer=by), list)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("article", {}, ["whole_page", "key_points", "get_help", "balance"]),
        (
            "article",
            {"key_points": [{"text": "A fact [@smith2020].", "kind": "fact"}] * 3},
            ["whole_page", "key_points", "get_help"],
        ),
        ("article", {"key_points": []}, ["whole_page", "get_help"]),
        ("question", {}, ["whole_page"]),
        ("supplement", {}, ["whole_page", "key_points", "get_help", "balance", "doses"]),
        ("supplement", {"limits": []}, ["whole_page", "key_points", "get_help", "balance"]),
        ("disclaimer", {}, ["text", "where_shown"]),
        ("static_page", {}, ["text"]),
    ],
)
def test_the_statements_that_a_signer_ticks(desk, kind, fields, expected):

    revision = desk.save(DOCUMENTS[kind](desk.editor, **fields))

    context = assessment.context_for(revision, desk.clock.at)

    assert [a.id for a in attestations(context)] == expected
    assert len(expected) <= 5


@pytest.mark.parametrize(("limits", "doses"), [(None, True), ([], False)])
def test_an_article_that_shows_forms_calls_for_the_statements_of_a_treatment(desk, limits, doses):

    fields = {} if limits is None else {"limits": limits}
    supplement = desk.save(desk.supplement(**fields))
    facts = [{"text": "A fact [@smith2020].", "kind": "fact"}] * 3
    article = desk.save(desk.article(key_points=facts, comparisons=[supplement.entry.uid]))

    ids = [a.id for a in attestations(assessment.context_for(article, desk.clock.at))]

    assert "balance" in ids
    assert ("doses" in ids) is doses


def test_a_frozen_reference_is_complete(desk):
    """REF-1 over what was frozen with the text."""
    factories.reference("bare2020", title="", doi="", url="", year=None)
    cites = {"lead": "Muscles need it [@bare2020]."}
    found = [p for p in desk.problems(desk.article(**cites)) if p.id == "REF-1"]

    assert [(p.message, p.level, p.gates) for p in found] == [
        ("The reference bare2020 has no title.", Level.ERROR, (Gate.PUBLISH,)),
        ("The reference bare2020 can't be found by readers.", Level.ERROR, (Gate.PUBLISH,)),
        ("The reference bare2020 has no year.", Level.WARNING, (Gate.PUBLISH,)),
    ]


@pytest.mark.parametrize(
    "known",
    [
        {"doi": "10.1000/x.1"},
        {"pmid": "12345678"},
        {"pmcid": "PMC1234567"},
        {"isbn": "9780306406157"},
        {"url": "https://example.org/report"},
    ],
)
def test_any_identifier_makes_a_reference_findable(desk, known):
    factories.reference("bare2020", **{"doi": "", "year": None, "no_date": True, **known})
    document = desk.article(lead="Muscles need it [@bare2020].")

    assert [p for p in desk.problems(document) if p.id == "REF-1"] == []


def test_documents_of_redacted_text_are_not_assessed(desk):

    revision = desk.save(desk.article())
    RevisionPayload._base_manager.filter(pk=revision.pk).update(text=None)
    revision.payload.refresh_from_db()

    with pytest.raises(ValueError, match="was removed"):
        assessment.context_for(revision, desk.clock.at)


def test_a_replaced_document_is_checked_anew(desk):
    entry = Entry.objects.get(pk=desk.save(desk.article(quick_summary="")).entry_id)
    mended = documents.replaced(desk.document(entry), quick_summary="Perhaps.")

    ids = [p.id for p in desk.problems_of(desk.save(mended, entry=entry))]

    assert "CCI-1" not in ids
