"""The house rules that no other tool holds: who may import what, who may ask the clock, what tracked files may name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "src" / "exitplan"

DOMAIN_MAY_IMPORT = frozenset({*sys.stdlib_module_names, "exitplan", "pydantic", "pydantic_core", "typing_extensions"})
DOORS = ("usecases", "cli", "web")

# Functions that answer differently each time. Classes that take a seed, such as random.Random, are not among them.
CLOCKS = (
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
)
KEY_MAKERS = ("store", "importers")  # salts of the chain, tokens, sealed bundles: chance that nobody may repeat
ENVIRONMENT = ("os.environ", "os.getenv", "os.putenv", "os.cpu_count", "os.getlogin", "os.urandom", "pathlib.Path.home")
GLOBAL_RANDOM = re.compile(r"(random|numpy\.random)\.[a-z_]+|(secrets|uuid)\.\w+")
SEEDED = ("numpy.random.default_rng",)

MACHINE = re.compile(
    r"(?:(?<![\w./])|file://)/(?:work|root|tmp|home/\w+|Users/\w+|opt)/"  # where somebody's files lie
    r"|pypi\.org/simple|files\.pythonhosted\.org|//[\w.-]*(?:artifactory|nexus|jfrog)"  # where packages came from
)


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and full name of each module a source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def foreign_imports(source: str, *, may_import: frozenset[str]) -> list[str]:
    """Imports of packages outside `may_import`, as `line: name`."""
    return [f"{line}: {name}" for line, name in imports(source) if name.split(".")[0] not in may_import]


def _dotted(node: ast.AST) -> str | None:
    """The dotted name an expression spells, such as `np.random.rand`; None for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (start := _dotted(node.value)):
        return f"{start}.{node.attr}"
    return None


def ambient_uses(source: str) -> list[str]:
    """Uses of the clock, the environment or global random state, as `line: full name`, under any alias."""
    tree = ast.parse(source)
    real: dict[str, str] = {}
    uses: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                real[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                real[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                uses.append((node.lineno, f"{node.module}.{alias.name}"))
    for node in ast.walk(tree):
        if name := _dotted(node):
            start, dot, rest = name.partition(".")
            if start in real:
                uses.append((node.lineno, real[start] + dot + rest))
    return [
        f"{line}: {name}"
        for line, name in sorted(set(uses))
        if name in CLOCKS or name in ENVIRONMENT or (GLOBAL_RANDOM.fullmatch(name) and name not in SEEDED)
    ]


def machine_names(text: str) -> list[str]:
    """Paths of one machine and addresses of package stores in a text, as `line: text`."""
    return [f"{n}: {m.group()}" for n, line in enumerate(text.splitlines(), 1) for m in MACHINE.finditer(line)]


def rooms_without_contract(rooms: set[str], config: str) -> set[str]:
    """Rooms that the import contracts in pyproject.toml do not hold; doors and workshops need more than their layer."""
    layers, doors, sentences = tomllib.loads(config)["tool"]["importlinter"]["contracts"]
    named = set(re.findall(r"\w+", " ".join(layers["layers"]))) | set(layers["exhaustive_ignores"])
    forbidden = {module.removeprefix("exitplan.") for module in doors["source_modules"] + doors["forbidden_modules"]}
    silent = {module.removeprefix("exitplan.") for module in sentences["source_modules"]}
    missing = rooms - named
    missing |= (rooms & {"web", "cli", "importers", "engine", "reports", "store"}) - forbidden
    missing |= (rooms & {"importers", "engine", "store"}) - silent
    return missing


def _named_faults(paths: list[Path], faults: dict[Path, list[str]]) -> list[str]:
    return [f"{path.relative_to(REPOSITORY)}:{fault}" for path in paths for fault in faults[path]]


def _sources(room: Path) -> list[Path]:
    return sorted(room.rglob("*.py"))


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [REPOSITORY / name for name in listed.stdout.split("\0") if name and (REPOSITORY / name).is_file()]


def test_the_domain_imports_only_the_standard_library_and_pydantic():
    """Polars is known to the bulk tables alone, so that a value can be read and checked without it."""
    tables = PACKAGE / "domain" / "tables.py"
    paths = _sources(PACKAGE / "domain")
    faults = {
        path: foreign_imports(
            path.read_text("utf-8"),
            may_import=DOMAIN_MAY_IMPORT | {"polars"} if path == tables else DOMAIN_MAY_IMPORT,
        )
        for path in paths
    }

    assert paths
    assert _named_faults(paths, faults) == []


@pytest.mark.parametrize(
    "statement", ["import polars as pl", "from polars import col", "import numpy.linalg", "import yaml"]
)
def test_a_foreign_import_is_seen(statement):
    """The rule above can fail: also for an import inside a function."""
    source = f"import json\nfrom pydantic import Field\ndef late():\n    {statement}\n"

    assert [fault.split(":")[0] for fault in foreign_imports(source, may_import=DOMAIN_MAY_IMPORT)] == ["4"]


def test_only_the_doors_ask_the_clock_the_environment_or_global_chance():
    """Equal inputs and seed give equal numbers only when nothing else comes in."""
    paths = [p for p in _sources(PACKAGE) if p.relative_to(PACKAGE).parts[0] not in DOORS]
    faults = {path: ambient_uses(path.read_text("utf-8")) for path in paths}
    for path in paths:
        if path.relative_to(PACKAGE).parts[0] in KEY_MAKERS:
            faults[path] = [fault for fault in faults[path] if " secrets." not in fault]

    assert paths
    assert _named_faults(paths, faults) == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import datetime\nx = datetime.datetime.now()", "2: datetime.datetime.now"),
        ("from datetime import date\nx = date.today()", "2: datetime.date.today"),
        ("from datetime import date as day\nx = dict(default_factory=day.today)", "2: datetime.date.today"),
        ("import time\nx = time.time()", "2: time.time"),
        ("import os\nx = os.environ['SEED']", "2: os.environ"),
        ("from os import getenv", "1: os.getenv"),
        ("import random\nx = random.random()", "2: random.random"),
        ("from random import shuffle as mix", "1: random.shuffle"),
        ("import numpy as np\nnp.random.seed(1)", "2: numpy.random.seed"),
        ("from numpy import random\nx = random.rand(3)", "2: numpy.random.rand"),
        ("from numpy.random import normal", "1: numpy.random.normal"),
        ("import uuid\nx = uuid.uuid4()", "2: uuid.uuid4"),
    ],
)
def test_a_use_of_the_surroundings_is_seen(source, seen):
    """The rule above can fail, under every name a module can be given."""
    assert seen in ambient_uses(source)


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\nx = date(2015, 9, 30)",
        "import numpy as np\nx = np.random.default_rng(1)\ny: np.random.Generator = x",
        "from numpy.random import Philox\nx = Philox(key=1)",
        "import random\nx = random.Random(1)",
        "today = lambda: 3\nnow = today()",
        "def draw(random):\n    return random.random()",
    ],
)
def test_dates_and_seeded_streams_are_free_to_use(source):
    """A rule that fires on proper use would soon be switched off."""
    assert ambient_uses(source) == []


