"""Files that cannot be read, and the one line that says why."""

import json

import pytest

from articles.importing.reader import MAX_BYTES, UnreadableFile, read_article

PROSE = "This paragraph has enough words to be read as running text by anybody who counts them."
TEXT = f"Tea at night\n\n{PROSE} Café, naïve and 5 µg.\n\nWhat Tea Holds\n\n{PROSE}\n"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "x.txt", "empty"),
        (b" \n\t\r\n", "x.txt", "empty"),
        (b"\xef\xbb\xbf\n", "x.txt", "empty"),
        (b"x" * (MAX_BYTES + 1), "x.txt", "too large"),
        (b"%PDF-1.7\n", "x.txt", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "x.md", "PNG"),
        (b"PK\x03\x04 word/document.xml", "x.txt", "Word"),
        (b"PK\x03\x04 other", "x.txt", "ZIP"),
        (b"{\\rtf1 text}", "x.txt", "RTF"),
        (b"some\x00text", "x.txt", "NUL"),
        (b"\x01\x02\x03\x04\x05\x06 abc", "x.txt", "binary"),
        (b"Title\n\nGr\xc3\xbc\xc3\x9fe\nbad \xff byte\n", "x.txt", "line 4"),
        ("Title\n\n한국어 문서입니다".encode("euc-kr"), "x.txt", "encoding"),
        (json.dumps({"title": PROSE}).encode(), "x.txt", "JSON"),
        (b"<?xml version='1.0'?><rss><item>x</item></rss>", "x.html", "XML"),
        (b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n", "x.txt", "CSV"),
        (b"just a few words", "x.txt", "no article"),
        (b"Milk\n\nEggs\n\nBread\n", "x.txt", "no article"),
        (b"<p></p>", "x.html", "no article"),
    ],
)
def test_the_reason_is_named(data, name, why):
    with pytest.raises(UnreadableFile) as caught:
        read_article(data, name)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding, ending):
    article = read_article(TEXT.replace("\n", ending).encode(encoding), "x.txt")
    assert article == read_article(TEXT.encode(), "x.txt")


def test_windows_1252_is_read_as_a_last_resort_and_said():
    article = read_article(TEXT.encode("cp1252"), "x.txt")
    assert "Café, naïve and 5 µg." in article.lead
    assert article.guesses[0].line == 3
    assert "Windows-1252" in article.guesses[0].message


def test_a_declared_encoding_is_no_guess():
    page = f"<meta charset='iso-8859-1'><h1>Tea</h1><p>{PROSE} Café.</p>"
    article = read_article(page.encode("latin-1"), "x.html")
    assert article.lead.endswith("Café.")
    assert article.guesses == ()
