"""Small files as offices make them: each builder writes one kind of file from rows of cells."""

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import xlsxwriter
import xlwt

from bangfu.kernel.ids import check_character


def labels(text):
    """The labels of a header, written with strokes between them."""
    return [label.strip() for label in text.split("|")]


ROSTER = labels(
    "县(市、区、旗) | 乡(镇) | 行政村 | 自然村 | 户编号 | 人编号 | 姓名 | 证件号码 | 人数 | 与户主关系 | "
    "民族 | 文化程度 | 在校生状况 | 健康状况 | 劳动技能 | 务工状况 | 务工时间（月） | 参加大病医疗 | "
    "脱贫属性 | (脱贫年度) | 贫困户属性 | 主要致贫原因 | 危房户 | 饮水安全 | 饮水困难 | 人均纯收入 | "
    "联系电话"
)

EXITED = labels(
    "省 | 市 | 县 | 乡 | 村 | 户编号 | 人编号 | 姓名 | 证件号码 | 与户主关系 | 健康状况 | 劳动技能 | "
    "务工时间（月） | 是否参加大病保险 | 致贫原因1 | 危房户 | 是否解决安全饮用水 | 人均纯收入 | 户联系电话 | "
    "人联系电话 | 首次识别时间 | 人员识别时间 | 户类型 | 易返贫致贫户(监测对象)类型 | 风险是否消除 | "
    "风险识别时间 | 风险消除时间"
)

MONITORED = labels(
    "县 | 乡 | 村 | 户编号 | 户类型 | 监测对象类别 | 致贫/返贫风险1 | 致贫/返贫风险2 | 致贫/返贫风险3 | "
    "致贫/返贫风险4 | 致贫/返贫风险5 | 识别监测时间 | 风险是否已消除 | 风险消除方式 | 消除监测时间 | "
    "人均纯收入（元） | 工资性收入 | 生产经营性收入 | 转移性收入 | 合规自付支出 | 是否危房户 | "
    "是否解决安全饮用水 | 义务教育阶段未上学原因 | 整户无劳动能力兜底保障户 | 实施开发式帮扶措施情况 | "
    "产业帮扶 | 就业帮扶 | 公益性岗位帮扶 | 金融帮扶 | 健康帮扶 | 教育帮扶 | 义务教育保障 | 住房安全保障 | "
    "饮水安全保障 | 综合保障 | 社会帮扶 | 搬迁 | 生产生活条件改善 | 基础设施建设 | 风险消除后人均纯收入 | "
    "信息采集人"
)


def made_up_id(born="19800101", sequence=1, division="990101"):
    """The number of a person who does not exist: region 99."""
    first = f"{division}{born}{sequence:03d}"
    return first + check_character(first)


def rows_of(header, *people):
    """Rows of a table from dictionaries; what a person lacks is left empty."""
    return [list(header), *([person.get(label, "") for label in header] for person in people)]


def with_data(header, above=()):
    """A header with rows above it and one row of data below."""
    wide = len(header)
    return [*[[*row, *[""] * (wide - len(row))] for row in above], list(header), ["x"] * wide]


def person(number=1, household="990101001", **facts):
    """A member as a line of the roster; the first one of a household is its head."""
    return {
        "县(市、区、旗)": "清溪县",
        "乡(镇)": "柳河镇",
        "行政村": "上柳村",
        "户编号": household,
        "人编号": f"{household}{number:02d}",
        "姓名": "测试" + "甲乙丙丁戊己庚辛"[number - 1],
        "证件号码": made_up_id(f"19{60 + number}0203", number),
        "人数": "2",
        "与户主关系": "户主" if number == 1 else "配偶",
        "民族": "汉族",
        "健康状况": "健康",
        "劳动技能": "普通劳动力",
        "脱贫属性": "未脱贫",
        "贫困户属性": "一般贫困户",
        "主要致贫原因": "因病",
        "危房户": "否",
        "饮水安全": "是",
        "人均纯收入": "2750.5",
        "联系电话": f"1380000000{number}",
        **facts,
    }


def xlsx(path, rows, sheet="Sheet1", merges=()):
    """A workbook as a person types it, written by openpyxl."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for merge in merges:
        page.merge_cells(merge)
    book.save(path)
    return path


def xlsx_streamed(path, sheets):
    """A workbook of several sheets with inline texts, written by XlsxWriter."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


def xls(path, rows, sheet="Sheet1"):
    """A workbook of the old kind; days are stored as days."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = (day,) if isinstance(cell, dt.date) else ()
            page.write(number, column, cell, *style)
    book.save(str(path))
    return path


def ods(path, rows, sheet="Sheet1"):
    """A workbook of LibreOffice with the repeated empty rows and columns at its end."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="16300"/></table:table-row>'
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{sheet}">{lines}'
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def csv_bytes(rows, separator=","):
    """The text of a table, not yet encoded."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def text_file(path, rows, encoding="utf-8", separator=","):
    """A table of text in some encoding."""
    path.write_bytes(csv_bytes(rows, separator).encode(encoding))
    return path


def patched_xlsx(path, rows, change):
    """A workbook whose parts were changed: `change` takes name and bytes of a part and returns its bytes."""
    whole = path.with_suffix(".whole.xlsx")
    xlsx(whole, rows)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    whole.unlink()
    return path
