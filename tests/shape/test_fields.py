"""The field catalogue and the register's tables say the same."""

from pathlib import Path

import pytest
import yaml

from bangfu.registry.topics import IDENTITY_TOPICS, topics
from tests.shape.tree import ROOT

KEPT_ELSEWHERE = {"key", "place", "status", "income", "membership"} | IDENTITY_TOPICS
"""Topics of the catalogue that are no table of dated facts: numbers, places, events, items, identities."""

TYPES = {"code": "Int16", "flags": "Int64", "bool": "Int8", "count": "Int32", "year": "Int32", "fen": "Int64"}


def _catalogue():
    for path in sorted((ROOT / "src/bangfu/params/fields").glob("*.yaml")):
        page = yaml.safe_load(path.read_text(encoding="utf-8"))
        for topic, about in page["topics"].items():
            if topic not in KEPT_ELSEWHERE:
                yield pytest.param(page["subject"], topic, about["fields"], id=f"{Path(path).stem}-{topic}")


CATALOGUE = list(_catalogue())


@pytest.mark.parametrize(("subject", "topic", "fields"), CATALOGUE)
def test_a_topic_has_the_columns_that_the_catalogue_lists(subject, topic, fields):
    name = f"{subject}_{topic}" if f"{subject}_{topic}" in topics() else topic
    assert list(topics()[name].columns) == list(fields)


@pytest.mark.parametrize(("subject", "topic", "fields"), CATALOGUE)
def test_a_column_has_the_type_that_the_catalogue_gives_it(subject, topic, fields):
    name = f"{subject}_{topic}" if f"{subject}_{topic}" in topics() else topic
    columns = topics()[name].columns
    wrong = {
        field: (about["type"], str(columns[field]))
        for field, about in fields.items()
        if about["type"] in TYPES and not str(columns[field]).startswith(TYPES[about["type"]])
    }
    assert not wrong
