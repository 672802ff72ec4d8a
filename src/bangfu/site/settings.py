"""Settings of Django: one registry database taken from the home, and our own apps only.

SQLite is as durable as its pragmas: write-ahead log with `synchronous=FULL` keeps each acknowledged
commit through a loss of power; transactions start IMMEDIATE, so that a reader never turns writer halfway.
"""

from pathlib import Path
from typing import Final

from bangfu.kernel.home import Home

_SQLITE_PRAGMAS: Final = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -65536;
    PRAGMA mmap_size = 268435456;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
"""
_LOCK_TIMEOUT_S: Final = 30


def database(home: Home) -> dict[str, object]:
    """Return Django's description of the registry database of this home."""
    if home.database_url is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.database_file),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": _LOCK_TIMEOUT_S,
                "init_command": _SQLITE_PRAGMAS,
            },
        }
    return {"ENGINE": "django.db.backends.postgresql", **_postgresql(home.database_url)}


def _postgresql(url: str) -> dict[str, object]:
    from psycopg import ProgrammingError  # noqa: PLC0415  only an installation on PostgreSQL pays for the import
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  as above

    from bangfu.kernel.errors.settings import DatabaseUrlUnusable  # noqa: PLC0415  as above
    from bangfu.kernel.home import DATABASE_VARIABLE  # noqa: PLC0415  as above

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise DatabaseUrlUnusable(variable=DATABASE_VARIABLE) from None
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        **{django: str(parts.pop(libpq, "") or "") for django, libpq in named.items()},
        "OPTIONS": parts,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(Home.current())}

INSTALLED_APPS = [
    "bangfu.audit",
    "bangfu.places",
    "bangfu.access",
    "bangfu.work",
    "bangfu.registry",
    "bangfu.snapshots",
    "bangfu.procedures",
    "bangfu.intake",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
