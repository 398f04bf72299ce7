# Development commands; `make help` lists them. The two that a newcomer needs: `make demo` and `make test`.
ENGINE := .venv-engine/bin/python
QGIS := .venv-qgis/bin/python
PROFILE ?=
ARGS ?=

# pytest says 5 when it found no test at all, which is no failure of the code.
PYTEST = -m pytest $(ARGS)
ALLOW_NONE = || [ $$? -eq 5 ]

export CROPSAMPLE_PYTHON := $(CURDIR)/$(ENGINE)

.PHONY: help setup setup-engine demo test test-engine test-plugin test-desktop lint format typecheck bench package link i18n lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing: system packages, engine environment, test environment
	@scripts/setup.sh all

setup-engine:
	@scripts/setup.sh engine

demo: setup ## run the main job on a synthetic region, through qgis_process alone, into demo_output/
	@$(ENGINE) scripts/demo.py $(ARGS)

test: setup ## run all tests; ARGS="-k name" narrows them down
	@$(MAKE) --no-print-directory -k test-engine test-plugin test-desktop

test-engine: setup-engine ## test the science and the jobs, without QGIS
	$(ENGINE) $(PYTEST) tests/engine $(ALLOW_NONE)

test-plugin: setup ## test the plugin in a headless QGIS
	QT_QPA_PLATFORM=offscreen $(QGIS) $(PYTEST) tests/plugin $(ALLOW_NONE)

test-desktop: setup ## test a real QGIS window on a virtual display
	xvfb-run -a -s "-screen 0 1600x1000x24" $(QGIS) $(PYTEST) tests/desktop $(ALLOW_NONE)

lint: setup-engine ## check style and formatting
	$(ENGINE) -m ruff check .
	$(ENGINE) -m ruff format --check .

format: setup-engine ## format the code
	$(ENGINE) -m ruff check --fix .
	$(ENGINE) -m ruff format .

typecheck: setup-engine ## check types of the engine and its jobs
	$(ENGINE) -m mypy

# A benchmark that says "QGIS's Python" in its first lines runs there, all others in the engine's.
bench: setup ## measure the figures we claim, two threads; FILES=benchmarks/x.py for some (all: hours)
	@missed=; for file in $(or $(FILES),$$(grep -l __main__ benchmarks/*.py)); do \
		echo "== $$file"; \
		python=$(ENGINE); \
		head -n 8 $$file | grep -q "QGIS's Python" && python=$(QGIS); \
		PYTHONPATH=$(CURDIR) QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=2 $$python $$file || missed="$$missed $$file"; \
	done; [ -z "$$missed" ] || { echo "short of a limit, or not run:$$missed"; exit 1; }

package: setup-engine ## write dist/cropsample_plugin-<version>.zip and check it as the QGIS repository does
	@$(ENGINE) scripts/package.py

link: ## make the plugin appear in a QGIS profile (PROFILE=folder, default: the default profile)
	@python3 scripts/link.py $(PROFILE)

i18n: ## update i18n/*.ts from the sources and compile them
	@python3 scripts/translations.py

lock: ## pin the newest versions of all packages (needs uv)
	@python3 scripts/lock.py

clean: ## remove what the commands above made, except the environments
	rm -rf build dist demo_output .pytest_cache .ruff_cache .mypy_cache .hypothesis .qgis-settings
	find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +
