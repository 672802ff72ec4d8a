"""Invented names of places and persons that read like real ones."""

from random import Random
from typing import Final

PROVINCE: Final = "云溪省"
CITY: Final = "岚禾市"
COUNTIES: Final = (
    "澄屏县",
    "霁川县",
    "楸岭县",
    "砚湖县",
    "岫原县",
    "芷坪县",
    "鹭浦县",
    "榆麓县",
    "皓泉县",
    "苇塘县",
    "墨岭县",
    "蕙川县",
    "桐坞县",
)
COUNTY: Final = COUNTIES[0]

_FIRST: Final = "青白石松竹杏桃柳枫云鹿鹤龙凤金银玉清双长高古新红黄乌沙杨梅莲桂兰霜雨雾"
_SECOND: Final = "田石竹树家门头口平水林山花羊马牛楼台"
_LAST: Final = "溪岭坪坝湾桥塘垭坳沟坡寨冲井岩泉滩源垄"

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_RARE_SURNAMES: Final = ("贠", "欧阳", "上官", "诸葛", "禤", "仝", "逄")
_MALE: Final = "伟强军勇杰涛明超刚平辉健俊帆文斌国志海永建华德光福生贵全兴荣宝成友富根旺山林松柏"
_FEMALE: Final = "芳娜敏静丽艳娟霞秀兰英华慧巧美珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁"
_NEUTRAL: Final = "春梅玉云雪晓小红金银文明新冬子思嘉一宇佳欣雨昱䶮祎"

_DOTTED_FIRST: Final = (
    "阿依",
    "买买提",
    "吐尔逊",
    "古丽",
    "艾合",
    "帕提",
    "努尔",
    "玉素甫",
    "热依",
    "沙木",
    "赛福",
    "迪丽",
)
_DOTTED_LAST: Final = ("麦提", "吐鲁", "阿不都", "库尔班", "艾山", "依明", "肉孜", "司马义", "玉山", "尼牙孜")

_RARE_SURNAME_SHARE: Final = 0.012
_ONE_CHARACTER_SHARE: Final = 0.28
DOT: Final = "·"


def place_names(rng: Random, count: int) -> list[str]:
    """Return `count` different stems of place names of two or three characters, without 村 or 镇."""
    stems: dict[str, None] = {}
    while len(stems) < count:
        middle = rng.choice(_SECOND) if rng.random() < 0.4 else ""
        stems[rng.choice(_FIRST) + middle + rng.choice(_LAST)] = None
    return list(stems)


def surname(rng: Random) -> str:
    """Return a family name (姓), seldom a rare or double one; the common ones come more often."""
    if rng.random() < _RARE_SURNAME_SHARE:
        return rng.choice(_RARE_SURNAMES)
    return _SURNAMES[int(len(_SURNAMES) * rng.random() ** 1.8)]


def given_name(rng: Random, sex: str) -> str:
    """Return a given name (名) of one or two characters that suits the sex (男 or 女)."""
    own = _MALE if sex == "男" else _FEMALE
    last = rng.choice(own)
    if rng.random() < _ONE_CHARACTER_SHARE:
        return last
    return rng.choice(_NEUTRAL + own) + last


def dotted_name(rng: Random) -> str:
    """Return a name with a middle dot, as some peoples (少数民族) write theirs."""
    return rng.choice(_DOTTED_FIRST) + DOT + rng.choice(_DOTTED_LAST)
