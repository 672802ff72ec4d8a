"""Lists of places for the tests, and what came of loading them."""

from bangfu.audit.verifier import verify
from bangfu.places.actions.load_places import load_places

TREE = [
    ("990000000000", "云岭省", "province", ""),
    ("990100000000", "青石市", "city", "990000000000"),
    ("990101000000", "清溪县", "county", "990100000000"),
    ("990101100000", "柳河镇", "town", "990101000000"),
    ("990101100201", "上柳村", "village", "990101100000"),
]


def mappings(rows, columns=("code", "name", "level", "parent")):
    return [dict(zip(columns, row, strict=False)) for row in rows]


def loaded(by, *rows, **more):
    return load_places(by=by, rows=mappings([*TREE, *rows], **more))


def counts(result):
    return {name: result[name] for name in ("rows", "added", "changed", "unchanged")} | {
        "errors": len(result["errors"])
    }


def reasons(result):
    return [(error["row"], error["column"], error["code"]) for error in result["errors"]]


def holds(home):
    return not verify(home.database_url or str(home.database_file), home.key_file).faults


def as_file(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "places.csv"
    path.write_bytes(text.encode(encoding))
    return path
