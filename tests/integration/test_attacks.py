"""Attacks that once went somewhere, each held shut."""
import json
import resource
import socket
import threading
import time

import httpx
import pytest

from upstream import MODEL


def exchange(server, raw: bytes, timeout: float = 10) -> bytes:
    """What the server answers until it closes the connection."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=timeout) as s:
        s.sendall(raw)
        answer = b""
        while piece := s.recv(65536):
            answer += piece
    return answer


def test_what_no_request_can_begin_with_is_refused_at_once(server):
    began = time.monotonic()
    answer = exchange(server, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
    assert answer.startswith(b"HTTP/1.1 400") and time.monotonic() - began < 5


def test_whoever_drips_after_a_refusal_is_cut_off(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as s:
        s.sendall(b"nonsense\r\n")
        began = time.monotonic()
        try:
            while time.monotonic() - began < 30:
                s.sendall(b"a")
                time.sleep(0.5)
        except OSError:
            pass
        assert time.monotonic() - began < 20


def test_refusals_below_http_carry_the_usual_fields_and_their_own_status(server):
    head, _, body = exchange(server, b"POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\n\r\n").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413") and json.loads(body)["status"] == 413
    for field in (b"X-Content-Type-Options: nosniff", b"Referrer-Policy: no-referrer", b"X-Request-Id: "):
        assert field in head
    answer = httpx.request("PUT", server.url + "/api/session", headers={"Origin": server.url})
    assert answer.status_code == answer.json()["status"] == 405


def test_a_program_gets_openais_shape_for_a_body_that_is_too_large(server):
    key = server.create_api_key("wang").encode()
    raw = b"POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + key + b"\r\nContent-Length: 99999999999\r\n\r\n"
    head, _, body = exchange(server, raw).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413") and json.loads(body)["error"]["code"] == "body_too_large"


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/api/conversations/019b76da-a800-7000-8000-000000000000/turns"])
def test_strangers_cannot_fill_the_memory_with_bodies(server, path):
    length = b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" % path.encode()
    assert exchange(server, length).startswith(b"HTTP/1.1 401")
    chunked = b"POST %s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" % path.encode()
    assert exchange(server, chunked).startswith(b"HTTP/1.1 401")


def test_metrics_are_for_programs_of_this_machine(server):
    assert httpx.get(server.url + "/metrics").status_code == 200
    for headers in ({"Host": "evil.example"}, {"X-Forwarded-For": "127.0.0.1"}, {"Via": "1.1 proxy"}, {"Forwarded": "for=127.0.0.1"}):
        assert httpx.get(server.url + "/metrics", headers=headers).status_code == 404, headers


def test_a_revoked_key_ends_its_running_calls(server, wang, upstream):
    made = wang.post("/api/api-keys", {"name": "soon gone"}).json()
    got = {True: b"", False: None}
    begun = threading.Event()

    def call(stream: bool) -> None:
        request = {"model": MODEL, "stream": stream, "messages": [{"role": "user", "content": "slow 1500"}]}
        try:
            with httpx.stream("POST", server.url + "/v1/chat/completions", headers={"Authorization": "Bearer " + made["key"]},
                              json=request, timeout=60) as answer:
                if not stream:
                    got[False] = (answer.status_code, answer.read())
                    return
                for piece in answer.iter_bytes():
                    got[True] += piece
                    begun.set()
        except httpx.RemoteProtocolError:
            pass  # the answer is cut, so that nobody takes it for the whole

    threads = [threading.Thread(target=call, args=(stream,)) for stream in (True, False)]
    for thread in threads:
        thread.start()
    assert begun.wait(20)
    deadline = time.monotonic() + 20
    while len([c for c in upstream.chats() if b"slow 1500" in c["body"]]) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    revoked = time.monotonic()
    assert wang.delete(f"/api/api-keys/{made['entry']['id']}").status_code == 204
    for thread in threads:
        thread.join()
    assert time.monotonic() - revoked < 10
    assert got[True] and b"[DONE]" not in got[True]
    assert got[False][0] == 401 and json.loads(got[False][1])["error"]["code"] == "bad_api_key"
    while not all(c["left"] for c in upstream.chats() if b"slow 1500" in c["body"]) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert all(c["left"] for c in upstream.chats() if b"slow 1500" in c["body"]), "the upstream goes on computing"


def test_losing_the_role_ends_open_streams(server, root):
    server.create_user("qian")
    qian = server.client("qian")
    started = qian.ask(qian.new_conversation(), "slow 1000")
    events = qian.follow(started["turn_id"])
    next(events)
    user = next(u["id"] for u in root.get("/api/admin/users").json()["items"] if u["name"] == "qian")
    assert root.put(f"/api/admin/users/{user}/roles", {"roles": ["audit_admin"]}).status_code == 200
    assert not [data for _, event, data in events if event == "end"]
    assert qian.get(f"/api/turns/{started['turn_id']}").status_code == 403
    assert root.put(f"/api/admin/users/{user}/roles", {"roles": ["member"]}).status_code == 200
    assert qian.post(f"/api/turns/{started['turn_id']}/stop").status_code == 202


def test_a_file_at_its_limit_is_refused_and_the_server_lives(server, wang):
    inside = wang.new_conversation(title="before")
    size = (server.data / "siyu.db-wal").stat().st_size
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        answers = [wang.post("/api/conversations", {"title": "x" * 150}).status_code for _ in range(40)]
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert server.process.poll() is None and 503 in answers and set(answers) <= {201, 503}
    assert wang.get(f"/api/conversations/{inside}").json()["title"] == "before"
    deadline = time.monotonic() + 20
    while wang.post("/api/conversations", {}).status_code != 201:
        assert time.monotonic() < deadline, "it never writes again"
        time.sleep(0.2)
