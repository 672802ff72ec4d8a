"""Words left at the public door are slowed where they are a flood, and nobody is silenced by somebody else's."""

import pytest

from tests.web.hanging import door

pytestmark = pytest.mark.store
SAID = "这户有小轿车龘靐"


def fill(village, most=100):
    """Leave the words of a day about a village, from addresses that nobody else has."""
    from bangfu.access.actions.count_attempt import count_attempts
    from bangfu.web.doors import WORDS_ABOUT

    for _ in range(most):
        count_attempts({WORDS_ABOUT: str(village)})


def from_address(hanging, address, sheet, client=None):
    form = {"notice": hanging.notice, "line": 1, "words": SAID, "sheet": sheet}
    return (client or door()).post("/object/", form, REMOTE_ADDR=address).status_code


def test_a_village_that_has_its_words_of_the_day_is_slowed_and_not_silenced(hanging):
    fill(hanging.village)
    tried = [from_address(hanging, "203.0.113.7", str(turn)) for turn in range(3)]
    assert tried == [200, 429, 429]
    assert from_address(hanging, "203.0.113.8", "other") == 200


def test_who_shows_a_card_is_not_slowed_with_the_village(hanging):
    fill(hanging.village)
    phone = door()
    assert phone.post("/card/", hanging.card()).status_code == 302
    tried = [from_address(hanging, "203.0.113.7", str(turn), phone) for turn in range(6)]
    assert tried == [200] * 5 + [429]


@pytest.mark.parametrize(
    ("other", "status"),
    [
        pytest.param("2001:db8:1:2::ffff", 429, id="the same network"),
        pytest.param("2001:db8:1:3::1", 200, id="the network beside it"),
    ],
)
def test_addresses_of_one_network_are_counted_as_one(hanging, other, status):
    tried = [from_address(hanging, f"2001:db8:1:2::{turn}", str(turn)) for turn in range(10)]
    assert tried == [200] * 10
    assert from_address(hanging, other, "other") == status
