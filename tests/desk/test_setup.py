"""Setting a site up at the desk: from an empty database to the first published page."""

import io
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles.models import StaticPage
from publishing import assessment, clock, kinds, setup, verbs
from publishing.checks.problems import Gate, Level
from publishing.models import Contributor, Disclaimer, Entry, Revision, SignOff, Site, Topic
from publishing.permissions import group_names
from publishing.setup import levels
from tests import factories
from tests.forms import form_data, texts

PASSWORD = "a long test password"
NEW_PASSWORD = "quiet bones walk home"
ROLES = [kinds.MEDICAL_REVIEWERS, kinds.DISCLAIMER_REVIEWERS, kinds.PUBLISHERS]


@pytest.fixture
def admin(db) -> User:
    """The one account of a new site, as createsuperuser makes it."""
    return User.objects.create_superuser("root", "root@example.org", PASSWORD)


@pytest.fixture
def desk(client, admin) -> Client:
    client.force_login(admin)
    return client


def at(slug: str) -> str:
    return reverse("admin:setup_step", args=[slug])


def send(client, address: str, selector: str = "#content-main form", **typed):
    """Open a page, fill in its form and send it."""
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {**form_data(page.content.decode(), selector), **typed})


def problems(response) -> list[str]:
    return texts(response.content.decode(), ".desk-refusal")


def logo_file(size=(320, 80), form="PNG", name="logo.png") -> SimpleUploadedFile:
    held = io.BytesIO()
    Image.new("RGB", size, "#0b5d5e").save(held, form)
    return SimpleUploadedFile(name, held.getvalue())


def moving_logo() -> SimpleUploadedFile:
    held, first = io.BytesIO(), Image.new("RGB", (320, 80), "#0b5d5e")
    first.save(
        held,
        "WEBP",
        save_all=True,
        append_images=[first.rotate(180), first.point(lambda v: 255 - v)],
    )
    return SimpleUploadedFile("logo.webp", held.getvalue())


def make_rita(desk) -> str:
    """Make the second account and return the link for its password."""
    made = send(
        desk,
        at("people"),
        name="Rita Roe",
        email="Rita@example.org",
        roles=ROLES,
        credential="Registered dietitian",
        number="T-1",
    )
    assert made.status_code == 302, problems(made)
    page = BeautifulSoup(desk.get(made["Location"]).content.decode(), "html.parser")
    return page.select_one("#password-link")["value"]


