"""Pictures: read from an upload, made in all their sizes, shown in a page, proved unaltered."""
