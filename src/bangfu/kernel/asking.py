"""Questions of one page asked once (一页不重复查): what a page needs in ten places is looked up in one.

Only between `asking()` and its end, which the pages put around requests that alter nothing, is an answer kept;
a verb, a job and the command line ask anew each time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking() -> Iterator[None]:
    """Keep the answers of every function marked `asked_once` until the end."""
    before = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(before)


def asked_once(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """Mark a function that reads: within `asking()` equal arguments get the same answer, looked up once.

    Its arguments are hashable, and nobody alters what it returns; an error is not kept.
    """

    @wraps(function)
    def answered(*asked: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        answers = _answers.get()
        if answers is None:
            return function(*asked, **named)
        key = (function, asked, tuple(named.items()))
        if key not in answers:
            answers[key] = function(*asked, **named)
        answer: _Answer = answers[key]
        return answer

    return answered
