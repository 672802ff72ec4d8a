"""Questions of one page asked once: equal ones share an answer until the page is made, and never longer."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bangfu.kernel.asking import asked_once, asking

_asked: list[object] = []


@asked_once
def _told(what: int, *, on: int | None = None) -> int | None:
    _asked.append((what, on))
    if what < 0:
        raise ValueError(what)
    return what or None


@pytest.fixture(autouse=True)
def nothing_asked():
    _asked.clear()


def test_outside_every_question_is_asked():
    assert [_told(1), _told(1)] == [1, 1]
    assert len(_asked) == 2


def test_equal_questions_are_asked_once_and_others_apart():
    with asking():
        assert [_told(1), _told(1), _told(2), _told(1, on=3), _told(1, on=3)] == [1, 1, 2, 1, 1]
    assert _asked == [(1, None), (2, None), (1, 3)]


def test_that_there_is_nothing_is_an_answer_too():
    with asking():
        assert [_told(0), _told(0)] == [None, None]
    assert len(_asked) == 1


def test_an_error_is_not_kept():
    with asking():
        for _ in range(2):
            with pytest.raises(ValueError, match="-1"):
                _told(-1)
    assert len(_asked) == 2


def test_the_next_page_asks_anew_even_after_an_error():
    with pytest.raises(ValueError, match="-1"), asking():
        _told(1 - _told(2))
    with asking():
        _told(2)
    assert [what for what, _ in _asked] == [2, -1, 2]


def test_after_the_page_every_question_is_asked_again():
    with asking():
        _told(1)
    assert [_told(1), _told(1)] == [1, 1]
    assert len(_asked) == 3


def test_another_thread_keeps_nothing_of_this_one():
    with asking(), ThreadPoolExecutor(1) as other:
        _told(1)
        other.submit(_told, 1).result()
        other.submit(_told, 1).result()
    assert len(_asked) == 3
