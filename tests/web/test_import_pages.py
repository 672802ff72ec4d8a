"""Story 2 in a browser: the township clerk's workbook, from mess to register and back, and the pages at both sizes."""

import re

import openpyxl
import pytest

from tests.ledger_files import roster_rows, write_roster
from tests.web.conftest import clean
from tests.web.serving import serving

pytestmark = pytest.mark.slow

WORDS = {
    "zh-hans": {
        "read": "读取并比对",
        "batch": "查看批次",
        "unread": "没有识别出台账",
        "say": "指定各列的含义",
        "keep": "记住并重新读取",
        "approve": "审批通过并入库",
        "own": "须由另一人审批",
        "applied": "已入库，共登记",
        "changed": "变更",
        "undo": "撤销该批次",
        "sure": "确认撤销",
        "undone": "不再计入",
        "later": "撤销",
        "roster": "生成名册",
        "counted": "与登记数据核对一致",
        "back": "退回",
        "reason": "理由",
    },
    "en": {
        "read": "Read and compare",
        "batch": "To batch",
        "unread": "No ledger was recognised",
        "say": "Say what its columns are",
        "keep": "Remember and read again",
        "approve": "Approve and take into the register",
        "own": "another person approves it",
        "applied": "is in the register:",
        "changed": "Changed cells",
        "undo": "Undo this batch",
        "sure": "Undo it",
        "undone": "no longer count",
        "later": "cannot be undone yet",
        "roster": "Write the roster",
        "counted": "the count agrees with the register",
        "back": "Send it back",
        "reason": "Reason",
    },
}
ODD = {
    "zh-hans": {"户编号": "编码", "姓名": "称呼", "与户主关系": "家中身份"},
    "en": {"户编号": "本户代码", "姓名": "人名", "与户主关系": "是户主的"},
}
"""Three labels that nobody knows, other ones in each language, since they are remembered."""
MEANT = {"户编号": "household_no", "姓名": "name", "与户主关系": "relation"}


@pytest.fixture(scope="module")
def workshop(demonstration, tmp_path_factory):
    """A server of this module's own, for the journey changes the register."""
    with serving(demonstration, tmp_path_factory.mktemp("workshop")) as server:
        yield server


@pytest.fixture(scope="module")
def served(workshop):
    """The address that `visit` opens here."""
    return workshop.address


def place_of(workshop):
    """Return county, town and village of a ledger of the hamlet."""
    path = next(workshop.home.glob("simulated-*/ledgers/01*名单*.xlsx"))
    return [cell.value for cell in openpyxl.load_workbook(path).active[3]][:3]


def messy(path, workshop, language):
    """Write a workbook with title, three odd labels, a planted error and a total."""
    rows = [[*place_of(workshop), f"M{language}{row[3]}", f"M{language}{row[4]}", *row[5:]] for row in roster_rows()]
    rows[3][18] = "约3500"
    rows.append(["合计", *[""] * 6, "5", *[""] * (len(rows[0]) - 8)])
    write_roster(path, rows)
    book = openpyxl.load_workbook(path)
    for cell in book.active[2]:
        cell.value = ODD[language].get(cell.value, cell.value)
    book.save(path)
    return path


