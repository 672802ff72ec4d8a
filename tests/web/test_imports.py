"""The import wizard over the pages: hand in, look through, a second person approves, undo."""

import io
import re
import zipfile

import openpyxl
import pytest

from bangfu.access.actions.grant_role import record_grant
from bangfu.access.founding import Founder
from bangfu.access.roles import Role
from bangfu.audit.verifier import verify
from bangfu.intake.models import Batch
from bangfu.work.models import Job
from tests.ledger_files import HEADER, changed, roster_rows
from tests.web.importing import approve, hand_in, seen, staged, text_of
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store


def test_a_ledger_goes_from_a_page_into_the_register_and_out_again(clerk_page, approver_page, roster_file, home):
    number = staged(clerk_page, roster_file())
    page = text_of(clerk_page, f"/imports/{number}/")
    assert "5 accepted + 0 rejected" in page
    assert "another person approves it" in page
    assert Batch.objects.get(pk=number).state == "staged"
    assert approve(approver_page, number).status_code == 302
    assert "Approved by 王审核" in text_of(clerk_page, f"/imports/{number}/")
    assert "2" in text_of(clerk_page, f"/imports/{number}/undo/")
    answer = clerk_page.post(f"/imports/{number}/undo/")
    work_off()
    assert "its rows no longer count" in text_of(clerk_page, answer["Location"])
    assert Batch.objects.get(pk=number).state == "undone"
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_files_are_private_and_go_once_the_batch_is_decided(clerk_page, approver_page, roster_file, home):
    number = staged(clerk_page, roster_file())
    (file,) = home.uploads.glob("*/*/*")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parents[1].stat().st_mode & 0o077 == 0
    approve(approver_page, number)
    assert not [*home.uploads.glob("*/*/*")]


def test_nobody_approves_what_they_handed_in(clerk_page, roster_file, people, posted, client, places):
    both = client(posted("两职员", Role.COUNTY_CLERK, places.county))
    from datetime import date

    from django.db import transaction

    from bangfu.access.models import Person

    with transaction.atomic():
        person = Person.objects.get(name="两职员")
        days = (date(2000, 1, 1), None)
        record_grant(by=Founder(), person=person, role=Role.COUNTY_APPROVER, place=places.county, days=days)
    number = staged(both, roster_file())
    answer = both.post(f"/imports/{number}/approve/", {"seen": Batch.objects.get(pk=number).content_hash})
    assert answer.status_code == 403
    assert "Ask a second person" in answer.content.decode()
    assert not Job.objects.filter(kind="import.apply").exists()


def test_pressing_twice_applies_once_and_the_later_colleague_is_told(
    clerk_page, client, approver_page, roster_file, posted, places
):
    number = staged(clerk_page, roster_file())
    other = client(posted("另一审核", Role.COUNTY_APPROVER, places.county))
    digest = seen(approver_page, number)
    assert seen(other, number) == digest
    first = approver_page.post(f"/imports/{number}/approve/", {"seen": digest})
    second = approver_page.post(f"/imports/{number}/approve/", {"seen": digest})
    assert first["Location"] == second["Location"]
    work_off()
    late = other.post(f"/imports/{number}/approve/", {"seen": digest})
    assert late.status_code == 400
    assert "is in the register, so it cannot be approved" in late.content.decode()
    back = other.post(f"/imports/{number}/send-back/", {"reason": "late"})
    assert "cannot be sent back" in back.content.decode()
    assert Batch.objects.get(pk=number).state == "applied"


def test_what_is_approved_is_what_was_seen(clerk_page, approver_page, roster_file):
    number = staged(clerk_page, roster_file())
    answer = approver_page.post(f"/imports/{number}/approve/", {"seen": "0" * 64})
    assert answer.status_code == 400
    assert Batch.objects.get(pk=number).state == "staged"


def test_a_batch_is_sent_back_with_a_reason_without_numbers_of_persons(clerk_page, approver_page, roster_file):
    number = staged(clerk_page, roster_file())
    for reason in ("", "   ", "call 139 0000 0001", "x" * 501):
        assert approver_page.post(f"/imports/{number}/send-back/", {"reason": reason}).status_code == 400
    assert approver_page.post(f"/imports/{number}/send-back/", {"reason": "收入待核实"}).status_code == 302
    assert "收入待核实" in text_of(clerk_page, f"/imports/{number}/")
    assert not seen(approver_page, number)


def test_old_and_new_stand_side_by_side_without_a_digit_of_a_phone(clerk_page, approver_page, roster_file):
    approve(approver_page, staged(clerk_page, roster_file()))
    rows = changed(changed(roster_rows(), 0, "危房户", "D级"), 3, "联系电话", "13900000009")
    number = staged(clerk_page, roster_file(changed(rows, 0, "人均纯收入", "2100.50"), "later.xlsx"))
    page = text_of(approver_page, f"/imports/{number}/?show=changed")
    assert "Grade D" in page or "D级" in page or re.search(r"<ins>[^<]*D[^<]*</ins>", page)
    assert "<ins>2,100.50</ins>" in page
    assert "<del>2,000.00</del>" in page
    assert "<ins>changed</ins>" in page
    assert "1390000" not in page


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        pytest.param(Role.VILLAGE_CLERK, "village", 200, id="the village itself"),
        pytest.param(Role.TOWN_CLERK, "town", 200, id="the town above"),
        pytest.param(Role.VILLAGE_CLERK, "sibling", 404, id="another village"),
        pytest.param(Role.COUNTY_APPROVER, "other_county", 404, id="an approver of another county"),
        pytest.param(Role.ANALYST, "county", 403, id="who has no part in imports"),
    ],
)
def test_a_batch_exists_only_where_its_villages_lie(
    clerk_page, client, posted, roster_file, places, role, place, status
):
    number = staged(clerk_page, roster_file())
    other = client(posted("别处人员", role, getattr(places, place)))
    assert other.get(f"/imports/{number}/").status_code == status
    for address in ("approve", "send-back", "undo"):
        answer = other.post(f"/imports/{number}/{address}/", {"reason": "x", "seen": "y"})
        assert answer.status_code in ({403, 404} if status != 200 else {403, 400})
    if status == 404:
        assert str(number) not in re.findall(r"/imports/(\d+)/", text_of(other, "/imports/"))


