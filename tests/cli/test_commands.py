"""Commands answer in one sentence, in the user's language, with an exit status that can be trusted."""

import json
import os
import subprocess
import sys

import pytest

from tests.ledger_files import roster_rows, write_roster

pytestmark = pytest.mark.store


@pytest.fixture
def bangfu(home):
    """Call the command line in the test's home; return status, answer and what stood on the error line."""

    def call(*words, **environment):
        done = subprocess.run(
            [sys.executable, "-m", "bangfu.cli.main", *map(str, words)],
            capture_output=True,
            text=True,
            env={**os.environ, **environment},
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return call


def test_a_missing_file_is_one_sentence_in_chinese_and_in_english(bangfu, tmp_path):
    missing = tmp_path / "missing.xlsx"
    status, answer, _ = bangfu("import", missing, "--json")
    assert status == 1
    (file,) = json.loads(answer)["files"]
    (error,) = file["errors"]
    assert error["code"] == "BF101"
    english = json.loads(bangfu("import", missing, "--json", BANGFU_LANG="en")[1])["files"][0]["errors"][0]["message"]
    assert english.isascii()
    assert not error["message"].isascii()


@pytest.mark.parametrize("words", [("approve", "99"), ("undo", "99"), ("recompute", "r-none"), ("explain", "H404")])
def test_what_is_not_known_is_said(bangfu, words):
    status, answer, said = bangfu(*words, "--json")
    assert status == 1
    assert json.loads(answer)["error"]["code"].startswith("BF")
    assert said.count("\n") == 1


def test_an_unknown_programme_names_those_that_exist(bangfu):
    status, answer, _ = bangfu("identify", "--programme", "cn_1999", "--on", "2016-12-31", "--json")
    assert status == 1
    assert "cn_2014" in json.loads(answer)["error"]["message"]


def test_a_programme_without_published_thresholds_says_so(bangfu):
    status, answer, _ = bangfu("identify", "--programme", "cn_2026", "--on", "2026-06-30", "--json")
    assert status == 1
    assert json.loads(answer)["error"]["code"].startswith("BF2")


def test_an_unreachable_database_is_said_without_its_password(bangfu, tmp_path):
    status, answer, said = bangfu(
        "verify",
        "--json",
        BANGFU_HOME=str(tmp_path / "h"),
        BANGFU_DATABASE_URL="postgresql://a:secretword@127.0.0.1:1/x",
    )
    assert status == 1
    assert json.loads(answer)["error"]["code"] == "BF606"
    assert "secretword" not in answer + said


def test_a_dry_run_keeps_nothing(bangfu, home, places, tmp_path):
    path = write_roster(tmp_path / "roster.xlsx", roster_rows())
    status, answer, _ = bangfu("import", path, "--dry-run", "--json")
    assert status == 0
    assert json.loads(answer)["batch"] is None
    assert list(home.batches.iterdir()) == []


def test_rejected_rows_come_back_as_the_same_sheet(bangfu, places, tmp_path):
    import openpyxl

    rows = roster_rows()
    rows[1][6] = "4.41123E+17"
    path = write_roster(tmp_path / "roster.xlsx", rows)
    _, answer, _ = bangfu("import", path, "--json")
    (returned,) = json.loads(answer)["returned"]
    sheet = openpyxl.load_workbook(returned).active
    assert sheet.cell(2, sheet.max_column).value == "错误说明"
    assert sheet.max_row == 3
    wrong = sheet.cell(3, 7)
    assert wrong.value == "4.41123E+17"
    assert wrong.fill.fgColor.rgb != "00000000"
    assert sheet.cell(3, sheet.max_column).value


def test_only_the_repaired_rows_are_new_when_the_returned_sheet_comes_again(bangfu, places, tmp_path):
    import openpyxl

    rows = roster_rows()
    right, rows[1][6] = rows[1][6], "4.41123E+17"
    path = write_roster(tmp_path / "roster.xlsx", rows)
    _, answer, _ = bangfu("import", path, "--approve-as", "王主任", "--json")
    (returned,) = json.loads(answer)["returned"]
    book = openpyxl.load_workbook(returned)
    book.active.cell(3, 7).value = right
    book.save(tmp_path / "repaired.xlsx")
    _, answer, _ = bangfu("import", tmp_path / "repaired.xlsx", "--approve-as", "王主任", "--json")
    (told,) = json.loads(answer)["files"]
    assert (told["rows"], told["added"], told["rejected"]) == (1, 1, 0)


def test_an_office_home_takes_nobody_at_their_word(bangfu, tmp_path):
    office = {"BANGFU_HOME": str(tmp_path / "office"), "BANGFU_DATABASE_URL": ""}
    assert bangfu("init", "--office", "--name", "周局", **office)[0] == 0
    status, answer, _ = bangfu("places", "load", "x.csv", "--as", "李文员", "--json", **office)
    assert status == 1
    assert json.loads(answer)["error"]["code"].startswith("BF4")
    assert bangfu("import", "x.csv", "--approve-as", "王审核", "--json", **office)[0] == 1


def test_files_that_are_no_ledgers_get_one_error_each(bangfu, places, tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "text.xlsx").write_text("not a workbook", encoding="utf-8")
    (tmp_path / "locked.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"E\0n\0c\0r\0y\0p\0t\0e\0d\0" * 100)
    whole = write_roster(tmp_path / "whole.xlsx", roster_rows()).read_bytes()
    (tmp_path / "whole.xlsx").unlink()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    status, answer, _ = bangfu("import", tmp_path, "--json")
    assert status == 1
    files = json.loads(answer)["files"]
    assert len(files) == 4
    assert all(len(one["errors"]) == 1 and one["rows"] == 0 for one in files), files
