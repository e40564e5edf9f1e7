from publishing.richtext import (
    ALLOWED,
    LINK_SCHEMES,
    allowed_content,
    editor_config,
    sanitiser_arguments,
)


def test_editor_and_sanitiser_name_the_same_tags_attributes_and_schemes():
    content, arguments = allowed_content(), sanitiser_arguments()
    named = {
        tag: {name.lstrip("!") for name in rule["attributes"]} if rule is not True else set()
        for tag, rule in content.items()
    }
    assert {tag: named[tag] for tag in ALLOWED} == {t: set(a) for t, a in ALLOWED.items()}
    assert {t: set(a) for t, a in ALLOWED.items() if a} | {"*": set()} == arguments["attributes"]
    assert set(LINK_SCHEMES) == arguments["url_schemes"] == {"https", "http", "mailto", "tel"}


def test_known_holes_of_the_editor_are_closed_by_its_configuration():
    config = editor_config()
    removed = config["removePlugins"].split(",")
    assert {"preview", "exportpdf", "scayt", "wsc", "codesnippetgeshi"} <= set(removed)
    assert config["fullPage"] is False
    assert config["versionCheck"] is False
    assert config["allowedContent"] == config["pasteFilter"] == allowed_content()
    assert not {"script", "style", "iframe", "object"} & set(config["allowedContent"])
    assert "Source" not in [button for group in config["toolbar"] for button in group]
