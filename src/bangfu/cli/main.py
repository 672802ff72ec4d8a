"""All commands: their names, options and help. What they do stands in `verbs`."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bangfu.cli.compare_command import compare
from bangfu.cli.door import call
from bangfu.cli.options import As, Json
from bangfu.cli.people_commands import people
from bangfu.cli.serve_command import serve
from bangfu.cli.table_commands import growth, measure, mpi
from bangfu.kernel.memory import SPARING

app = typer.Typer(
    name="bangfu",
    help="帮扶 bangfu: the register, rules and reasons of a targeted anti-poverty programme.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
places = typer.Typer(help="区划 Places: the dated tree of divisions.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(places, name="places")
app.add_typer(people, name="people")
for _command in (measure, mpi, growth, serve, compare):
    app.command()(_command)

Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="日期 The day, YYYY-MM-DD.")]


@app.command()
def init(
    *,
    office: Annotated[
        bool, typer.Option("--office", help="正式环境，不是演示 A real office, no demonstration.")
    ] = False,
    name: Annotated[
        str | None, typer.Option(help="正式环境首任安全管理员的姓名 Name of an office's first security administrator.")
    ] = None,
    as_json: Json = False,
) -> None:
    """建立数据目录。 Make the home that BANGFU_HOME names."""
    call("init", as_json=as_json, home=False, office=office, name=name)


@app.command()
def simulate(
    *,
    size: Annotated[str, typer.Option(help="hamlet, county, city, nation.")] = "county",
    seed: Annotated[int, typer.Option(help="随机种子 The same seed gives the same files.")] = 1,
    out: Annotated[Path, typer.Option(help="输出目录 Folder for the files.")],
    damaged: Annotated[
        int | None,
        typer.Option(
            min=0, max=100, help="另写比对名单，百分之几姓名或证号有误 Lists to compare with; percent of rows damaged."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """生成虚构地区的台账；nation 为分省 Parquet 表（2 GB）。 Write the ledgers of a fictional place with known truth.

    nation 只有数字，没有姓名，不能导入。 The nation is Parquet by province (2 GB): numbers only, for analysis.
    """
    call("simulate", as_json=as_json, home=False, size=size, seed=seed, out=out, damaged=damaged)


@places.command("load")
def places_load(file: Path, *, as_: As = None, as_json: Json = False) -> None:
    """登记区划（CSV）。 Load places: code, name, level, parent [, valid_from, valid_to, successor, aliases]."""
    call("places_load", as_json=as_json, file=file, name=as_)


@places.command("outline")
def places_outline(file: Path, *, as_: As = None, as_json: Json = False) -> None:
    """登记区划轮廓（GeoJSON），供地图使用。 Load outlines for maps: GeoJSON whose features have a `code`."""
    call("places_outline", as_json=as_json, file=file, name=as_)


@app.command("import")
def import_(
    paths: list[Path],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对，不保存 Check only, keep nothing.")] = False,
    approve_as: Annotated[
        str | None,
        typer.Option("--approve-as", help="演示环境：由此人审批入库 Demonstration home: this person approves at once."),
    ] = None,
    returned: Annotated[
        Path | None,
        typer.Option(
            "--returned", help="退回表存放目录 Folder for the returned workbooks (default: beside the batch)."
        ),
    ] = None,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """导入台账，等待审批。 Import ledgers: read, check, compare; a second person approves."""
    os.environ.update(SPARING)
    call(
        "import_files",
        as_json=as_json,
        paths=paths,
        dry_run=dry_run,
        approve_as=approve_as,
        returned=returned,
        name=as_,
        progress=not as_json,
    )


@app.command()
def approve(batch: int, *, as_: As = None, as_json: Json = False) -> None:
    """审批并入库一个批次。 Approve a batch as a second person and apply it."""
    call("approve", as_json=as_json, batch=batch, name=as_)


@app.command()
def undo(batch: int, *, as_: As = None, as_json: Json = False) -> None:
    """撤销一个批次。 Undo an applied batch."""
    call("undo", as_json=as_json, batch=batch, name=as_)


@app.command()
def snapshot(
    *,
    on: Day,
    known: Annotated[
        datetime | None,
        typer.Option("--known", formats=["%Y-%m-%d"], help="截至哪天所知 Known up to this day (default today)."),
    ] = None,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """冻结快照。 Freeze the register: as true on a day, as known on a day."""
    call("snapshot", as_json=as_json, on=on.date(), known=known.date() if known else None, name=as_)


@app.command()
def identify(
    *,
    programme: Annotated[str, typer.Option(help="方案 Programme: cn_2014, gd_2016, cn_2021, cn_2026.")],
    on: Day,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """按方案识别，并记录每一条理由。 Find who is poor under a programme's rules, each household with its reason."""
    call("identify", as_json=as_json, programme=programme, on=on.date(), name=as_)


