"""Compare the register of a county with itself: who is in it twice."""

from typing import Final

from bangfu.access.acting import ActingPerson, today
from bangfu.decisions.actions.record_comparison import Counts, Outcome, record_comparison
from bangfu.decisions.asking import Draft
from bangfu.decisions.duplicates import doubled_persons
from bangfu.decisions.linkage import CERTAIN_BP
from bangfu.decisions.models import Hit
from bangfu.decisions.persons import registered_persons
from bangfu.kernel.actors import Can, require
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.registry.queries import household_numbers

KIND: Final = "duplicates"
LEAD: Final = "comparison.duplicate"
_LIKELY_BP: Final = 9_000
_OFFICE: Final = "建档立卡登记"


def compare_register(*, by: ActingPerson, county: int, home: Home) -> Outcome:
    """Find persons who stand in the register twice and open a lead for each (重复登记比对). No status changes.

    The lead is about the household in which the person was recorded later; help goes on in both.

    by      needs the right to compare lists in the county
    Raises  NotPermitted
    """
    require(by, Can.COMPARE, county)
    persons = registered_persons(Scope((county,)))
    pairs = doubled_persons(persons)
    numbers: dict[int, str | None] = dict(household_numbers(pairs["other_household"].to_list()).iter_rows())
    drafts = [(_draft(row, numbers, home), None) for row in pairs.iter_rows(named=True)]
    doubled = pairs["person_id"].n_unique()
    counts = Counts(persons.height, 0, 0, doubled, 0, persons.height - doubled, households_without=0)
    told = "|".join(sorted(draft.key for draft, _ in drafts))
    facts = {
        "kind": KIND,
        "office": _OFFICE,
        "stated_on": today(),
        "programme": "",
        "digest": home.keys.digest(f"{KIND}|{told}").hex(),
    }
    return record_comparison(by=by, county=county, facts=facts, counts=counts, drafts=drafts)


def _draft(row: dict[str, int | str], numbers: dict[int, str | None], home: Home) -> Draft:
    by_id = row["how"] == Hit.How.ID
    why = "证件号码相同" if by_id else "姓名、出生日期和乡镇相同"
    return Draft(
        kind=LEAD,
        household=int(row["household_id"]),
        person=int(row["person_id"]),
        sheet=None,
        row=None,
        how=str(row["how"]),
        score_bp=CERTAIN_BP if by_id else _LIKELY_BP,
        key=home.keys.digest(f"hit|{LEAD}|{row['other']}|{row['person_id']}").hex(),
        facts="{}",
        told=None,
        severity=Hit.Severity.REVIEW,
        evidence=f"家庭成员疑似重复登记：与户编号{numbers.get(int(row['other_household'])) or '-'}的一名成员{why}",
    )
