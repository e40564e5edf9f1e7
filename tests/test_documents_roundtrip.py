"""Invariant 4: `to_document(apply(doc)) == doc` for every kind, and one text has one digest."""

import unicodedata
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.documents import ArticleDocument, StaticPageDocument
from faq.documents import QuestionDocument, TermDocument
from publishing import documents, kinds, verbs
from publishing.disclaimers import DisclaimerDocument
from publishing.documents import EntryDocument
from publishing.models import Contributor, Entry, Revision, Topic
from references.models import Reference
from supplements.documents import SupplementDocument
from supplements.models import Supplement
from tests import factories

KINDS = {
    "article": ArticleDocument,
    "question": QuestionDocument,
    "supplement": SupplementDocument,
    "term": TermDocument,
    "disclaimer": DisclaimerDocument,
    "static_page": StaticPageDocument,
}
generated = settings(
    max_examples=30,
    deadline=None,
    # Each example is rolled back by hand; the library that it points at is made once a test.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Letters that have two Unicode spellings, and all that a paste from elsewhere brings along.
letters = st.text(
    st.sampled_from("aé e\u0301 Åñ漢ß–“”&<>\"'@[]{}_.\u00a0\u200b\u2028\t\r\n\x00\x85🙂x"),
    max_size=40,
) | st.text(max_size=20)
words = st.text(st.sampled_from("abc éñ漢 &“.-"), min_size=1, max_size=20)
slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).map(lambda s: s[:60])
blocks = st.sampled_from(
    [
        "<p>%s</p>",
        "<h2>%s</h2>",
        "<h3>%s</h3>",
        "<ul><li>%s</li><li>two</li></ul>",
        "<p><strong>%s</strong> <em>x</em> [@smith2020]</p>",
        "<p>[[forms:magnesium]]%s</p>",
        '<p><a href="/faq/">%s</a></p>',
        "<table><thead><tr><th>%s</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        "<script>%s</script>",
        "%s",
    ]
)
html = st.lists(st.tuples(blocks, words), max_size=4).map(
    lambda parts: "\n".join(block % text for block, text in parts)
)
lines = letters.map(lambda text: text[:30])


@pytest.fixture
def library(db) -> dict[str, list]:
    """What Documents may point at: topics, people, references, entries of every kind."""
    factories.reference("smith2020")
    factories.reference("jones2021")
    people = [Contributor.objects.create(slug=f"p{n}", name=f"Person {n}") for n in range(3)]
    author = people[0]

    def entry(name: str, **fields) -> Entry:
        model = KINDS[name]
        return kinds.get(name).apply(model.model_validate(fields))

    return {
        "topics": [factories.topic(name).uid for name in ("bones", "minerals", "muscles")],
        "people": [person.uid for person in people],
        "keys": ["smith2020", "jones2021"],
        "questions": [entry("question", slug=f"made-{n}").uid for n in range(3)],
        "supplements": [
            entry("supplement", slug=name, title=name).uid for name in ("magnesium", "zinc")
        ],
        "articles": [entry("article", slug=f"made-{n}", title="A").uid for n in range(2)],
        "author": [author.uid],
        "pictures": [
            factories.picture(factories.editor(f"e{n}"), (320 + n, 200)).digest for n in range(2)
        ],
        "originals": [original_of(entry("article", slug="made-first", title="A"))],
    }


def original_of(entry: Entry) -> dict:
    """Return what a translation of an entry names as its original."""
    revision = verbs.save_revision(entry, by=factories.editor("olga"))
    return {"uid": entry.uid, "number": revision.number, "digest": revision.digest}


def some_of(values, **options):
    return st.lists(st.sampled_from(values), unique=True, **options)


def common(library) -> dict:
    return {
        "slug": slugs,
        "change_kind": st.sampled_from(["", "correction", "update", "minor"]),
        "change_note": letters,
        "guesses": st.lists(
            st.fixed_dictionaries({"field": words, "heading": lines, "message": words}), max_size=2
        ),
        "original": st.none() | st.sampled_from(library["originals"]),
    }


def sourced(library) -> dict:
    author = st.fixed_dictionaries(
        {"contributor": st.sampled_from(library["people"]), "role": lines}
    )
    return {
        **common(library),
        "topics": some_of(library["topics"]),
        "authors": st.lists(author, max_size=4),
        "further_references": some_of(library["keys"]),
    }


