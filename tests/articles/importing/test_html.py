"""HTML pages with the rest of a site around the article."""

from articles.importing.reader import read_article

PROSE = "This paragraph has enough words to be read as running text by anybody who counts them."
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Zinc and colds | Example Health</title>
<meta name="description" content="What zinc can do for a cold.">
<script>document.write("<h1>no</h1>")</script><style>p { color: red }</style></head>
<body onload="run()">
<div class="cookie-banner"><p>We use cookies to make this site better.</p></div>
<header><h1>Example Health</h1><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<main><article>
<header><h1>Zinc and colds</h1><p>By Ann Example, RD</p></header>
<!-- a comment --><p>Zinc may shorten a cold by a day.<sup><a href="#ref1">1</a></sup></p>
<div><h2>Key takeaways</h2><ul><li><strong>Timing:</strong> start early [1,2]</li></ul></div>
<h2>How zinc works</h2>
<p>It may keep the virus from <em onclick="run()">growing</em> on 10 m<sup>2</sup><sup>[1-2]</sup>.
<a href="javascript:run()">Bad</a> <a href="https://example.org/z" style="x">good</a> [7].</p>
<h5>In the throat</h5><p>Text.<img src=x onerror=run()></p>
<table><tr><th>Dose</th><th>For</th></tr><tr><td rowspan=2>10 mg</td><td>Adults</td></tr>
<tr><td>Teenagers</td></tr></table>
<aside><p>Readers of this page also liked another page on this site, says this box.</p></aside>
<h2>FAQs</h2>
<dl><dt>Can children take zinc?</dt><dd><p>Ask <a href="/ask/">first</a>.</p></dd></dl>
<details><summary>How long for?</summary>As long as the cold lasts.</details>
<h2>References</h2>
<ol><li id="ref1">Smith AB. Zinc for colds. J Ex. 2015;3:10. doi:10.1000/abc.5</li>
<li><a href="https://pubmed.ncbi.nlm.nih.gov/12345678/">Zinc and the common cold</a>, 2019</li></ol>
</article></main>
<footer><p>© 2024 Example Health</p></footer></body></html>"""


def read(text, name="x.html"):
    return read_article(text.encode(), name)


def test_the_article_is_found_in_the_page():
    article = read(PAGE)
    assert article.title == "Zinc and colds"
    assert article.language == "en-GB"
    assert article.quick_summary == "What zinc can do for a cold."
    assert article.lead == "Zinc may shorten a cold by a day.[@smith2015]"
    everything = article.body + article.lead + "".join(q.answer for q in article.questions)
    for word in ("cookies", "Home", "document", "color", "comment", "2024", "liked"):
        assert word not in everything


def test_nothing_that_runs_or_styles_is_left():
    body = read(PAGE).body
    for sign in ("onclick", "onerror", "javascript", "style", "<img", "<script"):
        assert sign not in body
    assert '<a href="https://example.org/z">good</a>' in body
    assert "Bad" in body


def test_citations_in_brackets_and_raised_but_no_square_metres():
    article = read(PAGE)
    assert "10 m<sup>2</sup>[@smith2015; @ref-2]" in article.body
    assert article.key_points[0].text == "start early [@smith2015; @ref-2]"
    assert [p.line for p in article.problems if p.id == "REF-1"] == [13]


def test_headings_skip_no_level_and_cells_stay_in_their_columns():
    body = read(PAGE).body
    assert "<h2>How zinc works</h2>" in body
    assert "<h3>In the throat</h3>" in body
    assert "<tr><td>10 mg</td><td>Teenagers</td></tr>" in body


def test_terms_and_folded_questions():
    assert [(q.question, q.answer) for q in read(PAGE).questions] == [
        ("Can children take zinc?", '<p>Ask <a href="/ask/">first</a>.</p>'),
        ("How long for?", "<p>As long as the cold lasts.</p>"),
    ]


def test_references_with_their_identifiers():
    first, second = read(PAGE).references
    assert (first.doi, first.year, first.title) == ("10.1000/abc.5", "2015", "Zinc for colds")
    assert (second.pmid, second.number, second.year) == ("12345678", "2", "2019")
    assert second.title == "Zinc and the common cold"


def test_a_page_without_landmarks():
    article = read(
        "<html><head><title>Tea at night - Example</title></head><body>"
        f"<div id=top><a href=/>Home</a></div>"
        f"<div><div><h2>Leaves</h2><p>{PROSE}</p><h2>Roots</h2><p>{PROSE}</p></div></div>"
        "<div id=sidebar><p>Other pages that you may like to read.</p></div></body></html>"
    )
    assert article.title == "Tea at night"
    assert article.body == f"<h2>Leaves</h2>\n<p>{PROSE}</p>\n<h2>Roots</h2>\n<p>{PROSE}</p>"


def test_the_page_inside_one_form_is_not_lost():
    article = read(
        f"<h1>Tea</h1><form action=x><p>{PROSE}</p><h2>Leaves</h2><p>Green.</p></form><p>Bye.</p>"
    )
    assert article.lead == PROSE
    assert "Green." in article.body


def test_layout_tables_are_taken_apart():
    article = read(
        f"<body><table><tr><td><h1>Tea</h1><p>{PROSE}</p><table><tr><th>A</th><th>B</th></tr>"
        "<tr><td>1</td><td>2</td></tr></table></td><td>Right</td></tr></table></body>"
    )
    assert article.title == "Tea"
    assert article.lead == PROSE
    assert article.body.count("<table>") == 1


def test_footnotes_without_a_heading_are_references():
    article = read(
        f"<h1>Tea</h1><p>{PROSE}<sup><a href='#fn1'>1</a></sup></p><section class='footnotes'><hr>"
        "<ol><li id='fn1'><p>Lee C. Leaves. J Ex. 2018;1:2. <a href='#b'>↩</a></p></li></ol>"
        "</section>"
    )
    assert article.lead == PROSE + "[@lee2018]"
    assert article.references[0].text == "Lee C. Leaves. J Ex. 2018;1:2."


def test_deep_nesting_loses_no_text():
    article = read("<h1>Tea</h1>" + "<div>" * 5000 + f"<p>{PROSE}</p>" + "</div>" * 5000)
    assert article.lead == PROSE


def test_questions_under_headings_of_the_same_level():
    article = read(
        f"<h1>Tea</h1><p>{PROSE}</p><h2>FAQ</h2><h2>Is it safe?</h2><p>Yes.</p>"
        "<h2>Is it good?</h2><p>It is.</p><h2>Conclusion</h2><p>Drink it.</p>"
    )
    assert [q.question for q in article.questions] == ["Is it safe?", "Is it good?"]
    assert article.body == "<h2>Conclusion</h2>\n<p>Drink it.</p>"


def test_labels_above_the_title_are_dropped():
    article = read(f"<main><p>Drinks</p><h1>Tea</h1><p>{PROSE}</p><h2>A</h2><p>b</p></main>")
    assert article.lead == PROSE
    assert "Drinks" not in article.body


def test_formats_inside_themselves_stay_shallow():
    article = read(f"<h1>Tea</h1><p>{PROSE}</p><h2>A</h2><p>" + "<b><i>" * 300 + "warm")
    assert article.body.endswith("<p><strong><em>warm</em></strong></p>")
