"""Who lives together: households of realistic composition, 2.7 persons on average."""

from dataclasses import dataclass
from random import Random
from typing import Final

YEAR: Final = 2016
MALE: Final = "男"
FEMALE: Final = "女"

_SIZES: Final = ((1, 0.22), (2, 0.28), (3, 0.21), (4, 0.17), (5, 0.08), (6, 0.04))

# Composition of a household by its number of persons: weight, span of the head's age, members beside the head.
_SHAPES: Final = {
    1: ((0.75, (58, 88), ()), (0.25, (32, 57), ())),
    2: (
        (0.55, (52, 84), ("spouse",)),
        (0.25, (34, 62), ("child",)),
        (0.12, (60, 78), ("grandchild",)),
        (0.08, (38, 58), ("parent",)),
    ),
    3: (
        (0.62, (28, 58), ("spouse", "child")),
        (0.14, (36, 58), ("spouse", "parent")),
        (0.14, (32, 54), ("child", "child")),
        (0.10, (58, 76), ("spouse", "grandchild")),
    ),
    4: (
        (0.60, (30, 52), ("spouse", "child", "child")),
        (0.25, (32, 54), ("spouse", "child", "parent")),
        (0.15, (52, 70), ("spouse", "son", "son_wife")),
    ),
    5: (
        (0.60, (32, 52), ("spouse", "child", "child", "parent")),
        (0.40, (52, 70), ("spouse", "son", "son_wife", "grandchild")),
    ),
    6: (
        (0.50, (34, 50), ("spouse", "child", "child", "father", "mother")),
        (0.50, (54, 70), ("spouse", "son", "son_wife", "grandchild", "grandchild")),
    ),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One member: relation to the head (与户主关系), sex, age on 2016-12-31 (years), side of the family.

    own_blood  takes the head's family name
    """

    relation: str
    sex: str
    age: int
    own_blood: bool


def choose(rng: Random, weighted: tuple[tuple[object, float], ...]) -> int:
    """Return the position drawn from (value, weight) pairs whose weights add up to one."""
    draw = rng.random()
    for position, (_, weight) in enumerate(weighted):
        draw -= weight
        if draw < 0:
            return position
    return len(weighted) - 1


def household_sizes(rng: Random, households: int, persons: int) -> list[int]:
    """Draw the sizes of so many households that have so many persons together."""
    sizes = [_SIZES[choose(rng, _SIZES)][0] for _ in range(households)]
    least, most = _SIZES[0][0], _SIZES[-1][0]
    assert least * households <= persons <= most * households
    missing = persons - sum(sizes)
    while missing:
        number = rng.randrange(households)
        step = 1 if missing > 0 else -1
        if least <= sizes[number] + step <= most:
            sizes[number] += step
            missing -= step
    return sizes


def members_of_household(rng: Random, size: int | None = None) -> list[Member]:
    """Draw one household, its head (户主) first, with relations that fit sex and age.

    size  how many persons it has; None: drawn as well
    """
    size = size or _SIZES[choose(rng, _SIZES)][0]
    shapes = _SHAPES[size]
    _, span, roles = shapes[choose(rng, tuple((shape, shape[0]) for shape in shapes))]
    age = rng.randint(*span)
    male_head = rng.random() < (0.9 if "spouse" in roles else 0.68)
    head = Member("户主", MALE if male_head else FEMALE, age, own_blood=True)
    members = [head]
    for role in roles:
        members.append(_member(rng, role, head, members))
    return members


def _member(rng: Random, role: str, head: Member, earlier: list[Member]) -> Member:
    """Draw one member for a role; children's ages follow the younger parent's."""
    other = FEMALE if head.sex == MALE else MALE
    match role:
        case "spouse":
            return Member("配偶", other, max(23, head.age + rng.randint(-6, 4)), own_blood=False)
        case "son":
            return Member("子", MALE, _child_age(rng, head, least=24), own_blood=True)
        case "son_wife":
            return Member("儿媳", FEMALE, max(22, earlier[-1].age + rng.randint(-4, 2)), own_blood=False)
        case "grandchild":
            return _grandchild(rng, head, earlier)
        case "child":
            sex = rng.choice((MALE, FEMALE))
            return Member("子" if sex == MALE else "女", sex, _child_age(rng, head, least=0), own_blood=True)
        case _:
            return _parent(rng, role, head)


def _child_age(rng: Random, head: Member, least: int) -> int:
    """Return a child's age: 22 to 36 years below the head's, at least `least`."""
    return max(least, min(45, head.age - rng.randint(22, 36)))


def _grandchild(rng: Random, head: Member, earlier: list[Member]) -> Member:
    """Draw a grandchild, of the son who lives here, else of a child who is away."""
    sex = rng.choice((MALE, FEMALE))
    son = next((member for member in earlier if member.relation == "子"), None)
    age = max(0, son.age - rng.randint(22, 28)) if son else max(2, min(15, head.age - rng.randint(48, 60)))
    daughters = son is None and rng.random() < 0.25
    relation = {
        (MALE, False): "孙子",
        (FEMALE, False): "孙女",
        (MALE, True): "外孙子",
        (FEMALE, True): "外孙女",
    }[sex, daughters]
    return Member(relation, sex, age, own_blood=not daughters)


def _parent(rng: Random, role: str, head: Member) -> Member:
    """Draw a parent of the head, or of the head's spouse when the head is a woman with a husband."""
    mother = role == "mother" or (role == "parent" and rng.random() < 0.65)
    age = min(92, head.age + rng.randint(20, 32))
    sex = FEMALE if mother else MALE
    if head.sex == FEMALE:
        return Member("婆婆" if mother else "公公", sex, age, own_blood=False)
    return Member("母" if mother else "父", sex, age, own_blood=not mother)
