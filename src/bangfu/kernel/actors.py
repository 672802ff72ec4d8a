"""Who acts: the protocol by which every floor asks for permission.

The registers below `access` need to ask "may this person do this here?" without knowing grants.
They take an `Actor`; `access` supplies the real one.
"""

from enum import StrEnum
from typing import Final, Protocol

from bangfu.kernel.errors.access import NotPermitted
from bangfu.kernel.texts import Text


class Can(StrEnum):
    """The rights that a role may carry. A verb asks for exactly one of them."""

    LOAD_PLACES = "places.load"
    GRANT = "access.grant"
    STAGE_IMPORT = "import.stage"
    APPROVE_IMPORT = "import.approve"
    UNDO_IMPORT = "import.undo"
    READ_PLACES = "places.read"
    READ_REGISTER = "register.read"
    READ_OWN = "household.read_own"
    REVEAL = "identity.reveal"
    FREEZE = "snapshot.freeze"
    RUN = "analysis.run"
    VERIFY = "audit.verify"
    OPEN_CASES = "case.open"
    WORK_VILLAGE = "case.village"
    WORK_TOWN = "case.town"
    WORK_COUNTY = "case.county"
    WORK_CITY = "case.city"
    WORK_PROVINCE = "case.province"
    APPROVE_CASES = "case.approve"
    POST_NOTICES = "notice.post"
    HEAR = "objection.hear"
    COMPARE = "list.compare"
    HEAR_HOUSEHOLD = "household.hear"
    DECIDE_HIT = "hit.decide"


class Actor(Protocol):
    """A person who acts under grants.

    person_id  the person, distinct from any account
    name       how audit entries and messages call the person; never an identity number
    """

    @property
    def person_id(self) -> int:
        """The number of the person in the people table."""
        ...

    @property
    def name(self) -> str:
        """The person's short name for messages and the audit log."""
        ...

    def may(self, permission: Can, place: int) -> bool:
        """Tell whether a live grant allows `permission` in the place with this number."""
        ...


COUNTRY_NAME: Final = Text(zh="全国", en="the whole country")
RIGHT_NAMES: Final = {
    Can.LOAD_PLACES: Text(zh="登记区划", en="load places"),
    Can.GRANT: Text(zh="授予角色", en="give roles"),
    Can.STAGE_IMPORT: Text(zh="导入台账", en="import ledgers"),
    Can.APPROVE_IMPORT: Text(zh="审批入库", en="approve imports"),
    Can.UNDO_IMPORT: Text(zh="撤销批次", en="undo imports"),
    Can.READ_REGISTER: Text(zh="查看登记数据", en="read the register"),
    Can.READ_PLACES: Text(zh="查看区划与指标", en="see places and their figures"),
    Can.READ_OWN: Text(zh="查看本户信息", en="see their own household"),
    Can.REVEAL: Text(zh="查看完整证件号码", en="see masked values in full"),
    Can.FREEZE: Text(zh="冻结快照", en="freeze snapshots"),
    Can.RUN: Text(zh="运行识别", en="run programmes"),
    Can.VERIFY: Text(zh="核验", en="verify"),
    Can.OPEN_CASES: Text(zh="发起事项", en="open cases"),
    Can.WORK_VILLAGE: Text(zh="办理村级步骤", en="take the village's steps"),
    Can.WORK_TOWN: Text(zh="办理乡镇步骤", en="take the town's steps"),
    Can.WORK_COUNTY: Text(zh="办理县级步骤", en="take the county's steps"),
    Can.WORK_CITY: Text(zh="办理市级步骤", en="take the city's steps"),
    Can.WORK_PROVINCE: Text(zh="办理省级以上步骤", en="take the steps of province and nation"),
    Can.APPROVE_CASES: Text(zh="县级审定", en="approve cases for the county"),
    Can.POST_NOTICES: Text(zh="张贴公示公告", en="post notices"),
    Can.HEAR: Text(zh="受理异议申诉", en="hear objections"),
    Can.COMPARE: Text(zh="数据比对", en="compare lists"),
    Can.HEAR_HOUSEHOLD: Text(zh="登记农户授权和说明", en="record what a household signs and says"),
    Can.DECIDE_HIT: Text(zh="处理疑点", en="decide hits"),
}


def require(actor: Actor, permission: Can, place: int) -> None:
    """Refuse the verb unless the actor may do it at the place.

    place   number of the place (12-digit code where China), 0 the whole country
    Raises  NotPermitted
    """
    if not actor.may(permission, place):
        raise NotPermitted(actor=actor.name, permission=RIGHT_NAMES[permission], place=place or COUNTRY_NAME)
