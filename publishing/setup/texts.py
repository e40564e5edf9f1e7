"""The texts that every site needs: its disclaimer, and the pages that trust standards ask for.

They are offered as drafts, saved through the verb in the name of the person who asked. Nothing
here signs or publishes.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from publishing import (
    assessment,
    disclaimers,
    four_eyes,
    kinds,
    languages,
    permissions,
    state,
    verbs,
)
from publishing.models import Disclaimer, Entry, Revision
from publishing.setup import page_drafts
from publishing.setup.standing import Fact, Found, Missing

PAGE_KIND = "static_page"


def site_disclaimer() -> Disclaimer | None:
    """Return the entry of the site's own disclaimer, draft or live."""
    found = Disclaimer.objects.filter(scope="site").exclude(head=None)
    found = found.exclude(language__in=languages.every()[1:])
    return found.select_related("head__by", "head__payload", "head__entry").first()


def disclaimer_is_live(at: datetime) -> bool:
    """Say whether a disclaimer for the whole site is live."""
    live = disclaimers.live_editions(at)
    texts = map(disclaimers.document_of, live)
    return any(text.scope == "site" and languages.is_default(text.language) for text in texts)


def look_at_disclaimer(at: datetime) -> Found:
    """A disclaimer for the whole site is live; else, who does the next thing."""
    entry = site_disclaimer()
    facts = [_fact(state.with_state(Disclaimer.objects, at).get(pk=entry.pk))] if entry else []
    if disclaimer_is_live(at):
        return facts, []
    said = _("No disclaimer is live.")
    return facts, [Missing(f"{said} {_next_thing(entry, at)}")]


def _next_thing(entry: Disclaimer | None, at: datetime) -> str:
    if entry is None:
        return _("There is no draft either: make one here.")
    kind = kinds.of(entry)
    standing = state.standing_of(entry, at)
    if standing.progress is state.State.APPROVED:
        names = _names(permissions.allowed_people("publish", kind))
        return _("It is signed. To publish: %(names)s.") % {"names": names or _("nobody yet")}
    barred = {user.pk for user in four_eyes.barred(assessment.context_for(entry.head, at))}
    signers = [u for u in permissions.allowed_people("sign", kind) if u.pk not in barred]
    if not signers:
        return _(
            "A draft is there, and nobody who may sign it is left. Make somebody else a "
            "disclaimer reviewer."
        )
    return _("A draft is there. To sign it, then publish it: %(names)s.") % {
        "names": _names(signers)
    }


def look_at_pages(at: datetime) -> Found:
    """Each page that readers expect is live. None of them stops a health text."""
    pages = state.with_state(_pages().filter(slug__in=page_drafts.slugs()), at)
    found = {entry.slug: entry for entry in pages}
    facts, missing = [], []
    for page in page_drafts.every():
        entry = found.get(page.slug)
        if entry is None:
            said = _("“%(title)s” is not there yet.") % {"title": page.title}
            missing.append(Missing(said, stops=False))
            continue
        fact = _fact(entry)
        facts.append(fact)
        if entry.live_revision is None:
            said = _("“%(title)s” is not live yet.") % {"title": fact.label}
            missing.append(Missing(said, stops=False))
    return facts, missing


def pages_to_offer() -> list[page_drafts.PageDraft]:
    """Return the pages that no entry has the address of."""
    taken = set(_pages().values_list("slug", flat=True))
    return [page for page in page_drafts.every() if page.slug not in taken]


@transaction.atomic
def draft_disclaimer(*, by) -> Revision:
    """Save the default disclaimer as a draft, and return its revision; never a second one.

    Raises NotAllowed where the person may not write a disclaimer.
    """
    found = site_disclaimer()
    if found is not None:
        return found.head
    kind = kinds.get("disclaimer")
    permissions.require(by, "write", kind)
    entry = kind.apply(kind.document.model_validate(page_drafts.disclaimer()))
    return verbs.save_revision(entry, by=by, reason=_why())


@transaction.atomic
def draft_pages(slugs: list[str], *, by) -> list[Revision]:
    """Save drafts of the named pages that are not there yet, and return their revisions.

    Raises NotAllowed where the person may not write pages.
    """
    kind = kinds.get(PAGE_KIND)
    permissions.require(by, "write", kind)
    made = []
    for page in pages_to_offer():
        if page.slug in slugs:
            entry = kind.apply(kind.document.model_validate(page.fields()))
            made.append(verbs.save_revision(entry, by=by, reason=_why()))
    return made


def _why() -> str:
    with languages.in_default():
        return str(_("Drafted while setting up"))


def _pages():
    return kinds.get(PAGE_KIND).model.objects.exclude(head=None).select_related("head")


def _fact(entry: Entry) -> Fact:
    """Say how an entry from ``state.with_state`` stands."""
    meta = kinds.of(entry).model._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])
    return Fact(str(entry), str(state.STATE_LABELS[state.listed_state(entry)]), url)


def _names(people: list) -> str:
    return get_text_list([permissions.person_name(user) for user in people], _("or"))
