"""What a search finds, and in which order."""

from itertools import chain

import pytest
from django.utils import translation

from publishing import search, verbs
from publishing.models import Site
from publishing.search import corrections, finding, sqlite
from tests import factories


def test_a_title_comes_before_a_summary_and_a_summary_before_a_body(paths, read):
    # However often, and however long the text is that has it once.
    read("in-body", " ".join(["Zinc is zinc."] * 20))
    read("in-summary", "A metal. " * 100, quick_summary="Zinc, if you lack it.")
    read("in-title", "A metal. " * 1000, title="How much zinc is enough?")
    read("nowhere", "A metal.")

    assert paths("zinc") == [
        "/articles/in-title/", "/articles/in-summary/", "/articles/in-body/",
    ]  # fmt: skip


def test_the_page_of_that_very_name_comes_first(desk, paths, read):
    read("iron-iron-iron", "Iron, iron and iron.", title="Iron tablets: is iron for you?")
    desk.live(desk.supplement("iron"))

    for typed in ("iron", "Iron?", "what is IRON"):
        assert paths(typed)[0] == "/supplements/iron/"


WRITTEN = {
    "cramps": ("She has cramps.", ["cramping", "CRAMP"]),
    "fortification": ("Fortification helps.", ["fortif", "fortificat"]),
    "hypomagnesaemia": ("Known as hypomagnesaemia.", ["hypomagnesemia", "hypomagnes"]),
    "edema": ("It causes edema.", ["oedema", "edemas"]),
    "leukaemia": ("A tumour, or leukaemia.", ["leukemia tumor", "leukaemia"]),
    "vitamin-d": ("Vitamin D is made in the skin.", ["vit D", "vitamins d"]),
    "sjogren": ("Sjögren's syndrome.", ["sjogrens syndrome", "SJÖGREN"]),
    "daily": ("Take 5 mg/day with or/and without food.", ["day food", "mg day"]),
}


def test_a_word_is_found_however_it_is_written(paths, read):
    made = {slug: read(f"p-{n}", says) for n, (slug, (says, _t)) in enumerate(WRITTEN.items())}

    for slug, (_says, typed) in WRITTEN.items():
        for text in typed:
            assert paths(text) == [made[slug]], text


def test_a_letter_belongs_to_the_word_before_it(paths, read):
    read("c", "Vitamin C is in fruit, and d is a letter.")
    read("d", "Vitamin D is made in the skin; see c.")

    assert paths("vitamin d") == ["/articles/d/"]
    assert paths("what is vitamin C") == ["/articles/c/"]
    read("a", "Vitamin A is in liver; a lack of it harms the eyes.")
    read("lack", "Vitamin D is a vitamin that many lack.")
    assert paths("lack of vitamin a in eyes") == ["/articles/a/"]
    assert paths("vitamin a lack") == ["/articles/a/"]
    assert set(paths("take a lack")) >= {"/articles/lack/"}


