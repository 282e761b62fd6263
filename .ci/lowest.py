# ruff: noqa: INP001, T201  # a script that prints
"""Print the lowest version of each package that pyproject.toml allows, as constraints for pip."""

import re
import tomllib
from itertools import chain
from pathlib import Path

pyproject = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
project = pyproject["project"]
extras = project["optional-dependencies"].values()
for requirement in chain(pyproject["build-system"]["requires"], project["dependencies"], *extras):
    if bound := re.match(r"([\w-]+)>=([\d.]+)", requirement):
        print(f"{bound[1]}=={bound[2]}")
