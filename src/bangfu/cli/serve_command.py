"""The command that serves the pages."""

from typing import Annotated

import typer

from bangfu.cli.door import call


def serve(
    *,
    host: Annotated[str, typer.Option(help="监听地址 Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 Port.")] = 8000,
    workers: Annotated[int, typer.Option(help="服务进程数 Processes that answer pages.")] = 3,
) -> None:
    """启动网页服务和后台作业。 Serve the pages, and work off the jobs beside them."""
    call("serve", as_json=False, host=host, port=port, workers=workers)
