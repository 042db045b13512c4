"""An attacker who has the database but not the key: each kind of tampering is named."""
import hashlib
import shutil
import sqlite3
import time

import pytest

from conftest import provider
from siyu import Siyu, command_line, text_of
from upstream import Upstream


@pytest.fixture
def installation(tmp_path):
    """A stopped server's data directory with a day's audit log, and yesterday's copy of its database."""
    upstream = Upstream()
    siyu = Siyu(tmp_path / "data", {"providers": [provider(upstream)]}).start()
    siyu.create_user("wang")
    wang = siyu.client("wang")
    siyu.wait_for_model(wang)
    siyu.stop()
    shutil.copy(tmp_path / "data/siyu.db", tmp_path / "yesterday.db")
    siyu.start()
    wang = siyu.client("wang")
    siyu.wait_for_model(wang)
    for _ in range(3):
        conversation = wang.new_conversation()
        text_of(wang.follow(wang.ask(conversation, "say hello")["turn_id"]))
    siyu.stop()
    upstream.stop()
    return tmp_path / "data"


def verify(data):
    return command_line(data, "audit", "verify")


def edit(data, *statements):
    with sqlite3.connect(data / "siyu.db") as db:
        for statement in statements:
            db.execute(*statement) if isinstance(statement, tuple) else db.execute(statement)
    db.close()


def last(data):
    db = sqlite3.connect(data / "siyu.db")
    row = db.execute("SELECT chain, MAX(seq) FROM audit_log GROUP BY chain ORDER BY 2 DESC").fetchone()
    db.close()
    return row


def test_an_untouched_log_is_intact(installation):
    done = verify(installation)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_edited_record_is_named(installation):
    chain, seq = last(installation)
    edit(installation, ("UPDATE audit_log SET body = CAST(REPLACE(CAST(body AS TEXT), '\"action\":\"', '\"action\":\"x') AS BLOB) WHERE seq = ?", (seq - 5,)))
    done = verify(installation)
    assert done.returncode == 2 and str(seq - 5) in done.stdout + done.stderr, done.stdout + done.stderr


def test_recomputing_all_later_hashes_does_not_help(installation):
    chain, seq = last(installation)
    db = sqlite3.connect(installation / "siyu.db")
    rows = db.execute("SELECT seq, body, prev_hash FROM audit_log WHERE chain = ? AND seq >= ? ORDER BY seq", (chain, seq - 6)).fetchall()
    previous = rows[0][2]
    for number, body, _ in rows:
        if number == seq - 5:
            body = bytes(body).replace(b'"action":"', b'"action":"x')
            assert b'"action":"x' in body
        digest = hashlib.sha256(b"\0" + bytes(previous) + bytes(body)).digest()
        db.execute("UPDATE audit_log SET body = ?, prev_hash = ?, hash = ? WHERE chain = ? AND seq = ?", (body, previous, digest, chain, number))
        previous = digest
    db.commit()
    db.close()
    assert verify(installation).returncode in (2, 4)


def test_dropping_the_last_records_is_named(installation):
    chain, seq = last(installation)
    edit(installation, ("DELETE FROM audit_log WHERE seq > ?", (seq - 3,)),
         ("DELETE FROM audit_checkpoints WHERE seq > ?", (seq - 3,)))
    assert verify(installation).returncode == 3


def test_dropping_one_in_the_middle_is_named(installation):
    chain, seq = last(installation)
    edit(installation, ("DELETE FROM audit_log WHERE seq = ?", (seq - 4,)))
    done = verify(installation)
    assert done.returncode == 2 and str(seq - 4) in done.stdout + done.stderr


def test_swapping_two_records_is_named(installation):
    chain, seq = last(installation)
    edit(installation, ("UPDATE audit_log SET seq = -1 WHERE seq = ?", (seq - 4,)), ("UPDATE audit_log SET seq = ? WHERE seq = ?", (seq - 4, seq - 3)),
         ("UPDATE audit_log SET seq = ? WHERE seq = -1", (seq - 3,)))
    assert verify(installation).returncode == 2


def test_restoring_yesterdays_file_is_named(installation, tmp_path):
    for suffix in ("-wal", "-shm"):
        (installation / f"siyu.db{suffix}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "yesterday.db", installation / "siyu.db")
    assert verify(installation).returncode == 3


def test_a_database_without_its_master_key_does_not_start(installation):
    (installation / "master.key").unlink()
    siyu = Siyu(installation)
    with pytest.raises(RuntimeError, match="master"):
        siyu.start()
    assert not (installation / "master.key").exists(), "a new key was made over sealed data"


def test_another_master_key_does_not_start(installation):
    key = bytearray((installation / "master.key").read_bytes())
    key[-2] ^= 1 if chr(key[-2] ^ 1).isalnum() else 3
    (installation / "master.key").write_bytes(key)
    with pytest.raises(RuntimeError):
        Siyu(installation).start()


def test_verifying_beside_a_running_server(installation):
    upstream = Upstream()
    siyu = Siyu(installation, {"providers": [provider(upstream)]}).start()
    siyu.client("wang")
    time.sleep(0.2)
    assert verify(installation).returncode == 0
    siyu.stop()
    upstream.stop()