@app.command()
def explain(
    household_no: str,
    *,
    run: Annotated[str | None, typer.Option(help="哪次运算 Which run (default: the latest).")] = None,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """说明一户的结果与理由。 Tell why a household got its outcome, and which fact would change it."""
    call("explain", as_json=as_json, household_no=household_no, run_name=run, name=as_)


@app.command()
def indices(
    run: Annotated[str | None, typer.Argument(help="哪次运算 Which run (default: the latest).")] = None,
    *,
    line: Annotated[str | None, typer.Option(help="贫困线，元/人·年 Another line, yuan a year.")] = None,
    by: Annotated[str | None, typer.Option(help="village, town, county, city, province, 或字段 or a field.")] = None,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """登记户的贫困与不平等指数。 Poverty and inequality of a run's households, by place or group."""
    call("indices", as_json=as_json, run_name=run, line=line, by=by, name=as_)


@app.command("what-if")
def what_if(
    run: Annotated[str | None, typer.Argument(help="哪次运算 Which run (default: the latest).")] = None,
    *,
    line: Annotated[str | None, typer.Option(help="识别标准，元/人·年 The line, yuan per person a year.")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="其他参数 NAME=VALUE Another parameter, as people read it.")
    ] = None,
    item: Annotated[
        list[str] | None,
        typer.Option(help="收入项目 NAME=add|subtract|exclude An income item: counted, taken off or left out."),
    ] = None,
    also: Annotated[list[str] | None, typer.Option(help="符合即识别 Alone enough.")] = None,
    only_if: Annotated[list[str] | None, typer.Option("--only-if", help="还须符合 Must hold besides.")] = None,
    top_up: Annotated[
        str | None, typer.Option("--top-up", help="补到标准填 line，或每人每年元数 line, or yuan per person a year.")
    ] = None,
    budget: Annotated[str | None, typer.Option(help="补助总额，元 Yuan a year, poorest first.")] = None,
    by: Annotated[str | None, typer.Option(help="分组字段 Group by this field.")] = None,
    truth: Annotated[Path | None, typer.Option(help="实情表 CSV：household_no, poor What is known to be true.")] = None,
    households: Annotated[bool, typer.Option("--households", help="列出变化的户 List who changes.")] = False,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """政策模拟：调整标准后谁进谁出。 Who would come in and drop out under other rules; writes nothing."""
    lists = {"set_": set_, "items": item, "also": also, "only_if": only_if}
    asked = {**{key: tuple(given or ()) for key, given in lists.items()}, "line": line, "top_up": top_up}
    call(
        "what_if",
        as_json=as_json,
        run_name=run,
        asked=asked | {"budget": budget},
        by=by,
        truth=truth,
        listed=households,
        name=as_,
    )


@app.command()
def quality(*, on: Day, as_: As = None, as_json: Json = False) -> None:
    """数据质量核查。 Check the register against the data-quality catalogue."""
    call("quality", as_json=as_json, on=on.date(), name=as_)


@app.command()
def export(
    out: Path,
    *,
    place: Annotated[str | None, typer.Option(help="区划代码，默认全部 Code of a place (default: all).")] = None,
    reveal: Annotated[
        bool,
        typer.Option(
            "--reveal", help="含证件号码和电话，记入审计 With ID numbers and phones; noted in the audit chain."
        ),
    ] = False,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """导出名册（Excel），改后可再导入。 Export the roster to Excel; edited, it can be imported again."""
    call("export", as_json=as_json, out=out, place=place, reveal=reveal, name=as_)


@app.command()
def recompute(run: str, *, as_json: Json = False) -> None:
    """复算一次运算并逐字节比对。 Compute a run again and compare every byte."""
    call("recompute", as_json=as_json, run_name=run)


@app.command()
def verify(*, as_: As = None, as_json: Json = False) -> None:
    """核验审计链、快照和运算。 Verify the audit chain, the register, snapshots and runs."""
    call("verify", as_json=as_json, name=as_)


@app.command()
def demo(
    *,
    size: Annotated[str, typer.Option(help="hamlet, county, city.")] = "county",
    seed: Annotated[int, typer.Option(help="随机种子 Seed.")] = 1,
    as_json: Json = False,
) -> None:
    """虚构县的完整流程。 Build the fictional county and run the whole cycle."""
    call("demo", as_json=as_json, size=size, seed=seed, progress=not as_json)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