def test_from_an_empty_database_to_the_first_published_page(client, admin):
    client.post(reverse("admin:login"), {"username": "root", "password": PASSWORD})
    page = client.get(reverse("admin:setup")).content.decode()
    assert "Nothing can be published yet: 4 steps are left" in page

    send(client, at("name"), name="Bright Bones", funding="Paid by its makers.")
    send(client, at("topics"), name="Magnesium", months="12", grade="8", specialties="")
    link = make_rita(client)
    root = reverse("admin:setup_person", args=[admin.pk])
    send(client, root, ".setup-person", name="Ada Admin", email=admin.email, roles=[kinds.EDITORS])
    drafted = client.post(at("disclaimer"))
    assert drafted.status_code == 302
    disclaimer = Disclaimer.objects.get()
    assert disclaimer.head.by == admin

    rita = Client()
    form = rita.get(link, follow=True)
    answer = rita.post(
        form.redirect_chain[-1][0], {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    )
    assert answer.status_code == 302
    user = User.objects.get(email="Rita@example.org")
    publish_as(rita, user, disclaimer)
    assert setup.left() == []

    article = factories.saved(
        factories.article_document(admin, topics=[Topic.objects.get().uid]), admin, clock.now
    ).entry
    declare(user, admin)
    publish_as(rita, user, article)
    reader = Client().get("/articles/magnesium-and-muscles/")
    assert reader.status_code == 200
    assert "Bright Bones" in reader.content.decode()


def declare(*users) -> None:
    for user in users:
        user.contributor.disclosures.create(text="None.", declared_on=clock.now().date())


def publish_as(client, user, entry: Entry) -> None:
    entry = Entry.objects.select_related("head__entry").get(pk=entry.pk)
    assert client.get(reverse("admin:index")).wsgi_request.user == user
    verbs.sign_off([entry.head], by=user, ticked=factories.EVERY_TICK, disclosure=None)
    verbs.publish([entry.head], by=user)


def test_the_first_sign_in_of_an_administrator_opens_the_steps(client, admin):
    login = {"username": "root", "password": PASSWORD}
    assert client.post(reverse("admin:login"), login)["Location"] == reverse("admin:setup")
    client.logout()
    assert client.post(reverse("admin:login"), login)["Location"] == reverse("admin:index")


def test_other_people_are_led_to_their_desk(client, editor):
    login = {"username": "eddie", "password": PASSWORD}
    assert client.post(reverse("admin:login"), login)["Location"] == reverse("admin:index")


def test_a_wrong_password_leads_nowhere(client, admin):
    login = {"username": "root", "password": "guess"}
    assert client.post(reverse("admin:login"), login).status_code == 200


@pytest.mark.parametrize("one", setup.STEPS, ids=lambda one: one.slug)
def test_only_who_may_opens_a_step(one, client, admin, editor, publisher):
    for user, status in (
        (admin, 200),
        (publisher, 200 if one.register else 403),
        (editor, 403),
    ):
        client.force_login(user)
        assert client.get(at(one.slug)).status_code == status, user
    assert client.get(reverse("admin:setup")).status_code == 403
    client.logout()
    assert client.get(at(one.slug)).status_code == 302


def test_a_publisher_gives_nobody_a_role(client, publisher, editor):
    client.force_login(publisher)
    address = reverse("admin:setup_person", args=[editor.pk])
    assert client.get(address).status_code == 403
    assert client.post(address, {"_link": "show"}).status_code == 403
    assert client.post(at("people"), {"name": "X", "email": "x@example.org"}).status_code == 403
    assert not User.objects.filter(email="x@example.org").exists()


def test_what_is_left_is_known_to_every_page_but_read_by_none_that_does_not_show_it(
    desk, django_assert_num_queries
):
    response = desk.get(reverse("admin:setup"))
    assert {s.step.slug for s in response.context["setup_left"]} == {
        "name",
        "people",
        "topics",
        "disclaimer",
    }
    from publishing.admin.setup import left_for

    with django_assert_num_queries(0):
        left_for(User.objects.none())


def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(desk):
    refused = send(desk, at("look"), colour="#7fd1c4")
    assert "1.54 to 1" in problems(refused)[0]
    page = BeautifulSoup(refused.content.decode(), "html.parser")
    button = page.select_one("button[name=colour]")
    assert page.select_one("input[name=colour]")["value"] == "#7fd1c4"
    assert Site.objects.get().colour == ""
    # A browser sends what was typed, then the pressed button.
    taken = desk.post(at("look"), {"colour": ["#7fd1c4", button["value"]], "colour_dark": ""})
    assert taken.status_code == 302
    assert Site.objects.get().colour == button["value"]


def test_a_logo_is_known_by_its_content_and_served_under_its_digest(desk):
    send(desk, at("look"), logo=logo_file(name="anything.exe.png"))
    site = Site.objects.get()
    assert re.fullmatch(r"site/logo-[0-9a-f]{16}-320x80\.png", site.logo.name)
    head = BeautifulSoup(desk.get("/").content.decode(), "html.parser").select_one(".brand img")
    assert (head["alt"], head["width"], head["height"]) == (site.name, "160", "40")
    served = desk.get(head["src"])
    assert served["Content-Type"] == "image/png"
    assert served.content.startswith(b"\x89PNG")
    assert desk.get("/media/site/another.png").status_code == 404
    assert "immutable" in served["Cache-Control"]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (lambda: SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>"), "SVG file can hold"),
        (lambda: SimpleUploadedFile("logo.png", b""), "The file is empty"),
        (lambda: logo_file(form="GIF", name="logo.gif"), "This is a GIF file"),
        (lambda: moving_logo(), "The picture moves"),
        (lambda: logo_file(size=(7000, 6000)), "more than 40 million pixels"),
        (lambda: logo_file(size=(3000, 310)), "larger than"),
        (lambda: logo_file(size=(1999, 100)), "more than 10 times"),
    ],
    ids=["SVG", "empty", "GIF", "moves", "bomb", "too wide", "too long"],
)
def test_what_is_no_logo_is_refused(file, why, desk):
    refused = send(desk, at("look"), logo=file())
    assert why in problems(refused)[0]
    assert not Site.objects.get().logo


