from publishing.richtext import (
    Place,
    clean,
    images_without_alt,
    skipped_headings,
    tables_without_headers,
    vague_links,
)


def test_heading_levels_that_skip_are_named():
    html = clean("<h3>A</h3><h2>B</h2><h4>C</h4><h3>D</h3>")
    assert skipped_headings(html) == (Place("", "A"), Place("B", "C"))
    assert skipped_headings(html, above=2) == (Place("B", "C"),)


def test_tables_without_header_cells_are_named():
    html = clean(
        "<h2>H</h2><table><caption>Doses</caption><tr><td>a</table>"
        "<table><thead><tr><td>x<td>y</thead></table><table><tr><th>b<td>c</table>"
    )
    assert tables_without_headers(html) == (Place("H", "Doses"), Place("H", "x y"))


def test_pictures_need_an_alternative_or_to_be_marked_decorative():
    html = clean(
        "<h2>H</h2><p><img src=/media/a.png><img src=/media/b.png alt=''>"
        "<img src=/media/c.png alt='A leg'><img src=/media/d.png alt='' role=presentation></p>"
    )
    assert images_without_alt(html) == (Place("H", "/media/a.png"), Place("H", "/media/b.png"))


def test_links_that_do_not_say_where_they_lead_are_named():
    html = clean(
        "<h2>H</h2><table><tr><td><a href=/a>Click <b>here</b>!</a></table>"
        "<p><a href=/b>Read more…</a> <a href='https://site.example/x'>https://site.example/x</a>"
        "<a href=/c>How much magnesium</a> <a href=/d><img src=/media/a.png alt='A leg'></a>"
        "<a href=/e><img src=/media/a.png></a></p>"
    )
    assert vague_links(html) == (
        Place("H", "Click here !"),
        Place("H", "Read more…"),
        Place("H", "https://site.example/x"),
        Place("H", "/e"),
    )
