"""A reader that comes back after the server was killed gets the stored text and the end, wherever it had stood."""
from conftest import provider
from siyu import Siyu, text_of
from upstream import Upstream


def test_whoever_comes_back_after_a_kill_sees_the_end(tmp_path):
    upstream = Upstream()
    siyu = Siyu(tmp_path / "data", {"providers": [provider(upstream)]}).start()
    siyu.create_user("wang")
    wang = siyu.client("wang")
    siyu.wait_for_model(wang)
    conversation = wang.new_conversation()
    started = wang.ask(conversation, "slow 3000")
    positions = []
    for id, _, _ in wang.follow(started["turn_id"]):
        positions.append(id)
        if len(positions) == 40:
            break
    siyu.kill()

    siyu.start()
    wang = siyu.client("wang")
    answer = wang.message(conversation, started["answer_id"])
    assert answer["state"] == "interrupted" and answer["problem" if "problem" in answer else "text"]
    for position in [None, *positions]:
        text, end = text_of(wang.follow(started["turn_id"], after=position))
        assert (text, end.get("state")) == (answer["text"], "interrupted"), position

    siyu.wait_for_model(wang)
    again = wang.post(f"/api/turns/{started['turn_id']}/continue")
    assert again.status_code == 202, again.text
    wang.post(f"/api/turns/{again.json()['turn_id']}/stop")
    siyu.stop()
    upstream.stop()
