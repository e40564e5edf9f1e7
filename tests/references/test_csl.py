import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import csl

CONTENT = Path(__file__).parents[2] / "../shared/content"

ARTICLE = {
    "key": "placeholder2021",
    "csl_type": "article-journal",
    "title": "Salt and sleep: a trial",
    "authors": [
        {"family": "de Placeholder", "given": "A. B."},
        {"family": "King", "given": "S. R.", "suffix": "Jr"},
        {"literal": "SLEEP Study Group"},
    ],
    "container_title": "Journal of Examples",
    "publisher": "",
    "publisher_place": "",
    "year": 2021,
    "month": 3,
    "day": None,
    "volume": "12",
    "issue": "3",
    "page": "1-9",
    "doi": "10.1000/x",
    "pmid": "123",
    "pmcid": "PMC123",
    "isbn": "",
    "url": "https://site.example/",
    "accessed": "2024-03-05",
    "study_design": "randomised trial",
}
WORDS = st.text(st.characters(codec="utf-8"), max_size=12).map(lambda text: " ".join(text.split()))
SOME = WORDS.filter(bool)
NAME = st.one_of(
    st.fixed_dictionaries({"family": SOME, "given": SOME}),
    st.fixed_dictionaries({"family": SOME}),
    st.fixed_dictionaries({"literal": SOME}),
)


def test_an_item_says_what_the_fields_say():
    assert csl.item(ARTICLE) == {
        "id": "placeholder2021",
        "type": "article-journal",
        "title": "Salt and sleep: a trial",
        "author": ARTICLE["authors"],
        "container-title": "Journal of Examples",
        "issued": {"date-parts": [[2021, 3]]},
        "accessed": {"date-parts": [[2024, 3, 5]]},
        "volume": "12",
        "issue": "3",
        "page": "1-9",
        "DOI": "10.1000/x",
        "PMID": "123",
        "PMCID": "PMC123",
        "URL": "https://site.example/",
        "custom": {"study-design": "randomised trial"},
    }
    assert csl.fields(csl.item(ARTICLE)) == ARTICLE


@given(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("key", "title", "container_title", "volume", "page", "doi"), WORDS),
            "csl_type": st.sampled_from(sorted(csl.CSL_TYPES)),
            "authors": st.lists(NAME, max_size=4),
            "accessed": st.dates().map(str) | st.just(""),
            "study_design": WORDS,
        }
    )
)
def test_fields_survive_the_way_through_csl(some):
    complete = csl.fields({}) | some
    assert csl.fields(csl.item(complete)) == complete


def test_a_type_that_csl_does_not_have_is_refused():
    with pytest.raises(ValueError, match="“tweet”"):
        csl.item({"csl_type": "tweet"})


def test_an_item_from_elsewhere_is_read_with_its_particles_and_odd_dates():
    read = csl.fields(
        {
            "id": 7,
            "type": "made-up",
            "volume": 12,
            "author": [
                {"family": "Sol", "given": "E.", "non-dropping-particle": "van der"},
                {"family": "", "literal": " "},
                "nobody",
            ],
            "issued": {"date-parts": [["2019", "13"]]},
            "accessed": {"date-parts": [[2024, 2, 31]]},
        }
    )
    assert (read["key"], read["csl_type"], read["volume"]) == ("7", "document", "12")
    assert read["authors"] == [{"family": "van der Sol", "given": "E."}]
    assert (read["year"], read["month"], read["day"], read["accessed"]) == (2019, None, None, "")


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [[2020, 1]]}, 2020),
        ({"date-parts": [[2020], [2021]]}, 2020),
        ({"literal": "Spring 1999"}, 1999),
        ({"raw": "12345"}, None),
        ({"date-parts": []}, None),
        ("2020", None),
        (None, None),
    ],
)
def test_the_year_of_publication(issued, year):
    assert csl.issued_year({"issued": issued}) == year


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", []),
        ("Garrow SR", [{"family": "Garrow", "given": "S. R."}]),
        ("de Baan JHF", [{"family": "de Baan", "given": "J. H. F."}]),
        ("Saint-X J-P", [{"family": "Saint-X", "given": "J.-P."}]),
        ("Sol E.K.", [{"family": "Sol", "given": "E. K."}]),
        ("King SR Jr", [{"family": "King", "given": "S. R.", "suffix": "Jr"}]),
        ("King, Samuel, Jr", [{"family": "King", "given": "Samuel", "suffix": "Jr"}]),
        ("Sol, Eva; Lun B", [{"family": "Sol", "given": "Eva"}, {"family": "Lun", "given": "B."}]),
        ("Sol E\nLun B;", [{"family": "Sol", "given": "E."}, {"family": "Lun", "given": "B."}]),
        ("Institute of Examples", [{"literal": "Institute of Examples"}]),
        ("{A; B, US}; Sol", [{"literal": "A; B, US"}, {"literal": "Sol"}]),
    ],
)
def test_names_are_read_as_people_write_them(line, names):
    assert csl.names_from_text(line) == names
    assert csl.names_from_text(csl.names_to_text(names)) == names


def test_names_are_written_as_short_as_they_can_be_read_again():
    names = [{"family": "Sol", "given": "E. K."}, {"family": "Lun", "given": "Bo"}]
    assert csl.names_to_text([*names, {"literal": "Press US"}]) == "Sol EK; Lun, Bo; {Press US}"
    king = {"family": "King", "given": "S.", "suffix": "MD"}
    assert csl.names_from_text(csl.names_to_text([king])) == [king]


PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="{};,"), min_size=1, max_size=8)
PLAIN = PLAIN.map(lambda text: " ".join(text.split())).filter(bool)


@given(
    st.lists(
        st.one_of(
            st.fixed_dictionaries({"family": PLAIN}, optional={"given": PLAIN}),
            st.fixed_dictionaries(
                {"family": st.just("Sol"), "given": st.sampled_from(["E.", "E. K.", "E.-K.", "EK"])}
            ),
            st.fixed_dictionaries({"literal": st.one_of(PLAIN, st.just("A; B, C US"))}),
        ),
        max_size=4,
    )
)
def test_names_survive_the_way_through_a_line(names):
    assert csl.names_from_text(csl.names_to_text(names)) == names


if CONTENT.exists():

    @pytest.mark.parametrize("name", ["references.csl.json", "extra.csl.json"])
    def test_real_items_survive_the_way_through_our_fields(name):
        other = {"custom", "note", "editor", "archive_location"}  # kept elsewhere, or not at all
        for item in json.loads((CONTENT / name).read_text(encoding="utf-8")):
            ours = {variable: value for variable, value in item.items() if variable not in other}
            assert csl.item(csl.fields(item)) == ours
            authors = item.get("author", [])
            assert csl.names_from_text(csl.names_to_text(authors)) == authors
