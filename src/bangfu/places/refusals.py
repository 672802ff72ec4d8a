"""Why a row of a list of places is refused, each reason with its code, its column and its sentence."""

from enum import Enum

from bangfu.kernel.texts import Text


class Refusal(Enum):
    """A reason of refusal: code, column, sentence; %(...)s places are filled from the row."""

    CODE_MISSING = (
        "BF331",
        "code",
        Text(zh="缺少区划代码。请补填代码。", en="The code is missing. Fill it in."),
    )
    CODE_MALFORMED = (
        "BF332",
        "code",
        Text(
            zh="代码%(code)s不是2、4、6、9或12位数字。请改为统计用区划代码。",
            en="%(code)s is not a code of 2, 4, 6, 9 or 12 digits like the others of this list. Correct it.",
        ),
    )
    CODE_TWICE = (
        "BF333",
        "code",
        Text(
            zh="代码%(code)s在第%(first)s行已出现。请删去重复的一行。",
            en="The code %(code)s stands in row %(first)s already. Delete one of the two rows.",
        ),
    )
    TWO_PARENTS = (
        "BF334",
        "parent",
        Text(
            zh="代码%(code)s在本表中有两个不同的上级。请只保留正确的一行。",
            en="The code %(code)s has two different parents in this list. Keep the row that is right.",
        ),
    )
    NAME_MISSING = (
        "BF335",
        "name",
        Text(
            zh="缺少名称，或名称过长、含有控制字符。请补填或改正名称。",
            en="The name is missing, too long, or holds control characters. Write the official name.",
        ),
    )
    LEVEL_UNKNOWN = (
        "BF336",
        "level",
        Text(
            zh="不认识的级别“%(level)s”。请填写省、市、县、乡、村或1至5。",
            en="The level %(level)s is not known. Write province, city, county, town or village, or 1 to 5.",
        ),
    )
    LEVEL_CHANGED = (
        "BF337",
        "level",
        Text(
            zh="代码%(code)s已登记为另一级别。级别变更须使用新代码，并在原代码填写后继代码。",
            en="The code %(code)s is registered at another level. A place of another level takes a new code: "
            "name it as the successor of the old one.",
        ),
    )
    PARENT_UNKNOWN = (
        "BF338",
        "parent",
        Text(
            zh="上级%(parent)s既不在本表中，也未登记。请先登记上级或改正代码。",
            en="The parent %(parent)s is neither in this list nor registered. Add it, or correct the code.",
        ),
    )
    PARENT_REFUSED = (
        "BF339",
        "parent",
        Text(
            zh="上级%(parent)s所在的行被退回，本行随之退回。请先改正那一行。",
            en="The row of the parent %(parent)s was refused, so this one cannot stand. Correct that row first.",
        ),
    )
    PARENT_NOT_ABOVE = (
        "BF340",
        "parent",
        Text(
            zh="上级%(parent)s的级别不高于本级。请改正级别或上级。",
            en="The parent %(parent)s is not of a higher level. Correct the level or the parent.",
        ),
    )
    PARENT_CIRCLE = (
        "BF341",
        "parent",
        Text(
            zh="上级关系首尾相接：%(code)s沿上级又回到自己。请改正上级。",
            en="The parents run in a circle: from %(code)s up they lead back to itself. Correct the parent.",
        ),
    )
    DAY_UNREADABLE = (
        "BF342",
        "valid_from",
        Text(
            zh="日期无法识别，或启用日期晚于停用日期。请按2020-01-31的写法改正。",
            en="A day cannot be read, or the first lies after the last. Write days like 2020-01-31.",
        ),
    )
    SUCCESSOR_UNKNOWN = (
        "BF343",
        "successor",
        Text(
            zh="后继%(successor)s既不在本表中，也未登记。请先登记后继或改正代码。",
            en="The successor %(successor)s is neither in this list nor registered. Add it, or correct the code.",
        ),
    )
    SUCCESSOR_CIRCLE = (
        "BF344",
        "successor",
        Text(
            zh="后继关系首尾相接：%(code)s沿后继又回到自己。请改正后继代码。",
            en="The successors run in a circle: from %(code)s they lead back to itself. Correct the successor.",
        ),
    )
    OUTSIDE = (
        "BF345",
        "code",
        Text(
            zh="%(code)s不在您的权限范围内。请交由上级登记。",
            en="%(code)s is outside your area. Ask the office above to load it.",
        ),
    )
