"""`./run` starts on a bare machine, says in one sentence what is missing, and costs nothing the second time."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.shape.tree import ROOT, files

PYTHON = getattr(sys, "_base_executable", sys.executable)


@pytest.fixture
def checkout(tmp_path):
    """The files that `./run` needs, somewhere else."""
    for path in files():
        if path.parts[0] in {"run", "tools", "locks", "pyproject.toml"}:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, tmp_path / path)
    return tmp_path


def start(folder, *words, python=PYTHON, **settings):
    """Run `./run` there with the given Python; return what it said."""
    environment = {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    environment |= {"PYTHON": str(python), **settings}
    return subprocess.run(
        [folder / "run", *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def pretend(folder, text):
    """Write a program that stands for a Python of another machine."""
    program = folder / "python3"
    program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_a_machine_without_python_is_told_so_in_one_sentence(checkout):
    said = start(checkout, python="/nowhere/python3")
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "Install it" in said.stderr


def test_a_python_that_is_too_old_is_told_so_in_one_sentence(checkout):
    old = pretend(checkout, 'case $1 in -c) exit 1;; --version) echo "Python 3.9.2";; esac')
    said = start(checkout, python=old)
    assert said.returncode == 1
    assert "needs Python 3.11 or newer" in said.stderr
    assert "Python 3.9.2" in said.stderr
    assert said.stderr.count("\n") == 1


def test_a_python_without_pip_is_told_so_in_one_sentence(checkout):
    bare = checkout / "bare"
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", bare], check=True)
    code = f"import sys; sys._base_executable = '{bare}/bin/python'; from tools import house"
    house = f"{code}; sys.exit(house.main(['check']))"
    said = subprocess.run([PYTHON, "-c", house], cwd=checkout, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1].startswith("Setting up needs pip. Install it")


def test_a_machine_without_a_network_is_told_so_and_leaves_nothing_half_ready(checkout):
    closed = "http://127.0.0.1:9/simple"
    said = start(
        checkout, "check", PIP_INDEX_URL=closed, PIP_EXTRA_INDEX_URL="", PIP_FIND_LINKS="", PIP_RETRIES="0",
        PIP_CONFIG_FILE=os.devnull, PIP_NO_CACHE_DIR="1",
    )  # fmt: skip
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1].endswith(
        "The package index cannot be reached; check the network or the proxy and run again."
    )
    assert "Traceback" not in said.stderr
    assert not (checkout / ".venv" / "stands.json").exists()


def test_a_second_start_sets_nothing_up():
    stamp = ROOT / ".venv" / "stands.json"
    assert stamp.exists(), "these tests run in an environment that ./run set up"
    before = stamp.stat().st_mtime_ns
    code = "import sys; from tools import house; house.set_up('dev')"
    said = subprocess.run([PYTHON, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert (said.stdout, said.stderr) == ("", "")
    assert stamp.stat().st_mtime_ns == before


def test_every_verb_is_explained(checkout):
    said = start(checkout, "--help")
    assert said.returncode == 0
    for verb in ("test", "check", "bench", "shell", "messages", "reference", "lock"):
        assert f"    {verb}" in said.stdout
    assert not (checkout / ".venv").exists()
