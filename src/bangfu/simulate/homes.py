"""What is true of a household's house, water, amenities, land and standing."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from bangfu.simulate.people import OLD_AGE, Person

ABLE: Final = frozenset({"普通劳动力", "技能劳动力"})
SAFE: Final = "有安全住房"
_STRUCTURES: Final = ("砖混", "砖瓦砖木", "砖瓦砖木", "钢筋混凝土", "竹草土坯")


@dataclass(slots=True)
class Home:
    """Facts of a household's home and land.

    floor_dm2   floor area, square decimetres; land in hundredths of a mu; road_m metres
    grade       有安全住房, C级 or D级
    """

    floor_dm2: int
    structure: str
    built_year: int
    grade: str
    water_safe: bool
    water_difficult: bool
    toilet: bool
    television: bool
    power: bool
    production_power: bool
    fuel: str
    road_type: str
    road_m: int
    cultivated: int
    irrigated: int
    forest: int
    returned: int
    orchard: int
    pasture: int
    water_area: int
    cooperative: bool
    enterprise: bool
    leader: bool
    relocated: bool
    relocation_mode: str = ""
    resettlement: str = ""
    resettlement_place: str = ""


def draw_home(rng: Random, heads: int, *, unsafe: bool, water: bool) -> Home:
    """Draw the home of a household of so many heads.

    unsafe  the house is of grade C or D
    water   drinking water is safe
    """
    structure = "竹草土坯" if unsafe and rng.random() < 0.6 else rng.choice(_STRUCTURES)
    cultivated = rng.randint(0, 40) * 10 + heads * rng.randint(20, 160)
    home = Home(
        floor_dm2=rng.randint(30, 60) * 100 + heads * rng.randint(6, 24) * 100,
        structure=structure,
        built_year=rng.randint(1962, 1990) if unsafe else rng.randint(1978, 2015),
        grade=rng.choice(("C级", "D级")) if unsafe else SAFE,
        water_safe=water,
        water_difficult=not water and rng.random() < 0.4,
        toilet=rng.random() < 0.45,
        television=rng.random() < 0.94,
        power=True,
        production_power=rng.random() < 0.8,
        fuel=rng.choice(("柴草", "柴草", "煤炭", "清洁能源")),
        road_type=rng.choice(("泥土路", "砂石路", "水泥路", "水泥路", "沥青路")),
        road_m=rng.randint(0, 48) * 100,
        cultivated=cultivated,
        irrigated=cultivated * rng.randint(0, 80) // 100,
        forest=rng.randint(0, 60) * 50,
        returned=rng.randint(0, 30) * 10 if rng.random() < 0.2 else 0,
        orchard=rng.randint(0, 40) * 10 if rng.random() < 0.25 else 0,
        pasture=0,
        water_area=rng.randint(0, 20) * 5 if rng.random() < 0.1 else 0,
        cooperative=rng.random() < 0.22,
        enterprise=rng.random() < 0.1,
        leader=rng.random() < 0.08,
        relocated=not unsafe and water and rng.random() < 0.07,
    )
    if home.relocated:
        _relocate(rng, home, heads)
    return home


def _relocate(rng: Random, home: Home, heads: int) -> None:
    """Give a relocated household its new house, of 25 square metres a head at most."""
    home.floor_dm2 = heads * rng.randint(20, 25) * 100
    home.structure, home.built_year = "砖混", 2016
    home.relocation_mode = rng.choice(("自然村整体搬迁", "个别搬迁"))
    home.resettlement = rng.choice(("集中安置", "分散安置"))
    home.resettlement_place = rng.choice(("县城", "乡镇", "村内"))


def household_kind(rng: Random, people: Sequence[Person]) -> str:
    """Return the attribute of the household (贫困户属性): old people alone come under 五保, weak ones under 低保."""
    able = sum(p.labour in ABLE for p in people)
    if len(people) == 1 and people[0].age >= OLD_AGE and rng.random() < 0.35:
        return "五保户"
    if able == 0 and rng.random() < 0.6:
        return "低保贫困户"
    return "低保贫困户" if rng.random() < 0.1 else "一般贫困户"


def causes(rng: Random, people: Sequence[Person]) -> tuple[str, str]:
    """Return the main cause of poverty (主要致贫原因) and another one or none, each true of the members."""
    able = sum(p.labour in ABLE for p in people)
    found = []
    if any("残疾" in p.health for p in people):
        found.append("因残")
    if any("慢性病" in p.health or p.health == "大病" for p in people):
        found.append("因病")
    if any(p.enrolment not in {"非在校", "学前教育"} for p in people):
        found.append("因学")
    if able * 4 <= len(people):
        found.append("缺劳力")
    if able:
        found += ["缺技术", "缺资金"]
    found += rng.sample(("因灾", "缺土地", "缺水", "交通条件落后", "自身发展动力不足"), 1)
    main = found[int(len(found) * rng.random() ** 1.5)]
    others = [cause for cause in found if cause != main]
    return main, rng.choice(others) if rng.random() < 0.5 else ""
