"""The daily mail: what waits for one person and what is due, as plain text."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from publishing.models import Site
from publishing.permissions import person_name
from publishing.worklist import tasks_for
from publishing.worklist.due import LATER_BLOCK, SiteDues
from publishing.worklist.viewer import Viewer


def recipients() -> QuerySet:
    """Return the active accounts that can sign in to the desk and have an e-mail address."""
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    return people.exclude(email="").order_by("pk")


def digest_for(user, at: datetime, dues: SiteDues) -> EmailMessage | None:
    """Return a person's mail, its links absolute; None where there is nothing to say.

    Reviews due in more than a month are left to the start page: a daily mail that never changes
    is soon read no more.
    """
    tasks = tasks_for(Viewer(user, at), dues)
    blocks = [
        block for block in [*tasks.waiting, *tasks.due] if block.items and block.name != LATER_BLOCK
    ]
    if not blocks and not tasks.announcements:
        return None
    context = {
        "site": Site.current(),
        "site_url": settings.SITE_URL,
        "start": settings.SITE_URL + reverse("admin:index"),
        "name": person_name(user),
        "tasks": tasks,
        "blocks": blocks,
    }
    words = render_to_string("publishing/mail/reminders.txt", context)
    subject, _line, text = words.partition("\n")
    # The template's tags leave lines behind; a blank one parts two paragraphs.
    text = re.sub(r"\n{3,}", "\n\n", text.strip())
    return EmailMessage(subject.strip(), text + "\n", to=[user.email])
