"""How tests hand in lists and read the pages of doubts and of single cases."""

import re
from datetime import date
from html import unescape

from bangfu.registry.models import StatusEvent

DAY = date(2017, 1, 9)
TRUE_ON = "2016-12-31"
WORDS = "车是替儿子买的，登记在我名下。"


def text_of(answer):
    """Return what people read on the page itself."""
    body = answer.content.decode().split("<main", 1)[1]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def hand_in(client, path, county, kind, **more):
    with path.open("rb") as file:
        sent = {"county": county, "kind": kind, "file": file, "on": TRUE_ON, "ids_only": "on"} | more
        return client.post("/comparisons/new/", sent)


def statuses():
    return list(StatusEvent.objects.order_by("id").values_list("id", "kind"))
