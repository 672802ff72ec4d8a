"""A SQLite file whose pages were altered on the disk, where no trigger and no program looks."""

import random
import shutil
import sqlite3

import pytest

from bangfu.audit.commitments import commit_rows
from bangfu.audit.verifier import GENESIS, canonical_json, link, seal, verify
from bangfu.kernel.secrets import Keys

ROWS = [(number, f"第{number}户 9901{number:08}", number % 2, None) for number in range(1, 401)]
COLUMNS = ("id", "name", "flag", "note")


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A small register written with the standard library alone: one event, 400 rows."""
    folder = tmp_path_factory.mktemp("register")
    Keys.create(folder / "key")
    keys = Keys.read(folder / "key")
    body = canonical_json({"tables": {"facts": commit_rows(keys, COLUMNS, ROWS)}})
    said = {"action": "x", "actor_id": 1, "actor_name": "甲", "at": "2020-01-01T00:00:00.000000Z", "body": body}
    said |= {"county": 990101000000, "seq": 1, "subject": "batch 1"}
    digest = link(GENESIS, said)
    with sqlite3.connect(folder / "register.sqlite3") as database:
        database.execute("CREATE TABLE audit_head (county integer, seq integer, hash text)")
        names = ", ".join(["id", *said, "prev_hash", "hash", "seal"])
        database.execute(f"CREATE TABLE audit_event ({names})")
        database.execute("CREATE TABLE facts (id integer PRIMARY KEY, name, flag, note, event_id integer NOT NULL)")
        database.execute("INSERT INTO audit_head VALUES (990101000000, 1, ?)", [digest])
        values = [1, *said.values(), GENESIS, digest, seal(keys.commit, digest)]
        database.execute(f"INSERT INTO audit_event VALUES ({', '.join('?' * len(values))})", values)
        database.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, 1)", ROWS)
    database.close()
    return folder


def test_the_undamaged_file_holds(register):
    report = verify(str(register / "register.sqlite3"), register / "key")
    assert (report.faults, report.events, report.rows) == ([], 1, len(ROWS))


@pytest.mark.parametrize("chance", range(60))
def test_a_digit_altered_anywhere_in_the_file_is_found(register, tmp_path, chance):
    raw = bytearray((register / "register.sqlite3").read_bytes())
    digits = [place for place, byte in enumerate(raw) if chr(byte) in "23456789" and raw[place - 4 : place].isalnum()]
    place = random.Random(chance).choice(digits)
    raw[place] ^= 1
    (tmp_path / "altered").write_bytes(raw)
    assert verify(str(tmp_path / "altered"), register / "key").faults


@pytest.mark.parametrize("page", range(1, 5))
def test_a_page_overwritten_with_zeros_is_found(register, tmp_path, page):
    raw = bytearray((register / "register.sqlite3").read_bytes())
    raw[page * 4096 : (page + 1) * 4096] = bytes(4096)
    (tmp_path / "altered").write_bytes(raw)
    assert verify(str(tmp_path / "altered"), register / "key").faults


def test_a_copy_of_a_file_holds_like_the_file(register, tmp_path):
    shutil.copy(register / "register.sqlite3", tmp_path / "copy")
    assert verify(str(tmp_path / "copy"), register / "key").faults == []


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE facts SET flag = 1.5 WHERE id = 2", id="a fraction"),
        pytest.param("UPDATE facts SET flag = x'00' WHERE id = 2", id="bytes"),
        pytest.param("UPDATE facts SET note = '' WHERE id = 2", id="empty instead of unknown"),
        pytest.param("UPDATE facts SET note = '\\N' WHERE id = 2", id="the mark of unknown as text"),
        pytest.param("UPDATE facts SET name = CAST(x'ff' AS text) WHERE id = 2", id="no text of any encoding"),
        pytest.param("ALTER TABLE facts RENAME COLUMN note TO remark", id="another name of a column"),
        pytest.param("UPDATE audit_event SET seq = 'one'", id="a word for a number"),
        pytest.param("UPDATE audit_event SET hash = NULL", id="no hash"),
        pytest.param("DROP TABLE audit_head", id="no heads"),
        pytest.param("DELETE FROM audit_event", id="no events"),
    ],
)
def test_whatever_stands_in_the_place_of_a_value_is_found(register, tmp_path, statement):
    shutil.copy(register / "register.sqlite3", tmp_path / "altered")
    with sqlite3.connect(tmp_path / "altered") as database:
        database.execute(statement)
    database.close()
    assert verify(str(tmp_path / "altered"), register / "key").faults