def test_a_logo_is_kept_upright_small_and_without_what_a_camera_noted(desk):
    held, notes = io.BytesIO(), Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Camera of somebody"  # to be turned by 90 degrees
    sent = Image.new("RGB", (800, 1200), "#0b5d5e")
    sent.save(held, "JPEG", exif=notes)
    send(desk, at("look"), logo=SimpleUploadedFile("logo.jpg", held.getvalue()))

    head = BeautifulSoup(desk.get("/").content.decode(), "html.parser").select_one(".brand img")
    served = desk.get(head["src"]).content
    shown = Image.open(io.BytesIO(served))
    assert (head["width"], head["height"], shown.size) == ("60", "40", (240, 160))
    assert head["src"].endswith("-240x160.jpg")
    assert b"Camera of" not in served
    assert not dict(shown.getexif())


def test_dark_pages_may_have_a_logo_of_their_own_and_not_alone(desk):
    alone = send(desk, at("look"), logo_dark=logo_file(size=(300, 80)))
    assert "Add the one for light pages, too" in problems(alone)[0]
    send(desk, at("look"), logo=logo_file(size=(300, 80)))
    brand = BeautifulSoup(desk.get("/").content, "html.parser").select_one(".brand")
    assert not brand.select("picture")
    send(desk, at("look"), logo_dark=logo_file(size=(160, 80)))

    brand = BeautifulSoup(desk.get("/").content, "html.parser").select_one(".brand")
    dark = brand.select_one("picture > source")
    assert dark["media"] == "(prefers-color-scheme: dark)"
    assert (dark["width"], dark["height"], brand.img["width"]) == ("80", "40", "150")
    assert desk.get(dark["srcset"]).status_code == desk.get(brand.img["src"]).status_code == 200
    # What is not sent again stays, and what was taken away is served no more.
    send(desk, at("look"), **{"logo_dark-clear": "on"})
    assert desk.get(dark["srcset"]).status_code == 404
    assert desk.get(brand.img["src"]).status_code == 200


def test_a_name_too_long_for_a_phone_is_told_but_stops_nothing(desk):
    said = "The name has 48 characters. More than 36 may fill three lines"
    name = "National Institute for Muscle and Mineral Health"
    assert send(desk, at("name"), name=name, funding="By us.").status_code == 302
    assert any(said in words for words in texts(desk.get(at("name")).content.decode(), "li"))
    assert "name" not in {standing.step.slug for standing in setup.left()}
    send(desk, at("look"), logo=logo_file(size=(300, 80)))
    assert said not in desk.get(at("name")).content.decode()


def test_one_person_alone_is_told_that_it_takes_two(desk):
    page = desk.get(at("people")).content.decode()
    assert "It takes at least two people." in page
    assert "supplements and articles: nobody can sign" in " ".join(page.split())


def test_a_reviewer_without_a_credential_is_named(desk, admin):
    rita = {"name": "Rita Roe", "email": "rita@example.org", "roles": ROLES}
    refused = send(desk, at("people"), **rita)
    assert any("A medical reviewer signs with a credential." in p for p in problems(refused))
    assert not User.objects.filter(email="rita@example.org").exists()
    send(desk, at("people"), **rita, credential="Dietitian", expires="2020-01-31")
    missing = [
        one.text for one in setup.steps.standing_of(setup.step("people"), clock.now()).missing
    ]
    assert any("no credential in date (Rita Roe)" in text for text in missing)


