"""Notices of a made-up village, and what a reader finds on the paper."""

from datetime import date

from pypdf import PdfReader

from bangfu.documents.paper import NoticePaper

COLUMNS = ("户主姓名", "家庭人口", "村民小组")


def listed(count):
    """Return a list of households; the name in each row is found once on the paper."""
    return [(f"贠某{place:03}", str(place % 6 + 1), "第二组") for place in range(1, count + 1)]


def notice(rows=(), **other):
    """Return a notice of five days with these rows."""
    given = {
        "kind": "公示",
        "title": "2016年拟脱贫户名单",
        "place": "清溪县石门镇柳树村",
        "opening": ["经农户申请、入户核查、村民代表会议民主评议（应到32人，实到29人），拟确定以下农户脱贫，现予公示。"],
        "columns": COLUMNS,
        "rows": rows,
        "posted_on": date(2016, 6, 1),
        "last_on": date(2016, 6, 7),
        "objections": "柳树村村务监督委员会或石门镇扶贫工作站",
        "phone": "12317、0999-1234567",
        "seal": "清溪县石门镇柳树村村民委员会",
        "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    }
    return NoticePaper(**(given | other))


def pages_of(file):
    """Return the text of every page without spaces, as a reader of PDF takes it out."""
    return ["".join(page.extract_text().split()) for page in PdfReader(file).pages]
