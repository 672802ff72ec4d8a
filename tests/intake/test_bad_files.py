"""No file can break the reading: each gets one sentence with its code, and never a trace of the program."""

import struct
import zipfile
from xml.sax.saxutils import escape

import pytest

from bangfu.intake import containers, reading
from bangfu.intake.reading import read_file
from bangfu.kernel.errors.inputs import (
    CellTooLong,
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileExpandsTooFar,
    FileIsWebPage,
    FileKindUnknown,
    FileMissing,
    FileTooLarge,
    InputError,
    ReaderTooSlow,
    TableTooLarge,
    TextUndecodable,
)
from tests.intake.builders import patched_xlsx, text_file, xls, xlsx

ROWS = [["姓名", "证件号码"], ["测试甲", "990101198001010012"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def inline(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def with_sheet(path, rows, doctype=""):
    """A workbook whose only sheet is this XML."""
    content = SHEET.format(doctype=doctype, rows=rows).encode()
    return patched_xlsx(path, ROWS, lambda name, part: content if name.endswith("sheet1.xml") else part)


def stream(name):
    return OLE + b"\x00" * 1024 + name.encode("utf-16-le") + b"\x00" * 400


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return path


def read_or_error(path):
    try:
        return read_file(path), None
    except InputError as error:
        return [], error


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param(b"", FileEmpty, id="no byte"),
        pytest.param(b" \r\n\t\r\n", FileEmpty, id="only blanks"),
        pytest.param("\ufeff".encode(), FileEmpty, id="only a byte-order mark"),
        pytest.param(b",,,\r\n,,,\r\n", FileEmpty, id="only separators"),
        pytest.param(b"%PDF-1.7 ...", FileKindUnknown, id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n....", FileKindUnknown, id="PNG"),
        pytest.param(b"Rar!\x1a\x07....", FileKindUnknown, id="RAR"),
        pytest.param(b"MZ\x90\x00....", FileKindUnknown, id="program"),
        pytest.param(b"{\\rtf1 ...}", FileKindUnknown, id="RTF"),
        pytest.param(b"a,b\n\x00\x00,c\n" * 9, FileKindUnknown, id="zero bytes in text"),
        pytest.param(b"\x09\x08\x08\x00....", FileKindUnknown, id="a workbook older than 1997"),
        pytest.param(b"<html><body><table><tr><td>x", FileIsWebPage, id="a web page"),
        pytest.param(b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", FileIsWebPage, id="a web page with a mark"),
        pytest.param("<html>".encode("utf-16"), FileIsWebPage, id="a web page in UTF-16"),
        pytest.param(b'<?xml version="1.0"?><Workbook/>', FileIsWebPage, id="an XML table of 2003"),
        pytest.param(b"PK\x03\x04 and nothing more", FileDamaged, id="an archive cut off at once"),
        pytest.param(b"PK", FileDamaged, id="two bytes of an archive"),
        pytest.param(stream("EncryptedPackage"), FileEncrypted, id="an encrypted xlsx"),
        pytest.param(stream("WordDocument"), FileKindUnknown, id="an old text document"),
        pytest.param(stream("Other"), FileKindUnknown, id="another compound file"),
        pytest.param(OLE, FileKindUnknown, id="only the head of a compound file"),
        pytest.param(stream("Workbook"), FileDamaged, id="a compound file of nothing"),
        pytest.param("姓名,乡\n".encode() * 9 + "测试".encode("gb18030") + b"\n", TextUndecodable, id="mixed"),
        pytest.param(b"a,b\n\xff\xff\xff\n", TextUndecodable, id="no encoding at all"),
        pytest.param(b"\xff\xfea\x00,\x00b", TextUndecodable, id="half a character of UTF-16"),
    ],
)
def test_what_is_no_ledger_is_refused_with_its_own_error(tmp_path, content, error):
    path = tmp_path / "ledger.xls"
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        read_file(path)
    assert str(raised.value).startswith(error.code)
    assert "ledger.xls" in str(raised.value)


def test_a_line_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "t.csv").write_bytes("姓名,乡\n".encode() * 9 + "测试".encode("gb18030"))
    with pytest.raises(TextUndecodable) as raised:
        read_file(tmp_path / "t.csv")
    assert raised.value.facts["row"] == 10


@pytest.mark.parametrize("name", ["absent.xlsx", "", "bad\x00name.xlsx"], ids=["absent", "a folder", "no name"])
def test_what_is_not_there_is_said_to_be_missing(tmp_path, name):
    with pytest.raises(FileMissing):
        read_file(tmp_path / name)


@pytest.mark.parametrize("write", [xlsx, xls], ids=["xlsx", "xls"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_that_is_cut_off_is_refused(tmp_path, write, share):
    path = write(tmp_path / "whole", [*ROWS, *([["测试", str(number)] for number in range(3000)])])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises((FileDamaged, FileKindUnknown)):
        read_file(path)


def test_a_workbook_with_a_wrong_check_sum_is_refused(tmp_path):
    path = xlsx(tmp_path / "w.xlsx", ROWS)
    with zipfile.ZipFile(path) as whole:
        start = whole.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    content = bytearray(path.read_bytes())
    content[start : start + 20] = b"\x00" * 20
    path.write_bytes(content)
    with pytest.raises(FileDamaged):
        read_file(path)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda part: part.replace(b"</sheetData>", b""), id="an element without its end"),
        pytest.param(lambda part: part[: len(part) // 2], id="half a part"),
        pytest.param(lambda part: part.replace(b'r="A1"', b'r="1A1"'), id="a cell with no place"),
        pytest.param(lambda _: b"", id="an empty part"),
        pytest.param(lambda _: b"\x00\xff" * 500, id="noise"),
        pytest.param(lambda part: part.replace(b'r="A1"', b'r="XFE1048577"'), id="a cell beyond the sheet"),
    ],
)
def test_a_broken_part_gives_an_error_or_what_is_left_of_the_sheet(tmp_path, broken):
    path = patched_xlsx(
        tmp_path / "b.xlsx", ROWS, lambda name, part: broken(part) if name.endswith("sheet1.xml") else part
    )
    sheets, error = read_or_error(path)
    assert error is None or "b.xlsx" in str(error)
    assert all(sheet.width <= 2 for sheet in sheets)


def test_a_locked_archive_is_refused(tmp_path):
    path = xlsx(tmp_path / "locked.xlsx", ROWS)
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    path.write_bytes(content)
    with pytest.raises(FileEncrypted):
        read_file(path)


def test_an_old_workbook_with_a_password_is_refused(tmp_path):
    path = xls(tmp_path / "p.xls", ROWS)
    content = path.read_bytes()
    first = content.find(struct.pack("<HH", 0x0809, 16))
    password = struct.pack("<HHHHH", 0x002F, 6, 1, 1, 2)
    at = first + 20
    path.write_bytes(content[:at] + password + content[at + len(password) :])
    with pytest.raises((FileEncrypted, FileDamaged)):
        read_file(path)


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"word/document.xml": "x"}, "a text document"),
        ({"ppt/presentation.xml": "x"}, "a presentation"),
        ({"a.csv": "x"}, "an archive"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "an archive"),
        ({"xl/workbook.xml": "x", "../../etc/passwd": "x"}, "an archive with parts that no workbook has"),
        ({"xl/workbook.xml": "x", "/etc/passwd": "x"}, "an archive with parts that no workbook has"),
        ({"xl/workbook.xml": "x", "C:\\x": "x"}, "an archive with parts that no workbook has"),
    ],
    ids=["docx", "pptx", "zip", "odt", "path upwards", "absolute path", "drive"],
)
def test_an_archive_that_is_no_workbook_is_called_what_it_is(tmp_path, members, kind):
    with pytest.raises(FileKindUnknown) as raised:
        read_file(archive(tmp_path / "a.xlsx", members))
    assert str(raised.value.facts["kind"]) == kind


