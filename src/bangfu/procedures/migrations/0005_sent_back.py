"""Who sent a case back decides again when it comes back: a row that began a visit itself decided nothing in it."""

from typing import Any, Final

from django.db import migrations

_TRIGGER: Final = "procedures_standing_second_person"
_WITHIN: Final = {False: "s.visit = NEW.visit", True: "(s.visit = NEW.visit AND s.visit <> s.act_id)"}
"""Whether rows that began a visit are left out -> which decisions at the same step bar their person."""
_SQLITE: Final = """
CREATE TRIGGER procedures_standing_second_person BEFORE INSERT ON procedures_standing
WHEN NEW.hand = 1 AND {earlier}
BEGIN SELECT RAISE(ABORT, 'a decision needs a person without another hand in the case'); END
"""
_POSTGRESQL: Final = """
CREATE OR REPLACE FUNCTION refuse_earlier_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF NEW.hand = 1 AND {earlier} THEN
RAISE EXCEPTION 'a decision needs a person without another hand in the case'
USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
"""


def _earlier(*, returners: bool) -> str:
    return (
        "EXISTS (SELECT 1 FROM procedures_standing s WHERE s.case_id = NEW.case_id AND s.person_id = NEW.person_id "
        f"AND (s.hand = 0 OR (s.hand = 1 AND (s.at <> NEW.at OR {_WITHIN[returners]}))))"
    )


def _write(schema_editor: Any, *, returners: bool) -> None:
    earlier = _earlier(returners=returners)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL.format(earlier=earlier), params=None)
        return
    schema_editor.execute(f"DROP TRIGGER {_TRIGGER}", params=None)
    schema_editor.execute(_SQLITE.format(earlier=earlier), params=None)


def _allow(_apps: Any, schema_editor: Any) -> None:
    _write(schema_editor, returners=True)


def _refuse(_apps: Any, schema_editor: Any) -> None:
    _write(schema_editor, returners=False)


class Migration(migrations.Migration):
    """Write the trigger of 0004 anew."""

    dependencies = [("procedures", "0004_second_person")]

    operations = [migrations.RunPython(_allow, _refuse)]
