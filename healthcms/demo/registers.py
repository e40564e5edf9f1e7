"""The demo's registers: the site's own row, topics, references."""

from healthcms.demo import reading
from healthcms.demo.identity import uid
from publishing.documents import EntryDocument
from publishing.models import Entry, FirstPage, Site, Specialty, Topic
from references import csl
from references.library import cited_keys
from references.models import Citation, Reference

SITE = {
    "name": "Muscle & Mineral",
    "tagline": "Plain answers about muscles and four supplements, with the source of every claim.",
    "audience": "the general public",
    "emergency_line": "your local emergency number",
    "funding": (
        "There is no funding to declare. This demonstration carries no advertising and sells "
        "nothing, and no company had a say in its texts."
    ),
    "footer": (
        "About us /about/\n"
        "How we write and check /editorial-policy/\n"
        "Accessibility /accessibility/\n"
        "A demonstration: its people are fictional."
    ),
    "review_intervals": {"disclaimer": 12},
    "languages": ["en", "es"],
    "said_in": {
        "es": {
            "tagline": (
                "Respuestas claras sobre los músculos y cuatro suplementos, con la fuente de "
                "cada afirmación."
            ),
            "audience": "el público general",
            "emergency_line": "número de emergencias de su zona",
            "funding": (
                "No hay financiación que declarar. Esta demostración no lleva publicidad ni vende "
                "nada, y ninguna empresa intervino en sus textos."
            ),
            "footer": "Una demostración: las personas que nombra son ficticias.",
        }
    },
}


def fill_site() -> None:
    """Fill the site's row, but for what somebody has set already."""
    site, _made = Site.objects.get_or_create(only_row=True)
    fresh = Site()
    for name, value in SITE.items():
        if getattr(site, name) == getattr(fresh, name):
            setattr(site, name, value)
    site.save()


def make_topics() -> None:
    """Make the topics; the specialties that fit them are there (see ``people``)."""
    rows = reading.load("topics.toml")["topics"]
    names = {row["slug"]: row["name"] for row in rows}
    for row in rows:
        topic = Topic.objects.create(
            uid=uid("topic", row["slug"]),
            slug=row["slug"],
            name=row["name"],
            parent=Topic.objects.filter(slug=row.get("parent")).first(),
            review_interval_months=row["review_interval_months"],
            said_in={"es": {"name": row["name_es"]}},
        )
        fit = [names[slug] for slug in row["specialties"]]
        topic.specialties.set(Specialty.objects.filter(name__in=fit))


def lead_through_topics() -> None:
    """Say what explains each topic and which pages its readers need most, once these have rows."""
    for row in reading.load("topics.toml")["topics"]:
        topic = Topic.objects.get(slug=row["slug"])
        topic.explained_by = Entry.objects.get(uid=uid("term", row["explained_by"]))
        topic.save()
        for place, named in enumerate(row["needed_most"]):
            entry = Entry.objects.get(uid=uid(*named))
            FirstPage.objects.create(topic=topic, entry=entry, position=place)


def note_citations(entry: Entry, document: EntryDocument) -> None:
    """Write what staff know of each source that a text cites."""
    known = reading.load("citations.toml")
    for reference in Reference.objects.filter(key__in=cited_keys(document)):
        noted = known[reference.key]
        Citation.objects.update_or_create(entry_id=entry.pk, reference=reference, defaults=noted)


def make_references() -> None:
    """Make the references that the texts cite. Raises ValidationError for an impossible one."""
    designs, standing = reading.load("designs.toml"), reading.load("standing.toml")
    for item in reading.references():
        fields = csl.fields(item)
        fields["study_design"] = designs.get(item["id"], "")
        reference = Reference(
            uid=uid("reference", item["id"]),
            type=fields.pop("csl_type"),
            accessed=fields.pop("accessed") or None,
            editors=item.get("editor", []),
            no_date="issued" not in item,
            status=standing.get(item["id"], ""),
            **fields,
        )
        # Brings identifiers into their one form; the database refuses what stands twice.
        reference.clean_fields()
        reference.save()
