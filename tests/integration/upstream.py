"""A model server that does what a test tells it: tokens with gaps, errors, cuts; it keeps what it was asked and what it sent.

The behaviour is chosen by words in the last message: `say WORD…` echoes, `slow N` sends N tokens 20 ms apart, `status N` answers
with that HTTP status, `cut N` breaks off after N tokens, `stall` sends nothing until the client leaves, `think` reasons first.
"""
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODEL = "imposter-1"


class QuietServer(ThreadingHTTPServer):
    """Clients that are killed are what these tests are about: no traceback for each."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


class Upstream:
    """Serves on a free loopback port. `calls` holds a dict for each request: path, headers, body (bytes), sent (bytes), left."""

    def __init__(self, port: int = 0, key: str | None = None):
        self.calls: list[dict] = []
        self.key = key
        self.server = QuietServer(("127.0.0.1", port), self.handler())
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def chats(self) -> list[dict]:
        return [c for c in self.calls if c["path"] == "/v1/chat/completions"]

    def handler(upstream):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                if self.path == "/v1/models":
                    return self.answer(200, {"object": "list", "data": [
                        {"id": MODEL, "object": "model", "created": 1, "owned_by": "test", "meta": {"n_ctx": 4096}}]})
                if self.path == "/health":
                    return self.answer(200, {"status": "ok"})
                return self.answer(404, {"error": {"message": "no such path", "type": "not_found", "code": 404}})

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.call = {"path": self.path, "headers": dict(self.headers), "body": body, "sent": b"", "left": False,
                             "at": time.monotonic()}
                upstream.calls.append(self.call)
                if upstream.key and self.headers.get("Authorization") != "Bearer " + upstream.key:
                    return self.answer(401, {"error": {"message": "wrong key", "type": "authentication_error", "code": "invalid_api_key"}})
                self.request_json = json.loads(body)
                prompt = self.request_json["messages"][-1]["content"]
                if isinstance(prompt, list):
                    prompt = " ".join(p.get("text", "") for p in prompt)
                if match := re.search(r"status (\d+)", prompt):
                    return self.answer(int(match[1]), {"error": {"message": f"upstream says {match[1]}", "type": "upstream_error",
                                                                  "param": None, "code": "scripted"}})
                try:
                    (self.stream if self.request_json.get("stream") else self.whole)(prompt)
                except (BrokenPipeError, ConnectionResetError):
                    self.call["left"] = True
                    self.call["left_at"] = time.monotonic()
                    self.close_connection = True

            def answer(self, status: int, value: dict) -> None:
                data = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                if status == 429:
                    self.send_header("Retry-After", "7")
                self.end_headers()
                self.wfile.write(data)

            def tokens(self, prompt: str) -> list[str]:
                if match := re.search(r"slow (\d+)", prompt):
                    return [f"w{i} " for i in range(int(match[1]))]
                if match := re.search(r"cut (\d+)", prompt):
                    return [f"w{i} " for i in range(int(match[1]))]
                if match := re.search(r"say (.+)", prompt, re.S):
                    return re.findall(r"\S+\s*", match[1])
                return ["Hello", ", ", "world", "！", "你好"]

            def usage(self, tokens: list[str]) -> dict:
                return {"prompt_tokens": 11, "completion_tokens": len(tokens), "total_tokens": 11 + len(tokens)}

            def whole(self, prompt: str) -> None:
                if "stall" in prompt:
                    self.wait_for_leaving()
                tokens = self.tokens(prompt)
                if "slow" in prompt:
                    for _ in tokens:
                        self.gap()
                self.answer(200, {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": MODEL, "choices": [
                    {"index": 0, "message": {"role": "assistant", "content": "".join(tokens)}, "finish_reason": "stop"}],
                    "usage": self.usage(tokens)})

            def wait_for_leaving(self) -> None:
                """Until the other side closes: reading gives nothing then."""
                self.connection.settimeout(30)
                if not self.connection.recv(1):
                    raise BrokenPipeError

            def gap(self) -> None:
                self.connection.settimeout(0.02)
                try:
                    if not self.connection.recv(1):
                        raise BrokenPipeError
                except TimeoutError:
                    pass
                finally:
                    self.connection.settimeout(30)

            def send(self, data: str) -> None:
                raw = f"data: {data}\n\n".encode()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))
                self.wfile.flush()
                self.call["sent"] += raw

            def chunk(self, delta: dict, finish: str | None = None) -> None:
                self.send(json.dumps({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": MODEL,
                                      "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}, ensure_ascii=False))

            def stream(self, prompt: str) -> None:
                if "stall" in prompt:
                    self.wait_for_leaving()
                tokens = self.tokens(prompt)
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.chunk({"role": "assistant", "content": None})
                if "think" in prompt:
                    self.chunk({"reasoning_content": "Let me think. "})
                for token in tokens:
                    self.chunk({"content": token})
                    if "slow" in prompt:
                        self.gap()
                if "cut" in prompt:
                    self.close_connection = True
                    self.connection.close()
                    return
                self.chunk({}, "stop")
                if self.request_json.get("stream_options", {}).get("include_usage"):
                    self.send(json.dumps({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": MODEL,
                                          "choices": [], "usage": self.usage(tokens)}))
                self.send("[DONE]")
                self.wfile.write(b"0\r\n\r\n")

        return Handler
