"""Making accounts: name, e-mail and roles, and a link to set one's own password."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.models import Contributor, Credential
from publishing.setup.log import log
from publishing.setup.people import ROLES
from publishing.slugs import slug_from

_SHOWN_TO_READERS = frozenset({kinds.EDITORS, kinds.MEDICAL_REVIEWERS})


@dataclass(frozen=True)
class Person:
    """What is asked of somebody who gets an account. ``roles`` are names of groups."""

    name: str
    email: str
    roles: tuple[str, ...] = ()
    administrator: bool = False
    credential: str = ""
    number: str = ""
    authority: str = ""
    expires: date | None = None


def account_of(email: str):
    """Return the account with an e-mail address, whatever its case; None where there is none."""
    return get_user_model().objects.filter(email__iexact=email.strip()).first()


@transaction.atomic
def save_person(person: Person, *, by=None, user=None):
    """Make an account, or bring one up to date, and return it; the admin's log says what was done.

    The account signs in with its e-mail address and has no password until its holder sets one.
    Whoever writes or signs health texts becomes a contributor, with the credential if one is
    given; none is ever taken away here. Without ``by``, the account itself is named in the log:
    so the first administrator is made.
    """
    added = user is None
    user = user or get_user_model()(username=person.email.lower(), is_staff=True)
    if added:
        user.set_unusable_password()
    first, _space, last = person.name.partition(" ")
    user.first_name, user.last_name, user.email = first, last, person.email
    user.is_superuser = person.administrator
    user.save()
    said = _set_roles(user, person.roles)
    said += _set_contributor(user, person)
    if added or said:
        log(by or user, user, "; ".join(said) or _("Made while setting up"), added=added)
    return user


def password_path(user) -> str:
    """Return the path at which a person sets their password: good once, and for a few days."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("admin:set_password", args=[uid, default_token_generator.make_token(user)])


def _set_roles(user, wanted: Iterable[str]) -> list[str]:
    """Set which of the four groups a person is in; other groups are left alone."""
    known = {name for name, _label in ROLES}
    before = set(user.groups.filter(name__in=known).values_list("name", flat=True))
    after = known.intersection(wanted)
    user.groups.add(*Group.objects.filter(name__in=after - before))
    user.groups.remove(*Group.objects.filter(name__in=before - after))
    # What permissions.group_names read before no longer holds.
    vars(user).pop("_group_names", None)
    return [
        *(_("Joined: %(role)s") % {"role": name} for name in sorted(after - before)),
        *(_("Left: %(role)s") % {"role": name} for name in sorted(before - after)),
    ]


def _set_contributor(user, person: Person) -> list[str]:
    contributor = Contributor.objects.filter(user=user).first()
    if contributor is None:
        if not (person.credential or _SHOWN_TO_READERS.intersection(person.roles)):
            return []
        slug = _free_slug(slug_from(person.name, 70) or f"person-{user.pk}")
        contributor = Contributor.objects.create(name=person.name, slug=slug, user=user)
    if not person.credential:
        return []
    _row, made = Credential.objects.update_or_create(
        contributor=contributor,
        name=person.credential,
        number=person.number,
        defaults={"authority": person.authority, "expires": person.expires},
    )
    return [_("Credential: %(name)s") % {"name": person.credential}] if made else []


def _free_slug(wanted: str) -> str:
    taken = set(Contributor.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)
