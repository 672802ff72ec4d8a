"""Two counties whose every sensitive cell occurs once in the world: canaries.

Everybody of the matrix holds their role in 清溪县; 白石县 lies beside it in the same city.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from tests.trust.boards import raise_all
from tests.trust.oracle import EXPIRED, LIVE, NOBODY, everybody

DAY = date(2016, 12, 31)
OWN = 990101000000
TREE = [
    ("990000000000", "云岭省", "province", ""),
    ("990100000000", "青石市", "city", "990000000000"),
    ("990101000000", "清溪县", "county", "990100000000"),
    ("990102000000", "白石县", "county", "990100000000"),
    ("990101100000", "柳河镇", "town", "990101000000"),
    ("990102100000", "石门镇", "town", "990102000000"),
    ("990101100201", "上柳村", "village", "990101100000"),
    ("990101100202", "下柳村", "village", "990101100000"),
    ("990102100201", "石门村", "village", "990102100000"),
]
PLACES = {
    "own": OWN,
    "inside": 990101100201,
    "sibling": 990102000000,
    "beside": 990102100201,
    "above": 990100000000,
    "top": 990000000000,
    "unknown": 990909000000,
}
HEADER = (
    *("县(市、区、旗)", "乡(镇)", "行政村", "户编号", "人编号", "姓名", "证件号码", "人数", "与户主关系"),
    *("健康状况", "劳动技能", "贫困户属性", "主要致贫原因", "危房户", "人均纯收入", "联系电话", "户联系电话"),
    *("开户银行", "银行账号"),
)


@dataclass(frozen=True)
class Canary:
    """A text that gives away that a value was shown: what kind, whose, and whether of the head of a household."""

    text: str
    kind: str
    where: str
    head: bool = False


@dataclass
class World:
    """What the matrix walks through: people with their tokens, things by position, canaries."""

    home: object
    people: dict
    things: dict
    canaries: list


def build(home, folder: Path) -> World:
    """Fill a fresh home: places, two ledgers, a run, and a person with account and token for each cell's column."""
    from bangfu.access.actions.ensure_demo_people import ensure_demo_people
    from bangfu.places.actions.load_places import load_places
    from bangfu.registry.actions.export_roster import ask_roster

    staff = ensure_demo_people()
    columns = ("code", "name", "level", "parent")
    rows = [dict(zip(columns, row, strict=True)) for row in TREE]
    assert not load_places(by=staff["clerk"], rows=rows)["errors"]
    ledgers = {
        "inside": [("清溪县", "柳河镇", "上柳村", number, "甲") for number in range(1, 5)],
        "outside": [("白石县", "石门镇", "石门村", number, "乙") for number in range(5, 9)],
    }
    canaries, batches = [], {}
    for where, households in ledgers.items():
        cells = [row for household in households for row in _household(household, where, canaries)]
        batches[where] = _import(staff, home, folder / f"{where}.xlsx", cells)
    both = [row for one in ledgers.values() for row in _household((*one[0][:3], one[0][3] + 40, "丙"), "both", [])]
    batches["both"] = _stage(staff, home, folder / "both.xlsx", both)
    things = {**PLACES, **_households(), **_evidence(staff, home), **_cases(staff, home), "": None}
    things |= _leads(staff)
    things |= {"batch inside": batches["inside"], "batch outside": batches["outside"], "batch of two": batches["both"]}
    things |= {"batch unknown": 99, "household unknown": 99_999, "job unknown": "nothing", "search unknown": "nothing"}
    things |= {"person": staff["clerk"].person_id, "person unknown": 99_999}
    things |= raise_all(staff, home, things, canaries)
    things["job outside"] = ask_roster(by=staff["clerk"], place=PLACES["sibling"]).pk
    return World(home, _people(home), things, canaries)


def _household(household, where, canaries):
    county, town, village, number, mark = household
    rows = []
    for member in range(2):
        serial = number * 10 + member
        name = f"{mark}龘{'一二三四五六七八九十'[number % 10]}{'靐齉'[member]}"
        facts = {
            "name": name,
            "id": _id_no(serial),
            "phone": f"1390000{7000 + serial * 7 % 1000:04d}",
            "household phone": f"1380000{8000 + serial * 7 % 1000:04d}",
            "card": _card(serial),
            "household number": f"H{mark}{number:04d}Q",
        }
        kinds = {"phone": "phone", "household phone": "phone"}
        place = "own" if number == 1 else where
        shown = facts if member == 0 else {key: facts[key] for key in ("name", "id", "phone")}
        canaries += [Canary(text, kinds.get(kind, kind), place, head=member == 0) for kind, text in shown.items()]
        head = ["一般贫困户", "因病", "否", "2000"] if member == 0 else [""] * 4
        ties = ["户主", "长期慢性病"] if member == 0 else ["配偶", "健康"]
        reach = [facts["household phone"], "农商银行", facts["card"]] if member == 0 else [""] * 3
        no = facts["household number"]
        lives = [county, town, village, no, f"{no}{member}", name, facts["id"], "2"]
        rows.append([*lives, *ties, "普通劳动力", *head, facts["phone"], *reach])
    return rows


def _id_no(serial):
    from bangfu.kernel.ids import check_character

    first = f"9901011970{1 + serial % 12:02d}{1 + serial % 28:02d}{100 + serial:03d}"
    return first + check_character(first)


