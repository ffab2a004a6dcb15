"""The shape of the code: which way imports go, what is fenced in where, what starting up costs."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWN = {"cli", "index", "search"}

FENCES = {
    # The model and its libraries.
    "sentence_transformers": ("index/embedder.py", "search/reranker.py"),
    "transformers": ("index/embedder.py",),
    "onnxruntime": ("index/encoder.py", "index/quantise.py"),
    "tokenizers": ("index/embedder.py", "index/encoder.py"),
    "torch": ("index/export.py",),
    "huggingface_hub": ("index/embedder.py", "index/model_files.py"),
    # The library's stores.
    "faiss": ("index/store/faiss_base.py",),
    "tantivy": ("index/store/lexical.py",),
    "sqlite3": (
        "index/store/",
        "index/backup.py",
        "search/web/service_db.py",
        "search/web/jobs.py",
        "search/web/job_rows.py",
    ),
    # Reading.
    "charset_normalizer": ("index/readers/encoding.py",),
    "docx": ("index/readers/docx.py",),
    "gitignore_parser": ("index/readers/ignore.py",),
    "lxml": ("index/readers/",),
    "pypdf": ("index/readers/pdf.py",),
    "trafilatura": ("index/readers/html.py",),
    "yaml": ("index/readers/markdown.py",),
    # Language.
    "Stemmer": ("index/terms.py",),
    "py3langid": ("index/languages.py",),
    "sentencex": ("index/sentences.py",),
    # Serving.
    "fastapi": ("search/web/",),
    "starlette": ("search/web/",),
    "pydantic": ("search/web/schemas.py", "search/web/bodies.py", "search/mcp_server.py"),
    "uvicorn": ("search/web/app.py", "search/web/patience.py"),
    "prometheus_client": ("search/web/metrics.py",),
    "mcp": ("search/mcp_server.py",),
    "httpx2": ("search/endpoint.py",),
    # Evaluating, and the command line.
    "ir_measures": ("search/evaluate.py",),
    "scipy": ("search/comparing.py",),
    "rich": ("search/progress.py",),
    "typer": (
        "cli.py",
        "search/console.py",
        "search/correcting.py",
        "search/alerts.py",
        "search/keys.py",
        "search/options.py",
        "search/upkeep.py",
    ),
}
"""Library → the only files, or folders, that may import it. A new library needs a line here."""

EVERYWHERE = {"msgspec", "numpy"}
"""Shapes and vectors: what passes between the stages."""

LAZY = {
    "cli.py",
    "search/alerts.py",
    "search/correcting.py",
    "search/engine.py",
    "search/keys.py",
    "search/opening.py",
    "search/upkeep.py",
}
"""Files that import our own modules inside functions, so that `--help` waits for no faiss, an answer for no LLM."""

MOST_LINES = 350

HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "spacy",
    "fastapi",
    "uvicorn",
    "httpx2",
    "trafilatura",
    "pypdf",
    "docx",
)

UNASKED = (
    "rich",
    "yaml",
    "lxml",
    "onnx",
    "httpx",
    "asyncio",
    "scipy",
    "prometheus_client",
    "importlib.metadata",
    "index.derive",
    "index.readers",
    "index.speakers.resolve",
    "index.statements",
    "index.sync",
    "search.generate",
    "search.web.app",
)
"""What only indexing, serving or printing bars needs: a question doesn't wait for it."""


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, by its dotted name, and whether a function does it."""

    name: str
    in_function: bool


def _files() -> list[Path]:
    found = [*ROOT.glob("*.py"), *(ROOT / "index").rglob("*.py"), *(ROOT / "search").rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in found)


FILES = _files()
OTHERS = [path.relative_to(ROOT) for folder in ("tests", "benchmarks") for path in sorted((ROOT / folder).glob("*.py"))]


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


MODULES = {_module(path): path for path in FILES}


@cache
def _imports(path: Path) -> tuple[Import, ...]:
    return tuple(_found_imports(path))


def _found_imports(path: Path) -> Iterator[Import]:
    tree = ast.parse((ROOT / path).read_bytes())
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, id(node) in inside)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide which way the data flows"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield Import(whole if whole in MODULES else str(node.module), id(node) in inside)


def _graph() -> dict[str, set[str]]:
    return {
        module: {found.name for found in _imports(path) if found.name in MODULES} - {module}
        for module, path in MODULES.items()
    }


def test_there_is_code_to_check() -> None:
    """The checks below see the modules that they are about."""
    assert {"index.types", "index.store.local", "search.engine", "search.web.app", "cli"} <= MODULES.keys()


def test_index_never_imports_search() -> None:
    """What makes a library knows nothing of what asks it."""
    wrong = [
        (a, b) for a, targets in _graph().items() if a.startswith("index") for b in targets if b.startswith("search")
    ]
    assert not wrong


def test_nothing_imports_the_command_line() -> None:
    """`cli` is where data ends up; only a subprocess starts it."""
    assert not [module for module, targets in _graph().items() if "cli" in targets]


def test_there_are_no_import_cycles() -> None:
    """Modules can be read in an order in which each needs only those before it, type hints included."""
    try:
        TopologicalSorter(_graph()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_own_modules_are_imported_at_the_top() -> None:
    """An import inside a function hides a dependency; only heavy libraries may cost a line there."""
    wrong = [
        f"{path}: {found.name}"
        for path in FILES
        if str(path) not in LAZY
        for found in _imports(path)
        if found.in_function and found.name.split(".")[0] in OWN
    ]
    assert not wrong


def test_each_library_stays_behind_its_fence() -> None:
    """A library can be replaced by changing the one place that knows it."""
    wrong = []
    for path in FILES:
        for found in _imports(path):
            library = found.name.split(".")[0]
            if library in OWN | EVERYWHERE or (library in sys.stdlib_module_names and library not in FENCES):
                continue
            allowed = FENCES.get(library, ())
            if not any(str(path) == one or (one.endswith("/") and str(path).startswith(one)) for one in allowed):
                wrong.append(f"{path} imports {library}, allowed in {', '.join(allowed) or 'no file'}")
    assert not wrong


def test_every_fence_stands_where_there_is_something() -> None:
    """The table of fences names only files and folders that exist."""
    places = {place for allowed in FENCES.values() for place in allowed}
    assert not [place for place in sorted(places) if not (ROOT / place).exists()]


@pytest.mark.parametrize("path", [*FILES, *OTHERS], ids=str)
def test_files_are_short(path: Path) -> None:
    """One noun a file: longer ones hold two."""
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("module", ["cli", "index.library", "search.engine", "search.web.errors"])
def test_starting_up_loads_nothing_heavy(module: str) -> None:
    """A question from a cold shell doesn't wait for what answering it has no use for."""
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(ran.stdout.split())


