"""Counties written once for all tests of the room."""

from pathlib import Path

import pytest

from bangfu.simulate import simulate
from tests.simulate.ledgers import Written


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark whatever in this room needs the county as slow, and let one process do it: the county is written once."""
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            continue
        needs = getattr(item, "callspec", None)
        if "county" in getattr(item, "fixturenames", ()) or (needs and needs.params.get("place") == "county"):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("the county as written"))


@pytest.fixture(scope="session")
def hamlet(tmp_path_factory):
    """The smallest place, seed 1."""
    return Written(simulate("hamlet", 1, tmp_path_factory.mktemp("hamlet")))


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    """The county, seed 7."""
    return Written(simulate("county", 7, tmp_path_factory.mktemp("county")))


@pytest.fixture(scope="session", params=["hamlet", "county"])
def place(request):
    """The hamlet, and where slow tests run, the county too."""
    return request.getfixturevalue(request.param)