def page(library) -> dict:
    point = st.fixed_dictionaries(
        {
            "label": lines,
            "text": letters,
            "kind": st.sampled_from(["effect", "fact", "advice"]),
            "certainty": st.sampled_from(["", "high", "very_low", "not_graded"]),
            "certainty_reason": lines,
            "study_design": lines,
            "graded_by": st.sampled_from(["", "source", "us"]),
            "editorial": st.booleans(),
        }
    )
    levels = some_of(["emergency", "urgent", "appointment"])
    return {
        **sourced(library),
        "other_names": st.lists(lines, max_size=3),
        "quick_summary": letters,
        "key_points": st.lists(point, max_size=3),
        "get_help": st.tuples(levels, letters, lines).map(
            lambda made: [
                {"level": level, "contact": made[2], "signs": made[1]} for level in made[0]
            ]
        ),
    }


def illustrated(library) -> dict:
    """A page's fields and pictures; each has a name of its own, and the first may lead."""
    percent = st.integers(0, 100)
    figure = st.fixed_dictionaries(
        {
            "picture": st.sampled_from(library["pictures"]),
            "alt": lines,
            "decorative": st.booleans(),
            "caption": letters,
            "focal_x": percent,
            "focal_y": percent,
        }
    )

    def named(figures: list[dict]) -> list[dict]:
        return [
            {**row, "key": f"k{n}", "leads": n == 0, "alt": "" if row["decorative"] else row["alt"]}
            for n, row in enumerate(figures)
        ]

    return {**page(library), "pictures": st.lists(figure, max_size=3).map(named)}


def supplement(library) -> dict:
    row = {"absorption": letters, "common_use": letters, "side_effects": letters}
    amount = st.decimals(0, 99_999_999, places=4, allow_nan=False).map(str)
    return {
        **illustrated(library),
        "title": lines,
        "ask_first": html,
        "body": html,
        "forms": st.lists(
            st.fixed_dictionaries({"name": lines, "compare": st.booleans(), **row}), max_size=3
        ),
        "limits": st.lists(
            st.fixed_dictionaries(
                {
                    "label": lines,
                    "kind": st.sampled_from(["recommended", "adequate", "upper"]),
                    "value": amount | st.sampled_from(["", "-0", "0.00", "1e2", "350", "37.50"]),
                    "unit": words,
                    "basis": st.sampled_from(["", "elemental", "compound"]),
                    "population": lines,
                    "authority": lines,
                    "counts": st.sampled_from(["", "supplements", "all"]),
                    "citations": st.just("[@smith2020]"),
                }
            ),
            max_size=3,
        ),
        "interactions": st.lists(
            st.fixed_dictionaries({"substance": words, "effect": letters, "advice": letters}),
            max_size=2,
        ),
    }


def term(library) -> dict:
    return {
        **sourced(library),
        "name": lines,
        "other_names": st.lists(lines, max_size=3),
        "definition": letters,
        "body": html,
    }


def article(library) -> dict:
    related = some_of(library["articles"]).flatmap(
        lambda uids: st.lists(lines, min_size=len(uids), max_size=len(uids)).map(
            lambda reasons: [
                {"uid": uid, "reason": why} for uid, why in zip(uids, reasons, strict=True)
            ]
        )
    )
    return {
        **illustrated(library),
        "title": lines,
        "lead": letters,
        "body": html,
        "questions": some_of(library["questions"]),
        "comparisons": some_of(library["supplements"]),
        "requested_reviewer": st.none() | st.sampled_from(library["people"]),
        "funding": letters,
        "related": related,
    }


def disclaimer(library) -> dict:
    return {**common(library), "title": lines, "body": html}


SCOPES = {
    "site": lambda library: {},
    "kind": lambda library: {"scope_kind": "article"},
    "topic": lambda library: {"scope_topic": library["topics"][0]},
    "entry": lambda library: {"scope_entry": library["articles"][0]},
}


def fields_of(kind: str, library) -> dict:
    return {
        "article": article,
        "question": lambda lib: {**sourced(lib), "question": lines, "answer": html},
        "supplement": supplement,
        "term": term,
        "disclaimer": disclaimer,
        "static_page": disclaimer,
    }[kind](library)


def document_of(kind: str, data, library) -> EntryDocument:
    values = data.draw(st.fixed_dictionaries({}, optional=fields_of(kind, library)))
    if kind == "disclaimer":
        scope = data.draw(st.sampled_from(sorted(SCOPES)))
        values = {**values, "scope": scope, **SCOPES[scope](library)}
    # A slug of its own, so that the library's entries keep theirs.
    return KINDS[kind].model_validate({**values, "slug": f"g-{values.get('slug', '')}"})