def test_who_declared_no_interests_is_named_until_they_do(desk):
    make_rita(desk)
    rita = Contributor.objects.get(name="Rita Roe")
    rita.disclosures.create(text="None.", declared_on=clock.now().date() - timedelta(days=366))
    said = "Rita Roe has declared no interests in the last year"
    assert any(said in words for words in texts(desk.get(at("people")).content.decode(), "li"))
    declare(rita.user)
    assert said not in desk.get(at("people")).content.decode()


def test_an_account_that_is_closed_counts_for_nobody(desk, admin):
    make_rita(desk)
    alone = "One alone can&#x27;t publish"
    assert alone not in desk.get(at("people")).content.decode()
    User.objects.exclude(pk=admin.pk).update(is_active=False)
    assert alone in desk.get(at("people")).content.decode()


def test_a_signer_who_is_the_only_contributor_is_no_author_for_their_own_text(desk, admin):
    make_rita(desk)
    said = "no author but the one who signs"
    assert said in desk.get(at("people")).content.decode()
    address = reverse("admin:setup_person", args=[admin.pk])
    send(desk, address, ".setup-person", name="Ada Admin", roles=[kinds.EDITORS])
    assert said not in desk.get(at("people")).content.decode()


def test_one_who_writes_and_signs_alone_is_not_enough(admin):
    User.objects.update(is_superuser=False)
    factories.person("solo", kinds.DISCLAIMER_REVIEWERS, name="Solo Signer")
    missing = [
        one.text for one in setup.steps.standing_of(setup.step("people"), clock.now()).missing
    ]
    assert any("only Solo Signer can write and sign" in text for text in missing)


