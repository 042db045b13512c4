"""Nothing that a person typed, and no secret, is readable anywhere on the disk."""
import base64
import json
import os

import pytest

from conftest import provider
from siyu import Siyu, text_of
from upstream import Upstream

CANARIES = {
    "message": "zebra-canary-message 金丝雀消息甲",
    "title": "zebra-canary-title 金丝雀标题乙",
    "prompt": "zebra-canary-prompt 金丝雀提示丙",
    "unfinished": "zebra-canary-unfinished",
    "search": "zebra-canary-search",
    "password": "zebra-canary-password-9 金丝雀口令",
    "wrong": "zebra-canary-wrong-password-7",
}


def forms(text: str) -> list[bytes]:
    """As it stands, JSON-escaped, and base64 at each of the three alignments."""
    raw = text.encode()
    found = [raw, json.dumps(text)[1:-1].encode(), raw.hex().encode()]
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        found.append(encoded[4 if shift else 0:-4])
    return found


def occurrences(folder, needles: dict[str, str]) -> list[str]:
    hits = []
    for base, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(base, name)
            data = open(path, "rb").read() if os.path.isfile(path) else b""
            for what, text in needles.items():
                parts = [text] + text.split(" ")
                hits += [f"{what} in {name}" for part in parts for form in forms(part) if len(form) > 8 and form in data]
    return hits


@pytest.fixture
def used_installation(tmp_path):
    def use(env=None):
        upstream = Upstream()
        siyu = Siyu(tmp_path / "data", {"providers": [provider(upstream)], "log": {"level": "debug"}}, env=env).start()
        siyu.create_user("wang", password=CANARIES["password"])
        key = siyu.create_api_key("wang")
        wang = siyu.client("wang", CANARIES["password"])
        siyu.wait_for_model(wang)
        wang.http.post("/api/session", json={"name": "wang", "password": CANARIES["wrong"]})
        conversation = wang.new_conversation(title=CANARIES["title"], system_prompt=CANARIES["prompt"])
        text_of(wang.follow(wang.ask(conversation, "say " + CANARIES["message"])["turn_id"]))
        wang.get("/api/search", params={"q": CANARIES["search"]})
        wang.http.post("/v1/chat/completions", headers={"Authorization": "Bearer " + key},
                       json={"model": "imposter-1", "messages": [{"role": "user", "content": "say " + CANARIES["message"]}]})
        started = wang.ask(conversation, "slow 2000 " + CANARIES["unfinished"])
        events = wang.follow(started["turn_id"])
        while next(events)[1] != "delta":
            pass
        siyu.kill()
        upstream.stop()
        return CANARIES | {"key": key, "cookie": wang.http.cookies["siyu_session"]}
    return use


def test_no_canary_on_the_disk(used_installation, tmp_path):
    needles = used_installation()
    assert occurrences(tmp_path, needles) == []


def test_the_search_finds_them_when_sealing_is_off(used_installation, tmp_path):
    needles = used_installation({"SIYU_TEST_UNSEALED": "1"})
    hits = occurrences(tmp_path, needles)
    assert {"message", "title", "prompt", "unfinished"} <= {h.split(" ")[0] for h in hits}
