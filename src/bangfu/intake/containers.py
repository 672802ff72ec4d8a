"""What a file really is, told by its content, and whether it is safe to open."""

import re
import zipfile
import zlib
from collections.abc import Sequence
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Final

from bangfu.kernel.errors.inputs import (
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileExpandsTooFar,
    FileIsWebPage,
    FileKindUnknown,
    FileMissing,
    FileTooLarge,
)
from bangfu.kernel.texts import Text

MEGABYTE: Final = 1 << 20
LARGEST_FILE: Final = 256 * MEGABYTE
LARGEST_UNPACKED: Final = 2048 * MEGABYTE
STEEPEST_RATIO: Final = 400
"""Unpacked to packed bytes of one member. Ledgers reach about 40; a bomb has about 1,000."""
RATIO_FROM: Final = 64 * MEGABYTE
"""Members that unpack to less are harmless whatever their ratio."""
MOST_MEMBERS: Final = 10_000
HEAD_BYTES: Final = 8192

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", Text("PDF文档", "a PDF document")),
    (b"\x89PNG", Text("图片", "a picture")),
    (b"\xff\xd8\xff", Text("图片", "a picture")),
    (b"GIF8", Text("图片", "a picture")),
    (b"II*\x00", Text("图片", "a picture")),
    (b"BM", Text("图片", "a picture")),
    (b"Rar!", Text("RAR压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Text("7z压缩包", "a 7z archive")),
    (b"\x1f\x8b", Text("gzip压缩包", "a gzip archive")),
    (b"SQLite format 3", Text("数据库文件", "a database")),
    (b"MZ", Text("程序文件", "a program")),
    (b"\x7fELF", Text("程序文件", "a program")),
    (b"{\\rtf", Text("文字文档", "a text document")),
)
_ODD_ARCHIVE = Text("含有工作簿不应有的部分的压缩包", "an archive with parts that no workbook has")
_TEXT_DOCUMENT = Text("文字文档", "a text document")
_OTHER_DOCUMENT = Text("其他类型的文档", "another kind of document")
_PICTURE_BM = re.compile(rb"BM.{4}\x00{4}", re.DOTALL)
_MARKUP = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(!doctype|html|head|body|table|style|meta|div|\?xml|mso)", re.IGNORECASE | re.DOTALL
)


class Kind(Enum):
    """How a file is read."""

    WORKBOOK = "workbook"
    TEXT = "text"


def kind_of(path: Path) -> Kind:
    """Tell whether the file is a workbook or a table of text, whatever its name says.

    Raises FileMissing, FileEmpty, FileTooLarge, FileKindUnknown, FileEncrypted, FileDamaged,
    FileExpandsTooFar, FileIsWebPage
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError) as problem:
        raise FileMissing(file=path.name) from problem
    if not head:
        raise FileEmpty(file=path.name)
    if size > LARGEST_FILE:
        raise FileTooLarge(file=path.name, megabytes=-(-size // MEGABYTE), limit_megabytes=LARGEST_FILE // MEGABYTE)
    if head.startswith(b"PK"):
        _check_archive(path)
        return Kind.WORKBOOK
    if head.startswith(_OLE):
        _check_compound(path)
        return Kind.WORKBOOK
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02")):
        raise FileKindUnknown(file=path.name, kind=Text("Excel 97以前的工作簿", "a workbook older than Excel 97"))
    _refuse_foreign(path, head)
    return Kind.TEXT


def _refuse_foreign(path: Path, head: bytes) -> None:
    for start, kind in _FOREIGN:
        if head.startswith(start) and (start != b"BM" or _PICTURE_BM.match(head)):
            raise FileKindUnknown(file=path.name, kind=kind)
    text = head.decode("utf-16", "ignore").encode() if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    markup = _MARKUP.match(text.removeprefix(b"\xef\xbb\xbf"))
    if markup:
        kind = Text("XML表格", "an XML table") if markup[1].lower() == b"?xml" else Text("网页", "a web page")
        raise FileIsWebPage(file=path.name, kind=kind)


def _check_archive(path: Path) -> None:
    """Refuse an archive that is damaged, locked, no workbook, or too large when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as problem:
        raise FileDamaged(file=path.name, detail=Text("缺少文件目录", "its directory of parts is missing")) from problem
    if any(member.flag_bits & 1 for member in members):
        raise FileEncrypted(file=path.name)
    names = {member.filename for member in members}
    if any(_leaves_folder(name) for name in names) or len(members) > MOST_MEMBERS:
        raise FileKindUnknown(file=path.name, kind=_ODD_ARCHIVE)
    if not _is_workbook(path, names):
        raise FileKindUnknown(file=path.name, kind=_archive_kind(names))
    _check_unpacked_size(path, members)


def _check_unpacked_size(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    steep = any(
        member.file_size > RATIO_FROM and member.file_size > STEEPEST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if steep or total > LARGEST_UNPACKED:
        raise FileExpandsTooFar(
            file=path.name,
            megabytes=-(-total // MEGABYTE),
            limit_megabytes=(RATIO_FROM if steep else LARGEST_UNPACKED) // MEGABYTE,
        )


def _leaves_folder(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in PurePosixPath(name.replace("\\", "/")).parts


def _is_workbook(path: Path, names: set[str]) -> bool:
    lowered = {name.lower() for name in names}
    if {"xl/workbook.xml", "xl/workbook.bin"} & lowered:
        return True
    if "mimetype" not in lowered:
        return False
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as member:
            return b"spreadsheet" in member.read(200)
    except (zipfile.BadZipFile, OSError, KeyError, RuntimeError, NotImplementedError, zlib.error):
        return False


def _archive_kind(names: set[str]) -> Text:
    folders = {name.split("/")[0] for name in names}
    if "word" in folders:
        return Text("文字文档", "a text document")
    if "ppt" in folders:
        return Text("演示文稿", "a presentation")
    return Text("压缩包", "an archive")


def _check_compound(path: Path) -> None:
    """Refuse a compound file (the container of .xls) that is locked or holds no workbook."""
    content = path.read_bytes()
    if _stream_name("EncryptedPackage") in content:
        raise FileEncrypted(file=path.name)
    if not any(_stream_name(name) in content for name in ("Workbook", "WORKBOOK", "Book", "BOOK")):
        kind = _TEXT_DOCUMENT if _stream_name("WordDocument") in content else _OTHER_DOCUMENT
        raise FileKindUnknown(file=path.name, kind=kind)


def _stream_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"
