"""The demo site: its content (TOML), its fictional people, and what seeds them into a database."""
