"""Tables that lie behind a web address are judged where they lie, as a run does with files (远程数据)."""

import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import polars as pl
import pytest

from bangfu.analysis.frames import Frames
from tests.analysis.mixed import mixed_area
from tests.analysis.runs import equal, run

NAMES = ("households", "persons", "villages", "places")


class Store(BaseHTTPRequestHandler):
    """Gives files of memory away, whole or in parts, as stores of objects do."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.wfile.write(self.answer())

    def answer(self):
        """Send the head for what is asked and return its content."""
        content = self.files.get(self.path)
        if content is None:
            return self.head(404, b"")
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            return self.head(200, content)
        first, last = asked.groups()
        start = int(first) if first else max(len(content) - int(last), 0)
        stop = min(int(last) + 1, len(content)) if first and last else len(content)
        return self.head(206, content[start:stop], f"bytes {start}-{stop - 1}/{len(content)}")

    def head(self, status, content, content_range=None):
        self.send_response(status)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", "Sat, 31 Dec 2016 00:00:00 GMT")
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        return content

    def log_message(self, *words):
        """Keep the output of the tests clean."""


@contextmanager
def serving(files):
    handler = type("Files", (Store,), {"files": files})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def mixed():
    return mixed_area(seed=7)


@pytest.fixture(scope="module")
def address(mixed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    for name in NAMES:
        getattr(mixed, name).write_parquet(folder / f"{name}.parquet")
    with serving({f"/{path.name}": path.read_bytes() for path in folder.iterdir()}) as url:
        yield url


def test_a_run_over_tables_in_the_network_equals_one_over_tables_in_memory(mixed, address):
    remote = Frames(*(pl.scan_parquet(f"{address}/{name}.parquet") for name in NAMES))
    assert equal(run(mixed), run(remote))


def test_a_run_over_addresses_of_files_equals_one_over_tables_in_memory(mixed, tmp_path):
    for name in NAMES:
        getattr(mixed, name).write_parquet(tmp_path / f"{name}.parquet")
    local = Frames(*(pl.scan_parquet(f"file://{tmp_path}/{name}.parquet") for name in NAMES))
    assert equal(run(mixed), run(local))


def test_a_table_that_is_not_there_is_named_with_its_address(address):
    absent = Frames(*(pl.scan_parquet(f"{address}/absent.parquet") for _ in NAMES))
    with pytest.raises(FileNotFoundError, match=re.escape(address)):
        run(absent)