def test_asking_imports_only_what_it_uses() -> None:
    """All that `quoth ask` imports of ours, and what that brings along, is there to answer."""
    code = "import sys, cli, search.opening, search.engine; print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert {"search.answer", "index.store.local", "index.encoder"} <= loaded, "these are what is looked at"
    assert not {name for name in (*HEAVY, *UNASKED) if name in loaded}


_ASKED = """
import runpy, sys
sys.argv = ["quoth", "ask", "What did the mayor of Westhaven say about the ferry?", "--library", sys.argv[1]]
try:
    runpy.run_path("cli.py", run_name="__main__")
except SystemExit as end:
    print(end.code, *sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.model
def test_a_question_imports_only_what_it_uses(tmp_path: Path, samples: Path) -> None:
    """From the shell to the answer, wherever an import stands."""
    library = str(tmp_path / "library")
    indexed = [sys.executable, "cli.py", "index", str(samples), "--library", library]
    subprocess.run(indexed, cwd=ROOT, capture_output=True, check=True)
    ran = subprocess.run([sys.executable, "-c", _ASKED, library], cwd=ROOT, capture_output=True, text=True, check=True)
    code, *loaded = ran.stderr.splitlines()[-1].split()
    assert (code in {"0", "3"}, "index.encoder" in loaded, "search.answer" in loaded) == (True, True, True), ran.stderr
    assert not {name for name in (*HEAVY, *UNASKED) if name in loaded}


def test_installed_for_development_all_is_read_from_here() -> None:
    """A file that is forced into wheels would be copied then, and be the old one after the next change."""
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert set(targets["wheel"]) == {"only-include"}
    assert {Path(name).stem for name in targets["wheel"]["only-include"]} == OWN


def test_the_fence_check_can_fail(tmp_path: Path) -> None:
    """An import inside a function, or behind TYPE_CHECKING, is seen like any other."""
    file = tmp_path / "module.py"
    file.write_text("if TYPE_CHECKING:\n    import torch\ndef f():\n    from index.store import rows\n")
    found = {(one.name, one.in_function) for one in _imports(file)}
    assert found == {("torch", False), ("index.store.rows", True)}
