"""Asking step by step: each question shows what is set, and Enter keeps it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from healthcms.setting_up import typed
from healthcms.setting_up.answers import Answers
from healthcms.setting_up.options import LOGOS
from healthcms.setting_up.typed import ROLE_NAMES, NotSetUp, TypedLevel
from publishing import clock, setup
from publishing.setup import registers, texts
from publishing.setup.forms import ColourForm, NameForm, PlaceForm, SiteForm
from publishing.zone import site_zone


class Asking:
    """One conversation on a terminal. An answer that can't be taken is said, and asked again."""

    def __init__(self, answers: Answers, out) -> None:
        self._answers = answers
        self._out = out
        # What was typed before an answer was refused stands in brackets when it is asked again.
        self._typed: dict[str, str] = {}

    def run(self) -> None:
        """Ask the steps in their order. Raises EOFError where the input ends."""
        self._out.write(
            _("Enter keeps what stands in brackets, “-” empties it. Nothing here becomes public.")
        )
        if not get_user_model().objects.filter(is_superuser=True).exists():
            self._heading(_("Administrator"), _("The account that sets the site up."))
            self._until_taken(self._administrator)
        asked: dict[str, Callable[[], None]] = {
            "name": lambda: self._site(NameForm),
            "look": lambda: self._site(ColourForm),
            "place": lambda: self._site(PlaceForm),
            "people": self._people,
            "topics": self._topics,
            "disclaimer": self._disclaimer,
            "pages": self._pages,
            "levels": self._levels,
        }
        for step in setup.STEPS:
            if step.slug in asked:
                self._heading(str(step.title), str(step.about))
                self._tell(step)
                self._until_taken(asked[step.slug])

    def _administrator(self) -> None:
        self._answers.administrator(
            {"name": self._ask(_("Name")), "email": self._ask(_("E-mail address"))}
        )

    def _site(self, form_class: type[SiteForm]) -> None:
        form = form_class(instance=registers.site_row())
        held = {name: str(form.initial.get(name) or "") for name in form.fields}
        given = {
            name: self._ask(_label(name, str(field.label)), held[name])
            for name, field in form.fields.items()
        }
        for name in LOGOS:
            if given.get(name) == held.get(name):
                # What stands in brackets is the stored picture's name, which is no file to read.
                given.pop(name, None)
        self._answers.site(form_class, given)

    def _people(self) -> None:
        roles = ", ".join(ROLE_NAMES)
        while name := self._ask(_("Somebody's name (Enter: nobody else)")):
            given: dict[str, Any] = {"name": name, "email": self._ask(_("E-mail address"))}
            question = _("Roles, with commas between them (%(roles)s)") % {"roles": roles}
            given["roles"] = typed.roles(self._ask(question))
            given["credential"] = self._ask(
                _("Credential, such as Registered dietitian (Enter: none)")
            )
            given["number"] = self._ask(_("Its number")) if given["credential"] else ""
            self._answers.person(given)
            self._typed.clear()

    def _topics(self) -> None:
        while name := self._ask(_("A topic (Enter: no other)")):
            self._answers.topic(
                {
                    "name": name,
                    "months": self._ask(_("Review every how many months"), "24"),
                    "grade": self._ask(_("Target reading grade"), "8"),
                    "specialties": self._ask(_("Specialties that fit, with commas (Enter: any)")),
                }
            )
            self._typed.clear()

    def _levels(self) -> None:
        question = _("A check whose level you change (“?” lists them, Enter: no other)")
        while check := self._ask(question):
            if check == "?":
                self._answers.tell_levels()
                self._typed.clear()
                continue
            level = self._ask(_("Its level: warning, advice or own"))
            topic = typed.topic_at(self._ask(_("For one topic, by its address (Enter: all pages)")))
            why = self._ask(_("Why you change it"))
            self._answers.levels([TypedLevel(check, level, topic)], why)
            self._typed.clear()

    def _disclaimer(self) -> None:
        question = _("Make the default disclaimer your draft?")
        if texts.site_disclaimer() is None and _yes(question):
            self._answers.disclaimer()

    def _pages(self) -> None:
        question = _("Make drafts of these pages, with questions to answer?")
        if texts.pages_to_offer() and _yes(question):
            self._answers.pages()

    def _heading(self, title: str, about: str) -> None:
        self._out.write(f"\n{title}\n{'-' * len(title)}\n{about}")

    def _tell(self, step: setup.Step) -> None:
        with site_zone():
            facts, missing = step.look(clock.now())
        for fact in facts:
            self._out.write(f"  {fact.label}: {fact.value}")
        for one in missing:
            self._out.write("  " + _("Left: %(what)s") % {"what": one.text})

    def _ask(self, label: str, held: str = "") -> str:
        held = self._typed.get(label, held)
        answer = input(f"{label}{f' [{held}]' if held else ''}: ").strip()
        self._typed[label] = "" if answer == "-" else answer or held
        return self._typed[label]

    def _until_taken(self, question: Callable[[], None]) -> None:
        self._typed.clear()
        while True:
            try:
                return question()
            except NotSetUp as refusal:
                self._out.write("  " + _("Not taken. %(why)s") % {"why": refusal})


def _label(name: str, label: str) -> str:
    if name in LOGOS:
        return _("%(label)s, as the path of a file") % {"label": label.capitalize()}
    return label.capitalize()


def _yes(question: str) -> bool:
    """Ask; Enter says yes, and so does the word or its letter in the person's language."""
    yes = {"", "y", "yes", _("y"), _("yes")}
    return input(_("%(question)s (y/n) [y]: ") % {"question": question}).strip().lower() in yes
