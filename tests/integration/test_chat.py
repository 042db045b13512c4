"""The life of a turn, over HTTP, with an upstream that does what the test says."""
import json
import threading
import time
import uuid

import pytest

from siyu import text_of


def uuid7() -> str:
    raw = (int(time.time() * 1000) << 80) | (uuid.uuid4().int & ((1 << 80) - 1))
    raw = raw & ~(0xF << 76) | (7 << 76)
    raw = raw & ~(0x3 << 62) | (2 << 62)
    return str(uuid.UUID(int=raw))


def finished(client, conversation, started) -> dict:
    text_of(client.follow(started["turn_id"]))
    return client.message(conversation, started["answer_id"])


def test_an_answer_streams_and_is_stored_as_it_was_sent(wang):
    conversation = wang.new_conversation()
    started = wang.ask(conversation, "say 北京 is the capital of 中国 ！")
    text, end = text_of(wang.follow(started["turn_id"]))
    assert text == "北京 is the capital of 中国 ！"
    assert end["state"] == "done" and end["finish_reason"] == "stop"
    question, answer = wang.messages(conversation)
    assert (question["id"], question["text"], question["parent_id"]) == (started["message_id"], "say 北京 is the capital of 中国 ！", None)
    assert (answer["id"], answer["text"], answer["state"], answer["parent_id"]) == (started["answer_id"], text, "done", question["id"])
    assert answer["usage"]["completion_tokens"] == 7


def test_reasoning_is_kept_apart(wang):
    conversation = wang.new_conversation()
    answer = finished(wang, conversation, wang.ask(conversation, "think and say yes"))
    assert answer["reasoning"] == "Let me think. " and "think" not in answer["text"]


def test_a_repeated_message_id_is_the_same_turn(wang, upstream):
    conversation, id = wang.new_conversation(), uuid7()
    first = wang.ask(conversation, "say once", message_id=id)
    again = wang.ask(conversation, "say once", message_id=id)
    assert first == again and first["message_id"] == id
    finished(wang, conversation, first)
    assert wang.ask(conversation, "say once", message_id=id) == first
    assert len(wang.messages(conversation)) == 2
    asked = [json.loads(c["body"])["messages"] for c in upstream.chats()]
    assert asked.count([{"role": "user", "content": "say once"}]) == 1


def test_several_followers_and_a_late_one_get_the_same_text(wang, server):
    conversation = wang.new_conversation()
    started = wang.ask(conversation, "slow 40")
    texts = []

    def follow():
        texts.append(text_of(server.client("wang").follow(started["turn_id"]))[0])

    threads = [threading.Thread(target=follow) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    follow()
    stored = wang.message(conversation, started["answer_id"])["text"]
    assert texts == [stored] * 4 and stored == "".join(f"w{i} " for i in range(40))


def test_resuming_by_number_leaves_no_seam(wang):
    conversation = wang.new_conversation()
    started = wang.ask(conversation, "slow 60")
    text, last = "", None
    for id, event, data in wang.follow(started["turn_id"]):
        last = id
        text += data.get("text", "") if event == "delta" else ""
        if text.count("w") >= 10:
            break
    for _, event, data in wang.follow(started["turn_id"], after=last):
        text = data["text"] if event == "reset" else text + (data.get("text", "") if event == "delta" else "")
    assert text == "".join(f"w{i} " for i in range(60))


@pytest.mark.parametrize("position", ["garbage", "0:0:0", "{turn}:9:9", "{turn}:1:999999", "{turn}:0:1"])
def test_an_unknown_position_gets_the_whole_text(wang, position):
    conversation = wang.new_conversation()
    started = wang.ask(conversation, "slow 10")
    finished(wang, conversation, started)
    text, end = text_of(wang.follow(started["turn_id"], after=position.format(turn=started["turn_id"])))
    assert text == "".join(f"w{i} " for i in range(10)) and end["state"] == "done"


def test_stop_reaches_the_upstream_and_keeps_the_text(wang, upstream):
    conversation = wang.new_conversation()
    started = wang.ask(conversation, "slow 2000")
    events = wang.follow(started["turn_id"])
    while next(events)[1] != "delta":
        pass
    asked = time.monotonic()
    assert wang.post(f"/api/turns/{started['turn_id']}/stop").status_code == 202
    text, end = text_of(events)
    assert end["state"] == "stopped"
    answer = wang.message(conversation, started["answer_id"])
    assert answer["state"] == "stopped" and answer["text"].startswith("w0 ")
    call = upstream.chats()[-1]
    deadline = time.monotonic() + 5
    while not call["left"] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert call["left"], "the upstream was never told"
    assert call["left_at"] - asked < 5
    assert wang.post(f"/api/turns/{started['turn_id']}/stop").status_code == 202


def test_stop_before_the_first_token(wang, upstream):
    conversation = wang.new_conversation()
    started = wang.ask(conversation, "stall")
    deadline = time.monotonic() + 10
    while not [c for c in upstream.chats() if b"stall" in c["body"]] and time.monotonic() < deadline:
        time.sleep(0.01)
    wang.post(f"/api/turns/{started['turn_id']}/stop")
    assert finished(wang, conversation, started)["state"] == "stopped"


def test_regenerate_edit_and_the_tree(wang):
    conversation = wang.new_conversation()
    first = wang.ask(conversation, "say one")
    finished(wang, conversation, first)
    other = wang.post(f"/api/messages/{first['answer_id']}/regenerate").json()
    assert other["message_id"] == first["message_id"] and other["answer_id"] != first["answer_id"]
    finished(wang, conversation, other)
    edited = wang.ask(conversation, "say two", parent_id=None)
    finished(wang, conversation, edited)
    follow_up = wang.ask(conversation, "say three", parent_id=first["answer_id"])
    finished(wang, conversation, follow_up)
    parents = {m["id"]: m["parent_id"] for m in wang.messages(conversation)}
    assert parents[first["answer_id"]] == parents[other["answer_id"]] == first["message_id"]
    assert parents[edited["message_id"]] is None
    assert parents[follow_up["message_id"]] == first["answer_id"]


def test_the_prompt_holds_the_branch_and_the_system_prompt(wang, upstream):
    conversation = wang.new_conversation(system_prompt="Be brief.")
    first = wang.ask(conversation, "say one")
    finished(wang, conversation, first)
    second = wang.ask(conversation, "say two", parent_id=first["answer_id"])
    finished(wang, conversation, second)
    asked = [json.loads(c["body"])["messages"] for c in upstream.chats()]
    assert [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "say one"},
            {"role": "assistant", "content": "one"}, {"role": "user", "content": "say two"}] in asked


