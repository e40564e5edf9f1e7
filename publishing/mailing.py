"""Mail to the people whom something concerns, sent once it is really done."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from publishing import kinds, languages, permissions
from publishing.models import Edition, Revision


def concerned_by(edition: Edition) -> list:
    """Return who is told of something urgent: writers of the live text, its signer, publishers."""
    kind = kinds.of(edition.entry)
    wrote = Revision.objects.filter(entry=edition.entry_id).values("by")
    people = get_user_model().objects.filter(
        Q(pk__in=wrote)
        | Q(pk=edition.sign_off.by_id)
        | Q(groups__name__in=permissions.groups_for("publish", kind)),
        is_active=True,
    )
    return list(people.distinct().order_by("pk"))


def tell_of_page(template: str, edition: Edition, *, by, note: str, at: datetime) -> None:
    """Mail everyone whom a page concerns, but the person who acted, on commit."""
    context = {
        "edition": edition,
        "by": permissions.person_name(by),
        "note": note,
        "at": at,
        "address": settings.SITE_URL + edition.path,
    }
    people = [person for person in concerned_by(edition) if person.pk != by.pk]
    tell(people, template, context)


def tell(people: Iterable, template: str, context: dict) -> None:
    """Mail each person with an address, on commit: first line of the template is the subject.

    It is in the site's default language, whoever acts. A mail server that is down stops nothing:
    what was done stays done.
    """
    addresses = sorted({person.email for person in people if person.email})
    if not addresses:
        return
    with languages.in_default():
        words = render_to_string(f"publishing/mail/{template}.txt", context)
    subject, _line, text = words.partition("\n")

    def send() -> None:
        connection = get_connection()
        connection.send_messages(
            [
                EmailMessage(subject.strip(), text.strip() + "\n", to=[address])
                for address in addresses
            ]
        )

    transaction.on_commit(send, robust=True)
