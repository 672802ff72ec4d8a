"""The locks agree with pyproject.toml and with each other, and every file in them has its hash."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shape.tree import ROOT

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def pins(name: str) -> dict[str, str]:
    """Return the version of every package in a lock."""
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    return {canonicalize_name(package): version for package, version in PIN.findall(text)}


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        pytest.param("core", PROJECT["dependencies"] + EXTRAS["setup"], id="core"),
        pytest.param("dev", PROJECT["dependencies"] + EXTRAS["setup"] + EXTRAS["dev"], id="dev"),
        pytest.param("spark", PROJECT["dependencies"] + EXTRAS["dev"] + EXTRAS["spark"], id="spark"),
    ],
)
def test_a_lock_pins_what_the_project_asks_for(lock, wanted):
    pinned = pins(lock)
    unmet = [
        text
        for text in wanted
        if (asked := Requirement(text)) and not asked.specifier.contains(pinned.get(canonicalize_name(asked.name), "0"))
    ]
    assert not unmet, "run ./run lock"


@pytest.mark.parametrize(("small", "large"), [("core", "dev"), ("dev", "spark")])
def test_the_larger_lock_holds_the_smaller_one(small, large):
    smaller, larger = pins(small), pins(large)
    assert {name: larger.get(name) for name in smaller} == smaller


@pytest.mark.parametrize("lock", ["core", "dev", "spark", "uv"])
def test_every_pinned_package_has_its_hashes(lock):
    text = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert entries
    assert not [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize("lock", ["core", "dev", "spark", "uv"])
def test_a_lock_names_no_place_to_fetch_from(lock):
    assert "://" not in (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
