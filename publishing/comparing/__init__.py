"""Comparing two versions of a text: words, rich text block by block, rows and fields."""