def reread(kind: str, entry: Entry) -> EntryDocument:
    found = kinds.get(kind)
    return found.to_document(found.model.objects.get(pk=entry.pk))


@contextmanager
def rolled_back():
    """Take back what one generated example writes before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", sorted(KINDS))
@generated
@given(data=st.data())
def test_a_document_comes_back_from_its_rows(library, kind, data):
    document = document_of(kind, data, library)
    with rolled_back():
        entry = kinds.get(kind).apply(document)

        assert reread(kind, entry) == document


@pytest.mark.parametrize("kind", sorted(KINDS))
@generated
@given(data=st.data())
def test_a_document_replaces_all_of_another(library, kind, data):
    """What the old draft said must not shine through the new one, nor its identity change."""
    first, second = document_of(kind, data, library), document_of(kind, data, library)
    with rolled_back():
        entry = kinds.get(kind).apply(first)
        again = kinds.get(kind).apply(second, kinds.get(kind).model.objects.get(pk=entry.pk))

        assert reread(kind, again) == second
        assert (again.pk, again.uid) == (entry.pk, entry.uid)


@pytest.mark.parametrize("kind", sorted(KINDS))
@generated
@given(data=st.data())
def test_the_canonical_text_survives_a_reload(library, kind, data):
    document = document_of(kind, data, library)

    text = documents.payload_text(document, {})
    loaded, sources = documents.load_payload(KINDS[kind], text)

    assert loaded == document
    assert documents.payload_text(loaded, sources) == text


def test_every_kind_is_generated():
    assert set(KINDS) == {kind.name for kind in kinds.every()}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_a_document_is_generated(library, kind):
    """A field that the strategies forget would be a field whose round trip nobody tests."""
    generated_fields = set(fields_of(kind, library)) | {"language"}
    if kind == "disclaimer":
        generated_fields |= {"scope", "scope_kind", "scope_topic", "scope_entry"}

    assert set(KINDS[kind].model_fields) == generated_fields


# What a browser, an editor or a paste does to a text without changing what it says.
HARMLESS = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "outer space": lambda text: f"\n  {text}\t \n",
    "control characters": lambda text: f"\x07{text}\x0b",
}
if connection.vendor == "sqlite":  # PostgreSQL keeps no NUL in a text
    HARMLESS["NUL"] = lambda text: f"{text}\x00"

TEXTS = {
    "article": ("title", "lead", "quick_summary", "body", "funding", "change_note"),
    "question": ("question", "answer", "change_note"),
    "supplement": ("title", "quick_summary", "ask_first", "body", "change_note"),
    "term": ("name", "definition", "body", "change_note"),
    "disclaimer": ("title", "body", "change_note"),
    "static_page": ("title", "body", "change_note"),
}
SAID = "Ångström café, line one\nline two"


@pytest.mark.parametrize("harm", sorted(HARMLESS))
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_browsers_spelling_of_the_rows_makes_no_revision(library, clock, kind, harm):
    editor = factories.person("eddie", kinds.EDITORS)
    plain = {
        name: f"<p>{SAID}</p>" if name in ("body", "answer", "ask_first") else SAID
        for name in TEXTS[kind]
    }
    document = KINDS[kind].model_validate({"slug": "same-words", **plain})
    entry = kinds.get(kind).apply(document)
    first = verbs.save_revision(entry, by=editor, clock=clock)

    rows = kinds.get(kind).model.objects.get(pk=entry.pk)
    for name in TEXTS[kind]:
        setattr(rows, name, HARMLESS[harm](getattr(rows, name)))
    rows.save()
    second = verbs.save_revision(rows, by=editor, clock=clock)

    assert second == first
    assert Revision.objects.filter(entry=entry.pk).count() == 1


def test_rows_of_a_page_are_normalised_too(library, clock):
    editor = factories.person("eddie", kinds.EDITORS)
    document = SupplementDocument.model_validate(
        {
            "slug": "rows",
            "key_points": [{"label": "Café", "text": "One\ntwo"}],
            "get_help": [{"level": "urgent", "contact": "É", "signs": "a\nb"}],
            "forms": [{"name": "É", "absorption": "a\nb"}],
            "limits": [{"kind": "upper", "value": "350", "label": "É"}],
            "interactions": [{"substance": "É", "effect": "a\nb"}],
        }
    )
    entry = kinds.get("supplement").apply(document)
    first = verbs.save_revision(entry, by=editor, clock=clock)

    for rows in (entry.forms, entry.limits, entry.interactions, entry.key_points, entry.get_help):
        for row in rows.all():
            for field in row._meta.concrete_fields:
                value = getattr(row, field.attname)
                free = isinstance(value, str) and value and not field.choices
                if free and field.get_internal_type() in ("CharField", "TextField"):
                    spelt = unicodedata.normalize("NFD", value.replace("\n", "\r\n"))
                    setattr(row, field.attname, f" {spelt} ")
            row.save()
    limit = entry.limits.get()
    limit.value = "350.0000"
    limit.save()

    assert verbs.save_revision(entry, by=editor, clock=clock) == first


def test_another_word_makes_a_revision(library, clock):
    editor = factories.person("eddie", kinds.EDITORS)
    entry = kinds.get("question").apply(QuestionDocument(slug="q", question="Is it so?"))
    first = verbs.save_revision(entry, by=editor, clock=clock)
    entry.question = "Is it not so?"
    entry.save()

    second = verbs.save_revision(entry, by=editor, clock=clock)

    assert (second.number, second.previous) == (2, first.chain)
    assert second.digest != first.digest


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_new_optional_field_changes_no_old_digest(kind):
    document = KINDS[kind].model_validate({"slug": "old", "change_note": "Said."})

    class Grown(KINDS[kind]):
        spoken_title: documents.Line = ""
        listened: tuple[documents.Guess, ...] = ()
        rank: int = 0

    grown = Grown.model_validate({"slug": "old", "change_note": "Said."})

    assert documents.payload_text(grown, {}) == documents.payload_text(document, {})
    spoken = Grown.model_validate({"slug": "old", "change_note": "Said.", "spoken_title": "Hear"})
    assert documents.payload_text(spoken, {}) != documents.payload_text(document, {})


def test_a_payload_written_today_never_changes_its_digest():
    """The digest of a small payload, worked out by hand from RFC 8785: keys sorted, no spaces."""
    document = QuestionDocument(slug="é", question="Is it “so”?")

    text = documents.payload_text(document, {"b": [1, "2"], "a": {}})

    assert (
        text == '{"document":{"question":"Is it “so”?","slug":"é"},"sources":{"a":{},"b":[1,"2"]}}'
    )
    assert documents.digest("") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, float("nan")])
def test_floats_have_no_canonical_text(value):
    with pytest.raises(ValueError, match="float"):
        documents.canonical({"value": value})


def test_an_unknown_field_is_refused_and_not_dropped():
    with pytest.raises(ValueError, match="extra"):
        QuestionDocument.model_validate({"slug": "q", "answr": "<p>Typed wrong.</p>"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("350", "350"), ("37.50", "37.5"), ("1e2", "100"), ("0.00", "0"), ("-0", "0"), (" 4 ", "4")],
)
def test_amounts_have_one_spelling(typed, kept):
    assert documents.normalise_amount(typed) == kept


@pytest.mark.parametrize("typed", ["a few", "1,5", "nan", "inf"])
def test_amounts_that_are_no_numbers_are_refused(typed):
    with pytest.raises(ValueError, match="not a number"):
        documents.normalise_amount(typed)


def test_half_a_character_is_refused():
    with pytest.raises(ValueError, match="lone surrogate"):
        QuestionDocument(slug="q", question="\ud800")


@given(letters)
def test_normalising_twice_is_normalising_once(text):
    once = documents.normalise_text(text)

    assert documents.normalise_text(once) == once
    line = documents.normalise_line(text)
    assert documents.normalise_line(line) == line
    assert "\n" not in line


def test_apply_leaves_other_entries_alone(library):
    """Rows are replaced for the one entry only."""
    first = kinds.get("supplement").apply(
        SupplementDocument.model_validate({"slug": "one", "forms": [{"name": "A"}]})
    )
    kinds.get("supplement").apply(
        SupplementDocument.model_validate({"slug": "two", "forms": [{"name": "B"}]})
    )

    assert [form.name for form in Supplement.objects.get(pk=first.pk).forms.all()] == ["A"]
    assert Reference.objects.count() == 2
    assert Topic.objects.count() == 3


def test_the_clock_of_a_revision_is_the_one_that_was_given(library):
    editor = factories.person("eddie", kinds.EDITORS)
    at = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
    entry = kinds.get("question").apply(QuestionDocument(slug="q", question="Is it so?"))

    revision = verbs.save_revision(entry, by=editor, clock=factories.Clock(at))

    assert revision.at == at