def test_tracked_files_name_no_machine_and_no_package_store():
    """The project must build and read the same anywhere."""
    faults = {}
    for path in _tracked():
        content = path.read_bytes()
        if b"\0" not in content and path != Path(__file__).resolve():
            faults[path] = machine_names(content.decode("utf-8", "replace"))

    assert faults
    assert _named_faults(list(faults), faults) == []


@pytest.mark.parametrize(
    "text",
    [
        "see ~opt~build~README.md",  # ~ stands for / here, so that this file itself names no such place
        "cache = '~root~.cache'",
        'open("~tmp~x.csv")',
        "cd ~home~planner~exitplan",
        "--index-url https://pypi.org/simple",
        "https://files.pythonhosted.org/packages/a.whl",
        "file:~~~opt~wheels",
    ],
)
def test_a_machine_path_is_seen(text):
    """The rule above can fail, and tells the line."""
    (fault,) = machine_names(f"first line\n{text.replace('~', '/')}")

    assert fault.startswith("2: ")


@pytest.mark.parametrize("text", ["docs/work/plan.md", "https://example.org/tmp/x", "the root/branch", "area/root/x"])
def test_paths_inside_the_project_are_free_to_name(text):
    """Relative paths and addresses of sources are no machine paths."""
    assert machine_names(text) == []


def test_every_room_on_disk_is_held_by_the_import_contracts():
    """A new room may not slip past the contracts for want of being listed."""
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} | {
        path.stem for path in PACKAGE.glob("[!_]*.py")
    }

    assert rooms_without_contract(rooms, (REPOSITORY / "pyproject.toml").read_text("utf-8")) == set()


def test_a_room_without_contract_is_seen():
    """The rule above can fail: for a room nobody knows, and for a workshop or door that only its layer names."""
    config = dedent(
        """
        [[tool.importlinter.contracts]]
        layers = ["(web) | (cli)", "(engine) | (store)", "(domain)"]
        exhaustive_ignores = ["library"]
        [[tool.importlinter.contracts]]
        source_modules = ["exitplan.cli"]
        forbidden_modules = ["exitplan.engine"]
        [[tool.importlinter.contracts]]
        source_modules = ["exitplan.engine"]
        """
    )

    assert rooms_without_contract({"domain", "engine", "cli", "library"}, config) == set()
    assert rooms_without_contract({"domain", "utils"}, config) == {"utils"}
    assert rooms_without_contract({"web", "store"}, config) == {"web", "store"}


def test_every_piece_of_a_result_has_a_name_of_its_own():
    """The description of the API names pieces by their class alone: two of one name would take each other's shape."""
    names = [
        node.name
        for file in sorted((PACKAGE / "domain" / "results").glob("*.py"))
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