def repaired(path, changes):
    """Alter cells of a workbook by label and old text, wherever its header is."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    header = next(row for row in sheet.iter_rows() if sum(cell.value is not None for cell in row) > 5)
    columns = {cell.value: cell.column for cell in header}
    for (label, old), new in changes:
        cells = (sheet.cell(row, columns[label]) for row in range(header[0].row + 1, sheet.max_row + 1))
        next(cell for cell in cells if (cell.value or "") == old).value = new
    book.save(path)
    return path


def figures(page):
    """Return rows, new, changed and unchanged as the page of a batch shows them."""
    return [int(text.replace(",", "")) for text in page.locator(".sums .figure").all_inner_texts()]


def hand_in(page, path, words):
    """Hand a workbook in, and follow it to the page of its batch."""
    page.goto("/imports/new/")
    page.set_input_files("#files", path)
    page.get_by_role("button", name=words["read"]).click()
    to_batch(page, words)


def to_batch(page, words):
    """Wait on the page of a job until it has ended, and go where it leads."""
    page.get_by_role("link", name=re.compile(words["batch"])).click(timeout=60_000)
    page.wait_for_url("**/imports/*/")


def approve(page, address, words):
    """Approve the batch at an address; see its progress and its end."""
    page.goto(address)
    page.get_by_role("button", name=words["approve"]).click()
    page.locator("#job progress, #job .notice").first.wait_for()
    page.get_by_text(words["applied"]).wait_for(timeout=60_000)
    assert page.locator("[hx-trigger]").count() == 0
    clean(page)


def undo(page, address, words):
    """Ask for the undoing of the batch at an address, after what would go was told."""
    page.goto(address)
    page.get_by_role("link", name=words["undo"]).click()
    clean(page)
    page.get_by_role("button", name=words["sure"]).click()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_messy_workbook_becomes_part_of_the_register_and_is_undone(visit, workshop, tmp_path, language):
    words = WORDS[language]
    clerk, approver = visit("李文员", language=language), visit("王审核", language=language)
    hand_in(clerk, messy(tmp_path / "messy.xlsx", workshop, language), words)
    assert clerk.get_by_text(words["unread"]).first.is_visible()
    clean(clerk)
    first, later = correct_columns(clerk, language), messy(tmp_path / "next.xlsx", workshop, language)
    assert figures(clerk) == [5, 4, 0, 0]
    assert clerk.get_by_text(words["own"]).is_visible()
    clean(clerk)
    back = take_back(clerk, tmp_path)
    approve(approver, first, words)
    hand_in(clerk, repaired(back, [(("人均纯收入", "约3500"), "3500")]), words)
    assert figures(clerk) == [1, 1, 0, 0]
    second = clerk.url
    approve(approver, second, words)
    hand_in(clerk, later, words)
    assert figures(clerk)[0] == 5, "the columns were remembered"
    third = change_three_cells(clerk, workshop, tmp_path, words)
    approver.goto(third + "?show=changed")
    assert approver.locator("ins").count() == 3
    assert "1990000" not in approver.content()
    approve(approver, third, words)
    undo(approver, first, words)
    approver.locator("#job .notice.bad").wait_for(timeout=60_000)
    for address in (third, second, first):
        undo(approver, address, words)
        approver.get_by_text(words["undone"]).wait_for(timeout=60_000)


def correct_columns(page, language):
    """Say what three columns hold; return the address of the batch that is read anew."""
    words = WORDS[language]
    page.get_by_role("link", name=words["say"]).first.click()
    clean(page)
    for label, odd in ODD[language].items():
        page.get_by_label(re.compile(odd)).select_option(MEANT[label])
    page.get_by_role("button", name=words["keep"]).click()
    to_batch(page, words)
    return page.url


def take_back(page, folder):
    """Fetch the workbook of refused rows; its cells say what is wrong."""
    with page.expect_download() as taken:
        page.locator(".returned a").first.click()
    path = folder / "back.xlsx"
    taken.value.save_as(path)
    header = [cell.value for cell in openpyxl.load_workbook(path).active[2]]
    assert header[-1] == "错误说明"
    return path


def change_three_cells(page, workshop, folder, words):
    """Export the village's roster, change two phones and a house there, hand it in; return the batch's address."""
    page.goto("/imports/roster/")
    clean(page)
    page.get_by_role("combobox").select_option(label=f"　　{place_of(workshop)[2]}")
    page.get_by_role("button", name=words["roster"]).click()
    page.get_by_text(words["counted"]).wait_for(timeout=60_000)
    with page.expect_download() as taken:
        page.locator("#job a[download]").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    path = folder / "roster.xlsx"
    taken.value.save_as(path)
    changes = [(("联系电话", ""), "19900000011"), (("联系电话", ""), "19900000012")]
    repaired(path, [*changes, (("危房户", house_of(path)), "D级")])
    hand_in(page, path, words)
    return page.url


def house_of(path):
    """Return a grade that stands in a roster and is not D."""
    sheet = openpyxl.load_workbook(path).active
    header = next(row for row in sheet.iter_rows() if any(cell.value == "危房户" for cell in row))
    column = next(cell.column for cell in header if cell.value == "危房户")
    grades = [sheet.cell(row, column).value for row in range(header[0].row + 1, sheet.max_row + 1)]
    return next(grade for grade in grades if grade and grade != "D级")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("path", ["/imports/", "/imports/new/", "/imports/1/", "/imports/1/?show=added", "/jobs/"])
def test_the_pages_hold_at_every_size_and_in_both_languages(visit, size, language, path):
    page = visit("李文员", size, language, path)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    clean(page)


def test_without_script_a_link_tells_how_far_the_job_is(chromium, workshop, visit, tmp_path):
    page = visit("李文员")
    page.context.route("**/*.js", lambda route: route.abort())
    hand = page.context.new_page()
    hand.goto("/imports/new/")
    hand.set_input_files("#files", messy(tmp_path / "plain.xlsx", workshop, "zh-hans"))
    hand.get_by_role("button", name="读取并比对").click()
    for _ in range(60):
        if hand.get_by_role("link", name=re.compile("查看批次")).count():
            break
        hand.wait_for_timeout(500)
        hand.get_by_role("link", name="刷新").click()
    hand.get_by_role("link", name=re.compile("查看批次")).click()
    assert "/imports/" in hand.url
