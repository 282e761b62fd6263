# The same words as .ci/run and README use. Run inside an environment with `pip install -e '.[dev]'`.
.PHONY: check format lint types layers test cover expected messages pictures bench

check: lint types layers cover

format:
	ruff check --fix .
	ruff format .

lint:
	ruff format --check .
	ruff check .

types:
	mypy

layers:
	lint-imports --no-logo

test:
	python -m pytest -n auto

# The processes that tests start are counted too.
cover:
	coverage erase
	coverage run -m pytest -n auto
	coverage combine --quiet
	coverage report

# README's examples and the whole outputs that tests compare with, written anew: read the diff before you commit it.
expected:
	REWRITE_EXPECTED=1 python -m pytest -q

# The catalogues of messages, brought in step with the code: then translate what is new, and run it once more.
messages:
	pybabel -q extract --no-wrap --sort-by-file --add-location=file -o messages.pot src
	pybabel -q update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -D resolution_cli \
	  -i messages.pot -d src/resolution_cli/locales
	rm messages.pot
	pybabel -q compile -D resolution_cli -d src/resolution_cli/locales

# The pictures in README. Needs Chromium.
sample = tests/samples/three-years.toml
pictures:
	tracker report --file $(sample) --lang vi --as-of 2026-06-30 --force --output docs/terminal.svg
	tracker report --file $(sample) --lang vi --period 2026-H1 --force --output docs/page.html
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,1500 \
	  --screenshot=docs/page.png docs/page.html 2>/dev/null
	rm docs/page.html

# README's section on speed, measured anew on this machine: a few minutes, best with nothing else running.
bench:
	python -m benchmarks
