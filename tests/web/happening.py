"""How tests tell what happened in a household, and have it approved."""

import re

from bangfu.intake.models import Batch
from bangfu.kernel.home import Home
from tests.web.importing import approve, batch_of, text_of
from tests.work.kinds_of_jobs import work_off

VILLAGE, COUNTY, APPROVER = "吴信息", "李文员", "王审核"


def late():
    """The last day on which anything can have happened: the demonstration's own today."""
    return Home.current().today().isoformat()


def form_of(client, home, kind):
    """Return the members that a form lists: row -> relation."""
    page = text_of(client, f"/households/{home.household}/change/?kind={kind}")
    found = re.findall(r'name="relation\.([0-9a-f]+)">(.*?)</select>', page, re.DOTALL)
    return {row: (re.findall(r'value="([^"]*)" selected', options) or [""])[0] for row, options in found}


def tell(client, home, kind, **fields):
    return client.post(f"/households/{home.household}/change/", {"kind": kind, "on": late(), **fields})


def happens(clerk, approver, home, kind, **fields):
    """Tell what happened and have it approved."""
    answer = tell(clerk, home, kind, **fields)
    assert answer.status_code == 302, re.findall(r'role="alert".*?</div>', answer.content.decode(), re.DOTALL)
    work_off()
    number = batch_of(clerk, answer)
    assert Batch.objects.get(pk=number).state == "staged", text_of(clerk, f"/imports/{number}/")
    approve(approver, number)
    assert Batch.objects.get(pk=number).state == "applied"
    return number
