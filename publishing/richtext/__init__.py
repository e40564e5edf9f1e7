"""Rich text: the one part of the house that knows the editor (CKEditor) and the sanitiser (nh3).

One allow-list decides which HTML exists (`allowlist`); `clean` keeps it on every way in; the
field and the widget give it to the editor. Another editor would change `editor` and `fields`.
"""

from publishing.richtext.allowlist import (
    ALLOWED,
    LINK_SCHEMES,
    allowed_content,
    sanitiser_arguments,
)
from publishing.richtext.cleaning import clean, from_text
from publishing.richtext.editor import editor_config
from publishing.richtext.fields import RichTextField, RichTextFormField, RichTextWidget
from publishing.richtext.lists import ListLength, list_lengths
from publishing.richtext.outline import (
    Place,
    images_without_alt,
    skipped_headings,
    tables_without_headers,
    vague_links,
)
from publishing.richtext.reading import (
    Block,
    Heading,
    blocks,
    headings,
    to_text,
    with_heading_anchors,
    word_count,
)

__all__ = [
    "ALLOWED",
    "LINK_SCHEMES",
    "Block",
    "Heading",
    "ListLength",
    "Place",
    "RichTextField",
    "RichTextFormField",
    "RichTextWidget",
    "allowed_content",
    "blocks",
    "clean",
    "editor_config",
    "from_text",
    "headings",
    "images_without_alt",
    "list_lengths",
    "sanitiser_arguments",
    "skipped_headings",
    "tables_without_headers",
    "to_text",
    "vague_links",
    "with_heading_anchors",
    "word_count",
]
