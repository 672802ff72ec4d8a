"""What the measuring commands share: shares, lines and weights as people write them."""

from fractions import Fraction
from typing import Any, Final

from rich.table import Table

from bangfu.analysis.measures.line import MEAN, MEDIAN, Line
from bangfu.cli.words import phrase
from bangfu.kernel.errors.tables import OptionUnusable
from bangfu.kernel.texts import Text

PER_CENT: Final = 100
LARGEST_SHARE: Final = 10
"""A plain number above this is no share of a median: 60 was meant as 60%."""
NUMBER: Final = Text("一个数", "a number")
ONE_LINE: Final = Text(
    "--line、--line-median、--line-mean 三者之一", "one line: --line, --line-median or --line-mean, not several"
)
SHARE: Final = Text("大于0的份额，如 0.6 或 60%", "a share above zero, such as 0.6 or 60%")
LARGE: Final = 100_000
DUST: Final = 1e-12
"""What is left when two equal figures are subtracted."""
SHOWN_GROUPS: Final = 40


def fraction(option: str, text: str, wanted: Text = NUMBER) -> Fraction:
    """Return a number written as 0.33, 1/3 or 33%; raises OptionUnusable."""
    written = text.strip()
    try:
        if written.endswith("%"):
            return Fraction(written[:-1].strip()) / PER_CENT
        return Fraction(written)
    except (ValueError, ZeroDivisionError) as problem:
        raise OptionUnusable(option=option, given=text, wanted=wanted) from problem


def line_of(fixed: str | None, of_median: str | None, of_mean: str | None, *, at_or_below: bool) -> Line | None:
    """Return the line that the options ask for, None where none does; raises OptionUnusable."""
    given = [text for text in (fixed, of_median, of_mean) if text is not None]
    if len(given) > 1:
        raise OptionUnusable(option="--line", given=", ".join(given), wanted=ONE_LINE)
    if fixed is not None:
        return Line(float(fraction("--line", fixed)), at_or_below=at_or_below)
    for option, text, of in (("--line-median", of_median, MEDIAN), ("--line-mean", of_mean, MEAN)):
        if text is not None:
            share = fraction(option, text, SHARE)
            if not 0 < share <= LARGEST_SHARE:
                raise OptionUnusable(option=option, given=text, wanted=SHARE)
            return Line(share=float(share), of=of, at_or_below=at_or_below)
    return None


def rows_sentence(result: dict[str, Any]) -> str:
    """Tell in one sentence what became of the rows, and what the standard errors rest on where there are any."""
    rows, design = result["rows"], result.get("design")
    dropped = ", ".join(
        f"{reason.removesuffix('_missing')} {count}" for reason, count in rows["dropped"].items() if count
    )
    told = phrase(
        "共 %(read)s 行，使用 %(used)s 行（缺失剔除：%(dropped)s）",
        "%(read)s rows, %(used)s used (left out: %(dropped)s)",
        **{**rows, "dropped": dropped or phrase("无", "none")},
    )
    if design:
        told += phrase("；%(strata)s 层、%(clusters)s 个群", "; %(strata)s strata, %(clusters)s clusters", **design)
    if design and design["single_cluster_strata"]:
        told += phrase(
            "；%(count)s 个层只有一个群，按与零的差距计入方差（偏保守）",
            "; %(count)s strata have a single cluster, which is compared with zero (errs on the safe side)",
            count=design["single_cluster_strata"],
        )
    if rows["without_group"]:
        told += phrase("；%(count)s 行没有分组", "; %(count)s rows are in no group", count=rows["without_group"])
    return told


def shown(value: float | None) -> str:
    """Return a figure with six digits, large ones whole; a dash for what is not known."""
    if value is None:
        return "—"
    if abs(value) >= LARGE:
        return f"{value:,.0f}"
    return f"{value if abs(value) > DUST else 0:,.6g}"


def groups_table(groups: dict[str, Any], columns: dict[str, str]) -> Table:
    """Return a table of the first groups with chosen indices under their titles."""
    table = Table(phrase("分组", "Group"), phrase("样本", "Sample"), *columns.values(), box=None)
    for name, one in list(groups.items())[:SHOWN_GROUPS]:
        table.add_row(name, str(one["sample"]), *(shown(one[index]["value"]) for index in columns))
    return table
