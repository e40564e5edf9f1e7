"""The JSON-LD of every page: valid by schema.org, true to the page, and harmless to it."""

import copy
import json
from pathlib import Path

import pytest
from django.utils import timezone

from publishing import models, verbs
from publishing.documents import replaced
from references import models as library
from tests import factories
from tests.reading import schema_org
from tests.reading.house import ARTICLE, ENTRY_PATHS, QUESTION, SUPPLEMENT, soup, words

VOCABULARY = Path(__file__).resolve().parents[2] / (
    "../shared/corpus/schema/schemaorg__v30.0-schemaorg-current-https.jsonld"
)
TERM = "/glossary/absorption/"


@pytest.fixture
def term(house):
    """A live term of the glossary."""
    document = factories.term_document(house.editor, other_names=["uptake"], body="<p>More.</p>")
    house.term = house.publish(document)[0]
    return house.term


def graph_of(client, path: str) -> dict:
    script = soup(client.get(path)).select("script:not([src])")
    assert [tag["type"] for tag in script] == ["application/ld+json"]
    return json.loads(script[0].string)


def nodes_of(client, path: str) -> dict[str, dict]:
    """Return a page's nodes by the last part of their identity, its people by their names."""
    nodes = graph_of(client, path)["@graph"]
    people = {node["name"]: node for node in nodes if node["@type"] == "Person"}
    return people | {node["@id"].rpartition("/")[2] or "page": node for node in nodes}


def test_every_page_is_valid_by_schema_org(house, term, client):
    for path in [*ENTRY_PATHS, TERM, "/about/", "/", "/articles/", "/disclaimer/history/"]:
        assert schema_org.faults(graph_of(client, path)) == [], path


def test_lists_topics_and_people_say_what_they_are_and_where(house, client, settings):
    site, root = models.Site.current(), settings.SITE_URL
    models.Topic.objects.update(parent=factories.topic("minerals"))
    paths = [
        "/articles/", "/faq/?topic=magnesium", "/glossary/", "/topics/", "/topics/magnesium/",
        "/topics/magnesium/?kind=article", "/a-z/?letter=D", "/contributors/", "/corrections/",
        "/contributors/eddie/", "/contributors/dirk/",
    ]  # fmt: skip
    for path in paths:
        graph, page = graph_of(client, path), soup(client.get(path))
        node = next(each for each in graph["@graph"] if each["@id"] == f"{root}{path}")

        assert schema_org.faults(graph) == [], path
        is_person = path.startswith("/contributors/") and path != "/contributors/"
        assert node["@type"] == ("ProfilePage" if is_person else "CollectionPage"), path
        assert f"{node['name']} · {site.name}" == words(page.title)
        steps = [f"{root}{a['href']}" for a in page.select(".crumbs a")]
        way = [each for each in graph["@graph"] if each["@type"] == "BreadcrumbList"]
        drawn = [step["item"]["@id"] for each in way for step in each["itemListElement"]]
        assert drawn == ([*steps, f"{root}{path}"] if steps else []), path
    person = nodes_of(client, "/contributors/eddie/")["Eddie"]
    named = nodes_of(client, ARTICLE)["Eddie"]
    assert person == {**named, "url": f"{root}/contributors/eddie/"}
    asked = graph_of(client, "/search/?q=muscles")["@graph"]
    assert [each["@type"] for each in asked] == ["Organization", "WebSite"]


def test_every_sort_of_source_and_half_known_dates_are_valid(house, client):
    keys = []
    for number, (sort, _name) in enumerate(library.Reference.Types.choices):
        keys.append(f"key{number}")
        dates = {"year": 2020, "month": number % 3 or None, "day": number % 2 or None}
        factories.reference(
            keys[-1],
            type=sort,
            isbn="9780306406157" if sort == "book" else "",
            publisher="A press",
            study_design="cohort study",
            authors=[{"literal": "WHO"}],
            **dates,
        )
    bare = {"authors": [], "container_title": "", "year": None, "no_date": True}
    factories.reference("bare", **bare)
    cited = "; ".join(f"@{key}" for key in [*keys, "bare"])
    changed = replaced(house.document, lead=f"Muscles need it [{cited}].")
    house.publish(changed, entries=[house.article])

    graph = graph_of(client, ARTICLE)

    assert schema_org.faults(graph) == []
    kinds = {node["@type"] for node in graph["@graph"] if "#ref-" in node["@id"]}
    assert {"MedicalScholarlyArticle", "Book", "Report", "WebPage", "CreativeWork"} <= kinds


def test_an_article_says_who_wrote_and_reviewed_it_when_and_from_what(house, client, settings):
    nodes, site = nodes_of(client, ARTICLE), settings.SITE_URL
    page, article = nodes["page"], nodes["#article"]
    author, reviewer = nodes["Eddie"], nodes["Rita"]

    assert page["@type"] == "MedicalWebPage"
    assert page["lastReviewed"] == "2026-03-02"
    assert page["expires"] == "2027-03-02"
    assert page["reviewedBy"] == {"@id": reviewer["@id"]}
    assert reviewer["url"] == f"{site}/contributors/{house.reviewer.contributor.uid}/"
    assert reviewer["hasCredential"][0]["name"] == "Registered dietitian"
    assert page["usageInfo"] == f"{site}/disclaimer/"
    assert page["mainEntity"] == {"@id": article["@id"]}
    assert article["headline"] == "Does magnesium and muscles help?"
    assert article["author"] == [{"@id": author["@id"]}]
    assert author["url"] == f"{site}/contributors/{house.editor.contributor.uid}/"
    assert [row["@id"] for row in page["citation"]] == [
        f"{site}{ARTICLE}#ref-{n}" for n in (1, 2, 3, 4)
    ]
    assert nodes["#ref-1"]["@type"] == "MedicalScholarlyArticle"
    assert nodes["#ref-1"]["author"] == [{"@type": "Person", "name": "J. Smith"}]
    assert [row["item"]["@id"] for row in nodes["#way"]["itemListElement"]] == [
        f"{site}/", f"{site}/articles/", f"{site}{ARTICLE}",
    ]  # fmt: skip
    assert "publishingPrinciples" not in page


