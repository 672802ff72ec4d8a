"""Give the people of a demonstration their posts in the place that was loaded."""

from datetime import date
from typing import Final

from django.db import transaction

from bangfu.access.acting import login
from bangfu.access.actions.add_person import record_person
from bangfu.access.actions.grant_role import record_grant
from bangfu.access.founding import Founder
from bangfu.access.models import Person
from bangfu.access.roles import Role
from bangfu.audit.actions import lock_chain
from bangfu.kernel.errors.access import NotYourName
from bangfu.kernel.home import Home
from bangfu.places.models import Place
from bangfu.places.scope import COUNTRY

_SINCE: Final = date(2000, 1, 1)
DEMO_POSTS: Final[dict[str, tuple[Role, str]]] = {
    "吴信息": (Role.VILLAGE_CLERK, "village"),
    "郑乡镇": (Role.TOWN_CLERK, "town"),
    "钱市办": (Role.CITY_MANAGER, "city"),
    "冯联络": (Role.ASSISTING_UNIT, "village"),
    "何财政": (Role.FINANCE_MAKER, "county"),
    "贫困户代表": (Role.HOUSEHOLD, "village"),
}
"""Name, role and level of the post; each stands in the line from the village up."""


@transaction.atomic
def post_demo_people(*, village: int, household: int) -> None:
    """Create the made-up cadres of a village and the places above it, and a member of one household (演示岗位).

    Calling it again changes nothing: who is there keeps the post.

    village    number of the village in which they work
    household  the household whose member may look at it
    Raises     NotYourName in an office home, which has real people only
    """
    if not Home.current().demo:
        raise NotYourName(login=login())
    place = Place.objects.get(number=village)
    at = {"village": village, "town": place.town, "county": place.county, "city": place.city or place.county}
    lock_chain(COUNTRY)
    present = set(Person.objects.filter(name__in=DEMO_POSTS).values_list("name", flat=True))
    for name, (role, level) in DEMO_POSTS.items():
        if name in present:
            continue
        person = record_person(by=Founder(), name=name, os_login=None)
        about = household if role is Role.HOUSEHOLD else None
        record_grant(by=Founder(), person=person, role=role, place=at[level], days=(_SINCE, None), household=about)
