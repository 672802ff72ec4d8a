"""The API does what its description says, whatever is sent (TD-11): generated calls, by role, over WSGI."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from bangfu.access.acting import acting
from bangfu.access.actions.create_token import create_token
from bangfu.site.wsgi import application

pytestmark = pytest.mark.store

FEW = settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def header(name):
    token = create_token(by=acting(name), label="schema")[1]
    return {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}


@pytest.mark.parametrize(
    ("person", "mode"),
    [
        pytest.param("李文员", GenerationMode.POSITIVE, id="a clerk who asks well"),
        pytest.param("李文员", GenerationMode.NEGATIVE, id="a clerk who asks badly"),
        pytest.param("赵分析", GenerationMode.POSITIVE, id="an analyst"),
        pytest.param("贫困户代表", GenerationMode.POSITIVE, id="a household"),
    ],
)
def test_every_answer_is_one_that_the_description_knows(hamlet, person, mode):
    sent = header(person)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=application)
    called = set()
    for found in schema.get_all_operations():
        operation = found.ok()

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case):
            called.add((case.method, case.path))
            case.call_and_validate(headers=sent)

        call()
    assert len(called) == 12
