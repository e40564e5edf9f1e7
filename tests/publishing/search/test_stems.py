"""A text is found by the stems of its own language, and what is typed is read in the page's."""

import pytest
from django.core.management import call_command
from django.utils import translation

from publishing import search
from publishing.models import SearchText, Site
from publishing.search import stems
from publishing.search.asked import Query, Term, Word
from publishing.search.engines import index


@pytest.fixture
def spanish(desk, read) -> str:
    """The path of a Spanish text on a site in English, Spanish and Welsh."""
    Site.objects.update(languages=["en", "es", "cy"])
    says = "Los calambres, la debilidad de un músculo: ÉPOCA del xylitol. Vitamina E, B12, omega 3."
    return read("magnesio", says, title="Magnesio para los dolores", language="es")


FOUND = [
    "calambre", "CALAMBRES", "músculos", "musculo", "muscular", "débil", "debil", "dolor",
    "xylitol", "qué hay de los calambres", "dolores y calambres", "calamb", "xyl", "músculo xyl",
    "vitamina e", "omega 3", "b12", "calambrs",
]  # fmt: skip


def test_a_spanish_text_is_found_by_spanish_stems(desk, paths, read, spanish):
    read("otra", "Los estudios dicen poco de todo eso.", title="Zinc", language="es")

    with translation.override("es"):
        for typed in FOUND:
            assert paths(typed) == [spanish], typed
        at = desk.clock.forward(seconds=1)
        assert search.find("calamvres", at).did_you_mean == "calambres"
        for typed in ("dolor", "dolores", "dolo"):
            assert [edition.path for edition in search.suggest(typed, at)] == [spanish]
    assert paths("calambre") == []


def test_what_was_found_by_its_stem_is_marked_accents_and_all(desk, spanish):
    with translation.override("es"):
        found = search.find("dolor musculos epoca calambre", desk.clock.forward(seconds=1))

    [result] = found.results
    assert [piece.text for piece in result.title if piece.marked] == ["dolores"]
    marked = [piece.text for piece in result.excerpt.pieces if piece.marked]
    assert marked == ["calambres", "músculo", "ÉPOCA"]


def test_what_was_meant_has_its_accents(desk, spanish):
    at = desk.clock.forward(seconds=1)
    meant = {"muscylo": "músculo", "calmabres": "calambres", "magnesoi": "magnesio"}

    with translation.override("es"):
        assert {typed: search.find(typed, at).did_you_mean for typed in meant} == meant
        assert search.find("debilidda muscylo", at).did_you_mean == "debilidad músculo"


def test_english_is_left_to_the_engines():
    terms = (Term((Word(("cramps",), "cramp"),), ("muscle cramps", "muscle cramps")),)

    for language in ("en", "en-GB", "EN_us"):
        assert stems.written("Muscle cramps", language) == "Muscle cramps"
        assert stems.looked_for(terms, (language,)) == terms


def test_a_language_without_a_stemmer_is_found_by_its_words_as_they_are(desk, read, spanish):
    path = read("cy", "Crampiau yn y cyhyrau: running.", language="cy")
    at = desk.clock.forward(seconds=1)

    with translation.override("cy"):
        for typed, in_all in (("running cyhyrau", True), ("runs cyhyrau", False)):
            found = search.find(typed, at)
            assert [result.edition.path for result in found.results] == [path]
            assert found.some_words is not in_all
    for odd in ("", "zh-Hans", "x", "😀"):
        assert stems.written("Un “calambre”", odd) == "un0 “calambre0”"


def test_a_number_is_no_other_one(desk, paths, read, spanish):
    path = read("dosis", "Tome 100 mg de D3.", title="Dosis", language="es")

    with translation.override("es"):
        assert paths("100") == paths("d3") == [path]
        assert paths("1000") == paths("d30") == paths("30") == []


@pytest.mark.sqlite
def test_a_word_under_a_mark_of_its_stress_is_one_word(desk, paths, read):
    """No letter has this mark built in; SQLite takes it for a part of the word."""
    Site.objects.update(languages=["en", "ru"])
    path = read("ru", "Это мно\u0301го: сто грамм.", language="ru")

    with translation.override("ru"):
        assert paths("много") == [path]
        [result] = search.find("много сто", desk.clock.forward(seconds=1)).results
    marked = [piece.text for piece in result.excerpt.pieces if piece.marked]
    assert marked == ["мно\u0301го", "сто"]


def test_texts_in_a_language_that_the_site_dropped_are_found_among_the_default_s(
    paths, read, spanish
):
    english = read("english", "Xylitol kills goats.")
    Site.objects.update(languages=["en"])

    assert paths("calambre") == [spanish]
    assert set(paths("xylitol")) == {spanish, english}
    assert paths("goat") == [english]


def held(word: str) -> int:
    """Return how many texts the engine has under a word, written as its index has it."""
    return index().count(Query((Term((Word((word,)),)),), None))


def test_a_text_goes_out_of_the_index_as_it_went_in(spanish):
    [row] = SearchText.objects.filter(language="es")
    assert held("calambr0") == 1
    index().remove([row.pk])
    row.delete()
    assert held("calambr0") == held("muscul0") == 0


def test_migrating_stems_what_was_stemmed_as_english(transactional_db, desk, read, spanish):
    read("english", "Her calambres.")
    before = list(SearchText.objects.order_by("pk").values())
    assert (held("calambres"), held("calambr0")) == (1, 1)

    call_command("migrate", "publishing", "0011_search_head", verbosity=0, interactive=False)
    try:
        assert (held("calambres"), held("musculo"), held("calambr0")) == (2, 1, 0)
    finally:
        call_command("migrate", verbosity=0, interactive=False)

    assert (held("calambres"), held("calambr0"), held("musculo")) == (1, 1, 0)
    assert list(SearchText.objects.order_by("pk").values()) == before