def test_the_names_of_live_terms_stand_for_each_other(desk, paths, read):
    read("plain", "With low magnesium in the blood, muscles may cramp.")
    term = desk.live(
        factories.term_document(
            desk.editor, "hypomagnesaemia", other_names=["low magnesium in the blood"]
        )
    )

    for typed in ("hypomagnesaemia", "hypomagnesemia", "hypomagnesaemia cramp"):
        assert "/articles/plain/" in paths(typed)
    assert paths("low magnesium in the blood")[0] == "/glossary/hypomagnesaemia/"

    desk.clock.forward(hours=1)
    verbs.withdraw(term.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    assert paths("hypomagnesaemia") == []


def test_pages_with_some_of_the_words_are_better_than_none(desk, paths, read):
    read("both", "Magnesium for migraine.")
    read("one", "A migraine hurts.")
    found = search.find("does migraine need xylophones", desk.clock.forward(seconds=1))

    assert found.some_words
    assert {r.edition.path for r in found.results} == {"/articles/both/", "/articles/one/"}
    assert found.missed
    assert not search.find("migraine", desk.clock.forward(seconds=1)).some_words


def test_common_words_alone_are_looked_for_too(paths, read):
    read("about-this", "What is this about?")
    assert paths("what is this") == ["/articles/about-this/"]


def test_facets_count_what_choosing_them_would_show(desk, paths, read):
    read("a", "Zinc.", topics=[factories.topic("zinc").uid])
    read("b", "Zinc.", topics=[factories.topic("zinc").uid, factories.topic("skin").uid])
    asked = desk.live(desk.question("zinc", topics=[factories.topic("skin").uid]))
    at = desk.clock.forward(seconds=1)

    def counts(facets):
        return {getattr(f.of, "slug", f.of.name): f.count for f in facets if f.count}

    whole = search.find("zinc", at)
    assert counts(whole.kinds) == {"question": 1, "article": 2}
    assert counts(whole.topics) == {"zinc": 2, "skin": 2}
    narrowed = search.find("zinc", at, kind="question")
    assert (counts(narrowed.kinds), counts(narrowed.topics)) == (counts(whole.kinds), {"skin": 1})
    assert [r.edition.path for r in narrowed.results] == [asked.path]
    assert (narrowed.total, narrowed.anywhere) == (1, 3)
    assert paths("zinc", kind="article", topic="skin") == ["/articles/b/"]
    for unknown in ({"kind": "poem"}, {"topic": "nothing"}, {"kind": "%", "topic": "\x00"}):
        found = search.find("zinc", at, **unknown)
        assert (found.unknown, found.total) == (True, 3)


def test_pages_of_results_hold_each_result_once(desk, monkeypatch, paths, read):
    monkeypatch.setattr(finding, "PER_PAGE", 2)
    desk.live(desk.supplement("zinc", body="<p>Zinc.</p>"))
    made = [read(f"zinc-{number}", "Zinc.") for number in range(4)]

    pages = [paths("zinc", page=number) for number in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert pages[0][0] == "/supplements/zinc/"
    assert sorted(chain(*pages)) == sorted(["/supplements/zinc/", *made])


# PostgreSQL's bound is a part of its statement.
@pytest.mark.sqlite
def test_of_too_many_matches_titles_come_first_and_then_the_newest(monkeypatch, paths, read):
    monkeypatch.setattr(sqlite, "RANKED", 2)
    read("first", "A metal.", title="Zinc, first of all")
    for number in range(4):
        read(f"later-{number}", "Zinc is a metal.")

    first, *rest = paths("zinc")
    assert (first, set(rest)) == ("/articles/first/", {"/articles/later-2/", "/articles/later-3/"})


TYPOS = {
    "magnesum": "magnesium",
    "magneesium": "magnesium",
    "mabnesium": "magnesium",
    "amgnesium": "magnesium",
    "Magnesum for cramps": "magnesium for cramps",
    "magnesum d": "magnesium d",
    "magnsm": "",
    "qqqq": "",
}


def test_a_word_with_one_wrong_letter_is_asked_about(desk, read):
    read("it", "Magnesium for cramps.")
    at = desk.clock.forward(seconds=1)
    assert {typed: search.find(typed, at).did_you_mean for typed in TYPOS} == TYPOS


def test_a_word_longer_than_any_is_not_looked_into(desk, monkeypatch, read):
    read("it", "Magnesium.")
    looked_into = []
    monkeypatch.setattr(corrections, "_one_off", lambda word: looked_into.append(word) or ())
    for length in (30, 31, 199):
        search.find("magnesium".ljust(length, "m"), desk.clock.forward(seconds=1))
    assert [len(word) for word in looked_into] == [30]


def test_nobody_is_asked_about_a_word_that_no_live_page_has(desk, read):
    read("it", "Magnesium.")
    gone = desk.live(desk.article("gone", title="Selenium"))
    desk.clock.forward(hours=1)
    verbs.withdraw(gone.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    desk.save(desk.article("draft", title="Molybdenum"))
    desk.schedule(desk.save(desk.article("later", title="Chromium")), days=3)

    for typed in ("selenum", "molybdenm", "chromim"):
        found = search.find(typed, desk.clock.forward(seconds=1))
        assert (found.did_you_mean, found.anywhere) == ("", 0)
    later = desk.clock.forward(days=4)
    assert search.find("chromim", later).did_you_mean == "chromium"


def test_a_word_of_another_language_alone_is_one_that_no_page_has(desk, monkeypatch, read):
    monkeypatch.setattr(finding, "RANKED", 1)
    Site.objects.update(languages=["en", "es"])
    for number in range(2):
        read(f"it-{number}", "Zinc and muscle.")
    read("es", "El cinc.", language="es")
    at = desk.clock.forward(seconds=1)

    assert search.find("cinc", at).did_you_mean == "zinc"
    found = search.find("cinc muscle", at)
    assert (found.did_you_mean, found.anywhere) == ("zinc muscle", 2)
    with translation.override("es"):
        assert search.find("zinc", at).did_you_mean == "cinc"
        assert search.find("cinc", at).anywhere == 1


def test_suggestions_are_titles_and_other_names_that_hold_what_is_typed(desk, read):
    read("zinc", "A metal.", title="How much zinc is enough?")
    read("body-alone", "Zinc.")
    others = ["enough for all"]
    desk.live(factories.term_document(desk.editor, "rda", name="RDA", other_names=others))
    at = desk.clock.forward(seconds=1)

    assert [e.path for e in search.suggest("zi", at)] == ["/articles/zinc/"]
    assert [e.path for e in search.suggest("how much z", at)] == ["/articles/zinc/"]
    assert {e.path for e in search.suggest("enou", at)} == {"/articles/zinc/", "/glossary/rda/"}
    assert search.suggest("", at) == search.suggest("🧲", at) == []


def test_the_page_of_that_very_name_is_suggested_first_and_no_kind_crowds_out_others(desk, read):
    for number in range(9):
        desk.live(desk.question(f"q-{number}", question=f"Is zinc question {number}?"))
        desk.live(factories.term_document(desk.editor, f"t-{number}", name=f"Zinc {number}"))
    for number in range(4):
        read(f"a-{number}", "A metal.", title=f"What does a long title tell of zinc {number}?")
    desk.live(desk.supplement("zinc"))
    at = desk.clock.forward(seconds=1)

    for typed in ("zinc", "Zinc?", "zin"):
        found = [edition.entry.kind for edition in search.suggest(typed, at)]
        assert sorted(found[:4]) == ["article"] * 3 + ["supplement"]
        assert found[4:] == ["question"] * 3 + ["term"]
    assert search.suggest("zinc", at)[0].path == "/supplements/zinc/"
    assert search.suggest("zinc 3", at)[0].path == "/glossary/t-3/"


def test_articles_come_before_questions_and_those_before_terms_whose_titles_answer_as_well(
    desk, paths, read
):
    read("short", "Eat well.", title="Eat well", quick_summary="Zinc, zinc, zinc, zinc, zinc.")
    article = read("long", "A metal. " * 500, title="Will it help your muscles to take some zinc?")
    asked = desk.live(desk.question("zinc", question="Is zinc for me?")).path
    others = ["oxide of zinc"]
    text = factories.term_document(
        desk.editor, "oxide", name="Oxide", other_names=others, definition="Zinc."
    )
    term = desk.live(text).path

    assert paths("zinc") == [article, asked, term, "/articles/short/"]
    assert paths("oxide")[0] == term


def test_a_long_search_is_cut_and_says_so(desk, read):
    read("it", "Magnesium.")
    found = search.find("magnesium " * 1000, desk.clock.forward(seconds=1))

    assert (found.cut, found.total, len(found.words)) == (True, 1, 12)
    assert not search.find("magnesium", desk.clock.forward(seconds=1)).cut
