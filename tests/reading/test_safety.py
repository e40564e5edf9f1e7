"""Nothing that was typed reaches a page as a tag."""

from publishing import models, verbs
from publishing.documents import replaced
from references import models as library
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, SUPPLEMENT, soup


def test_tags_typed_into_any_field_never_reach_a_page(house, client):
    typed = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    models.Site.objects.update(
        name=typed, tagline=typed, emergency_line=typed, funding=typed, time_zone=typed[:60]
    )
    models.Contributor.objects.update(name=typed)
    models.Credential.objects.update(name=typed)
    models.Disclosure.objects.update(text=typed)
    library.Reference.objects.update(
        title=typed, container_title=typed, authors=[{"family": typed, "given": typed}]
    )
    question = factories.question_document(
        house.editor, question=f"{typed} Why?", answer=f"<p>{typed}</p>", change_note=typed
    )
    supplement = replaced(
        factories.supplement_document(house.editor, change_note=typed),
        title=typed,
        ask_first=f"<p>{typed}</p>",
        forms=[{"name": typed, "absorption": typed, "common_use": typed, "side_effects": typed}],
        limits=[
            {
                "label": typed, "kind": "upper", "value": "1", "unit": "<img onerror=x()>",
                "basis": "elemental", "population": typed, "authority": typed,
                "counts": "all", "citations": typed,
            }
        ],
        interactions=[{"substance": typed, "effect": typed, "advice": typed}],
    )  # fmt: skip
    points = [
        {
            "label": typed, "text": f"{typed} [@smith2020]", "kind": "effect", "graded_by": "us",
            "certainty": "not_graded", "certainty_reason": typed, "study_design": typed,
        }
    ] * 3  # fmt: skip
    article = replaced(
        house.document,
        title=typed,
        lead=typed,
        quick_summary=typed,
        body=f"<h2>{typed} A</h2><p>{typed}</p><table><caption>{typed} T</caption><tr><th>a</th>"
        "</tr></table><p>[[forms:magnesium]]</p>",
        key_points=points,
        get_help=[{"level": "urgent", "contact": typed, "signs": typed}],
        funding=typed,
        change_note=typed,
        change_kind="correction",
        related=[{"uid": str(house.cramps.uid), "reason": typed}],
    )
    house.publish(
        question, supplement, article, entries=[house.question, house.supplement, house.article]
    )
    pages = [soup(client.get(path)) for path in (ARTICLE, SUPPLEMENT, QUESTION, "/", "/articles/")]
    verbs.withdraw(house.article, by=house.publisher, reason="wrong", clock=house.clock)
    pages.append(soup(client.get(ARTICLE)))

    for page in pages:
        assert "<script>alert(1)</script>" in page.get_text()
        ours = "script:not([src^='/static/'], [type='application/ld+json'])"
        assert page.select(f"{ours}, img, iframe") == []
        assert [t for t in page.find_all(True) if any(a.startswith("on") for a in t.attrs)] == []
