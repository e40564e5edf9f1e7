"""How dates and numbers are written, where a language of Django's does it otherwise."""
