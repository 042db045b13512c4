"""The unchanged OpenAI SDKs, pointed at Siyu by base URL and key alone, see what they would see at the upstream itself."""
import json
import os
import subprocess
import time
from pathlib import Path

import httpx
import openai
import pytest

from siyu import ROOT
from upstream import MODEL

SDK_JS = Path(__file__).parent / "sdk_js"


@pytest.fixture(scope="module")
def key(server):
    return server.create_api_key("wang")


@pytest.fixture(scope="module")
def through(server, key):
    return openai.OpenAI(base_url=server.url + "/v1", api_key=key, max_retries=0)


@pytest.fixture(scope="module")
def direct(upstream):
    return openai.OpenAI(base_url=upstream.url + "/v1", api_key="none", max_retries=0)


def ask(client, prompt, **more):
    return client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": prompt}], **more)


def streamed(client, prompt, **more):
    return [chunk.to_dict() for chunk in ask(client, prompt, stream=True, **more)]


def failure(call):
    try:
        call()
    except openai.APIError as error:
        return type(error), getattr(error, "status_code", None), getattr(error, "code", None)
    return None


def test_whole_answers_are_equal(through, direct):
    assert ask(through, "say 你好 world").to_dict() == ask(direct, "say 你好 world").to_dict()


@pytest.mark.parametrize("more", [{}, {"stream_options": {"include_usage": True}}])
def test_streams_are_equal_chunk_by_chunk(through, direct, more):
    assert streamed(through, "say 你好 my world", **more) == streamed(direct, "say 你好 my world", **more)


def test_the_bytes_are_the_upstreams(server, key, upstream):
    body = {"model": MODEL, "stream": True, "messages": [{"role": "user", "content": "say exactly these bytes 私语"}]}
    answer = httpx.post(server.url + "/v1/chat/completions", json=body, headers={"Authorization": f"Bearer {key}"})
    call = upstream.chats()[-1]
    assert answer.content == call["sent"]
    assert json.loads(call["body"]) == body and key not in str(call["headers"])


def test_tools_pass_through(through, upstream):
    tools = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {}}}}]
    ask(through, "say tools", tools=tools, tool_choice="required")
    sent = json.loads(upstream.chats()[-1]["body"])
    assert sent["tools"] == tools and sent["tool_choice"] == "required"


def test_models_are_listed(through):
    assert MODEL in [m.id for m in through.models.list()]


@pytest.mark.parametrize("status", [400, 404, 422, 429, 500, 503])
def test_errors_raise_what_the_upstreams_raise(through, direct, status):
    mine, theirs = failure(lambda: ask(through, f"status {status}")), failure(lambda: ask(direct, f"status {status}"))
    assert mine[:2] == theirs[:2], (mine, theirs)


def test_a_wrong_key_is_an_authentication_error(server):
    stranger = openai.OpenAI(base_url=server.url + "/v1", api_key="sk-siyu-wrong", max_retries=0)
    assert failure(lambda: ask(stranger, "hello"))[:2] == (openai.AuthenticationError, 401)


def test_an_unknown_model_is_not_found(through):
    with pytest.raises(openai.NotFoundError):
        through.chat.completions.create(model="no-such-model", messages=[{"role": "user", "content": "hello"}])


def test_a_cut_stream_ends_in_an_error_never_in_done(server, key, through):
    with pytest.raises(openai.APIError):
        streamed(through, "cut 3")
    body = {"model": MODEL, "stream": True, "messages": [{"role": "user", "content": "cut 3"}]}
    try:
        text = httpx.post(server.url + "/v1/chat/completions", json=body, headers={"Authorization": f"Bearer {key}"}).text
    except httpx.RemoteProtocolError:
        return
    assert "[DONE]" not in text and '"error"' in text


@pytest.mark.parametrize("prompt,stream", [("slow 3000", True), ("stall", True), ("stall", False), ("slow 3000", False)])
def test_a_client_that_leaves_stops_the_model(server, key, upstream, prompt, stream):
    body = {"model": MODEL, "stream": stream, "messages": [{"role": "user", "content": prompt}]}
    before = len(upstream.chats())
    with pytest.raises(httpx.ReadTimeout):
        with httpx.stream("POST", server.url + "/v1/chat/completions", json=body, headers={"Authorization": f"Bearer {key}"},
                          timeout=httpx.Timeout(5, read=0.5)) as answer:
            for n, _ in enumerate(answer.iter_lines()):
                if n > 5:
                    raise httpx.ReadTimeout("enough")
    deadline = time.monotonic() + 10
    while not (len(upstream.chats()) > before and upstream.chats()[-1]["left"]):
        assert time.monotonic() < deadline, "the upstream was never told"
        time.sleep(0.02)


def test_a_revoked_key_is_refused_within_a_second(server, wang):
    made = wang.post("/api/api-keys", {"name": "short-lived"}).json()
    client = openai.OpenAI(base_url=server.url + "/v1", api_key=made["key"], max_retries=0)
    assert ask(client, "say yes").choices[0].message.content == "yes"
    assert wang.delete(f"/api/api-keys/{made['entry']['id']}").status_code == 204
    time.sleep(1)
    assert failure(lambda: ask(client, "say no"))[:2] == (openai.AuthenticationError, 401)


@pytest.mark.parametrize("body,field", [
    ('{"model":"imposter-1","messages":[],"model":"other"}', "model"), ('{"messages":[]}', "model"), ('{"model":5,"messages":[]}', "model"),
    ('[]', None), ('{"model":"imposter-1","messages":"\\ud800"}', None), ('{"model":', None), ("", None),
    ('{"model":"imposter-1","messages":[' + "[" * 80 + "]" * 80 + "]}", None),
    ('{"model":"imposter-1","messages":[{"role":"user","content":"a","content":"b"}]}', None)])
def test_a_body_that_could_be_read_two_ways_is_refused(server, key, upstream, body, field):
    before = len(upstream.chats())
    answer = httpx.post(server.url + "/v1/chat/completions", content=body,
                        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert len(upstream.chats()) == before


def test_invalid_utf8_is_refused(server, key):
    answer = httpx.post(server.url + "/v1/chat/completions", content=b'{"model":"imposter-1","messages":[{"role":"user","content":"\xff"}]}',
                        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    assert answer.status_code == 400


def test_the_javascript_sdk(server, key, upstream):
    """sdk_js/check.mjs compares both sides itself and prints a line for each check."""
    done = subprocess.run(["node", str(SDK_JS / "check.mjs")], capture_output=True, text=True, timeout=120,
                          env=os.environ | {"SIYU_BASE": server.url + "/v1", "SIYU_KEY": key, "DIRECT_BASE": upstream.url + "/v1",
                                            "MODEL": MODEL, "PATH": f"{ROOT}/.tools/bin:" + os.environ["PATH"]})
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok ") >= 7
