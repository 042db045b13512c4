"""The tables of migrations/postgres and every SQL statement of the server on a real PostgreSQL 15.

SQLite is the engine that the server runs on today; this keeps its SQL such that PostgreSQL needs no other.
"""
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SQL_START = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
CONSTANT = re.compile(r"constexpr\s+std::string_view\s+(\w+)\s*=\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+);", re.S)


def statements() -> dict[str, str]:
    """Every string constant of the server that is SQL, by its name and file."""
    found = {}
    for folder in ("server/state/storage/sql", "server/io/db"):
        for file in sorted((ROOT / folder).rglob("*.[hc]pp")):
            if "tests" in file.parts:
                continue
            for name, literals in CONSTANT.findall(file.read_text()):
                text = "".join(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", literals))
                if SQL_START.match(text):
                    found[f"{file.stem}.{name}"] = text
    return found


def binaries() -> Path:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    assert folders, "PostgreSQL is not installed: run `make setup`"
    return folders[-1].parent


def as_postgres(command: list) -> list:
    """PostgreSQL refuses to run as root."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="module")
def psql(tmp_path_factory):
    bin_folder = binaries()
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/siyu-postgres-XXXXXX"], text=True).strip())
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"

    def run(command, **more):
        done = subprocess.run(as_postgres([str(part) for part in command]), cwd=folder, capture_output=True, text=True, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run([bin_folder / "initdb", "-D", data, "-U", "siyu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run([bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-p {port} -k {folder} -c listen_addresses= -F", "start"])
    try:
        yield lambda text: run([bin_folder / "psql", "-h", folder, "-p", port, "-U", "siyu", "-d", "postgres",
                                "-v", "ON_ERROR_STOP=1", "-X", "-A", "-t", "-q"], input=text)
    finally:
        run([bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def migrated(psql):
    for file in sorted((ROOT / "migrations/postgres").glob("*.sql")):
        psql("BEGIN;\n" + file.read_text() + "\nCOMMIT;\n")
    return psql


def test_both_engines_have_the_same_migrations():
    names = [sorted(p.name for p in (ROOT / "migrations" / engine).glob("*.sql")) for engine in ("postgres", "sqlite")]
    assert names[0] == names[1]


def test_it_is_the_version_that_operators_run(psql):
    assert int(psql("SHOW server_version_num;")) >= 150000


def test_there_are_statements_to_prepare():
    assert len(statements()) >= 60


@pytest.mark.parametrize("name", sorted(statements()))
def test_postgres_prepares(migrated, name):
    migrated(f"PREPARE statement AS {statements()[name]};\n")


def test_both_engines_have_the_same_columns(migrated, tmp_path):
    import sqlite3
    with sqlite3.connect(tmp_path / "tables.db") as db:
        for file in sorted((ROOT / "migrations/sqlite").glob("*.sql")):
            db.executescript(file.read_text())
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        sqlite = sorted(f"{table}.{row[1]}" for table in tables for row in db.execute(f"PRAGMA table_info({table})"))
    postgres = sorted(migrated("SELECT table_name || '.' || column_name FROM information_schema.columns"
                               " WHERE table_schema = 'public';").split())
    assert postgres == sqlite


def test_text_is_ordered_by_its_bytes(migrated):
    """Pages follow each other by comparison of texts, so both engines must order them alike."""
    collations = migrated("SELECT DISTINCT coalesce(collation_name, 'default') FROM information_schema.columns"
                          " WHERE table_schema = 'public' AND data_type = 'text';").split()
    assert collations == ["C"]
