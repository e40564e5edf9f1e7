import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.identifiers import (
    NORMALISERS,
    IdentifierError,
    normalise_doi,
    normalise_isbn,
    normalise_pmcid,
    normalise_pmid,
    url_for,
)


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("", ""),
        ("  \u200b ", ""),
        ("10.1000/ABC.1", "10.1000/abc.1"),
        ("doi:10.1000/abc", "10.1000/abc"),
        ("DOI: 10.1000/abc.", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc,", "10.1000/abc"),
        ("www.doi.org/10.1000/abc?utm_source=mail", "10.1000/abc"),
        ("https://doi.org/10.1000%2F(SICI)1%3C1::AID%3E3.CO;2", "10.1000/(sici)1<1::aid>3.co;2"),
        ("10.1000%2Fabc", "10.1000/abc"),
        ("10.1000/abc)", "10.1000/abc"),
        ("10.1000/a(b)", "10.1000/a(b)"),
        ("10.1000/a(b)).", "10.1000/a(b)"),
        ("10.1000.10/abc", "10.1000.10/abc"),
        ("10.1000/a\u2010b", "10.1000/a-b"),
    ],
)
def test_a_doi_is_read_as_people_paste_it(written, doi):
    assert normalise_doi(written) == doi


@pytest.mark.parametrize(
    "written",
    ["unavailable", "10.1000", "10.1/x", "11.1000/x", "10.1000/a b", "https://site.example/x"],
)
def test_what_is_no_doi_is_named_and_the_way_out_is_said(written):
    with pytest.raises(IdentifierError) as refusal:
        normalise_doi(written)
    assert f"“{written}” is not a DOI." in str(refusal.value)
    assert "Copy it from" in str(refusal.value)


@pytest.mark.parametrize(
    "written",
    [
        "123",
        "00123",
        "PMID: 123",
        "pmid123",
        "PubMed ID: 123.",
        "https://pubmed.ncbi.nlm.nih.gov/123/",
    ]
    + ["https://www.ncbi.nlm.nih.gov/pubmed/123?dopt=Abstract", "pubmed.ncbi.nlm.nih.gov/123"],
)
def test_a_pubmed_number_is_read_as_people_paste_it(written):
    assert normalise_pmid(written) == "123"


@pytest.mark.parametrize("written", ["0", "PMC123", "12a", "1234567890", "10.1000/1", "１２３x"])
def test_what_is_no_pubmed_number_is_refused(written):
    with pytest.raises(IdentifierError, match="is not a PubMed number"):
        normalise_pmid(written)


@pytest.mark.parametrize(
    "written",
    ["PMC123", "pmc 123", "PMCID: PMC123.2", "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"]
    + ["https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/pdf/a.pdf", "PMC000123."],
)
def test_a_pubmed_central_number_is_read_as_people_paste_it(written):
    assert normalise_pmcid(written) == "PMC123"


def test_digits_alone_are_no_pubmed_central_number():
    with pytest.raises(IdentifierError, match="starts with PMC"):
        normalise_pmcid("123")


@pytest.mark.parametrize(
    ("written", "isbn"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("ISBN-13: 978 0 306 40615 7", "9780306406157"),
        ("0-306-40615-2", "9780306406157"),
        ("ISBN 0\u2013306\u201340615\u20132", "9780306406157"),
        ("urn:isbn:080442957x", "9780804429573"),
    ],
)
def test_an_isbn_is_read_as_people_paste_it(written, isbn):
    assert normalise_isbn(written) == isbn


@pytest.mark.parametrize(("written", "digit"), [("9780306406158", "7"), ("0306406153", "2")])
def test_a_mistyped_isbn_is_told_from_something_else(written, digit):
    with pytest.raises(IdentifierError, match=f"last digit should be {digit}"):
        normalise_isbn(written)
    with pytest.raises(IdentifierError, match="is not an ISBN"):
        normalise_isbn("12345")


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(sorted(NORMALISERS)))
def test_any_text_is_normalised_or_refused_and_the_normal_form_is_stable(text, kind):
    try:
        value = NORMALISERS[kind](text)
    except IdentifierError:
        return
    assert NORMALISERS[kind](value) == value
    assert (
        not url_for(kind, value)
        or NORMALISERS[kind] is normalise_isbn
        or (NORMALISERS[kind](url_for(kind, value)) == value)
    )


@given(st.from_regex(r"10\.[0-9]{4,9}/[a-z0-9.;()/:<>#?%_-]{0,20}[a-z0-9]", fullmatch=True))
def test_the_address_of_a_doi_leads_back_to_it(doi):
    if doi == normalise_doi(doi):
        assert normalise_doi(url_for("doi", doi)) == doi


@given(st.integers(0, 999_999_999))
def test_both_lengths_of_an_isbn_are_the_same_book(number):
    nine = f"{number:09}"
    ten = next(nine + check for check in "0123456789X" if _accepted(nine + check))
    thirteen = normalise_isbn(ten)
    assert thirteen.startswith("978" + nine)
    wrong = thirteen[:-1] + str((int(thirteen[-1]) + 1) % 10)
    assert not _accepted(wrong)


def _accepted(isbn):
    try:
        return bool(normalise_isbn(isbn))
    except IdentifierError:
        return False


def test_addresses():
    assert url_for("doi", "10.1000/a<b>") == "https://doi.org/10.1000/a%3Cb%3E"
    assert url_for("pmid", "123") == "https://pubmed.ncbi.nlm.nih.gov/123/"
    assert url_for("pmcid", "PMC123") == "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"
    assert url_for("isbn", "9780306406157").endswith("/9780306406157")
    assert url_for("url", "https://site.example/") == "https://site.example/"
    assert url_for("url", "javascript:alert(1)") == ""
    assert url_for("doi", "") == ""
    with pytest.raises(ValueError, match="orcid"):
        url_for("orcid", "0")
