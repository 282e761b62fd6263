# The same words as .ci/run and README use. Run inside an environment with `pip install -e '.[dev]'`.
.PHONY: check format lint types layers test cover expected proof fuzz

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

# The tests that try things by the hundred, and how many they tried.
proof:
	python -m pytest -n auto -q --hypothesis-show-statistics > .proof.txt || (cat .proof.txt; exit 1)
	@grep "^proved" .proof.txt
	@grep -o "[0-9]* passing," .proof.txt | awk '{n += $$1} END {print "proved: examples of properties: " n}'

# As long as you like: make fuzz SEED=7 EXAMPLES=5000 KILLS=1000
SEED ?= $(shell date +%s)
EXAMPLES ?= 1000
KILLS ?= 200
fuzz:
	@echo "SEED=$(SEED) EXAMPLES=$(EXAMPLES) KILLS=$(KILLS)"
	SEED=$(SEED) EXAMPLES=$(EXAMPLES) KILLS=$(KILLS) python -m pytest -n auto -q --hypothesis-seed=$(SEED) \
		tests/test_faults.py tests/test_document.py tests/test_sequences.py tests/test_mutations.py tests/test_time.py tests/test_report.py
