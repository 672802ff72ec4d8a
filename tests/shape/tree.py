"""What the shape tests look at: the files that belong to the project, and the functions in them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LAYERS = (
    ("kernel",),
    ("params", "simulate"),
    ("rules",),
    ("analysis",),
    ("documents", "reading"),
    ("audit",),
    ("places",),
    ("access",),
    ("work",),
    ("registry",),
    ("snapshots",),
    ("procedures",),
    ("intake",),
    ("teams",),
    ("casework",),
    ("projects",),
    ("decisions",),
    ("oversight",),
    ("bulletins",),
    ("web", "api", "cli"),
    ("site",),
)
"""Rooms of the house from the ground up; those side by side do not see each other."""

HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms}


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the project, tracked or about to be, as paths from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:  # an unpacked archive has no git
        walked = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return tuple(path for path in walked if not path.parts[0].startswith((".venv", ".git")))
    names = (name.decode() for name in listed.stdout.split(b"\0") if name)
    return tuple(sorted(Path(name) for name in names if (ROOT / name).is_file()))


@cache
def texts() -> dict[Path, str]:
    """Return the text of every file that is text."""
    found = {}
    for path in files():
        try:
            found[path] = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@cache
def modules(*folders: str) -> dict[Path, ast.Module]:
    """Return the syntax tree of every Python module below one of `folders`, migrations left out."""
    return {
        path: ast.parse(text, filename=str(path))
        for path, text in texts().items()
        if path.suffix == ".py" and path.parts[0] in folders and "migrations" not in path.parts
    }


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function from `def` to its end, its docstring not counted."""
    first = node.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if said else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def room(path: Path) -> str | None:
    """Return the room (first package below bangfu) of a source or test file, or None."""
    parts = path.parts
    if parts[:2] == ("src", "bangfu") and len(parts) > 3:
        return parts[2]
    return parts[1] if parts[0] == "tests" and len(parts) > 2 else None
