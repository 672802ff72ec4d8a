"""A decision in a case is taken by somebody who had no other hand in it: the database says so, with no switch."""

from typing import Any, Final

from django.db import migrations

from bangfu.audit.append_only import AppendOnly

_EARLIER: Final = """
EXISTS (SELECT 1 FROM procedures_standing s WHERE s.case_id = NEW.case_id AND s.person_id = NEW.person_id
AND (s.hand = 0 OR (s.hand = 1 AND (s.at <> NEW.at OR s.visit = NEW.visit))))
"""
_SQLITE: Final = f"""
CREATE TRIGGER procedures_standing_second_person BEFORE INSERT ON procedures_standing
WHEN NEW.hand = 1 AND {_EARLIER}
BEGIN SELECT RAISE(ABORT, 'a decision needs a person without another hand in the case'); END
"""
_POSTGRESQL: Final = (
    f"""
CREATE OR REPLACE FUNCTION refuse_earlier_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF NEW.hand = 1 AND {_EARLIER} THEN
RAISE EXCEPTION 'a decision needs a person without another hand in the case'
USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
""",
    """
CREATE TRIGGER procedures_standing_second_person BEFORE INSERT ON procedures_standing
FOR EACH ROW EXECUTE FUNCTION refuse_earlier_hand()
""",
)


def _protect(_apps: Any, schema_editor: Any) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _POSTGRESQL if postgresql else (_SQLITE,):
        schema_editor.execute(statement, params=None)


def _release(_apps: Any, schema_editor: Any) -> None:
    on_table = " ON procedures_standing" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER procedures_standing_second_person{on_table}", params=None)


class Migration(migrations.Migration):
    """Put the trigger on standings, and let everything but their mark `live` only grow."""

    dependencies = [("procedures", "0003_cases")]

    operations = [
        migrations.RunPython(_protect, _release),
        *(AppendOnly(f"procedures_{table}") for table in ("case", "act", "notice", "objection", "answer")),
    ]
