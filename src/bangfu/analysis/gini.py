"""The Gini coefficient of every place at all levels, in whole numbers (基尼系数).

    (sum of w y (2C - w) - W Y) / (W Y), w persons of income y, C persons up to and with them; W, Y of all

The place of a person, the income and the persons of the row make one whole number of 64 bits, a word. To sort words
is to rank the people of each place of a level by income, and a sorted word tells all three again. Words are summed
up as a stream: nothing of the size of the people is held but the words.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

WORD_BITS: Final = 64
_WORDS_AT_ONCE: Final = 1 << 20
"""Small levels are sorted together, since each query has its price."""
_WIDE: Final = pl.Int128
_NO_SUMS: Final = pl.DataFrame(schema={"place": pl.UInt64, "persons": pl.Int64, "money": _WIDE, "ranked": _WIDE})


def gini_parts(told: pl.DataFrame, tree: pl.DataFrame, word_bits: int = WORD_BITS) -> pl.DataFrame:
    """Return for every place the two whole numbers whose ratio is the Gini coefficient of income per head.

    told       `village`, `y` fen per head and `w` persons; persons with the same income may stand in one row or several
    tree       `village` and `place`: each village with itself and every place above it, upwards; parents do not run
               in circles
    word_bits  bits of a word; what does not fit into it is sorted in columns, with the same result
    Returns    `place`, `gini.above`, `gini.below`; both null where all income together is not above zero
    """
    places = tree["place"].unique().sort()
    numbered = tree.with_columns(places.search_sorted(tree["place"]).cast(pl.UInt64).alias("place"))
    sums = pl.concat([_NO_SUMS, *map(_ranked_sums, _ranked(told, numbered, word_bits))])
    whole = pl.col("persons").cast(_WIDE) * pl.col("money")
    shared = pl.when(whole > 0)
    return sums.select(
        places.gather(sums["place"]),
        shared.then(pl.col("ranked") - whole).alias("gini.above"),
        shared.then(whole).alias("gini.below"),
    )


def _ranked_sums(people: pl.LazyFrame) -> pl.DataFrame:
    """Return for each place its `persons`, its `money` and the sum of w y (2C - w).

    people  see `_ranked`
    """
    persons, money, ranks = pl.col("w"), pl.col("money").cast(_WIDE), pl.col("ranks")
    added = (
        people.with_columns(ranks=2 * persons.cum_sum() - persons)
        .group_by("place")
        .agg(persons.sum(), money.sum(), ranked=(money * ranks.cast(_WIDE)).sum(), before=(ranks - persons).min())
    )
    ranked = pl.col("ranked") - pl.col("before") * pl.col("money")
    return added.select("place", persons="w", money="money", ranked=ranked).collect(engine="streaming")


def _ranked(told: pl.DataFrame, tree: pl.DataFrame, word_bits: int) -> Iterator[pl.LazyFrame]:
    """Yield the people of every place: `place`, `w` and `money` (persons times fen).

    Each place stands in one of the tables, all its people together in the order of income.
    """
    if told.is_empty():
        return
    least, most, largest = told.select(least=pl.col("y").min(), most=pl.col("y").max(), largest=pl.col("w").max()).row(
        0
    )
    of_persons, of_income = (1 << number.bit_length() for number in (largest, most - least))
    if of_persons * of_income * tree.height > 1 << word_bits:
        joined = told.lazy().join(tree.lazy(), on="village").sort("place", "y")
        yield joined.select("place", "w", money=pl.col("w") * pl.col("y"))
        return
    word, unit = pl.col("word"), of_persons * of_income
    people = (pl.col("y") - least).cast(pl.UInt64) * of_persons + pl.col("w").cast(pl.UInt64)
    levels = _levels(tree)
    placed = told.select("village", word=people).join(levels, on="village").drop("village")
    persons = (word % of_persons).cast(pl.Int64)
    income = (word // of_persons % of_income).cast(pl.Int64) + least
    at_once = max(_WORDS_AT_ONCE // max(placed.height, 1), 1)
    for start in range(1, placed.width, at_once):
        words = placed.select(pl.col(placed.columns[start : start + at_once]) * unit + word)
        table = words.unpivot(value_name="word").select(word.drop_nulls().sort()).lazy()
        yield table.select(place=word // unit, w=persons, money=persons * income)


def _levels(tree: pl.DataFrame) -> pl.DataFrame:
    """Return `village`, and for each level of places a column with each village's place there, null for none.

    A place is always on the same level: what stands above it is the same for all its villages.
    """
    level = pl.len().over("village") - pl.int_range(pl.len()).over("village")
    return tree.with_columns(level=level).pivot("level", index="village", values="place")
