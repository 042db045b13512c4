#!/usr/bin/env python3
"""Plays a model server for the supervisor's tests: loads for a moment, serves, and does as its arguments say.

fake_engine.py serve           answers 503 three times, then 200; ends when standard input closes
fake_engine.py stubborn        as serve, but takes no SIGTERM and has a child that would outlive it
fake_engine.py broken          says why it cannot run
"""
import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = os.environ.get("SIYU_ENGINE_KEY", "")
health_calls = 0


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self):
        global health_calls
        if self.headers.get("Authorization") != "Bearer " + KEY:
            return self.answer(401, "{}")
        if self.path == "/health":
            health_calls += 1
            return self.answer(200, "{}") if health_calls > 3 else self.answer(503, '{"error":{"message":"Loading model"}}')
        if self.path == "/v1/models":
            return self.answer(200, '{"data":[{"id":"tiny","owned_by":"llamacpp","meta":{"n_ctx":512}}]}')
        if self.path == "/props":
            return self.answer(200, '{"total_slots":2,"default_generation_settings":{"n_ctx":256}}')
        return self.answer(404, "{}")

    def log_message(self, *arguments):
        pass


class Server(HTTPServer):
    def handle_error(self, request, client_address):
        pass  # the other side may leave


def end_with_stdin():
    while os.read(0, 4096):
        pass
    os._exit(0)


def main():
    mode = sys.argv[1]
    if not KEY or KEY in " ".join(sys.argv) or "SIYU_TEST_SECRET" in os.environ:
        sys.exit("error: a secret where none belongs.")
    if mode == "broken":
        sys.exit("error: there is no model file.")
    if mode == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = subprocess.Popen(["sleep", "1000"])
        print("child", child.pid, flush=True)
    else:
        threading.Thread(target=end_with_stdin, daemon=True).start()
    print("serving on", os.environ["SIYU_ENGINE_PORT"], flush=True)
    Server(("127.0.0.1", int(os.environ["SIYU_ENGINE_PORT"])), Handler).serve_forever()


main()