def test_questions_are_drawn_where_they_are_shown(house, client, settings):
    nodes = nodes_of(client, ARTICLE)
    first = nodes["#question-1"]

    assert nodes["#questions"]["@type"] == "FAQPage"
    assert len(nodes["#questions"]["mainEntity"]) == 2
    assert first["name"] == "Does does it help matter to muscles?"
    assert first["acceptedAnswer"]["text"] == "In short It may, or not."
    assert first["url"] == f"{settings.SITE_URL}{QUESTION}"
    assert nodes_of(client, QUESTION)["page"]["@type"] == ["MedicalWebPage", "FAQPage"]
    verbs.withdraw(house.question, by=house.publisher, reason="wrong", clock=house.clock)
    verbs.withdraw(house.other, by=house.publisher, reason="wrong", clock=house.clock)
    assert not [name for name in nodes_of(client, ARTICLE) if name.startswith("#question")]


def test_amounts_of_a_supplement_are_dose_schedules(house, client):
    supplement = nodes_of(client, SUPPLEMENT)["#supplement"]

    assert supplement["maximumIntake"] == [
        {
            "@type": "MaximumDoseSchedule",
            "name": "Upper limit",
            "doseValue": 350,
            "doseUnit": "mg",
            "targetPopulation": "Adults",
            "recognizingAuthority": {"@type": "Organization", "name": "US/Canada"},
        }
    ]
    assert "recommendedIntake" not in supplement
    assert supplement["safetyConsideration"] == [
        "People with kidney disease.",
        "Antibiotics: Less absorbed. Keep apart.",
    ]


def test_a_correction_and_the_editorial_policy_are_named(house, client, settings):
    policy = factories.static_document("editorial-policy", title="How we edit")
    factories.published(
        policy,
        by=house.editor,
        signer=house.publisher,
        publisher=house.publisher,
        clock=house.clock,
    )
    house.clock.forward(days=1)
    corrected = replaced(
        house.document, lead="New.", change_kind="correction", change_note="It said less."
    )
    house.publish(corrected, entries=[house.article])

    page = nodes_of(client, ARTICLE)["page"]

    assert page["publishingPrinciples"] == f"{settings.SITE_URL}/editorial-policy/"
    assert page["correction"]["text"] == "It said less."
    assert page["correction"]["datePublished"].startswith("2026-03-03T")


def test_no_word_ends_the_script(house, client):
    typed = "</script><!--<script>alert(1)//\u2028&amp;"
    models.Site.objects.update(name=typed)
    changed = replaced(house.document, title=typed, quick_summary=typed)
    house.publish(changed, entries=[house.article])

    page = client.get(ARTICLE).content.decode()

    assert soup(client.get(ARTICLE)).select("script:not([src], [type='application/ld+json'])") == []
    assert page.lower().count("</script") == page.count("<script ")
    assert nodes_of(client, ARTICLE)["#article"]["headline"] == typed.replace("\u2028", " ")


def test_what_readers_do_not_get_has_no_graph(house, client):
    verbs.withdraw(house.cramps, by=house.publisher, reason="legal", clock=house.clock)
    client.force_login(house.editor)
    past = f"{ARTICLE}?at={timezone.now():%Y-%m-%dT%H:%M:%SZ}"
    for path in (past, "/articles/cramps/", "/nothing/"):
        assert soup(client.get(path)).select("script:not([src]), meta[property^='og:']") == [], path


def test_the_validator_finds_what_schema_org_does_not_know(house, client):
    whole = graph_of(client, ARTICLE)
    places = {name: at for at, name in enumerate(node["@id"] for node in whole["@graph"])}
    article = next(at for name, at in places.items() if name.endswith("#article"))

    def with_(**said) -> list[str]:
        changed = copy.deepcopy(whole)
        changed["@graph"][article].update(said)
        return schema_org.faults(changed)

    assert with_() == []
    for wrong in (
        {"lastReviewed": "2026-03-02"}, {"reviewedBy": {"@id": whole["@graph"][0]["@id"]}},
        {"aspect": "x"}, {"wordCount": "7"}, {"datePublished": "3 March"}, {"author": "Eddie"},
        {"@type": "Health"}, {"isPartOf": {"@id": "https://site.example/#no"}}, {"url": "/x/"},
        {"author": {"@type": "MedicalAudience"}}, {"interactingDrug": "x"},
    ):  # fmt: skip
        assert with_(**wrong), wrong


@pytest.mark.skipif(not VOCABULARY.exists(), reason="the vocabulary is not at hand")
def test_the_extract_is_what_schema_org_says():
    whole = json.loads(VOCABULARY.read_text())["@graph"]
    terms = {term["@id"].removeprefix("schema:"): term for term in whole}

    def names(term: dict, key: str) -> set[str]:
        held = term.get(key, [])
        return {
            row["@id"].removeprefix("schema:")
            for row in (held if isinstance(held, list) else [held])
        }

    for name, parents in schema_org.CLASSES.items():
        assert names(terms[name], "rdfs:subClassOf") == set(parents), name
    for name, (domains, ranges) in schema_org.PROPERTIES.items():
        assert set(domains) <= names(terms[name], "schema:domainIncludes"), name
        assert set(ranges) <= names(terms[name], "schema:rangeIncludes"), name
        assert "schema:supersededBy" not in terms[name], name
