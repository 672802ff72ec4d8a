"""A secret is never shown, and a sealed value opens in its own place only."""

import copy
import pickle
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.errors.evidence import SealBroken
from bangfu.kernel.errors.settings import KeyFileMissing
from bangfu.kernel.secrets import KEY_BYTES, Keys, Secret

KEYS = Keys.from_root(bytes(range(KEY_BYTES)))
PLACE = "registry_identity|id_sealed|1"


def test_a_secret_is_three_stars_however_it_is_written():
    secret = Secret("990101199001010017")
    assert {str(secret), repr(secret), f"{secret}", f"{secret:>30}", f"{[secret]}".strip("[]")} == {"***"}


def test_a_secret_gives_its_value_only_when_opened():
    assert Secret("x").open() == "x"


@pytest.mark.parametrize("way_out", [pickle.dumps, copy.deepcopy])
def test_a_secret_does_not_leave_in_a_copy(way_out):
    with pytest.raises(TypeError):
        way_out(Secret("x"))


def test_each_purpose_has_a_key_of_its_own():
    assert len({KEYS.index, KEYS.seal, KEYS.commit}) == 3


@given(st.binary(max_size=200))
def test_what_was_sealed_opens_in_its_place(plain):
    assert KEYS.decrypt(KEYS.encrypt(plain, PLACE), PLACE) == plain


def test_the_same_value_is_sealed_differently_every_time():
    assert KEYS.encrypt(b"x", PLACE) != KEYS.encrypt(b"x", PLACE)


def altered(sealed: bytes, place: int) -> bytes:
    """Return the bytes with one bit turned."""
    return sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]


@pytest.mark.parametrize(
    ("change", "place", "keys"),
    [
        pytest.param(lambda sealed: sealed, PLACE + "2", KEYS, id="moved to another row"),
        pytest.param(lambda sealed: sealed, PLACE, Keys.from_root(bytes(KEY_BYTES)), id="another key"),
        pytest.param(lambda sealed: altered(sealed, 0), PLACE, KEYS, id="another suite"),
        pytest.param(lambda sealed: altered(sealed, 5), PLACE, KEYS, id="its nonce altered"),
        pytest.param(lambda sealed: altered(sealed, len(sealed) - 1), PLACE, KEYS, id="its tag altered"),
        pytest.param(lambda sealed: sealed[:20], PLACE, KEYS, id="cut off"),
        pytest.param(lambda _: b"", PLACE, KEYS, id="empty"),
    ],
)
def test_what_was_altered_moved_or_sealed_by_another_does_not_open(change, place, keys):
    sealed = change(KEYS.encrypt(b"x", PLACE))
    with pytest.raises(SealBroken):
        keys.decrypt(sealed, place)


def test_equal_values_have_equal_digests_under_one_key_and_others_under_another():
    other = Keys.from_root(bytes(KEY_BYTES))
    assert KEYS.digest("x") == KEYS.digest("x")
    assert len({KEYS.digest("x"), KEYS.digest("y"), other.digest("x")}) == 3


@given(st.lists(st.binary(max_size=40), max_size=5))
def test_rows_are_committed_together_as_one_by_one(rows):
    assert list(KEYS.commitments(rows)) == [KEYS.commitment(row) for row in rows]


def test_a_new_key_file_is_read_back_and_belongs_to_its_owner_alone(tmp_path):
    path = tmp_path / "home" / "key"
    Keys.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert Keys.read(path) == Keys.read(path)


def test_a_key_file_that_exists_is_kept(tmp_path):
    path = tmp_path / "key"
    Keys.create(path)
    before = path.read_bytes()
    Keys.create(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="no file"),
        pytest.param("", id="empty"),
        pytest.param("00" * (KEY_BYTES - 1), id="one byte short"),
        pytest.param("00" * (KEY_BYTES + 1), id="one byte long"),
        pytest.param("zz" * KEY_BYTES, id="no hexadecimal digits"),
    ],
)
def test_a_key_file_that_is_no_key_is_refused(tmp_path, content):
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)
    with pytest.raises(KeyFileMissing):
        Keys.read(path)