def _card(serial):
    body = f"6299{serial * 7919 % 10**8:08d}{serial:03d}"
    doubled = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(body[::-1]))
    return f"{body}{-doubled % 10}"


def _stage(staff, home, path, cells):
    from bangfu.intake.actions.stage_batch import stage_batch

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate([HEADER, *cells]):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    staged = stage_batch(by=staff["clerk"], paths=[path], home=home)
    assert staged.batch is not None, staged.report
    assert staged.report[0]["rejected"] == 0, staged.report
    return staged.batch.pk


def _import(staff, home, path, cells):
    from bangfu.intake.actions.apply_batch import apply_batch

    batch = _stage(staff, home, path, cells)
    apply_batch(by=staff["approver"], number=batch, home=home)
    return batch


def _households():
    from bangfu.registry.models import Household

    first = dict(Household.objects.order_by("-id").values_list("county", "id"))
    return {"household inside": first[OWN], "household outside": first[PLACES["sibling"]]}


def _leads(staff):
    """Compare a list of one row in each county: a doubt about one household."""
    from bangfu.decisions.actions.record_comparison import Counts, record_comparison
    from bangfu.decisions.asking import Draft
    from bangfu.decisions.models import Hit

    found, homes = {"lead unknown": 99_999}, _households()
    for where, county in (("inside", OWN), ("outside", PLACES["sibling"])):
        home = homes[f"household {where}"]
        draft = Draft(
            *(
                "comparison.vehicles",
                home,
                None,
                1,
                2,
                "id",
                10_000,
                f"key {where}",
                "{}",
                None,
                "review",
                f"第2行 {where}",
            )
        )
        facts = {"kind": "vehicles", "office": "公安机关", "stated_on": DAY, "programme": "cn_2014", "digest": where}
        counts = Counts(1, 0, 0, 1, 0, 0, 0)
        record_comparison(by=staff["clerk"], county=county, facts=facts, counts=counts, drafts=[(draft, None)])
        found[f"lead {where}"] = Hit.objects.get(household_id=home).lead_id
    return found


def _evidence(staff, home):
    from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
    from bangfu.snapshots.actions.run_programme import run_programme

    frozen = freeze_snapshot(by=staff["clerk"], on=DAY, known_on=None, home=home)
    made = run_programme(by=staff["clerk"], programme="cn_2014", snapshot=frozen, home=home)
    return {"run": made.name, "run unknown": "r-nothing"}


def _cases(staff, home):
    """Open a round in each county, and there the exit of one household, of another programme than what hangs."""
    import polars as pl
    from django.db import transaction

    from bangfu.decisions.actions.open_round import _record
    from bangfu.decisions.models import RoundKind
    from bangfu.decisions.round_list import list_of
    from bangfu.procedures.actions.open_cases import Subjects, open_cases
    from bangfu.procedures.course import version_on
    from bangfu.registry.models import Residence
    from bangfu.snapshots.queries import run_named

    found, run = {"case unknown": 99_999, "round unknown": 99_999}, run_named(None)
    version = version_on("gd_2016", "exit", DAY)
    for where, county in (("inside", OWN), ("outside", PLACES["sibling"])):
        home_of = Residence.objects.filter(county=county).order_by("household_id").first()
        rows = {"place": [home_of.village], "subject_id": [home_of.household_id], "proposal": "exited", "grounds": "{}"}
        subjects = Subjects(county, "household", pl.DataFrame(rows), run.pk)
        opened = open_cases(by=staff["clerk"], version=version, subjects=subjects, on=version.law_from)
        found[f"case {where}"] = int(opened[0])
        with transaction.atomic():
            held = _record(staff["clerk"], run, county, RoundKind.YEARLY, list_of(run, county, home))
        found[f"round {where}"] = held.pk
    return found


def _people(home):
    """Give every role in every time a person with an account and a token: person -> (account number, token)."""
    from django.db import transaction

    from bangfu.access.acting import ActingPerson, today
    from bangfu.access.actions.add_person import record_person
    from bangfu.access.actions.create_token import create_token
    from bangfu.access.actions.grant_role import record_grant
    from bangfu.access.founding import Founder
    from bangfu.access.models import Account, Token
    from bangfu.access.roles import Role

    day, found = timedelta(days=1), {}
    since, until = today() - 30 * day, today() + 30 * day
    with transaction.atomic():
        for one in everybody():
            if one.time == NOBODY:
                found[one] = (None, None)
                continue
            person = record_person(by=Founder(), name=f"{one.role} {one.time}", os_login=None)
            days = (since, until) if one.time == LIVE else (since, today() - day)
            days = days if one.time in {LIVE, EXPIRED} else (today() + day, until)
            about = _households()["household inside"] if one.role == "household" else None
            place = 0 if one.role == "security_admin" else OWN
            record_grant(by=Founder(), person=person, role=Role(one.role), place=place, days=days, household=about)
            account = Account.objects.create(
                login=person.name, person=person, password="!", first_password=False, event=person.event
            )
            acting = ActingPerson.of(person, today())
            found[one] = (account.pk, create_token(by=acting, label="matrix")[1])
        Token.objects.update(last_used_on=today())
    return found
