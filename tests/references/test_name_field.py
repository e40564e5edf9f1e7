"""The field in which the names of a reference's authors are typed."""

from django.forms import modelform_factory

from references import csl
from references.models import Reference


def test_the_form_says_how_names_are_typed():
    form = modelform_factory(Reference, fields=["authors"])()
    said = str(form["authors"].help_text)
    first, second = said.split("“")[1:3]
    names = csl.names_from_text(first.split("”")[0])
    assert names == [
        {"family": "Garrison", "given": "S. R."},
        {"family": "Korownyk", "given": "Christina"},
    ]
    assert csl.names_from_text(second.split("”")[0]) == [{"literal": "World Health Organization"}]
