"""Reference lists as RIS and CSL-JSON."""

import json

from references import exporting

ITEM = {
    "id": "smith2020",
    "type": "article-journal",
    "title": "A study of\nsomething",
    "author": [
        {"family": "Smith", "given": "Jane A.", "suffix": "Jr"},
        {"literal": "World Health Organization"},
    ],
    "container-title": "Journal of Tests",
    "issued": {"date-parts": [[2020, 3]]},
    "volume": "7",
    "issue": "9",
    "page": "819–926",
    "DOI": "10.1000/test.1",
    "PMID": "123",
    "PMCID": "PMC456",
    "custom": {"study-design": "cohort study"},
}


def test_an_article_as_ris():
    assert exporting.ris([ITEM]).split("\r\n") == [
        "TY  - JOUR",
        "AU  - Smith, Jane A., Jr",
        "AU  - World Health Organization",
        "TI  - A study of something",
        "T2  - Journal of Tests",
        "VL  - 7",
        "IS  - 9",
        "DO  - 10.1000/test.1",
        "PY  - 2020",
        "DA  - 2020/03//",
        "SP  - 819",
        "EP  - 926",
        "M3  - cohort study",
        "AN  - PMID: 123",
        "UR  - https://doi.org/10.1000/test.1",
        "UR  - https://pubmed.ncbi.nlm.nih.gov/123/",
        "UR  - https://pmc.ncbi.nlm.nih.gov/articles/PMC456/",
        "ER  - ",
        "",
    ]


def test_what_is_not_known_is_left_out_and_records_stay_apart():
    lines = exporting.ris([{"id": "a", "type": "no-such-type"}, {"id": "b", "type": "book"}])
    assert lines == "TY  - GEN\r\nER  - \r\nTY  - BOOK\r\nER  - \r\n"


def test_csl_json_is_the_items_themselves():
    assert json.loads(exporting.csl_json([ITEM])) == [ITEM]
