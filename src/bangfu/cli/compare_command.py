"""The command that compares lists of other departments."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bangfu.cli.door import call
from bangfu.cli.options import Json

Kind = Annotated[
    str,
    typer.Option(
        "--as",
        help="名单类型 Kind: vehicles, companies, housing, payroll, deaths, allowances, disability, insurance, "
        "enrolment, house_grades, medical_bills.",
    ),
]
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="名单截止日期 When it was true.")]
Place = Annotated[str | None, typer.Option(help="区划代码，默认全部 Code of a place (default: all).")]
Office = Annotated[str, typer.Option(help="提供名单的部门 Whose list it is.")]
Programme = Annotated[str | None, typer.Option(help="方案 Programme (default: the national one of the day).")]
NegativeList = Annotated[str | None, typer.Option(help="适用的负面清单 The local negative list in force.")]
Complete = Annotated[
    bool, typer.Option("--complete", help="名单是全县的，不在其中的也要核实 Of the whole county: ask who is missing.")
]
IdsOnly = Annotated[bool, typer.Option("--ids-only", help="只按证件号码比对 By identity number alone.")]
By = Annotated[str | None, typer.Option("--by", help="演示环境中以谁的身份 Who acts, in a demonstration home.")]


def compare(
    file: Path,
    *,
    kind: Kind,
    on: Day = None,
    place: Place = None,
    office: Office = "",
    programme: Programme = None,
    negative_list: NegativeList = None,
    complete: Complete = False,
    ids_only: IdsOnly = False,
    by: By = None,
    as_json: Json = False,
) -> None:
    """部门数据比对，每个命中开一条疑点，不改变任何状态。 Compare a list; each hit is a lead, no status changes."""
    rules = {"office": office, "programme": programme, "negative_list": negative_list}
    call(
        "compare",
        as_json=as_json,
        file=file,
        kind=kind,
        on=on.date() if on else None,
        place=place,
        options={**rules, "complete": complete, "ids_only": ids_only},
        name=by,
    )
