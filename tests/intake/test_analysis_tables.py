"""Tables that somebody brings: the same cells whatever kind of file, and one sentence for what cannot be read."""

import gzip

import polars as pl
import pytest
import xlsxwriter

from bangfu.analysis.measures.columns import numbers
from bangfu.intake import analysis_tables
from bangfu.intake.analysis_tables import read_table
from bangfu.kernel.errors.inputs import (
    FileDamaged,
    FileEmpty,
    FileExpandsTooFar,
    FileKindUnknown,
    FileMissing,
    FileTooLarge,
    TextUndecodable,
)
from bangfu.kernel.errors.tables import ColumnMissing, ColumnTwice, NumberUnreadable

TEXT = "户号,收入,权重\n1,100.5,2\n2,,3\n3,NA,1\n4,400,1\n"
INCOME = [100.5, None, None, 400.0]


def write(path, text=TEXT, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def workbook(path, rows, sheet="表"):
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


ROWS = [("户号", "收入", "权重"), (1, 100.5, 2), (2, None, 3), (3, "NA", 1), (4, 400, 1)]


@pytest.fixture(params=["csv", "gb18030", "tsv", "gz", "parquet", "xlsx", "titled xlsx"])
def file(request, tmp_path):
    """The same table as each kind of file."""
    if request.param == "gb18030":
        return write(tmp_path / "t.csv", encoding="gb18030")
    if request.param == "tsv":
        return write(tmp_path / "t.tsv", TEXT.replace(",", "\t"), "utf-8-sig")
    if request.param == "gz":
        (tmp_path / "t.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
        return tmp_path / "t.csv.gz"
    if request.param == "parquet":
        frame = pl.DataFrame({"户号": [1, 2, 3, 4], "收入": INCOME, "权重": [2, 3, 1, 1]})
        frame.write_parquet(tmp_path / "t.parquet")
        return tmp_path / "t.parquet"
    if "xlsx" in request.param:
        lead = [(), ()] if request.param == "titled xlsx" else []
        return workbook(tmp_path / "t.xlsx", [*lead, *ROWS])
    return write(tmp_path / "t.csv")


def test_every_kind_of_file_gives_the_same_numbers(file):
    table = read_table(file, ["权重", "收入"])
    assert table.frame.columns == ["权重", "收入"]
    assert numbers(table, "收入").to_list() == INCOME
    assert numbers(table, "权重").to_list() == [2, 3, 1, 1]


def test_a_column_that_is_not_there_is_told_with_those_that_are(file):
    with pytest.raises(ColumnMissing, match="户号, 收入, 权重"):
        read_table(file, ["收入", "地区"])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_wrong_cell_is_named_by_the_row_that_its_reader_sees(tmp_path, kind):
    if kind == "csv":
        path = write(tmp_path / "t.csv", "x\n1\nabc\n")
    else:
        path = workbook(tmp_path / "t.xlsx", [(), ("x",), (1,), ("abc",)])
    with pytest.raises(NumberUnreadable) as refused:
        numbers(read_table(path, ["x"]), "x")
    assert refused.value.facts["row"] == (3 if kind == "csv" else 4)
    assert "abc" not in str(refused.value)


def test_a_name_that_two_columns_bear_is_refused(tmp_path):
    with pytest.raises(ColumnTwice):
        read_table(write(tmp_path / "t.csv", "x,x\n1,2\n"), ["x"])


def test_a_table_with_a_header_alone_has_no_rows(tmp_path):
    assert read_table(write(tmp_path / "t.csv", "x,y\n"), ["x"]).frame.height == 0


def test_a_short_row_lacks_its_last_cells(tmp_path):
    table = read_table(write(tmp_path / "t.csv", "x,y\n1\n2,3\n"), ["x", "y"])
    assert table.frame["y"].to_list() == [None, "3"]


def test_the_sheet_that_has_the_columns_is_read(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        book.add_worksheet("说明").write(0, 0, "填表说明")
        page = book.add_worksheet("数据")
        page.write_row(0, 0, ("x",))
        page.write_row(1, 0, (7,))
    assert numbers(read_table(tmp_path / "t.xlsx", ["x"]), "x").to_list() == [7]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        pytest.param("t.csv", b"", FileEmpty, id="no byte"),
        pytest.param("t.csv", b" \n\n", FileEmpty, id="only spaces"),
        pytest.param("t.csv", b"x,y\n1,2\n4,5,6,7\n", FileDamaged, id="a row longer than the header"),
        pytest.param("t.csv", b"x,y\n1,2,3\n", FileDamaged, id="a first row longer than the header"),
        pytest.param("t.csv", b"x\n\x00\x01\n", FileKindUnknown, id="bytes that are no text"),
        pytest.param("t.csv", b"x\n\xff\xfe\xfd\n", TextUndecodable, id="no known encoding"),
        pytest.param("t.csv.gz", gzip.compress(TEXT.encode())[:-9], FileDamaged, id="an archive cut off"),
        pytest.param("t.csv.gz", b"\x1f\x8b\x08 nothing", FileDamaged, id="no archive"),
        pytest.param("t.parquet", b"PAR1 and no more", FileDamaged, id="parquet cut off"),
        pytest.param("t.pdf", b"%PDF-1.7 ...", FileKindUnknown, id="no table at all"),
        pytest.param("t.csv", b"PK\x03\x04 cut", FileDamaged, id="a workbook that only bears the name of a text"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, name, content, error):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        read_table(tmp_path / name, ["x"])


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileMissing):
        read_table(tmp_path / "none.csv", ["x"])


def test_an_archive_that_unpacks_too_far_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(analysis_tables, "LARGEST_UNPACKED", 10)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"1" * 1000))
    monkeypatch.setattr(analysis_tables, "LARGEST_FILE", 100)
    with pytest.raises(FileTooLarge):
        read_table(write(tmp_path / "long.csv", "x\n" + "1\n" * 20), ["x"])
    monkeypatch.setattr(analysis_tables, "LARGEST_UNPACKED", 100)
    with pytest.raises(FileExpandsTooFar):
        read_table(tmp_path / "b.csv.gz", ["x"])
