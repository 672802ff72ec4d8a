"""How tests walk through lists and searches of households."""

import re

KEPT = dict.fromkeys(map(ord, "Households: ,共户"))


def listed(page):
    """Return the numbers of the households that a page lists."""
    return [int(number) for number in re.findall(r'href="/households/(\d+)/(?:\?[^"]*)?"', page.content.decode())]


def whole_list(client, address):
    """Return the households of every page of a list."""
    found, number = [], 1
    while True:
        page = client.get(f"{address}{'&' if '?' in address else '?'}page={number}")
        found += listed(page)
        if 'rel="next"' not in page.content.decode():
            return found
        number += 1


def total(page):
    """Return the number of households that a page counts."""
    return int(re.search(r"Households: ([\d,]+)|共([\d,]+)户", page.content.decode())[0].translate(KEPT))


def searched(client, words, **filters):
    """Search and return the page that the browser is led to."""
    answer = client.post("/households/search/", {"q": words, **filters})
    assert answer.status_code == 302
    return client.get(answer["Location"])


def english(client):
    client.post("/language/", {"language": "en"})
    return client
