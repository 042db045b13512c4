"""A hundred kills with -9 at random moments between sending and the end, some of them at the failpoints around the commit.

The client keeps its own ledger. Afterwards every acknowledged message is there with its text, every call that the upstream
answered has its *started* record, each turn is final, and the audit log verifies.
"""
import json
import os
import random
import sqlite3
import threading
import time

import httpx

from siyu import Siyu, command_line
from upstream import MODEL, Upstream

KILLS = int(os.environ.get("SIYU_KILLS", "100"))
FAILPOINTS = ["journal.before_commit", "journal.after_commit", "journal.after_head"]


class Ledger:
    """What the server has acknowledged: question id → (conversation, text, turn id)."""

    def __init__(self):
        self.lock = threading.Lock()
        self.questions: dict[str, tuple[str, str, str]] = {}

    def send(self, client, conversation: str, number: int) -> None:
        text = f"slow 60 question {number}"
        try:
            answer = client.post(f"/api/conversations/{conversation}/turns", {"prompt": text, "parent_id": None})
        except httpx.HTTPError:
            return
        if answer.status_code == 202:
            with self.lock:
                self.questions[answer.json()["message_id"]] = (conversation, text, answer.json()["turn_id"])


def one_life(data, settings, upstream, ledger, conversations, number: int, dice: random.Random) -> None:
    """Starts a server, sends some questions, kills it in the midst of them."""
    env = {}
    if number % 4 == 3:
        env["SIYU_FAILPOINT"] = f"{dice.choice(FAILPOINTS)}:{dice.randint(3, 12)}"
    siyu = Siyu(data, settings, env)
    try:
        siyu.start()
    except (RuntimeError, TimeoutError):
        siyu.process.wait(30)
        assert env, "it did not start: " + siyu.log_text()[-2000:]
        return  # the failpoint struck before it was ready
    try:
        client = siyu.client("wang")
        if not conversations:
            siyu.wait_for_model(client)
            conversations += [client.new_conversation() for _ in range(3)]
    except (httpx.HTTPError, AssertionError):
        siyu.kill()
        assert env
        return
    senders = [threading.Thread(target=ledger.send, args=(client, conversation, number)) for conversation in conversations]
    for sender in senders:
        sender.start()
        time.sleep(dice.uniform(0, 0.05))
    time.sleep(dice.uniform(0, 0.5))
    siyu.kill()
    for sender in senders:
        sender.join()


def test_a_hundred_kills(tmp_path):
    dice = random.Random(20260101)
    upstream = Upstream()
    data, ledger, conversations = tmp_path / "data", Ledger(), []
    settings = {"providers": [{"name": "imposter", "base_url": upstream.url, "models": [MODEL]}], "default_model": MODEL}
    first = Siyu(data, settings).start()
    first.create_user("wang")
    first.stop()
    for number in range(KILLS):
        one_life(data, settings, upstream, ledger, conversations, number, dice)

    siyu = Siyu(data, settings).start()
    client = siyu.client("wang")
    stored = {m["id"]: m for conversation in conversations for m in client.messages(conversation)}
    for id, (_, text, turn) in ledger.questions.items():
        assert stored[id]["text"] == text, "an acknowledged message is gone"
        assert client.get(f"/api/turns/{turn}").json()["state"] in ("done", "stopped", "failed", "interrupted")
    assert all(m["state"] != "running" for m in stored.values())
    whole = "".join(f"w{i} " for i in range(60))
    assert all(whole.startswith(m["text"]) for m in stored.values() if m["role"] == "assistant")
    interrupted = [m for m in stored.values() if m["state"] == "interrupted"]
    assert interrupted and any(m["text"] for m in interrupted), "no answer was caught in the middle"
    siyu.stop()

    answered = [c for c in upstream.chats() if c["sent"] and b"question" in c["body"]]
    with sqlite3.connect(data / "siyu.db") as db:
        events = [json.loads(row[0]) for row in db.execute("SELECT CAST(body AS TEXT) FROM audit_log")]
    started = [e for e in events if e["action"] == "turn.start"]
    assert len(answered) <= len(started), "a call was answered without its record"
    assert len(ledger.questions) >= KILLS // 4, "the run proved little: too few questions were acknowledged"
    done = command_line(data, "audit", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    print(f"\n{KILLS} kills, {len(ledger.questions)} acknowledged, {len(interrupted)} interrupted, {len(started)} started")
    upstream.stop()
