# The same words as .ci/run and README use. Run inside an environment with `pip install -e '.[dev]'`.
.PHONY: check format lint types layers test cover expected messages templates pictures bench proof fuzz

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

# The quick suite.
test:
	python -m pytest -n auto

# What the quick suite covers; the processes that it starts are counted too.
cover: SELECTION = not proof
cover:
	coverage erase
	coverage run -m pytest -n auto -m "$(SELECTION)"
	coverage combine --quiet
	coverage report

# The examples of README and docs/, and the whole outputs that tests compare with, written anew: read the diff before you commit it.
expected:
	cp data/tasks.toml tests/expected/shipped.toml
	REWRITE_EXPECTED=1 python -m pytest -q -m ""

# The catalogues of messages, brought in step with the code and compiled: then translate what is new, and run it once more.
messages:
	pybabel -q extract --no-wrap --sort-output --no-location -o messages.pot src
	pybabel -q update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -D resolution_cli \
	  -i messages.pot -d src/resolution_cli/locales
	rm messages.pot
	pybabel -q compile -D resolution_cli -d src/resolution_cli/locales

# The templates of Word files, which the package ships.
templates:
	python -m tools.word_templates

# The pictures in the documentation. Needs Chromium, LibreOffice and poppler.
sample = docs/example.toml
written = tracker report --file $(sample) --lang vi --period 2022-H1 --force --output
pictures:
	tracker timeline --file $(sample) --as-of 2023-12-31 --lang en --force --output docs/timeline.svg
	tracker timeline --file $(sample) --as-of 2023-12-31 --lang vi --force --output docs/vi/timeline.svg
	tracker list --file $(sample) --lang vi --as-of 2024-01-10 --force --output docs/list.svg
	$(written) docs/page.html
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,2700 \
	  --screenshot=docs/page.png docs/page.html 2>/dev/null
	$(written) docs/vi/word.docx
	soffice --headless --convert-to pdf --outdir docs/vi docs/vi/word.docx >/dev/null 2>&1
	pdftoppm -png -r 80 -f 1 -l 1 -singlefile docs/vi/word.pdf docs/vi/word
	rm docs/page.html docs/vi/word.docx docs/vi/word.pdf

# The page of the documentation on speed, measured anew on this machine: a few minutes, best with nothing else running.
bench:
	python -m benchmarks

# All tests, also those that try things by the hundred, and how many they tried.
proof:
	python -m pytest -n auto -q -m "" --hypothesis-show-statistics > .proof.txt || (cat .proof.txt; exit 1)
	@grep "^proved" .proof.txt
	@grep -o "[0-9]* passing," .proof.txt | awk '{n += $$1} END {print "proved: examples of properties: " n}'

# As long as you like: make fuzz SEED=7 EXAMPLES=5000 KILLS=1000
SEED ?= $(shell date +%s)
EXAMPLES ?= 1000
KILLS ?= 200
fuzz:
	@echo "SEED=$(SEED) EXAMPLES=$(EXAMPLES) KILLS=$(KILLS)"
	SEED=$(SEED) EXAMPLES=$(EXAMPLES) KILLS=$(KILLS) python -m pytest -n auto -q -m "" --hypothesis-seed=$(SEED) \
		tests/test_faults.py tests/test_document.py tests/test_reading.py tests/test_sequences.py tests/test_mutations.py \
		tests/test_history.py tests/test_period.py tests/test_report.py
