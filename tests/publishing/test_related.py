"""Related pages: by hand first, then by what is shared; ranked, frozen and filtered to live."""

import pytest

from publishing import compose, verbs
from publishing.models import Entry, Topic
from publishing.related import LIMIT
from tests import factories


@pytest.fixture
def site(desk):
    """Articles tied to one another in each way, live; what ties them is of their own."""
    mg = desk.live(desk.supplement("zinc", topics=[factories.topic("unrelated").uid]))
    desk.clock.forward(minutes=1)
    for key in ("one", "two", "three"):
        factories.reference(key)

    def article(slug: str, topics=(), keys=(), **fields):
        cites = " ".join(f"[@{key}]" for key in keys) or "[@smith2020]"
        points = [{"label": "P", "text": f"A point {n} {cites}.", "kind": "fact"} for n in range(3)]
        return desk.live(
            desk.article(
                slug,
                topics=[factories.topic(name).uid for name in topics or (f"only-{slug}",)],
                key_points=points,
                body=f"<h2>Text</h2><p>It does {cites}.</p>",
                **fields,
            )
        )

    desk.make, desk.mg = article, mg
    article("by-topic", topics=["shared"], keys=["three"])
    article("by-reference", keys=["one"])
    article("by-supplement", keys=["three"], comparisons=[mg.entry.uid])
    article("by-two-references", keys=["one", "two"])
    article("untied", keys=["three"])
    desk.clock.forward(minutes=1)
    return desk


def related(site, path: str) -> list[tuple[str, str, str]]:
    found = compose.resolve(path, site.clock.forward(minutes=1))
    return [(row.path.split("/")[2], row.why, row.what) for row in found.related]


def test_pages_are_ranked_by_what_they_share(site):
    by_hand = Entry.objects.get(slug="untied")
    edition = site.make(
        "main",
        topics=["shared"],
        keys=["one", "two"],
        comparisons=[site.mg.entry.uid],
        related=[{"uid": by_hand.uid, "reason": "A story of the same kind"}],
    )

    assert related(site, edition.path) == [
        ("untied", "hand", "A story of the same kind"),
        ("by-two-references", "reference", "2"),
        ("by-supplement", "supplement", "Zinc"),
        ("by-reference", "reference", "1"),
        ("by-topic", "topic", "Shared"),
    ]


def test_a_page_is_not_related_to_itself_nor_to_its_earlier_editions(site):
    edition = Entry.objects.get(slug="by-two-references")
    revision = site.change(edition, lead="Newer.")
    site.sign(revision)
    [newer] = site.publish(revision)

    assert related(site, newer.path) == [("by-reference", "reference", "1")]


def test_what_is_chosen_by_hand_stands_once(site):
    by_hand = Entry.objects.get(slug="by-reference")
    edition = site.make("main", keys=["one"], related=[{"uid": by_hand.uid, "reason": "Read"}])

    assert [row[:2] for row in related(site, edition.path)] == [
        ("by-reference", "hand"),
        ("by-two-references", "reference"),
    ]


def test_the_ranking_is_frozen_at_publishing(site):
    edition = site.make("main", topics=["shared"], keys=["one"])
    before = related(site, edition.path)
    site.make("later", topics=["shared"], keys=["one", "two"])
    Topic.objects.filter(slug="shared").update(name="Renamed")

    assert related(site, edition.path) == before
    assert ("by-topic", "topic", "Shared") in before


def test_what_is_no_longer_live_is_left_out_and_comes_back(site):
    edition = site.make("main", keys=["one"])
    entry = Entry.objects.get(slug="by-reference")
    verbs.withdraw(entry, by=site.publisher, reason="wrong", clock=site.clock)

    assert [row[0] for row in related(site, edition.path)] == ["by-two-references"]

    revision = site.change(entry, title="By another name?", slug="by-another")
    site.sign(revision)
    site.publish(revision)
    assert [row[0] for row in related(site, edition.path)] == ["by-another", "by-two-references"]


def test_a_draft_chosen_by_hand_is_shown_once_it_is_live(site):
    draft = site.save(site.article("draft", topics=[factories.topic("other").uid]))
    edition = site.make("main", related=[{"uid": draft.entry.uid, "reason": "Soon"}])
    assert ("draft", "hand", "Soon") not in related(site, edition.path)

    site.sign(draft)
    site.publish(draft)

    assert related(site, edition.path)[0] == ("draft", "hand", "Soon")


def test_no_more_than_six_are_kept(site):
    for number in range(LIMIT + 2):
        site.make(f"many-{number}", topics=["crowd"], keys=["three"])
    edition = site.make("main", topics=["crowd"], keys=["two"])

    assert len(related(site, edition.path)) == LIMIT


def test_questions_and_disclaimers_are_not_listed(site):
    site.live(site.question(topics=[factories.topic("shared").uid]))
    edition = site.make("main", topics=["shared"], keys=["two"])

    kinds = {
        row.split("/")[1]
        for row in (
            r.path for r in compose.resolve(edition.path, site.clock.forward(minutes=1)).related
        )
    }
    assert kinds == {"articles"}
    question = compose.resolve("/faq/does-it-help/", site.clock.at)
    assert question.related == ()


def test_of_a_crowd_that_shares_one_tie_the_newest_are_weighed_with_all_they_share(
    site, monkeypatch
):
    monkeypatch.setattr("publishing.related.CROWD", 3)
    site.make("old", topics=["shared"], keys=["one"])
    for slug in ("crowd-a", "crowd-b", "crowd-c"):
        site.make(slug, topics=["shared"], keys=["three"])
    edition = site.make("main", topics=["shared"], keys=["one", "two"])

    assert related(site, edition.path) == [
        ("by-two-references", "reference", "2"),
        ("old", "reference", "1"),  # before the next by its topic, which stands in the crowd
        ("by-reference", "reference", "1"),
        ("crowd-a", "topic", "Shared"),
        ("crowd-b", "topic", "Shared"),
        ("crowd-c", "topic", "Shared"),
    ]


def test_equal_ties_are_in_the_order_of_their_titles(site):
    for slug in ("b-tied", "a-tied"):
        site.make(slug, topics=["twins"], keys=["three"])
    edition = site.make("main", topics=["twins"], keys=["two"])

    twins = [row[0] for row in related(site, edition.path) if row[1] == "topic"]
    assert twins == ["a-tied", "b-tied"]