def test_a_small_archive_that_unpacks_to_a_huge_one_is_not_opened(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", "x")
        with target.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(80):
                member.write(b" " * (1 << 20))
    assert path.stat().st_size < 200_000
    with pytest.raises(FileExpandsTooFar):
        read_file(path)


def test_many_parts_are_limited_in_sum(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "LARGEST_UNPACKED", 1000)
    with pytest.raises(FileExpandsTooFar):
        read_file(xlsx(tmp_path / "x.xlsx", ROWS))


def test_a_file_of_too_many_bytes_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "LARGEST_FILE", 10)
    with pytest.raises(FileTooLarge):
        read_file(text_file(tmp_path / "t.csv", ROWS))


def test_two_cells_at_the_far_corners_do_not_take_the_memory_of_the_whole_sheet(tmp_path):
    far = f'<row r="1">{inline("A1", "x")}</row><row r="1048576">{inline("XFD1048576", "y")}</row>'
    with pytest.raises(TableTooLarge):
        read_file(with_sheet(tmp_path / "far.xlsx", far))


def test_a_million_columns_of_text_are_refused(tmp_path):
    (tmp_path / "wide.csv").write_text("," * 1_000_000 + "x\n", encoding="utf-8")
    with pytest.raises(TableTooLarge):
        read_file(tmp_path / "wide.csv")


