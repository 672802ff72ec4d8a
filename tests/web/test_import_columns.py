"""Columns corrected on a page, rosters that go out and come back, and jobs of others."""

import re

import openpyxl
import pytest

from bangfu.access.acting import acting
from bangfu.access.roles import Role
from bangfu.intake.models import Batch
from bangfu.work.models import Job
from tests.ledger_files import roster_rows, write_roster
from tests.web.importing import approve, batch_of, hand_in, seen, staged, text_of
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store


def test_columns_are_corrected_once_and_remembered(
    clerk_page, approver_page, roster_file, tmp_path, client, posted, places
):
    names = {"户编号": "编码甲", "姓名": "称呼", "与户主关系": "身份"}

    def odd(name):
        path = write_roster(tmp_path / name, roster_rows())
        book = openpyxl.load_workbook(path)
        for cell in book.active[2]:
            cell.value = names.get(cell.value, cell.value)
        book.save(path)
        return path

    number = staged(clerk_page, odd("odd.xlsx"))
    assert Batch.objects.get(pk=number).state == "refused"
    page = text_of(clerk_page, f"/imports/{number}/columns/?row=2&height=1&ledger=roster")
    assert "1390000" not in page
    columns = {
        label: re.search(rf'<th scope="row">{label}</th>.*?name="(column-\d+)"', page, re.DOTALL)[1]
        for label in names.values()
    }
    said = {columns["编码甲"]: "household_no", columns["称呼"]: "name", columns["身份"]: "relation"}
    where = {"file": 0, "sheet": 0, "row": 2, "height": 1, "ledger": "roster"}
    short = clerk_page.post(f"/imports/{number}/columns/", {**where, columns["称呼"]: "name"})
    assert short.status_code == 400
    assert "missing" in short.content.decode()
    answer = clerk_page.post(f"/imports/{number}/columns/", {**where, **said})
    work_off()
    again = batch_of(clerk_page, answer)
    assert Batch.objects.get(pk=number).state == "replaced"
    assert Batch.objects.get(pk=again).counts["added"] == 5
    later = staged(clerk_page, odd("next month.xlsx"))
    assert Batch.objects.get(pk=later).counts["accepted"] == 5
    stranger = client(posted("另一经办", Role.COUNTY_CLERK, places.county))
    assert Batch.objects.get(pk=staged(stranger, odd("mine.xlsx"))).counts["accepted"] == 0
    assert stranger.get(f"/imports/{again}/columns/").status_code == 404
    approve(approver_page, again)
    assert Batch.objects.get(pk=again).state == "applied"


def test_a_roster_goes_out_and_two_phones_and_a_house_come_back(clerk_page, approver_page, roster_file, tmp_path, home):
    approve(approver_page, staged(clerk_page, roster_file()))
    answer = clerk_page.post("/imports/roster/", {"place": "990101100201"})
    work_off()
    page = text_of(clerk_page, answer["Location"])
    assert "5 persons of 2 households written; the count agrees" in page
    file = clerk_page.get(re.search(r'href="(/jobs/[^"]+/files/0/)"', page)[1])
    assert file["Content-Type"] == "application/octet-stream"
    path = tmp_path / "taken.xlsx"
    path.write_bytes(b"".join(file.streaming_content))
    book = openpyxl.load_workbook(path)
    cells = [cell.value for row in book.active.iter_rows() for cell in row if cell.value]
    assert not [text for text in cells if "1390000" in text or text.startswith("9901011")]
    header = next(row for row in book.active.iter_rows() if any(cell.value == "户编号" for cell in row))
    columns = {cell.value: cell.column - 1 for cell in header}
    rows = [
        row for row in book.active.iter_rows(min_row=header[0].row + 1) if row[columns["与户主关系"]].value == "户主"
    ]
    rows[0][columns["联系电话"]].value, rows[1][columns["联系电话"]].value = "13900000011", "13900000012"
    house = next(row for row in rows if row[columns["危房户"]].value)
    house[columns["危房户"]].value = "D级"
    book.save(path)
    number = staged(clerk_page, path)
    shown = text_of(clerk_page, f"/imports/{number}/?show=changed")
    assert len(re.findall(r"<ins>", shown)) == 3
    assert Batch.objects.get(pk=number).counts["rejected"] == 0


def test_a_place_outside_has_no_roster(client, posted, places, people):
    village = client(posted("村信息员", Role.VILLAGE_CLERK, places.village))
    for choice in ({"place": str(places.sibling)}, {"code": "990101100202"}, {"code": "x"}, {"place": "x"}):
        assert village.post("/imports/roster/", choice).status_code == 400
    assert not Job.objects.exists()


def test_a_job_of_another_is_not_there(clerk_page, client, posted, roster_file, places):
    job = hand_in(clerk_page, roster_file())["Location"]
    other = client(posted("村信息员", Role.VILLAGE_CLERK, places.village))
    for tail in ("", "progress/", "files/0/"):
        assert other.get(job + tail).status_code == 404
    for tail in ("stop/", "again/"):
        assert other.post(job + tail).status_code == 404
    assert "hx-get" in text_of(clerk_page, job)
    clerk_page.post(job + "stop/")
    work_off()
    assert "cancelled" in text_of(clerk_page, job + "progress/")
    assert "hx-get" not in text_of(clerk_page, job + "progress/")


def test_grants_that_ended_meanwhile_stop_the_job(clerk_page, approver_page, roster_file):
    from bangfu.access.models import Grant

    number = staged(clerk_page, roster_file())
    answer = approver_page.post(f"/imports/{number}/approve/", {"seen": seen(approver_page, number)})
    Grant.objects.filter(person_id=acting("王审核").person_id).delete()
    work_off()
    assert Job.objects.get(pk=answer["Location"].split("/")[2]).state == "failed"
    assert Batch.objects.get(pk=number).state == "staged"
