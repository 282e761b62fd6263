# The same words as .ci/run and README use. Run inside an environment with `pip install -e '.[dev]'`.
.PHONY: check format lint types layers test cover expected bench

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

# README's section on speed, measured anew on this machine: a few minutes, best with nothing else running.
bench:
	python -m benchmarks
