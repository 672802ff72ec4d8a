"""Notices on paper: every household stands on them once, as it is written, and no number of a person."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from bangfu.documents import paper, typesetting
from bangfu.documents.paper import notice_pdf, write_notices
from bangfu.kernel.errors import InputError, SettingError
from bangfu.kernel.errors.inputs import NumberOnPaper
from bangfu.kernel.errors.settings import FontMissing, SignsMissing
from tests.documents.notices import COLUMNS, listed, notice, pages_of


def printed(one):
    return pages_of(io.BytesIO(notice_pdf(one)))


def drawn(folder, pdf):
    """Return the first page as a picture of points."""
    (folder / "one.pdf").write_bytes(pdf)
    return typst.compile(b'#image("one.pdf")', root=folder, format="png", ppi=72)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 39, 40, 41, 47, 48, 52, 60, 61, 62, 120, 121, 160, 400])
def test_every_row_stands_on_the_paper_once_and_the_seal_never_alone(count):
    pages = printed(notice(listed(count)))
    whole = "".join(pages)
    assert [whole.count(f"贠某{place:03}") for place in range(1, count + 1)] == [1] * count
    assert whole.count("村民委员会（盖章）") == 1
    assert "村民委员会（盖章）" in pages[-1]
    assert all("贠某" in page for page in pages) or count == 0
    assert [f"第{number}页共{len(pages)}页" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert all(page.count("户主姓名") == (2 if count else 0) for page in pages)


def test_a_block_is_read_downwards_before_the_next_one():
    [page] = printed(notice(listed(40)))
    assert page.index("贠某001") < page.index("贠某021") < page.index("贠某002") < page.index("贠某022")


def test_a_notice_says_its_period_its_offices_and_its_evidence():
    [page] = printed(notice(listed(1), number="柳村〔2016〕3号", closing=["合计1户4人。"]))
    for words in (
        "公示时间：2016年6月1日至2016年6月7日。",
        "请在公示期内向柳树村村务监督委员会或石门镇扶贫工作站反映",
        "监督电话：12317、0999-1234567",
        "柳村〔2016〕3号",
        "合计1户4人。",
        "审计链指纹9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ):
        assert words in page


def test_rows_that_are_counted_already_are_not_counted_again():
    rows = [("甲", "贠某"), ("乙", "李某")]
    [page] = printed(notice(rows, columns=("编号", "户主姓名"), numbered=False, blocks=1))
    assert "编号户主姓名甲贠某乙李某" in page


def test_an_announcement_has_a_day_and_takes_no_objections():
    [page] = printed(notice(listed(1), kind="公告", last_on=None, objections=""))
    assert "公告日期：2016年6月1日。" in page
    assert "如有异议" not in page


def test_the_form_speaks_english_where_it_is_asked_to():
    columns = ("Head of household", "Members", "Group")
    [page] = printed(notice(listed(2), kind="NOTICE", columns=columns, language="en"))
    for words in ("Postedfrom1June2016to7June2016.", "Supervisionphone:12317", "Page1of1", "1June2016", "Members"):
        assert words in page


@pytest.mark.parametrize(
    "name",
    ["#let x = 1 ]", "\\", "$x^2$", "@ref <a>", "`raw` // c", "*b* _u_", '"q" --- ~', "= h", "- x", "#{panic()}"],
)
def test_a_name_is_never_read_as_markup(name):
    [page] = printed(notice([(name, "3", "第二组")]))
    assert name.replace(" ", "") in page


@pytest.mark.parametrize("name", ["贠", "㐀", "䶮", "㛃", "𠮷", "迪丽热巴·买买提江·阿卜杜热合曼"])
def test_a_rare_name_is_really_drawn(name, tmp_path):
    pictures = {drawn(tmp_path, notice_pdf(notice([(text, "3", "")]))) for text in (name, "", "中", "㐁")}
    assert len(pictures) == 4


def test_signs_that_nobody_sees_are_left_out():
    [page] = printed(notice([("贠\u200b\ufeff某\n\x00", "3", "第二组")]))
    assert "贠某" in page


def test_a_sign_that_no_font_draws_stops_the_paper(monkeypatch):
    monkeypatch.setattr(typesetting, "machine_fonts", lambda: typst.Fonts(include_system_fonts=False))
    monkeypatch.setattr(typesetting, "FAMILIES", ("Libertinus Serif",))
    with pytest.raises(SignsMissing) as refused:
        notice_pdf(notice())
    assert "公 (U+516C)" in refused.value.facts["signs"]
    assert isinstance(refused.value, SettingError)


def test_without_a_font_for_chinese_nothing_is_set(monkeypatch):
    monkeypatch.setattr(typesetting, "machine_fonts", lambda: typst.Fonts(include_system_fonts=False))
    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        notice_pdf(notice())


def test_a_template_that_is_wrong_is_an_error_of_the_programmer(tmp_path):
    (tmp_path / "wrong.typ").write_text("#let")
    with pytest.raises(typst.TypstError):
        typesetting.typeset(tmp_path / "wrong.typ", {}, notice().posted_on)


@pytest.mark.parametrize(
    "other",
    [
        {"title": "李某13800001234脱贫"},
        {"opening": ["联系一三八〇〇〇〇一二三四"]},
        {"closing": ["身份证990101********0012"]},
        {"rows": [("李某", "3", "990101198001010014")]},
        {"columns": (*COLUMNS[:2], "６２９９ 1234 5678 9012")},
        {"phone": "13800001234"},
        {"objections": "村主任138-0000-1234"},
    ],
)
def test_a_number_of_a_person_never_comes_onto_paper(other):
    with pytest.raises(NumberOnPaper) as refused:
        notice_pdf(notice(**other))
    assert isinstance(refused.value, InputError)
    assert not any(sign in str(refused.value) for sign in ("1234", "0012", "0014", "一二三四"))


def test_the_file_names_no_person_and_no_moment():
    reader = PdfReader(io.BytesIO(notice_pdf(notice(listed(2)))))
    assert {key: str(value) for key, value in reader.metadata.items() if key != "/Creator"} == {
        "/Title": "公示 2016年拟脱贫户名单",
        "/CreationDate": "D:20160601000000Z",
        "/ModDate": "D:20160601000000Z",
    }
    assert reader.metadata["/Creator"].startswith("Typst")
    assert "dc:creator" not in reader.root_object["/Metadata"].get_data().decode()


def test_the_same_notice_gives_the_same_bytes_at_another_time_in_another_process():
    code = (
        "import sys; from bangfu.documents.paper import notice_pdf; from tests.documents.notices import *; "
        "sys.stdout.buffer.write(notice_pdf(notice(listed(50))))"
    )
    settings = {**os.environ, "TZ": "Asia/Urumqi", "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C"}
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", code], cwd=root, env=settings, check=True, capture_output=True)
    assert other.stdout == notice_pdf(notice(listed(50)))


def test_columns_that_are_too_wide_for_two_blocks_stand_in_one():
    [page] = printed(notice([("迪丽热巴·买买提江·阿卜杜热合曼", "3", "上柳树庄子沟自然村") for place in range(9)]))
    assert page.count("户主姓名") == 1


def test_a_long_text_takes_more_lines_and_nothing_is_lost():
    rows = [(f"贠某{place:03}", "3", "上柳树庄子沟自然村东头第二组" * 6) for place in range(40)]
    pages = printed(notice(rows))
    whole = "".join(pages)
    assert [whole.count(f"贠某{place:03}") for place in range(40)] == [1] * 40
    assert whole.count("上柳树庄子沟自然村东头第二组") == 240
    assert all("贠某" in page for page in pages)


def test_columns_that_are_too_wide_for_a_page_give_way():
    rows = [("一组", *["上柳树庄子沟自然村东头第二组北坡"] * 4)]
    [page] = printed(notice(rows, columns=("组", "一", "二", "三", "四")))
    assert page.count("坡") == 4


def test_an_opening_longer_than_a_page_is_followed_by_the_list():
    pages = printed(notice(listed(40), opening=["经民主评议公示。" * 40] * 8))
    assert "".join(pages).count("贠某") == 40


def test_many_notices_are_one_file_and_each_begins_on_its_own_page(tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "PAPERS_AT_ONCE", 2)
    told = []
    notices = [
        notice(listed(count), place=f"清溪县石门镇{name}村")
        for name, count in zip("甲乙丙丁戊", (3, 90, 1, 0, 40), strict=True)
    ]
    assert write_notices(iter(notices), tmp_path / "all.pdf", told.append) == 5
    assert told == [2, 4, 5]
    pages = pages_of(tmp_path / "all.pdf")
    assert [page[page.index("镇") + 1] for page in pages if "第1页共" in page] == list("甲乙丙丁戊")
    assert [one[-1] for one in ("甲1", "乙2", "丙1", "丁1", "戊1")] == [
        str(sum(f"石门镇{name}村公示第" in page for page in pages)) for name in "甲乙丙丁戊"
    ]
    assert PdfReader(tmp_path / "all.pdf").metadata.title == "公示"


def test_the_same_notices_give_the_same_file(tmp_path):
    for name in ("a", "b"):
        write_notices([notice(listed(3)), notice(listed(4))], tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_work_that_is_stopped_leaves_no_file(tmp_path):
    def stop(_count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_notices([notice()], tmp_path / "all.pdf", stop)
    assert not list(tmp_path.iterdir())
