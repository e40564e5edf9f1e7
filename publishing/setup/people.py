"""Who can write, sign and publish what, and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import kinds, zone
from publishing.checks.people import DISCLOSURE_LASTS
from publishing.kinds import Kind
from publishing.models import Contributor, Disclosure
from publishing.permissions import group_names, groups_for, person_name
from publishing.roles import label
from publishing.setup.standing import Fact, Found, Missing

ROLES = (
    (kinds.EDITORS, gettext_lazy("Editor: writes every kind of text")),
    (
        kinds.MEDICAL_REVIEWERS,
        gettext_lazy("Medical reviewer: signs health texts; needs a credential"),
    ),
    (
        kinds.DISCLAIMER_REVIEWERS,
        gettext_lazy("Disclaimer reviewer: writes, signs and publishes the disclaimer"),
    ),
    (kinds.PUBLISHERS, gettext_lazy("Publisher: publishes; signs pages such as “about”")),
)


@dataclass(frozen=True)
class Member:
    """An account of the staff, with its roles and what it can sign with."""

    user: object
    roles: frozenset[str]
    fit: bool

    def may(self, action: str, kind: Kind) -> bool:
        """Say whether this person may do something to a kind; see ``permissions.may``."""
        if action == "write" and self.user.is_superuser:
            return True
        return not self.roles.isdisjoint(groups_for(action, kind))


def members(at: datetime) -> list[Member]:
    """Return the accounts that can sign in to the desk, by name, in three queries.

    ``fit`` is whether the person has a credential in date, without which nobody signs a health
    text (AUTH-3).
    """
    users = (
        get_user_model()
        .objects.filter(is_active=True, is_staff=True)
        .prefetch_related("groups")
        .order_by("last_name", "first_name", "username")
    )
    today = zone.date_of(at)
    people = Contributor.objects.exclude(user=None).prefetch_related("credentials")
    fit = {person.user_id for person in people if person.credentials_on(today)}
    return [
        Member(user, frozenset(group.name for group in user.groups.all()), user.pk in fit)
        for user in users
    ]


def look(at: datetime) -> Found:
    """At least two people, and for each kind a writer, another who signs, and a publisher."""
    staff = members(at)
    facts = [_fact(member) for member in staff]
    missing = []
    if len(staff) < 2:
        missing.append(
            Missing(
                _(
                    "It takes at least two people. One alone can't publish, because nobody signs "
                    "their own text."
                )
            )
        )
    for alike in _alike():
        missing += _missing_for(alike, staff)
    if not _has_author(staff):
        missing.append(
            Missing(
                _(
                    "There is no author but the one who signs. An article names its author "
                    "(AUTH-1), and an author can't sign it (AUTH-2). Make somebody an editor."
                )
            )
        )
    return facts, missing + _undeclared(zone.date_of(at))


def _undeclared(today: date) -> list[Missing]:
    """Name the contributors of whose interests readers could be told nothing recent (COI-1)."""
    recent = Disclosure.objects.filter(
        contributor=OuterRef("pk"), declared_on__range=(today - DISCLOSURE_LASTS, today)
    )
    people = Contributor.objects.exclude(Exists(recent))
    said = _(
        "%(name)s has declared no interests in the last year (COI-1). Add them under "
        "Contributors: a page with this author can't be published without a reason."
    )
    return [Missing(said % {"name": person.name}, stops=False) for person in people]


def _has_author(staff: list[Member]) -> bool:
    """Say whether a contributor can be named as author with somebody else left to sign."""
    accounts = list(Contributor.objects.values_list("user", flat=True))
    claims = next((kind for kind in kinds.every() if kind.has_claims), None)
    fit = [one.user.pk for one in staff if claims and one.fit and one.may("sign", claims)]
    # Who is missing to sign is said elsewhere.
    return any(account != signer for account in accounts for signer in fit or [0])


def _fact(member: Member) -> Fact:
    user = member.user
    roles = [label(name) for name, _said in ROLES if name in member.roles]
    if user.is_superuser:
        roles.append(_("administrator"))
    if not user.has_usable_password():
        roles.append(_("has not set a password yet"))
    url = reverse("admin:setup_person", args=[user.pk])
    return Fact(person_name(user), " · ".join(roles) or _("no role yet"), url)


def _alike() -> list[list[Kind]]:
    """Return the kinds in groups that ask for the same people."""
    found: dict[tuple, list[Kind]] = {}
    for kind in kinds.every():
        asked = (kind.writers, kind.signers, kind.publishers, kind.has_claims)
        found.setdefault(asked, []).append(kind)
    return list(found.values())


def _missing_for(alike: Sequence[Kind], staff: list[Member]) -> list[Missing]:
    """Return what the people of these kinds lack, in a sentence; empty where nothing is lacking."""
    kind = alike[0]
    writers = [member for member in staff if member.may("write", kind)]
    signers = [member for member in staff if member.may("sign", kind)]
    fit = [member for member in signers if member.fit or not kind.has_claims]
    said = []
    if not writers:
        said.append(_("nobody can write (add to: %(groups)s)") % _named(kind.writers))
    if not signers:
        said.append(_("nobody can sign (add to: %(groups)s)") % _named(kind.signers))
    elif not fit:
        names = get_text_list([person_name(one.user) for one in signers], _("and"))
        said.append(_("no credential in date (%(names)s)") % {"names": names})
    elif writers and not any(writer is not signer for writer in writers for signer in fit):
        said.append(
            _("only %(name)s can write and sign (add another to: %(groups)s)")
            % {"name": person_name(fit[0].user), **_named(kind.signers)}
        )
    if not any(member.may("publish", kind) for member in staff):
        said.append(_("nobody can publish (add to: %(groups)s)") % _named(kind.publishers))
    if not said:
        return []
    what = get_text_list([str(one.label_plural) for one in alike], _("and"))
    # The site's own pages alone can wait: no health text depends on them.
    stops = any(one.has_claims for one in alike) or kind.name == "disclaimer"
    return [Missing(f"{capfirst(what)}: {'; '.join(said)}.", stops=stops)]


def _named(groups: Sequence[str]) -> dict[str, str]:
    return {"groups": _(" or ").join(map(label, groups))}


def roles_of(user) -> list[str]:
    """Return the roles of an account, in the order of ROLES."""
    return [name for name, _label in ROLES if name in group_names(user)]