def test_an_interrupted_answer_goes_on(wang):
    conversation = wang.new_conversation()
    started = wang.ask(conversation, "cut 5")
    cut = finished(wang, conversation, started)
    assert cut["state"] == "failed" and cut["text"] == "w0 w1 w2 w3 w4 " and cut["problem"]["title"]
    again = wang.post(f"/api/turns/{started['turn_id']}/continue")
    assert again.status_code == 202, again.text
    finished(wang, conversation, again.json())


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_upstream_errors_become_sentences(wang, status):
    conversation = wang.new_conversation()
    answer = finished(wang, conversation, wang.ask(conversation, f"status {status}"))
    assert answer["state"] == "failed"
    assert answer["problem"]["title"] and "upstream says" not in answer["problem"]["title"]


def test_four_turns_at_once_and_no_more(wang):
    conversation = wang.new_conversation()
    running = [wang.ask(conversation, "slow 500", parent_id=None) for _ in range(4)]
    refused = wang.post(f"/api/conversations/{conversation}/turns", {"prompt": "slow 5", "parent_id": None})
    assert refused.status_code == 429 and refused.json()["code"] == "too_many_turns"
    for turn in running:
        wang.post(f"/api/turns/{turn['turn_id']}/stop")
    for turn in running:
        assert finished(wang, conversation, turn)["state"] == "stopped"


def test_a_title_comes_by_itself(wang):
    conversation = wang.new_conversation()
    finished(wang, conversation, wang.ask(conversation, "say title please"))
    deadline = time.monotonic() + 10
    while wang.get(f"/api/conversations/{conversation}").json()["title"] is None:
        assert time.monotonic() < deadline, "no title came"
        time.sleep(0.05)


def test_pages_pins_archive_and_search(zhao):
    ids = [zhao.new_conversation(title=f"第{i}次谈话") for i in range(7)]
    zhao.patch(f"/api/conversations/{ids[0]}", {"pinned": True})
    zhao.patch(f"/api/conversations/{ids[1]}", {"archived": True})
    seen, cursor = [], ""
    while True:
        page = zhao.get("/api/conversations", params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        seen += [c["id"] for c in page["items"]]
        cursor = page.get("next_cursor")
        if not cursor:
            break
    assert seen[0] == ids[0] and ids[1] not in seen and len(seen) == len(set(seen)) == 6
    assert [c["id"] for c in zhao.get("/api/conversations", params={"archived": "true"}).json()["items"]] == [ids[1]]
    finished(zhao, ids[2], zhao.ask(ids[2], "say 量子计算 needs qubits"))
    hits = zhao.get("/api/search", params={"q": "QUBITS"}).json()["items"]
    assert {h["conversation_id"] for h in hits} == {ids[2]} and all("qubits" in h["snippet"] for h in hits)
    assert zhao.get("/api/search", params={"q": "第3次"}).json()["items"][0]["conversation_id"] == ids[3]
    assert zhao.delete(f"/api/conversations/{ids[2]}").status_code == 204
    assert zhao.get("/api/search", params={"q": "qubits"}).json()["items"] == []
    assert zhao.get(f"/api/conversations/{ids[2]}").status_code == 404


def test_signing_out_closes_streams(server):
    someone = server.client("wang")
    conversation = someone.new_conversation()
    started = someone.ask(conversation, "slow 3000")
    events = someone.follow(started["turn_id"])
    next(events)
    other = server.client("wang")
    other.http.cookies = someone.http.cookies
    other.http.headers["X-CSRF-Token"] = someone.http.headers["X-CSRF-Token"]
    assert other.delete("/api/session").status_code == 204
    assert "state" not in text_of(events)[1]
    wang = server.client("wang")
    assert wang.get(f"/api/turns/{started['turn_id']}").json()["state"] == "running"
    wang.post(f"/api/turns/{started['turn_id']}/stop")
