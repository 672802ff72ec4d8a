"""Ways to hand in ledgers over the pages, and a worker that works off the jobs."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.work.kinds_of_jobs import work_off


def hand_in(client, *paths, names=None):
    """Hand in files; return the answer."""
    files = [
        SimpleUploadedFile(name, path.read_bytes() if hasattr(path, "read_bytes") else path)
        for path, name in zip(paths, names or [path.name for path in paths], strict=True)
    ]
    return client.post("/imports/new/", {"files": files})


def staged(client, *paths, names=None):
    """Hand in files and let the worker read them; return the number of the batch."""
    answer = hand_in(client, *paths, names=names)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    work_off()
    return batch_of(client, answer)


def batch_of(client, answer):
    """Return the batch to which the page of an ended job leads."""
    shown = client.get(answer["Location"]).content.decode()
    found = re.search(r'href="/imports/(\d+)/"', shown)
    assert found, shown
    return int(found[1])


def seen(client, number):
    """Return the digest of the difference that the page of a batch shows for approval."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', text_of(client, f"/imports/{number}/"))
    return found[1] if found else ""


def approve(client, number):
    """Approve a batch and let the worker apply it; return the answer to the button."""
    answer = client.post(f"/imports/{number}/approve/", {"seen": seen(client, number)})
    work_off()
    return answer


def text_of(client, address):
    """Return a page's text; it must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()
