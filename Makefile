# Short names for what a developer does often; README.md and .ci/run need none of it.
BIN := .venv/bin

.PHONY: setup test slow lint format documents notebooks site lock clean

setup:
	python3 -m venv .venv
	$(BIN)/pip install -q -c constraints-3.11.txt -e '.[dev]'

test:
	$(BIN)/pytest

slow:
	$(BIN)/pytest -m 'slow or browser'

lint:
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format:
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# what is printed in the pages, and the page of the command line, made again; read the difference before it is committed
documents:
	$(BIN)/python -m tests.reference
	$(BIN)/python -W ignore -m tests.snippets --write

notebooks:
	$(BIN)/pip install -q -c constraints-3.11.txt -e '.[notebooks]'
	$(BIN)/python -m tests.notebooks.remake

site:
	$(BIN)/pip install -q -c constraints-3.11.txt -e '.[docs]'
	$(BIN)/python -m tests.site

# newest versions that pyproject.toml admits, all extras together, on Python 3.11
lock:
	python3 -m venv .venv
	$(BIN)/pip install -q --dry-run --ignore-installed --report build-report.json -e '.[pdf,serve,cluster,ray,parquet,notebooks,docs,dev]'
	$(BIN)/python -c "import json, re; rows = sorted((re.sub('[-_.]+', '-', i['metadata']['name']).lower(), i['metadata']['version']) for i in json.load(open('build-report.json'))['install']); print('# Every version the README\'s two command lines install, on Python 3.11. \`make lock\` writes it again.', *(f'{n}=={v}' for n, v in rows if n != 'unsc-kg'), sep='\n')" > constraints-3.11.txt
	rm build-report.json

clean:
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
