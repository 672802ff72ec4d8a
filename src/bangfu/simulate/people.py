"""What is true of each person: schooling, health, labour capacity, work and insurance by age and sex.

The combinations keep the published logic of the register (under 16 no labour, healthy adults who are
not at school can work, from 60 on nobody counts as an ordinary labourer), so that every breach of it
in a ledger is a planted one.
"""

from dataclasses import dataclass
from random import Random
from typing import Final

from bangfu.simulate.households import FEMALE, YEAR, Member

WORKING_AGE: Final = 16
ADULT: Final = 18
OLD_AGE: Final = 60
POST_AGE: Final = 70
_SENIOR_STAGES: Final = {16: "高中一年级", 17: "高中二年级", 18: "高中三年级"}
_VOCATIONAL_STAGES: Final = {16: "中职一年级", 17: "中职二年级", 18: "中职三年级"}
_JUNIOR_STAGES: Final = {12: "七年级", 13: "七年级", 14: "八年级", 15: "九年级"}


@dataclass(slots=True)
class Person:
    """The true facts of a person at the end of the year; labels are those of the national form.

    born_on  yyyymmdd; work_months and post_months are months of the year 2016
    wage     yuan a month from work or a public post, 0 without
    """

    relation: str
    sex: str
    age: int
    born_on: int
    education: str = ""
    enrolment: str = "非在校"
    dropout_reason: str = ""
    health: str = "健康"
    disability_kind: int = 0
    disability_grade: int = 0
    labour: str = "无劳动力"
    work_region: str = ""
    work_months: int = 0
    public_post: bool = False
    post_months: int = 0
    wage: int = 0
    insured: bool = True
    employee_insured: bool = False
    serious_illness: bool = True
    pension_insured: bool = False
    party_member: bool = False
    soldier: bool = False
    mandarin: bool = True

    @property
    def has_guarantees(self) -> bool:
        """Whether the person is insured and, at school age, at school."""
        return (self.insured or self.employee_insured) and not self.dropout_reason


def person_facts(rng: Random, member: Member) -> Person:
    """Draw the facts of one member of a household."""
    month = rng.randint(1, 12)
    day = rng.randint(1, 28)
    person = Person(member.relation, member.sex, member.age, (YEAR - member.age) * 10_000 + month * 100 + day)
    _schooling(rng, person)
    _health(rng, person)
    _labour(rng, person)
    _work(rng, person)
    person.employee_insured = person.work_region == "省外" and rng.random() < 0.06
    person.insured = not person.employee_insured
    person.pension_insured = person.age >= WORKING_AGE and person.enrolment == "非在校" and rng.random() < 0.93
    person.party_member = person.age >= 24 and rng.random() < 0.05
    person.mandarin = person.age < OLD_AGE or rng.random() < 0.3
    return person


def _schooling(rng: Random, person: Person) -> None:
    """Set education level (文化程度) and school enrolment (在校生状况)."""
    age = person.age
    if age < 6:
        person.education = "学龄前儿童"
        person.enrolment = "学前教育" if age >= 4 else "非在校"
    elif age < 12:
        person.education, person.enrolment = "小学", "小学"
    elif age < WORKING_AGE:
        person.education, person.enrolment = "初中", _JUNIOR_STAGES[age]
    elif age <= 18 and person.relation != "户主" and rng.random() < 0.8:
        stages = _VOCATIONAL_STAGES if rng.random() < 0.4 else _SENIOR_STAGES
        person.education, person.enrolment = "高中", stages[age]
    elif age <= 22 and age > 18 and person.relation in {"子", "女"} and rng.random() < 0.3:
        person.education, person.enrolment = "大专及以上", "大专及以上"
    else:
        person.education = _adult_education(rng, age)


def _adult_education(rng: Random, age: int) -> str:
    """Return the education level of an adult who has left school; the old have less."""
    draw = rng.random()
    if age >= OLD_AGE:
        return "文盲或半文盲" if draw < 0.38 else "小学" if draw < 0.9 else "初中"
    if age >= 40:
        return "文盲或半文盲" if draw < 0.08 else "小学" if draw < 0.5 else "初中" if draw < 0.93 else "高中"
    return "小学" if draw < 0.15 else "初中" if draw < 0.75 else "高中" if draw < 0.9 or age < 21 else "大专及以上"


def _health(rng: Random, person: Person) -> None:
    """Set the health status (健康状况) and the disability certificate's kind and grade."""
    age = person.age
    ill = 0.03 if age < 40 else 0.14 if age < OLD_AGE else 0.32
    draw = rng.random()
    if draw < ill:
        person.health = "长期慢性病"
    elif draw < ill + 0.02:
        person.health = "大病"
    elif draw < ill + 0.02 + 0.06 and age >= 5:
        person.health = "残疾"
    elif draw < ill + 0.02 + 0.066 and age >= 45:
        person.health = "长期慢性病,残疾"
    if "残疾" in person.health:
        person.disability_kind = rng.choice((1, 2, 4, 4, 4, 5, 6, 7))
        person.disability_grade = rng.randint(1, 4)


def _labour(rng: Random, person: Person) -> None:
    """Set the labour capacity (劳动技能)."""
    studies = person.enrolment != "非在校"
    if person.age < WORKING_AGE or studies:
        return
    if person.age < ADULT and person.health != "健康":
        return
    if person.age >= OLD_AGE:
        person.labour = "丧失劳动力" if person.health != "健康" and rng.random() < 0.3 else "无劳动力"
    elif person.health == "健康":
        person.labour = "技能劳动力" if rng.random() < 0.07 else "普通劳动力"
    elif person.health == "大病" or (person.disability_grade in {1, 2}):
        person.labour = "丧失劳动力"
    else:
        person.labour = "普通劳动力" if rng.random() < 0.55 else "丧失劳动力"


def _work(rng: Random, person: Person) -> None:
    """Set where and how long the person worked in the year, and a public-welfare post (公益性岗位)."""
    able = person.labour in {"普通劳动力", "技能劳动力"}
    if able and person.health == "健康" and rng.random() < (0.4 if person.age < 50 else 0.18):
        person.work_region = rng.choice(("乡镇内", "乡镇外县内", "县外省内", "省外", "省外"))
        person.work_months = rng.randint(3, 11)
        away = 1500 if person.work_region in {"县外省内", "省外"} else 900
        person.wage = away + int(rng.random() * 16) * 50
    elif able and rng.random() < (0.09 if person.sex == FEMALE else 0.06):
        person.public_post = True
        person.work_region = "乡镇内"
        person.work_months = person.post_months = rng.randint(6, 12)
        person.wage = 500