def test_too_wide_a_sheet_is_refused_and_the_widest_is_read(tmp_path, monkeypatch):
    monkeypatch.setitem(reading._LIMITS, "columns", 3)
    assert read_file(xlsx(tmp_path / "a.xlsx", [["a", "b", "c"]]))
    with pytest.raises(TableTooLarge) as raised:
        read_file(xlsx(tmp_path / "b.xlsx", [["a", "b", "c", "d"]]))
    assert raised.value.facts["columns"] == 4


def test_entities_are_not_expanded_and_no_other_file_is_read(tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file://{escape(str(tmp_path))}/secret.txt">]>'
    path = with_sheet(tmp_path / "e.xlsx", f'<row r="1">{inline("A1", "&l9;&f;")}{inline("B1", "ok")}</row>', doctype)
    sheets, error = read_or_error(path)
    text = str([sheet.cells for sheet in sheets]) + str(error)
    assert "haha" not in text
    assert "secret" not in text.replace("secret.txt", "")


def test_macros_and_links_to_other_files_stay_closed(tmp_path):
    def change(name, part):
        if name == "xl/_rels/workbook.xml.rels":
            link = (
                b'<Relationship Id="rId99" TargetMode="External" Target="file:///etc/passwd" Type="http://schemas.'
                b'openxmlformats.org/officeDocument/2006/relationships/externalLink"/></Relationships>'
            )
            return part.replace(b"</Relationships>", link)
        return part

    path = patched_xlsx(tmp_path / "m.xlsm", ROWS, change)
    with zipfile.ZipFile(path, "a") as target:
        target.writestr("xl/vbaProject.bin", OLE + b"\x00" * 600)
    assert read_file(path)[0].cells == ROWS


def test_a_cell_longer_than_a_spreadsheet_allows_is_named_by_its_row(tmp_path):
    (tmp_path / "t.csv").write_text('a,b\n1,2\n3,"never closed' + "x" * 40_000, encoding="utf-8")
    with pytest.raises(CellTooLong) as raised:
        read_file(tmp_path / "t.csv")
    assert raised.value.facts["row"] == 3


def test_a_long_cell_of_a_workbook_is_named_by_its_row(tmp_path):
    with pytest.raises(CellTooLong) as raised:
        read_file(with_sheet(tmp_path / "l.xlsx", f'<row r="2">{inline("A2", "x" * 40_000)}</row>'))
    assert raised.value.facts["row"] == 2


def test_a_workbook_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    with pytest.raises(ReaderTooSlow):
        read_file(xlsx(tmp_path / "x.xlsx", ROWS))


def test_a_workbook_that_takes_too_much_memory_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setitem(reading._LIMITS, "memory_bytes", 60 << 20)
    with pytest.raises(TableTooLarge):
        read_file(xlsx(tmp_path / "x.xlsx", [["x" * 200] * 40 for _ in range(8_000)]))


def test_no_error_shows_a_number_of_the_file(tmp_path):
    path = text_file(tmp_path / "t.csv", ROWS)
    path.write_bytes(path.read_bytes() + b"\xff\xff\xff")
    with pytest.raises(InputError) as raised:
        read_file(path)
    assert "990101198001010012" not in str(raised.value)
