import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import citeproc
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from references import csl
from references.styles import ama

CONTENT = Path(__file__).parents[2] / "../shared/content"

TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Why?", "A.", "<script>x</script>", "&amp;", "1–2", "\ue000\ue004", '"', "é"]),
)
NAMES = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("family", "given", "literal", "suffix", "x"), TEXT)
        ),
        TEXT,
    ),
    max_size=8,
)
DATE = st.one_of(
    TEXT,
    st.fixed_dictionaries(
        {},
        optional={
            "date-parts": st.lists(st.lists(st.one_of(st.integers(), TEXT, st.none()), max_size=4)),
            "literal": TEXT,
        },
    ),
)
VARIABLES = ("title", "container-title", "publisher", "volume", "issue", "page", "number")
ITEM = st.fixed_dictionaries(
    {},
    optional={
        "type": st.one_of(st.sampled_from(sorted(csl.CSL_TYPES)), TEXT),
        **{name: st.one_of(TEXT, st.none(), st.integers()) for name in VARIABLES},
        **dict.fromkeys(("DOI", "URL", "PMID", "language", "note", "custom"), TEXT),
        "author": st.one_of(NAMES, TEXT),
        "editor": NAMES,
        "issued": DATE,
        "accessed": DATE,
    },
)


def one(**item):
    return ama([{"id": "x", **item}])[0]


def plain(html):
    return BeautifulSoup(html, "html.parser").get_text()


def test_a_journal_article_with_its_links():
    html = one(
        type="article-journal",
        title="Salt & sleep: does it matter?",
        author=[{"family": "de Baan", "given": "Chiung-ju"}, {"family": "Sol", "given": "EK"}],
        issued={"date-parts": [[2021, 3, 1]]},
        volume="12",
        issue="3",
        page="1-9",
        DOI="10.1000/A<1>",
        PMID="123",
        **{"container-title": "J. Examples"},
    )
    assert html == (
        "de Baan CJ, Sol EK. Salt &amp; sleep: does it matter? <i>J Examples</i>. 2021;12(3):1-9. "
        '<a href="https://doi.org/10.1000/a%3C1%3E">doi:10.1000/A&lt;1&gt;</a>. '
        '<a href="https://pubmed.ncbi.nlm.nih.gov/123/">PMID: 123</a>'
    )


def test_seven_authors_and_more_are_three_and_others():
    authors = [{"family": f"Name{letter}", "given": "A."} for letter in "ABCDEFG"]
    assert one(type="book", author=authors).startswith("NameA A, NameB A, NameC A, et al.")
    assert "NameF A. " in one(type="book", title="T", author=authors[:6])


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"type": "webpage", "title": "A", "URL": "https://a.example/"}, "A. https://a.example/"),
        (
            {
                "type": "webpage",
                "title": "A page!",
                "publisher": "Example Office",
                "issued": {"date-parts": [[2023, 2]]},
                "accessed": {"date-parts": [[2024, 3, 5]]},
                "URL": "https://a.example/?b=1&c=2",
            },
            "A page! Example Office. February 2023. Accessed March 5, 2024. "
            "https://a.example/?b=1&c=2",
        ),
        (
            {
                "type": "webpage",
                "title": "A page",
                "author": [{"literal": "Office Inc."}],
                "publisher": "Office Inc.",
            },
            "Office Inc. A page.",
        ),
        (
            {
                "type": "book",
                "title": "bones",
                "editor": [{"family": "Sol", "given": "Eva"}, {"family": "Lun"}],
                "publisher": "Press",
                "issued": {"date-parts": [[1997]]},
            },
            "Sol E, Lun, eds. Bones. Press; 1997.",
        ),
        (
            {
                "type": "book",
                "title": "Bones",
                "author": [{"literal": "Office"}],
                "editor": [{"family": "Sol", "given": "Eva"}, {"family": "Lun", "given": "B."}],
            },
            "Office. Bones. (Sol E, Lun B, eds).",
        ),
        (
            {
                "type": "chapter",
                "title": "Knees",
                "editor": [{"family": "Sol", "given": "Eva"}],
                "container-title": "Bones",
                "page": "3-9",
            },
            "Knees. In: Sol E, ed. Bones:3-9.",
        ),
        ({"type": "article-journal", "title": "Alone"}, "Alone."),
        ({"type": "article", "title": "H<sub>2</sub>O in <i>E. coli</i>"}, "H2O in E. coli."),
        ({}, ""),
    ],
)
def test_other_kinds_read_as_ama_has_them(item, expected):
    assert plain(one(**item)) == expected


def test_an_address_that_could_run_is_no_link():
    assert one(type="webpage", title="T", URL="javascript:alert(1)") == "T."


@given(ITEM)
@settings(max_examples=200, deadline=None)
def test_any_item_is_rendered_safely(item):
    (html,) = ama([item])
    for tag in BeautifulSoup(html, "html.parser").find_all():
        assert tag.name in ("i", "a")
        assert list(tag.attrs) == (["href"] if tag.name == "a" else [])
        assert tag.name == "i" or tag["href"].startswith(("https://", "http://"))
    assert not re.search("[\ue000-\uf8ff]", html)
    assert not re.search(r"[?!]\.(\s|$)", html)


def test_an_item_that_the_renderer_cannot_take_is_still_listed(monkeypatch):
    def fail(self):
        raise KeyError("seam")

    monkeypatch.setattr(citeproc.CitationStylesBibliography, "bibliography", fail)
    html = one(
        type="article-journal",
        title="Only <in> this test",
        author=[{"family": "Sol", "given": "Eva K."}],
        issued={"date-parts": [[2020]]},
        DOI="10.1000/only",
        **{"container-title": "J Examples"},
    )
    assert html == (
        "Sol EK. Only &lt;in&gt; this test. J Examples. 2020. "
        '<a href="https://doi.org/10.1000/only">doi:10.1000/only</a>'
    )


def test_threads_render_the_same():
    items = [{"title": f"Book {n}", "author": [{"family": f"N{n}"}]} for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        rendered = list(pool.map(lambda item: plain(ama([item])[0]), items))
    assert rendered == [f"N{n}. Book {n}." for n in range(60)]


if CONTENT.exists():

    @pytest.mark.parametrize("name", ["references.csl.json", "extra.csl.json"])
    def test_real_items_have_title_year_and_clean_punctuation(name):
        items = json.loads((CONTENT / name).read_text(encoding="utf-8"))
        for item, html in zip(items, ama(items), strict=True):
            text = plain(html)
            assert item["title"] in text
            assert str(csl.issued_year(item) or "") in text
            assert not re.search(r"\.\.|[?!]\.|\s[.,;:]|\(\)|  ", text)
