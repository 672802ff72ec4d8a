"""The import wizard over the pages: hand in, look through, a second person approves, undo."""

import io
import re
import zipfile

import openpyxl
import pytest

from bangfu.access.acting import acting
from bangfu.access.actions.add_person import record_person
from bangfu.access.actions.grant_role import record_grant
from bangfu.access.founding import Founder
from bangfu.access.roles import Role
from bangfu.audit.verifier import verify
from bangfu.intake.models import Batch
from bangfu.work.models import Job
from tests.ledger_files import HEADER, changed, roster_rows, write_roster
from tests.web.importing import approve, batch_of, hand_in, seen, staged, text_of
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store


@pytest.fixture
def client(places):
    """Return a function that gives a client who acts as a person, in English."""
    from django.test import Client

    def as_person(name):
        found = Client(headers={"host": "localhost"}, raise_request_exception=False)
        assert found.post("/act-as/", {"person": name}).status_code == 302
        found.post("/language/", {"language": "en", "next": "/"})
        return found

    return as_person


@pytest.fixture
def clerk_page(client, people):
    return client("李文员")


@pytest.fixture
def approver_page(client, people):
    return client("王审核")


@pytest.fixture
def posted(home, places):
    """Return a function that gives a new person a role at a place, and their name."""
    from django.db import transaction

    def given(name, role, place):
        with transaction.atomic():
            person = record_person(by=Founder(), name=name, os_login=None)
            from datetime import date

            record_grant(by=Founder(), person=person, role=role, place=place, days=(date(2000, 1, 1), None))
        return name

    return given


@pytest.fixture
def roster(tmp_path):
    """Return a function that writes a roster."""
    return lambda rows=None, name="roster.xlsx": write_roster(tmp_path / name, rows or roster_rows())


def test_a_ledger_goes_from_a_page_into_the_register_and_out_again(clerk_page, approver_page, roster, home):
    number = staged(clerk_page, roster())
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


def test_files_are_private_and_go_once_the_batch_is_decided(clerk_page, approver_page, roster, home):
    number = staged(clerk_page, roster())
    (file,) = home.uploads.glob("*/*/*")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parents[1].stat().st_mode & 0o077 == 0
    approve(approver_page, number)
    assert not [*home.uploads.glob("*/*/*")]


def test_nobody_approves_what_they_handed_in(clerk_page, roster, people, posted, client, places):
    both = client(posted("两职员", Role.COUNTY_CLERK, places.county))
    from datetime import date

    from django.db import transaction

    from bangfu.access.models import Person

    with transaction.atomic():
        person = Person.objects.get(name="两职员")
        days = (date(2000, 1, 1), None)
        record_grant(by=Founder(), person=person, role=Role.COUNTY_APPROVER, place=places.county, days=days)
    number = staged(both, roster())
    answer = both.post(f"/imports/{number}/approve/", {"seen": Batch.objects.get(pk=number).content_hash})
    assert answer.status_code == 403
    assert "Ask a second person" in answer.content.decode()
    assert not Job.objects.filter(kind="import.apply").exists()


def test_pressing_twice_applies_once_and_the_later_colleague_is_told(
    clerk_page, client, approver_page, roster, posted, places
):
    number = staged(clerk_page, roster())
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


def test_what_is_approved_is_what_was_seen(clerk_page, approver_page, roster):
    number = staged(clerk_page, roster())
    answer = approver_page.post(f"/imports/{number}/approve/", {"seen": "0" * 64})
    assert answer.status_code == 400
    assert Batch.objects.get(pk=number).state == "staged"


def test_a_batch_is_sent_back_with_a_reason_without_numbers_of_persons(clerk_page, approver_page, roster):
    number = staged(clerk_page, roster())
    for reason in ("", "   ", "call 139 0000 0001", "x" * 501):
        assert approver_page.post(f"/imports/{number}/send-back/", {"reason": reason}).status_code == 400
    assert approver_page.post(f"/imports/{number}/send-back/", {"reason": "收入待核实"}).status_code == 302
    assert "收入待核实" in text_of(clerk_page, f"/imports/{number}/")
    assert not seen(approver_page, number)


