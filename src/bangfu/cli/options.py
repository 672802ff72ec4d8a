"""Options that several commands share: their names and help."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 Print one line of JSON.")]
Weight = Annotated[str | None, typer.Option(help="权重列：一行代表多少人 Column: for how many people a row stands.")]
Strata = Annotated[str | None, typer.Option(help="抽样分层列 Column of the sampling strata.")]
Cluster = Annotated[str | None, typer.Option(help="初级抽样单元（群）列 Column of the clusters drawn first.")]
By = Annotated[str | None, typer.Option(help="分组列 Column of the groups to be shown apart.")]
As = Annotated[str | None, typer.Option("--as", help="演示环境中以谁的身份 Who acts, in a demonstration home.")]
