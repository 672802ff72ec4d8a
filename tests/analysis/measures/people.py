"""Small tables of people for tests of measures."""

import polars as pl

from bangfu.analysis.measures.columns import Table
from bangfu.analysis.measures.indices import Measured, measure
from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.sample import Design


def table(**columns) -> Table:
    """Return a table of the given columns."""
    return Table(pl.DataFrame(columns, strict=False), "people.csv", 2)


def measured(welfare, weight=None, line=None, **design) -> Measured:
    """Measure welfare; strata, cluster and by are given as columns."""
    columns = {"welfare": welfare, "weight": [1.0] * len(welfare) if weight is None else weight, **design}
    named = {name: name for name in design}
    return measure(table(**columns), "welfare", Design(weight="weight", **named), line)


def whole(welfare, weight=None, line=None, **design) -> dict:
    """Return the indices of everybody."""
    return measured(
        welfare, weight, line if line is None or isinstance(line, Line) else Line(float(line)), **design
    ).whole