def test_old_and_new_stand_side_by_side_without_a_digit_of_a_phone(clerk_page, approver_page, roster):
    approve(approver_page, staged(clerk_page, roster()))
    rows = changed(changed(roster_rows(), 0, "危房户", "D级"), 3, "联系电话", "13900000009")
    number = staged(clerk_page, roster(changed(rows, 0, "人均纯收入", "2100.50"), "later.xlsx"))
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
def test_a_batch_exists_only_where_its_villages_lie(clerk_page, client, posted, roster, places, role, place, status):
    number = staged(clerk_page, roster())
    other = client(posted("别处人员", role, getattr(places, place)))
    assert other.get(f"/imports/{number}/").status_code == status
    for address in ("approve", "send-back", "undo"):
        answer = other.post(f"/imports/{number}/{address}/", {"reason": "x", "seen": "y"})
        assert answer.status_code in ({403, 404} if status != 200 else {403, 400})
    if status == 404:
        assert str(number) not in re.findall(r"/imports/(\d+)/", text_of(other, "/imports/"))


def test_rows_of_another_village_are_refused_and_go_back_to_their_sender_only(
    clerk_page, client, posted, roster, places
):
    village = client(posted("村信息员", Role.VILLAGE_CLERK, places.village))
    rows = changed(roster_rows(), 4, "行政村", "下柳村")
    number = staged(village, roster(changed(rows, 3, "行政村", "下柳村")))
    assert "3 accepted + 2 rejected" in text_of(village, f"/imports/{number}/")
    answer = village.get(f"/imports/{number}/returned/0/")
    assert answer["Content-Disposition"].startswith("attachment;")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert "错误说明" in [cell.value for cell in sheet[2]]
    assert clerk_page.get(f"/imports/{number}/").status_code == 200
    assert clerk_page.get(f"/imports/{number}/returned/0/").status_code == 404


def test_repaired_rows_are_the_only_new_ones(clerk_page, approver_page, roster, tmp_path):
    number = staged(clerk_page, roster(changed(roster_rows(), 3, "人均纯收入", "约3500")))
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


def test_hostile_addresses_are_answered_in_words(clerk_page, roster):
    number = staged(clerk_page, roster())
    for tail in ("?page=99999999999999999999", "?page=-1", "?show=<evil>", "?page=٣", "?show=added&page=7"):
        assert "<evil>" not in text_of(clerk_page, f"/imports/{number}/{tail}")
    for address in ("/imports/999999999999999999999999/", "/jobs/x/", f"/imports/{number}/returned/9/"):
        assert clerk_page.get(address).status_code == 404
    assert clerk_page.get(f"/imports/{number}/columns/?file=7").status_code == 404


def test_columns_are_corrected_once_and_remembered(clerk_page, approver_page, roster, tmp_path, client, posted, places):
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


def test_a_roster_goes_out_and_two_phones_and_a_house_come_back(clerk_page, approver_page, roster, tmp_path, home):
    approve(approver_page, staged(clerk_page, roster()))
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


def test_a_job_of_another_is_not_there(clerk_page, client, posted, roster, places):
    job = hand_in(clerk_page, roster())["Location"]
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


def test_grants_that_ended_meanwhile_stop_the_job(clerk_page, approver_page, roster):
    from bangfu.access.models import Grant

    number = staged(clerk_page, roster())
    answer = approver_page.post(f"/imports/{number}/approve/", {"seen": seen(approver_page, number)})
    Grant.objects.filter(person_id=acting("王审核").person_id).delete()
    work_off()
    assert Job.objects.get(pk=answer["Location"].split("/")[2]).state == "failed"
    assert Batch.objects.get(pk=number).state == "staged"
