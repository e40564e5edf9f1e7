"""Under which letter a name is listed, in which order, and that the rows are what texts say."""

import pytest
from django.core.management import call_command

from publishing import names
from publishing.models import Edition, EditionName
from publishing.verification import verify


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Magnesium", "M"), ("magnesium", "M"), ("The heart", "T"), ("How much?", "H"),
        ("“Quoted”", "Q"), ("¿Qué?", "Q"), ("Éclair", "E"), ("Ærø", "A"), ("Ørsted", "O"),
        ("łódź", "L"), ("Þorn", "T"), ("ßeta", "S"), ("ıt", "I"), ("ﬁbre", "F"), ("5-HTP", "#"),
        ("½ a tablet", "#"), ("ωmega", "Ω"), ("Жир", "Ж"), ("אב", "א"), ("漢方", "#"),
        ("한약", "#"), ("…", "#"), ("", "#"),
    ],
)  # fmt: skip
def test_a_name_is_listed_under_its_own_first_letter(name, letter):
    assert names.letter_of(name) == letter


def test_names_stand_in_the_order_of_a_dictionary():
    in_order = ["“A” list", "Äpfel", "apple", "B2", "B12", "b-complex", "éclair", "Zinc"]

    shuffled = [in_order[place] for place in (3, 7, 0, 5, 2, 6, 1, 4)]
    assert sorted(shuffled, key=names.sort_key) == in_order
    assert len(names.sort_key("9 " * 400)) <= EditionName._meta.get_field("sort_key").max_length


def rows(edition: Edition) -> set[tuple[str, str]]:
    return set(edition.names.values_list("name", "letter"))


def test_the_names_of_an_edition_are_its_title_and_what_its_text_gives(desk):
    edition = desk.live(desk.supplement(other_names=["Mg", "Élan", "Magnesium"]))
    assert rows(edition) == {("Magnesium", "M"), ("Mg", "M"), ("Élan", "E")}

    revision = desk.change(edition.entry, other_names=["Mg"])
    desk.sign(revision)
    [newer] = desk.publish(revision)
    assert rows(newer) == {("Magnesium", "M"), ("Mg", "M")}
    assert len(rows(edition)) == 3
    disclaimer = Edition.objects.get(entry__kind="disclaimer")
    assert rows(disclaimer) == set()


def test_an_altered_name_is_told_and_made_anew(desk):
    edition = desk.live(desk.supplement(other_names=["Mg"]))
    line = f"Edition {edition.pk} at {edition.path}: its names are not what its text says."
    for change in ({"name": "Zinc"}, {"letter": "Z"}, {"sort_key": "zz"}):
        edition.names.filter(letter="M").update(**change)
        assert list(verify()) == [line]

        call_command("rebuild_ties", verbosity=0)
        assert list(verify()) == []


def test_migrating_makes_the_names_that_are_missing(desk):
    edition = desk.live(desk.supplement(other_names=["Mg"]))
    EditionName.objects.all().delete()
    call_command("migrate", verbosity=0)

    assert rows(edition) == {("Magnesium", "M"), ("Mg", "M")}
