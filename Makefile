# healthcms needs GNU make and Python 3.11 or newer with venv (Debian: apt install make python3-venv).
PYTHON ?= python3
PORT ?= 8000
ARTICLES ?= 10000
VENV := .venv
RUN := $(VENV)/bin/python
INSTALLED := $(VENV)/installed

.DEFAULT_GOAL := help
.PHONY: help install serve test lint bench audit clean

help:
	@echo "make serve    make and run the demo site at http://127.0.0.1:$(PORT)/ (PORT=… changes it)"
	@echo "make test     run every test"
	@echo "make lint     check style and the order of imports"
	@echo "make bench    time the search over $(ARTICLES) articles"
	@echo "make audit    measure the readers' pages: Lighthouse and valid HTML (needs npx, Chromium, Java)"
	@echo "make install  make $(VENV) with what requirements.txt names"
	@echo "make clean    remove $(VENV), the demo's database and caches"

install: $(INSTALLED)

$(INSTALLED): requirements.txt requirements-production.txt
	@command -v $(PYTHON) >/dev/null || { \
	  echo "healthcms needs Python 3.11 or newer, and there is no $(PYTHON). On Debian: apt install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "healthcms needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Name another one: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv is missing. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing into $(VENV) …"
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# The demo keeps to a database and a folder of pictures of its own, whatever the environment says.
serve: export DATABASE_URL = sqlite:///demo.sqlite3
serve: export MEDIA_ROOT = demo-media
serve: export DEBUG = true
serve: export ALLOWED_HOSTS = 127.0.0.1,localhost
serve: export DJANGO_RUNSERVER_HIDE_WARNING = true
serve: export SITE_URL = http://127.0.0.1:$(PORT)
serve: $(INSTALLED)
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py seed_demo
	@exec $(RUN) manage.py runserver 127.0.0.1:$(PORT) --noreload

test: $(INSTALLED)
	@$(RUN) -m tests.run $(TEST_OPTIONS)

# A database of its own unless DATABASE_URL names one; filling it takes minutes, the first time.
bench: export DATABASE_URL ?= sqlite:///bench.sqlite3
bench: export MEDIA_ROOT ?= demo-media
bench: $(INSTALLED)
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py seed_demo > /dev/null
	@$(RUN) manage.py make_articles $(ARTICLES)
	@$(RUN) -m tests.bench

# The demo as a real site serves it, in a database of its own.
audit: export PORT := $(PORT)
audit: $(INSTALLED)
	@$(RUN) -m tests.audit

lint: $(INSTALLED)
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(VENV)/bin/lint-imports

clean:
	rm -rf $(VENV) demo.sqlite3* demo-media bench.sqlite3* audit.sqlite3* static-collected test-output
	rm -rf .pytest_cache .hypothesis .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