def test_rows_of_another_village_are_refused_and_go_back_to_their_sender_only(
    clerk_page, client, posted, roster_file, places
):
    village = client(posted("村信息员", Role.VILLAGE_CLERK, places.village))
    rows = changed(roster_rows(), 4, "行政村", "下柳村")
    number = staged(village, roster_file(changed(rows, 3, "行政村", "下柳村")))
    assert "3 accepted + 2 rejected" in text_of(village, f"/imports/{number}/")
    answer = village.get(f"/imports/{number}/returned/0/")
    assert answer["Content-Disposition"].startswith("attachment;")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert "错误说明" in [cell.value for cell in sheet[2]]
    assert clerk_page.get(f"/imports/{number}/").status_code == 200
    assert clerk_page.get(f"/imports/{number}/returned/0/").status_code == 404


def test_repaired_rows_are_the_only_new_ones(clerk_page, approver_page, roster_file, tmp_path):
    number = staged(clerk_page, roster_file(changed(roster_rows(), 3, "人均纯收入", "约3500")))
    answer = clerk_page.get(f"/imports/{number}/returned/0/")
    path = tmp_path / "back.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    approve(approver_page, number)
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book.active[2]]
    for row in book.active.iter_rows(min_row=3):
        if row[header.index("人均纯收入")].value == "约3500":
            row[header.index("人均纯收入")].value = "3500"
    book.save(path)
    again = staged(clerk_page, path)
    counts = Batch.objects.get(pk=again).counts
    assert counts["rejected"] == 0
    assert counts["added"] + counts["changed"] >= 1
    assert counts["unchanged"] == 0 or counts["rows"] == counts["accepted"]


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (70 << 20))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        pytest.param(b"%PDF-1.4 nothing", "list.xlsx", "not a table", id="not a workbook"),
        pytest.param(b"PK\x03\x04 cut off", "list.xlsx", "damaged", id="cut off"),
        pytest.param(bomb(), "bomb.xlsx", "unpacks to", id="unpacks to far too much"),
        pytest.param((",".join(HEADER) + "\n").encode(), "empty.csv", "0 accepted + 0 rejected", id="no row"),
        pytest.param(b"hello,world\n1,2\n", "../../etc/x.csv", "No ledger was recognised", id="a path in the name"),
        pytest.param(b"hello,world\n1,2\n", "长" * 300 + ".csv", "No ledger was recognised", id="a huge name"),
        pytest.param(b"a\n", "<script>x</script>.csv", "No ledger was recognised", id="markup in the name"),
    ],
)
def test_what_is_no_ledger_is_refused_in_a_sentence(clerk_page, home, content, name, words):
    number = staged(clerk_page, content, names=[name])
    page = text_of(clerk_page, f"/imports/{number}/")
    assert words in page
    assert "<script>x" not in page
    assert Batch.objects.get(pk=number).state == "refused"
    assert all(path.is_relative_to(home.uploads) for path in home.path.rglob("*.csv"))


def test_nothing_and_too_much_are_refused_at_once(clerk_page):
    assert "Choose at least one file" in clerk_page.post("/imports/new/", {}).content.decode()
    empty = hand_in(clerk_page, b"", names=["a.xlsx"])
    assert (empty.status_code, "is empty" in empty.content.decode()) == (400, True)
    many = hand_in(clerk_page, *[b"x"] * 41, names=["a.csv"] * 41)
    assert (many.status_code, "at most 40" in many.content.decode()) == (400, True)
    assert not Job.objects.exists()


def test_hostile_addresses_are_answered_in_words(clerk_page, roster_file):
    number = staged(clerk_page, roster_file())
    for tail in ("?page=99999999999999999999", "?page=-1", "?show=<evil>", "?page=٣", "?show=added&page=7"):
        assert "<evil>" not in text_of(clerk_page, f"/imports/{number}/{tail}")
    for address in ("/imports/999999999999999999999999/", "/jobs/x/", f"/imports/{number}/returned/9/"):
        assert clerk_page.get(address).status_code == 404
    assert clerk_page.get(f"/imports/{number}/columns/?file=7").status_code == 404


def test_a_reason_for_sending_back_quotes_no_number_of_a_person(clerk_page, approver_page, roster_file):
    number = staged(clerk_page, roster_file())
    refused = approver_page.post(f"/imports/{number}/send-back/", {"reason": "请核对电话１３８ ０００0 1234"})
    assert refused.status_code == 400
    assert "without ID numbers" in refused.content.decode()
    assert Batch.objects.get(pk=number).state == "staged"
    approver_page.post(f"/imports/{number}/send-back/", {"reason": "请改后再报，电话0357-8228123"})
    assert Batch.objects.get(pk=number).state == "returned"
