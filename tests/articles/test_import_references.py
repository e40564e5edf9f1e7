"""References of a file: found again in the library, or added to it; never changed."""

import pytest

from articles import kind as article_kind
from articles.importing.run import import_file
from articles.models import Article
from faq.models import Question
from publishing import verbs
from references.library import csl_item
from references.models import Reference
from tests import factories
from tests.articles.imports import article_of, imported, markdown, problems

LIST = """## References

1. Example A. Iron and rest in adults. Journal of Examples. 2019;4:1-9. doi:10.1000/rest.1
2. Sample B. Ferritin in runners. Journal of Samples. 2021;7:20-31. PMID: 31234567
3. Office of Examples. Iron in food. 2020. https://iron.example.org/food/
"""
CITING = "Rest mends some tiredness [1], and running drains the stores [2]."


@pytest.fixture
def report(editor, clock):
    data = markdown(body=CITING, more=LIST)
    return import_file(data, "iron.md", by=editor, clock=clock)


def test_numbered_citations_point_at_the_library(report):
    article = article_of(report)

    assert report.counts["references"] == 3
    keys = dict(Reference.objects.values_list("title", "key"))
    rest, ferritin = keys["Iron and rest in adults"], keys["Ferritin in runners"]
    assert f"Rest mends some tiredness [@{rest}]" in article.body
    assert f"drains the stores [@{ferritin}]" in article.body
    assert Reference.objects.get(key=rest).doi == "10.1000/rest.1"
    assert Reference.objects.get(key=ferritin).pmid == "31234567"


def test_a_reference_that_nothing_cites_stays_listed(report):
    listed = [row.reference for row in article_of(report).further_references.all()]
    assert [reference.url for reference in listed] == ["https://iron.example.org/food/"]
    assert listed[0].year == 2020


def test_all_references_are_frozen_with_the_revision(report):
    article = article_of(report)
    text = article.head.payload.text
    for reference in Reference.objects.all():
        assert f'"{reference.key}":{{"' in text


def test_a_record_with_the_same_doi_is_used_and_never_changed(editor, clock):
    known = factories.reference(
        "rest2019", title="Iron and rest, the library's words", doi="10.1000/REST.1"
    )
    known.refresh_from_db()
    before = csl_item(known)

    article = imported(markdown(body=CITING, more=LIST), editor, clock)

    assert "Rest mends some tiredness [@rest2019]" in article.body
    known.refresh_from_db()
    assert csl_item(known) == before
    assert Reference.objects.count() == 3


def test_a_key_that_another_record_has_is_not_taken(editor, clock):
    imported(markdown(body=CITING, more=LIST), editor, clock)
    key = Reference.objects.get(doi="10.1000/rest.1").key
    other = LIST.replace("rest.1", "rest.2").replace("Iron and rest in", "Iron and unrest in")

    article = imported(markdown(title="Another", body=CITING, more=other), editor, clock)

    new = Reference.objects.get(doi="10.1000/rest.2")
    assert new.key == f"{key}-2"
    assert f"[@{new.key}]" in article.body
    assert f"[@{key}]" not in article.body


def test_importing_changed_text_adds_no_reference_twice(editor, clock):
    bare = "## References\n\n1. Example A. Iron and rest in adults. Journal of Examples. 2019.\n"
    factories.reference("example2019", title="Something else altogether")
    for words in ("first", "second", "third"):
        imported(markdown(body=f"The {words} version [1].", more=bare), editor, clock)

    assert sorted(Reference.objects.values_list("key", flat=True)) == [
        "example2019",
        "example2019-2",
    ]
    assert "[@example2019-2]" in Article.objects.get().body


def test_ten_references_do_not_hide_the_first(editor, clock):
    rows = "\n".join(
        f"{n}. [Page number {n} on iron](https://iron.example.org/{n}/)" for n in range(1, 11)
    )
    data = markdown(body="Only the last is cited [10].", more=f"## References\n\n{rows}\n")
    article = imported(data, editor, clock)
    assert article.further_references.count() == 9


def test_a_reference_cited_in_an_answer_alone_is_cited(editor, clock):
    more = f"## Frequently asked questions\n\n### Does rest help?\n\nIt may [1].\n\n{LIST}"
    article = imported(markdown(more=more), editor, clock)
    key = Reference.objects.get(doi="10.1000/rest.1").key

    assert Question.objects.get().answer == f"<p>It may [@{key}].</p>"
    listed = [row.reference.key for row in article.further_references.all()]
    assert key not in listed
    assert len(listed) == 2


def test_an_unknown_key_is_a_problem_at_its_place(editor, clock):
    more = "## Frequently asked questions\n\n### Does rest help?\n\nIt may [@nobody1999].\n"
    data = markdown(body="It is so [@somebody1998].", more=more)
    report = import_file(data, "iron.md", by=editor, clock=clock)

    places = {p.message: (p.place.field, p.line) for p in problems(report, "REF-1")}
    lines = data.decode().split("\n")
    assert places == {
        "The citation [@somebody1998] is not in the library.": (
            "body", lines.index("It is so [@somebody1998].") + 1,
        ),
        "The citation [@nobody1999] is not in the library.": (
            "questions", lines.index("It may [@nobody1999].") + 1,
        ),
    }  # fmt: skip


def test_a_key_of_the_library_needs_no_list_in_the_file(editor, clock):
    factories.reference("smith2020")
    data = markdown(body="It is so [@smith2020].")
    report = import_file(data, "iron.md", by=editor, clock=clock)
    assert problems(report, "REF-1") == []
    assert "It is so [@smith2020]." in article_of(report).body


def test_an_address_too_long_for_the_library_is_left_out_and_asked_for(editor, clock):
    url = "https://iron.example.org/" + "a" * 600
    more = f"## References\n\n1. [Iron in food, a long address]({url})\n"
    report = import_file(
        markdown(body="So it is [1].", more=more), "iron.md", by=editor, clock=clock
    )

    assert Reference.objects.get().url == ""
    assert any("can't be found by readers" in p.message for p in problems(report, "REF-1"))


def test_a_script_is_no_address(editor, clock):
    more = "## References\n\n1. [Iron in food](javascript:alert(1)) Office of Examples. 2020.\n"
    imported(markdown(body="So it is [1].", more=more), editor, clock)
    assert Reference.objects.get().url == ""


def test_two_pages_cited_by_a_sites_front_page_are_two(editor, clock):
    more = (
        "## References\n\n1. [Iron in food](https://iron.example.org/)\n"
        "2. [Iron in blood](https://iron.example.org/)\n"
    )
    imported(markdown(body="So [1] it is [2].", more=more), editor, clock)
    assert sorted(Reference.objects.values_list("title", flat=True)) == [
        "Iron in blood",
        "Iron in food",
    ]


def test_what_an_import_made_can_be_saved_again_without_a_change(report, editor, clock):
    article = article_of(report)
    article_kind.apply(article_kind.to_document(article), article)
    assert verbs.save_revision(article, by=editor, clock=clock).number == 1
