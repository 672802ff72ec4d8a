"""The home: what it holds, what it refuses, and two processes that prepare it at once."""

import stat
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from bangfu.kernel.days import SHANGHAI
from bangfu.kernel.errors.settings import DatabaseUrlUnusable, HomeMissing, HomeUnusable, KeyFileMissing
from bangfu.kernel.home import Home


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def fresh(tmp_path):
    """A home that nobody prepared."""
    return Home(path=tmp_path / "home")


def test_the_environment_names_the_home(monkeypatch, tmp_path):
    monkeypatch.setenv("BANGFU_HOME", str(tmp_path / "there"))
    monkeypatch.setenv("BANGFU_DATABASE_URL", "postgresql://user@host/register")
    home = Home.current()
    assert (home.path, home.database_url) == (tmp_path / "there", "postgresql://user@host/register")


def test_without_an_environment_the_home_lies_in_the_current_directory(monkeypatch, tmp_path):
    monkeypatch.delenv("BANGFU_HOME")
    monkeypatch.delenv("BANGFU_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    assert Home.current() == Home(path=tmp_path / ".bangfu")


def test_naming_a_home_creates_nothing(fresh):
    assert not fresh.exists
    assert not fresh.path.exists()


def test_another_kind_of_database_is_refused_without_showing_its_address(monkeypatch):
    monkeypatch.setenv("BANGFU_DATABASE_URL", "mysql://user:open-sesame@host/register")
    with pytest.raises(DatabaseUrlUnusable) as refused:
        Home.current()
    assert "open-sesame" not in str(refused.value)


def test_a_prepared_home_is_its_owners_alone(fresh):
    home = fresh.prepare(demo=True)
    assert home.exists
    folders = [path for path in home.path.iterdir() if path.is_dir()]
    assert {path.name for path in folders} == {"snapshots", "runs", "rounds", "batches", "uploads", "jobs"}
    assert {mode(path) for path in (home.path, *folders)} == {0o700}
    assert mode(home.key_file) == 0o400
    assert mode(home.database_file) == 0o600


def test_each_kind_of_file_has_its_folder(fresh):
    home = fresh.prepare(demo=True)
    own = [home.snapshots, home.runs, home.rounds, home.batches, home.jobs, home.uploads]
    assert len({*own}) == len(own)
    assert all(folder.is_dir() for folder in own)


def test_a_demonstration_lives_on_the_day_that_it_was_moved_to(fresh):
    home = fresh.prepare(demo=True)
    assert home.today() == datetime.now(SHANGHAI).date()
    home.move_day(date(2017, 1, 9))
    assert home.today() == Home(path=home.path).today() == date(2017, 1, 9)
    (home.path / "day").write_text("some day", encoding="ascii")
    assert home.today() == datetime.now(SHANGHAI).date()


def test_an_office_lives_today_and_on_no_other_day(fresh):
    home = fresh.prepare(demo=False)
    (home.path / "day").write_text("2017-01-09", encoding="ascii")
    assert home.today() == datetime.now(SHANGHAI).date()
    with pytest.raises(AssertionError):
        home.move_day(date(2017, 1, 9))


def test_the_kind_of_a_home_never_changes(fresh):
    assert fresh.prepare(demo=False).demo is False
    assert fresh.prepare(demo=True).demo is False


def test_preparing_again_keeps_the_key(fresh):
    key = fresh.prepare().key_file.read_bytes()
    assert fresh.prepare().key_file.read_bytes() == key


def test_a_home_on_postgresql_has_no_database_file(tmp_path):
    home = Home(path=tmp_path, database_url="postgresql:///register").prepare()
    assert not home.database_file.exists()


def test_what_an_interrupted_preparation_left_is_no_hindrance(fresh):
    fresh.path.mkdir(mode=0o700)
    for draft in ("key.draft", "register.draft", "home.draft"):
        (fresh.path / draft).write_text("half")
    assert fresh.prepare().keys == fresh.keys
    assert fresh.demo is True


def test_a_home_that_was_never_prepared_says_so(fresh):
    with pytest.raises(HomeMissing, match="BANGFU_HOME"):
        _ = fresh.demo
    with pytest.raises(KeyFileMissing):
        _ = fresh.keys


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2, "demo": true}', "\x00"])
def test_a_card_that_another_version_wrote_is_refused(fresh, text):
    (fresh.prepare().path / "home.json").write_text(text)
    with pytest.raises(HomeUnusable):
        _ = fresh.demo


def test_a_file_in_the_way_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable, match="file"):
        Home(path=tmp_path / "file").prepare()


def prepared(path):
    home = Home(path=Path(path)).prepare()
    return home.demo, home.key_file.read_text()


def test_two_processes_prepare_one_home(tmp_path):
    with get_context("spawn").Pool(2) as pool:
        first, second = pool.map(prepared, [str(tmp_path / "home")] * 2)
    assert first == second
