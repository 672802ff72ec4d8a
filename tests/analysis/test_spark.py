"""A run on Spark equals a run on Polars to the last whole number, for every programme.

Collected only where the extra `spark` and Java are installed: `./run test --spark`.
"""

import pytest
from pyspark.sql import SparkSession

from bangfu.analysis.frames import Frames
from tests.analysis.mixed import mixed_area
from tests.analysis.runs import PROGRAMMES, equal, run

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "3",
    "spark.sql.session.timeZone": "UTC",
}


@pytest.fixture(scope="module")
def spark():
    """Spark on this machine, with more than one partition so that order is nobody's promise."""
    builder = SparkSession.builder.master("local[2]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def mixed():
    return mixed_area(seed=7)


@pytest.fixture(scope="module")
def on_spark(spark, mixed):
    tables = (mixed.households, mixed.persons, mixed.villages, mixed.places)
    return Frames(*(spark.createDataFrame(each.to_arrow()).repartition(3) for each in tables))


@pytest.mark.parametrize(("programme", "on"), PROGRAMMES, ids=[name for name, _ in PROGRAMMES])
def test_spark_gives_the_same_to_the_last_integer(mixed, on_spark, programme, on):
    assert equal(run(mixed, programme, on), run(on_spark, programme, on))


def test_spark_gives_an_empty_run_for_an_empty_area(mixed, on_spark):
    empty = Frames(
        *(each.limit(0) for each in (on_spark.households, on_spark.persons)), on_spark.villages, on_spark.places
    )
    bare = Frames(mixed.households.clear(), mixed.persons.clear(), mixed.villages, mixed.places)
    assert equal(run(bare), run(empty))
