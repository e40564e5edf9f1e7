"""Static files, without the two thirds of CKEditor that no page loads."""

from django.contrib.staticfiles.apps import StaticFilesConfig

# Plugins and samples of CKEditor 4 that the editor's configuration switches off. `preview`,
# `exportpdf`, `scayt` and `wsc` are among its known holes or call their vendors.
_UNUSED = (
    "galleriffic",
    "ckeditor/ckeditor/samples",
    *(
        f"ckeditor/ckeditor/plugins/{name}"
        for name in [
            "preview",
            "exportpdf",
            "codesnippet",
            "codesnippetgeshi",
            "scayt",
            "wsc",
            "adobeair",
            "ajax",
            "autoembed",
            "autogrow",
            "bbcode",
            "bidi",
            "devtools",
            "docprops",
            "easyimage",
            "embed",
            "embedbase",
            "embedsemantic",
            "emoji",
            "flash",
            "forms",
            "iframe",
            "iframedialog",
            "image2",
            "language",
            "mathjax",
            "mentions",
            "newpage",
            "pagebreak",
            "placeholder",
            "print",
            "save",
            "smiley",
            "specialchar",
            "templates",
            "uploadfile",
            "uploadimage",
            "uploadwidget",
            "xml",
            "exportpdf",
            "copyformatting",
            "div",
        ]
    ),
)


class PrunedStaticFilesConfig(StaticFilesConfig):
    """Collects and serves what is used."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *(f"{path}*" for path in _UNUSED),
        *(f"{path}/*" for path in _UNUSED),
    ]
