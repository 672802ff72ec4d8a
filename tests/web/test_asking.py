"""A page looks up once what several of its parts need; a request that alters something asks anew."""

from collections import Counter

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from bangfu.kernel.asking import asked_once
from bangfu.web.middleware import look_up_once
from tests.web.registered import known_households

pytestmark = pytest.mark.store


@pytest.mark.parametrize(
    "page", ["/", "/places/{village}/", "/households/?place={village}", "/households/{household}/"]
)
def test_no_page_asks_the_same_question_twice(client_of, page):
    known = known_households()[0]
    clerk, address = client_of("李文员"), page.format(village=known.village, household=known.household)
    assert clerk.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        clerk.get(address)
    assert len(asked) > 5
    assert not [sql for sql, times in Counter(one["sql"] for one in asked.captured_queries).items() if times > 1]


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("POST", 2)])
def test_what_may_alter_something_asks_anew(method, times):
    asked = []
    look_up = asked_once(lambda: asked.append(1))

    def answer(request):
        del request
        look_up()
        look_up()
        return HttpResponse()

    look_up_once(answer)(RequestFactory().generic(method, "/"))
    assert len(asked) == times
