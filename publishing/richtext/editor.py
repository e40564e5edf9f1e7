"""CKEditor's configuration, made from the allow-list.

django-ckeditor bundles CKEditor 4.22.1, which gets no more fixes. Each hole known in it is closed
here, and again by `clean` on the server, because a browser's answer is never to be trusted:
the strict content filter lets no script run, but it still hands on `javascript:` and `data:` links.
"""

from django.templatetags.static import static
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from publishing.richtext.allowlist import HEADINGS, allowed_content

_static = lazy(static, str)

# The house's own buttons. What they insert is text: a citation, or a token that places a table or
# a picture.
# A claim adds a key point to the form and leaves the text alone.
PLUGIN = "desk"

# CKEDITOR.ENTER_P and CKEDITOR.ENTER_BR.
_PARAGRAPH, _LINE_BREAK = 1, 2

REMOVED_PLUGINS = (
    # Their samples and the preview page run what is in the text (CVE-2024-24816). `print` and
    # `templates` cannot load without `preview`, or bring markup of their own.
    "preview",
    "print",
    "templates",
    # Runs scripts in its GeSHi back end (CVE-2024-43407).
    "codesnippetgeshi",
    # They send the text to their vendors.
    "exportpdf",
    "scayt",
    "wsc",
    # What they make is not on the allow-list, or they load a file that is not there.
    "about",
    "bidi",
    "colorbutton",
    "colordialog",
    "copyformatting",
    "dialogadvtab",
    "div",
    "editorplaceholder",
    "flash",
    "font",
    "forms",
    "horizontalrule",
    "iframe",
    "indentblock",
    "justify",
    "language",
    "liststyle",
    "newpage",
    "pagebreak",
    "save",
    "showblocks",
    "smiley",
    "sourcearea",
    "stylescombo",
    "uploadimage",
)

TOOLBAR = (
    ("Format",),
    ("Bold", "Italic", "Superscript", "Subscript", "RemoveFormat"),
    ("NumberedList", "BulletedList", "Blockquote"),
    ("Link", "Unlink", "Table"),
    ("DeskCite", "DeskTables", "DeskPicture", "DeskClaim"),
    ("Undo", "Redo", "Find"),
)


def editor_config() -> dict[str, object]:
    """CKEditor's settings, in the shape of one entry of `CKEDITOR_CONFIGS`.

    The style sheet's address is worked out when the widget is drawn, so that it is right under a
    storage that puts hashes into file names.
    """
    return {
        "title": gettext_lazy("Text"),
        "toolbar": [list(group) for group in TOOLBAR],
        "toolbarCanCollapse": False,
        "format_tags": ";".join(("p", *HEADINGS)),
        "height": 360,
        "width": "100%",
        "resize_dir": "vertical",
        "contentsCss": [_static("publishing/editor.css")],
        # No file of settings or styles besides these.
        "customConfig": "",
        "stylesSet": False,
        # CVE-2024-24815: needs full pages, or script and style allowed in the content.
        "fullPage": False,
        "allowedContent": allowed_content(),
        "disallowedContent": "script style; *[on*]; *{*}; *(*)",
        "pasteFilter": allowed_content(),
        "forcePasteAsPlainText": False,
        # CVE-2024-43411: the version check loads a script's answer from the vendor.
        "versionCheck": False,
        "extraPlugins": PLUGIN,
        "removePlugins": ",".join(REMOVED_PLUGINS),
        "removeDialogTabs": "link:advanced;link:target;image:Link;image:advanced;table:advanced",
        "linkDefaultProtocol": "https://",
        "enterMode": _PARAGRAPH,
        "shiftEnterMode": _LINE_BREAK,
        # Characters as themselves: “é” is not to come back as “&eacute;”.
        "entities": False,
        "basicEntities": True,
        "disableNativeSpellChecker": False,
    }


def plugin_resources() -> list[tuple[str, str, str]]:
    """Where CKEditor finds the house's plugin, as django-ckeditor wants it: name, address, file."""
    return [(PLUGIN, static("publishing/ckeditor/plugin.js"), "")]
