"""Whatever is sent, the answer is a clear problem, nothing is lost, and never a 500."""
import json
import socket

import pytest

NOBODYS = "019b76da-a800-7000-8000-000000000000"
BODIES = {
    "not json": b"hello", "cut": b'{"prompt":', "empty": b"", "array": b"[]", "null": b"null", "number": b"1",
    "duplicate": b'{"prompt":"a","prompt":"b"}', "unknown": b'{"prompt":"a","colour":"red"}', "type": b'{"prompt":5}',
    "null member": b'{"prompt":null}', "empty text": b'{"prompt":""}', "control": b'{"prompt":"a\\u0000b"}',
    "surrogate": b'{"prompt":"\\ud800"}', "utf8": b'{"prompt":"\xff\xfe"}', "deep": b'{"prompt":' + b"[" * 2000 + b"]" * 2000 + b"}",
    "bad id": b'{"prompt":"a","message_id":"1"}', "upper id": b'{"prompt":"a","message_id":"019B76DA-A800-7000-8000-000000000000"}',
    "unknown parent": b'{"prompt":"a","parent_id":"019b76da-a800-7000-8000-000000000000"}',
    "unknown model": b'{"prompt":"a","model":"none"}', "bom": b'\xef\xbb\xbf{"prompt":"a"}', "trailing": b'{"prompt":"a"}{}',
    "utf16": '{"prompt":"a"}'.encode("utf-16"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_bad_turn_is_refused_and_nothing_is_stored(wang, name):
    conversation = wang.new_conversation()
    answer = wang.http.post(f"/api/conversations/{conversation}/turns", content=BODIES[name], headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500, answer.text
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["code"] and problem["title"] and problem["status"] == answer.status_code
    assert wang.messages(conversation) == []


CHANGES = [("POST", "/api/conversations"), ("PATCH", "/api/conversations/{c}"), ("POST", "/api/api-keys"), ("PATCH", "/api/profile"),
           ("PUT", "/api/profile/password"), ("POST", "/api/session"), ("POST", "/api/setup"), ("POST", "/api/admin/users"),
           ("PATCH", f"/api/admin/users/{NOBODYS}"), ("PUT", f"/api/admin/users/{NOBODYS}/roles")]
VALUES = [b"[]", b"{", b'{"x":1}', b'{"title":1}', b'{"title":""}', b'{"parameters":[]}', b'{"parameters":{"temperature":9}}',
          b'{"parameters":{"colour":1}}', b'{"pinned":"yes"}', b'{"name":""}', b'{"name":"a","password":"b","token":7}', b'{"roles":["king"]}',
          b'{"roles":"member"}', b'{"expires_in_days":0,"name":"a"}', b'{"name":"a","expires_in_days":1e99}', b'{"locale":"fr"}',
          b'{"display_name":""}', b'{"disabled":1}', b'{"name":"' + b"a" * 5000 + b'"}', b'{"name":"a b<script>","password":"long enough password"}']


@pytest.mark.parametrize("method,path", CHANGES)
def test_no_body_makes_a_500(root, method, path):
    conversation = root.new_conversation()
    for body in VALUES:
        answer = root.http.request(method, path.replace("{c}", conversation), content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, (body, answer.text)
        if answer.status_code >= 400:
            assert answer.json()["title"], body


@pytest.mark.parametrize("path", ["/api/conversations?limit=0", "/api/conversations?limit=x", "/api/conversations?limit=1000", "/api/conversations?cursor=zzz",
                                  "/api/conversations?archived=maybe", "/api/search", "/api/search?q=", "/api/search?q=" + "a" * 900,
                                  "/api/conversations/1", "/api/turns/../turns/1", "/api/turns/%00", "/api/nothing", "/api/search?q=%zz"])
def test_bad_addresses(wang, path):
    answer = wang.get(path)
    assert 400 <= answer.status_code < 500 and answer.json()["title"], answer.text


def test_too_large_a_body_is_refused_before_it_is_read(server, wang):
    answer = wang.http.post("/api/api-keys", content=b'{"name":"' + b"a" * 100_000 + b'"}', headers={"Content-Type": "application/json"})
    assert answer.status_code == 413 and answer.json()["code"]


def test_another_media_type(wang):
    answer = wang.http.post("/api/conversations", content="title=a", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 400 and answer.json()["code"] == "unsupported_media_type"


def test_problems_speak_both_languages(wang):
    english = wang.get(f"/api/conversations/{NOBODYS}", headers={"Accept-Language": "en"}).json()
    chinese = wang.get(f"/api/conversations/{NOBODYS}", headers={"Accept-Language": "zh-CN"}).json()
    assert english["code"] == chinese["code"] and english["title"] != chinese["title"] and "不" in chinese["title"]


@pytest.mark.parametrize("raw", [b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                                 b"POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                                 b"POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01",
                                 b"GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n"])
def test_what_is_not_http_gets_a_400_and_a_closed_connection(server, raw):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as s:
        s.sendall(raw)
        answer = b""
        while piece := s.recv(4096):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 400"), answer[:200]


def test_the_server_is_well_after_all_that(server, wang):
    assert wang.get("/api/session").status_code == 200
    assert '"log.level":"error"' not in server.log_text() and json.dumps("internal") not in server.log_text()
