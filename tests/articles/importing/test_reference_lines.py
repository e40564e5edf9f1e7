"""Lists of references and the citations that point at them."""

import pytest

from articles.importing.blocks import Block, make
from articles.importing.citations import Citer
from articles.importing.findings import Findings
from articles.importing.reader import read_article
from articles.importing.reference_lines import read_references

PROSE = "This paragraph has enough words to be read as running text by anybody who counts them."


def one(text):
    return read_references([Block("paragraph", make("p", text), 7)], Findings()).references[0]


@pytest.mark.parametrize(
    ("text", "title", "key"),
    [
        (
            "Ström AB, de Wit C, et al. Iron at night: a trial. J Ex. 2019;4(2):5-7.",
            "Iron at night: a trial",
            "strom2019",
        ),
        (
            "Lee, J. K., & O'Neil, P. (2021). Zinc in adults. Ex Nutr, 13(2), 4.",
            "Zinc in adults",
            "lee2021",
        ),
        (
            "Office of Examples. Iron fact sheet. Accessed March 3, 2024. https://example.org/",
            "Iron fact sheet",
            "ref-1",
        ),
        (
            "“Low iron in winter,” Example Clinic, https://example.org/i",
            "Low iron in winter",
            "ref-1",
        ),
        ("Vitamin D fact sheet (https://example.org/d)", "Vitamin D fact sheet", "ref-1"),
        ("Ruiz R. Calcium after fifty? Ex Med. 2001;3:4.", "Calcium after fifty?", "ruiz2001"),
    ],
)
def test_titles_and_keys(text, title, key):
    reference = one(text)
    assert (reference.title, reference.key, reference.line) == (title, key, 7)


def test_identifiers():
    reference = one(
        "Lee C. Zinc. J Ex. 2015;1:2. https://doi.org/10.1000/AB(1)c.2). PMID: 0123456; PMC7654321."
    )
    assert (reference.doi, reference.pmid, reference.pmcid) == (
        "10.1000/ab(1)c.2",
        "123456",
        "PMC7654321",
    )
    assert reference.year == "2015"


def test_a_date_of_access_is_no_year_of_publication():
    assert (
        one("Office of Examples. Iron sheet. Accessed May 2, 2024. https://example.org").year == ""
    )


def test_keys_never_meet():
    blocks = [
        Block("paragraph", make("p", f"Lee C. Part {n}. J. 2015;1:2."), n) for n in range(1, 60)
    ]
    keys = [r.key for r in read_references(blocks, Findings()).references]
    assert keys[:3] == ["lee2015", "lee2015b", "lee2015c"]
    assert len(set(keys)) == 59


def test_a_title_that_cannot_be_told_is_the_text_and_is_said_once():
    findings = Findings()
    blocks = [
        Block("paragraph", make("p", text), n)
        for n, text in enumerate(("Example Clinic", "Office"), 3)
    ]
    references = read_references(blocks, findings).references
    assert [r.title for r in references] == ["Example Clinic", "Office"]
    assert [g.message for g in findings.guesses] == [
        "The title of 2 references could not be told (lines 3 and 4). The whole text was taken."
    ]


def test_an_address_on_its_own_line_belongs_to_the_entry_above():
    blocks = [
        Block("paragraph", make("p", "Lee C. Zinc at night. J. 2015;1:2."), 3),
        Block("paragraph", make("p", "https://doi.org/10.1000/zinc"), 4),
    ]
    (reference,) = read_references(blocks, Findings()).references
    assert reference.doi == "10.1000/zinc"


def cited(text, count=5):
    blocks = [
        Block("paragraph", make("p", f"{n}. Lee{'abcdefghij'[n]} C. Part {n}. J. 2015;1:2."), n)
        for n in range(1, count + 1)
    ]
    findings = Findings()
    block = Block("paragraph", make("p", text), 9)
    Citer(read_references(blocks, findings), findings).cite([block], "body")
    return block.text, findings.problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It helps [3].", "It helps [@leed2015]."),
        ("It helps [1,2].", "It helps [@leeb2015; @leec2015]."),
        ("It helps [1–3].", "It helps [@leeb2015; @leec2015; @leed2015]."),
        ("It helps [1][2].", "It helps [@leeb2015][@leec2015]."),
        ("It helps.¹˒³", "It helps.[@leeb2015; @leed2015]"),
        ("It helps [@leeb2015; @leec2015].", "It helps [@leeb2015; @leec2015]."),
        ("On 10 m² (95% CI [1, 3]) in [2020]", "On 10 m² (95% CI [1, 3]) in [2020]"),
        ("Write to [see me@example.org]", "Write to [see me@example.org]"),
    ],
)
def test_citations(text, expected):
    assert cited(text) == (expected, [])


@pytest.mark.parametrize("mark", ["[9]", "[1, 9]", "[@nobody1999]", "[^8]"])
def test_a_citation_without_reference_stays_and_is_told(mark):
    text, problems = cited(f"First sentence. It helps {mark} a lot.")
    assert mark in text
    assert [(p.id, p.level, p.line) for p in problems] == [("REF-1", "error", 9)]
    assert problems[0].place.sentence == f"It helps {mark} a lot."


def test_numbers_that_point_at_an_unnumbered_list_are_a_guess():
    article = read_article(
        f"# Tea\n\n{PROSE} [2]\n\n## Sources\n\n"
        "- Lee A. Leaves. J. 2011;1:2.\n- Lee B. Roots. J. 2012;1:2.\n".encode(),
        "x.md",
    )
    assert article.lead.endswith("[@lee2012]")
    assert [g.field for g in article.guesses] == ["references"]
