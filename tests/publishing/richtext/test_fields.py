import json

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms.renderers import DjangoTemplates
from django.test import override_settings
from django.utils import translation

from publishing.richtext import (
    RichTextField,
    RichTextFormField,
    RichTextWidget,
    allowed_content,
)


class Leaflet:
    body = "<p>a\r\n<b>b</b>"


def field() -> RichTextField:
    column = RichTextField("body text")
    column.set_attributes_from_name("body")
    return column


def test_saving_cleans_what_is_stored_and_what_the_instance_holds():
    leaflet = Leaflet()
    assert field().pre_save(leaflet, add=True) == "<p>a <strong>b</strong></p>"
    assert leaflet.body == "<p>a <strong>b</strong></p>"


def test_update_cleans_too_and_a_look_up_searches_for_the_words_as_typed():
    assert field().get_db_prep_save("<p>a<script>x</script>", connection) == "<p>a</p>"
    assert field().get_prep_value("a  b") == "a  b"


def test_validating_a_model_cleans_before_it_asks_whether_anything_is_there():
    assert field().clean("<h1>T</h1>", None) == "<h2>T</h2>"
    with pytest.raises(ValidationError, match="blank"):
        field().clean("<p>&nbsp;</p>", None)
    with pytest.raises(ValidationError, match="half of a character"):
        field().clean("\ud83d", None)


def test_migrations_name_the_package():
    assert field().deconstruct()[1] == "publishing.richtext.RichTextField"


def test_the_admins_own_text_area_does_not_replace_the_editor():
    form_field = field().formfield(widget=AdminTextareaWidget)
    assert isinstance(form_field.widget, RichTextWidget)
    assert isinstance(field().formfield(widget=forms.HiddenInput).widget, forms.HiddenInput)


def test_the_form_cleans_and_says_which_character_is_broken():
    form_field = RichTextFormField(label="Body", required=False)
    assert form_field.clean("<h1>T</h1>") == "<h2>T</h2>"
    assert form_field.clean(None) == ""
    with pytest.raises(ValidationError, match="half of a character"):
        form_field.clean("<p>\ud83d</p>")


def test_a_required_text_is_missing_when_nothing_is_left_to_read():
    with pytest.raises(ValidationError):
        RichTextFormField().clean("<p>&nbsp;</p>")


def test_an_untouched_text_has_not_changed():
    form_field = RichTextFormField(required=False)
    assert not form_field.has_changed("<p>a</p>\n<p>b</p>", "<p>a</p>\r\n\r\n<p>b</p>\r\n")
    assert form_field.has_changed("<p>a</p>", "<p>b</p>")
    assert not form_field.has_changed(None, "")


@override_settings(CKEDITOR_CONFIGS={"default": {"toolbar": "Full", "allowedContent": True}})
def test_the_widget_carries_the_houses_configuration_and_the_fields_name():
    form_field = field().formfield()
    with translation.override(None):
        html = form_field.widget.render("body", "<p>a</p>", {"id": "id_body"}, DjangoTemplates())
    config = json.loads(BeautifulSoup(html, "lxml").textarea["data-config"])
    assert config["title"] == "Body text"
    assert config["language"] == "en"
    assert config["versionCheck"] is False
    assert config["allowedContent"] == allowed_content()
    assert config["contentsCss"][0].endswith(".css")