def test_an_account_has_no_password_until_its_holder_sets_one_by_the_link(desk):
    link = make_rita(desk)
    user = User.objects.get(email="Rita@example.org")
    assert not user.has_usable_password()
    assert group_names(user) == set(ROLES)
    assert Contributor.objects.get(user=user).credentials.get().name == "Registered dietitian"
    assert LogEntry.objects.filter(object_id=str(user.pk)).exists()
    rita = Client()
    form = rita.get(link, follow=True).redirect_chain[-1][0]
    short = rita.post(form, {"new_password1": "short", "new_password2": "short"})
    assert short.status_code == 200
    rita.post(form, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    used = Client().get(link, follow=True).content.decode()
    assert "This link does not work any more" in used
    assert "Ask an administrator" in used
    assert "no-store" in desk.get(reverse("admin:setup_person", args=[user.pk]))["Cache-Control"]


def test_the_link_can_be_mailed(desk):
    make_rita(desk)
    user = User.objects.get(email="Rita@example.org")
    address = reverse("admin:setup_person", args=[user.pk])
    assert desk.post(address, {"_link": "mail"}).status_code == 200
    assert mail.outbox[0].to == ["Rita@example.org"]
    assert "/admin/set-password/" in mail.outbox[0].body


def test_an_address_that_is_taken_makes_no_second_account(desk):
    make_rita(desk)
    again = send(desk, at("people"), name="Other", email="RITA@example.org")
    assert "Rita Roe has this address already." in problems(again)[0]
    assert User.objects.filter(email__iexact="rita@example.org").count() == 1


def test_an_administrator_does_not_lock_the_door_behind_themselves(desk, admin):
    address = reverse("admin:setup_person", args=[admin.pk])
    page = desk.get(address).content.decode()
    data = form_data(page, ".setup-person")
    data.pop("administrator")
    refused = desk.post(address, {**data, "name": "Ada Admin"})
    assert "can't take this from yourself" in problems(refused)[0]
    admin.refresh_from_db()
    assert admin.is_superuser


def test_the_disclaimer_is_drafted_once_in_the_persons_name_and_never_signed(desk, admin):
    for _time in range(2):
        desk.post(at("disclaimer"))
    revision = Revision.objects.get()
    assert (revision.by, revision.entry.kind) == (admin, "disclaimer")
    assert not SignOff.objects.exists()
    problems_found = assessment.problems_of(revision, clock.now())
    assert [p.id for p in problems_found if p.stops(Gate.SIGN)] == []


def test_a_disclaimer_for_some_pages_is_not_the_sites(desk, admin, clock):
    writer = factories.person("delia", kinds.DISCLAIMER_REVIEWERS)
    narrow = factories.disclaimer_document("narrow", scope="kind", scope_kind="article")
    factories.saved(narrow, writer, clock)
    desk.post(at("disclaimer"))
    assert set(Disclaimer.objects.values_list("scope", flat=True)) == {"kind", "site"}


def test_every_drafted_page_waits_for_its_answers(desk):
    page = desk.get(at("pages")).content.decode()
    answer = desk.post(at("pages"), form_data(page))
    assert answer.status_code == 302
    assert set(StaticPage.objects.values_list("slug", flat=True)) == {
        "about",
        "editorial-policy",
        "funding",
        "contact",
        "privacy",
        "accessibility",
    }
    for revision in Revision.objects.all():
        found = assessment.problems_of(revision, clock.now())
        sections = kinds.draft_of(revision.entry).body.count("<h2>")
        leftovers = [p for p in found if p.id == "JUNK-1" and p.stops(Gate.SIGN)]
        assert len(leftovers) == sections >= 4
    desk.post(at("pages"), {"pages": ["about"]})
    assert StaticPage.objects.count() == 6


def test_levels_are_set_for_a_topic_with_a_reason(desk, publisher):
    topic = factories.topic("zinc")
    address = f"{at('levels')}?topic=zinc"
    refused = send(desk, address, **{"BAL-2": "advice"})
    assert "Say why" in problems(refused)[0]
    taken = send(desk, address, **{"BAL-2": "advice", "why": "A small team."})
    assert taken.status_code == 302
    assert Site.objects.get().check_levels == {"BAL-2": {str(topic.uid): "advice"}}
    page = desk.get(at("levels")).content.decode()
    assert not {"JUNK-1", "SIGN-1"} & set(form_data(page))
    assert send(desk, at("levels"), **{"SIGN-1": "advice"}).status_code == 302
    assert "SIGN-1" not in Site.objects.get().check_levels
    assert desk.get(f"{at('levels')}?topic=nowhere").status_code == 404
    # What is not built yet is no check, lowered or not.
    assert "REF-7" not in page
    assert "These can't be lowered: AUTH-2, EMB-1, GUESS-1, JUNK-1, REF-4, SIGN-1." in page


def test_a_level_for_a_topic_and_one_for_all_pages_stand_side_by_side(admin):
    zinc = factories.topic("zinc")

    def lower(level: Level | None, topic: Topic | None = None) -> None:
        levels.lower({"BAL-2": level}, by=admin, why="A small team.", topic=topic)

    lower(Level.ADVICE)
    assert Site.objects.get().check_levels == {"BAL-2": "advice"}
    lower(Level.ADVICE, zinc)
    assert Site.objects.get().check_levels == {"BAL-2": {"*": "advice", str(zinc.uid): "advice"}}
    lower(None)
    assert Site.objects.get().check_levels == {"BAL-2": {str(zinc.uid): "advice"}}
    lower(None, zinc)
    assert Site.objects.get().check_levels == {}


def test_the_register_is_kept_when_a_form_is_found_wanting(desk):
    send(desk, at("place"), country="Freedonia", emergency_line="112", time_zone="Europe/London")
    refused = send(desk, at("place"), country="Sylvania", languages="english!")
    assert "english!" in refused.content.decode()
    site = Site.objects.get()
    assert (site.country, site.languages) == ("Freedonia", ["en"])
    facts = texts(refused.content.decode(), ".setup-facts dd")
    assert "Freedonia" in facts
    assert "Sylvania" not in facts


def test_an_unknown_step_is_not_found(desk):
    assert desk.get("/admin/setup/nowhere/").status_code == 404
