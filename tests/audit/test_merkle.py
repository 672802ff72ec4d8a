"""The tree hash over the rows of an event (RFC 6962, section 2.1)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.audit.verifier import merkle_root

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]


def by_definition(leaves):
    """The definition of the standard, word for word: split at the largest power of two below the count."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


@pytest.mark.parametrize(
    ("count", "root"),
    [
        pytest.param(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", id="none"),
        pytest.param(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", id="one"),
        pytest.param(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", id="two"),
        pytest.param(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", id="three"),
        pytest.param(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", id="eight"),
    ],
)
def test_the_root_is_that_of_certificate_transparency(count, root):
    assert merkle_root(bytes.fromhex(leaf) for leaf in LEAVES[:count]) == root


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_follows_the_definition(leaves):
    assert merkle_root(leaves) == by_definition(leaves).hex()


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.data())
def test_any_other_leaf_gives_another_root(leaves, data):
    place = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(max_size=4).filter(lambda leaf: leaf != leaves[place]))
    assert merkle_root([*leaves[:place], other, *leaves[place + 1 :]]) != merkle_root(leaves)


@given(st.lists(st.binary(max_size=4), max_size=40), st.binary(max_size=4))
def test_one_leaf_more_gives_another_root(leaves, more):
    assert merkle_root([*leaves, more]) != merkle_root(leaves)
