"""The command line, beside a running server and without one."""
import os
import re
import socket
import stat
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from siyu import PASSWORD, Client, Siyu, command_line

KEY = re.compile(r"^sk-siyu-[A-Za-z0-9_-]{43}\n$")


@pytest.fixture
def installation(tmp_path):
    """A server that a test starts when it wants; whatever runs at the end is ended."""
    siyu = Siyu(tmp_path / "data")
    yield siyu
    if siyu.process and siyu.process.poll() is None:
        assert siyu.stop() == 0, siyu.log_text()[-2000:]


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def whoami(siyu: Siyu, key: str) -> httpx.Response:
    return httpx.get(siyu.url + "/v1/models", headers={"Authorization": f"Bearer {key}"}, timeout=30)


def test_version_help_and_wrong_usage(tmp_path):
    data = tmp_path / "data"
    assert re.fullmatch(r"siyu \d+\.\d+\.\d+\n", command_line(data, "version").stdout)
    shown = command_line(data, "user", "create", "--help")
    assert shown.returncode == 0 and "--password-stdin" in shown.stdout
    for words in (["serve", "--bogus"], ["user", "create", "x"], ["user", "create", "x", "--role", "king"], ["user"], ["nonsense"]):
        wrong = command_line(data, *words)
        assert wrong.returncode == 64 and wrong.stderr, words
    assert not data.exists(), "nothing was made"


def test_texts_are_chinese_where_the_environment_is(tmp_path):
    done = command_line(tmp_path / "data", "user", "unlock", "nobody", env={"LANG": "zh_CN.UTF-8"})
    assert done.returncode == 1 and "没有用户 nobody" in done.stderr


def test_accounts_and_keys_made_without_a_server(installation):
    installation.create_user("boss", "admin")
    installation.create_user("wang")
    key = installation.create_api_key("wang")
    assert mode(installation.data) == 0o700
    assert {mode(file) for file in installation.data.iterdir() if file.is_file()} == {0o600}
    installation.start()
    boss = installation.client("boss")
    assert set(boss.user["roles"]) == {"member", "system_admin", "security_admin", "audit_admin"}
    assert installation.client("wang").user["roles"] == ["member"]
    assert whoami(installation, key).status_code == 200
    assert boss.get("/api/status").json()["setup_needed"] is False


def test_accounts_and_keys_made_beside_a_server(installation):
    installation.start()
    assert mode(installation.data / "admin.sock") == 0o600
    installation.create_user("wang")
    assert (installation.data / "first-admin.url").exists(), "no administrator exists yet"
    installation.create_user("boss", "admin")
    assert not (installation.data / "first-admin.url").exists()
    made = command_line(installation.data, "apikey", "create", "--user", "wang", "--name", "laptop")
    assert KEY.match(made.stdout), made
    assert whoami(installation, made.stdout.strip()).status_code == 200
    assert PASSWORD not in installation.log_text() and made.stdout.strip() not in installation.log_text()


def test_what_the_services_refuse_the_command_line_refuses(installation):
    installation.create_user("wang")

    def refused():
        for words, stdin in ((("user", "create", "WANG", "--role", "member"), PASSWORD), (("user", "create", "a b", "--role", "member"), PASSWORD),
                             (("user", "create", "li", "--role", "member"), "short"), (("user", "create", "li", "--role", "member"), ""),
                             (("user", "password", "nobody"), PASSWORD), (("user", "unlock", "nobody"), None),
                             (("apikey", "create", "--user", "nobody", "--name", "x"), None),
                             (("apikey", "create", "--user", "wang", "--name", "x", "--days", "0"), None)):
            done = command_line(installation.data, *words, stdin=stdin or "")
            assert done.returncode == 1 and done.stdout == "" and done.stderr.startswith("siyu: "), (words, done)

    refused()
    installation.start()
    refused()


def test_a_new_password_ends_the_sessions_and_the_lock(installation):
    installation.create_user("wang")
    installation.start()
    wang = installation.client("wang")
    for _ in range(5):
        assert httpx.post(installation.url + "/api/session", json={"name": "wang", "password": "x"}, timeout=30).status_code == 401
    locked = httpx.post(installation.url + "/api/session", json={"name": "wang", "password": PASSWORD}, timeout=30)
    assert (locked.status_code, locked.json()["code"]) == (429, "sign_in_locked")
    assert command_line(installation.data, "user", "unlock", "wang").returncode == 0
    installation.client("wang")
    assert wang.get("/api/session").status_code == 200
    assert command_line(installation.data, "user", "password", "wang", "--password-stdin", stdin="seven quiet lakes\n").returncode == 0
    assert wang.get("/api/session").status_code == 401
    installation.client("wang", "seven quiet lakes")


def test_a_second_server_is_refused_by_name(installation):
    installation.start()
    second = command_line(installation.data, "serve", "--listen", "127.0.0.1:0")
    assert second.returncode == 1
    assert f"process {installation.process.pid}" in second.stderr and str(installation.data) in second.stderr


def test_after_a_kill_the_directory_is_free_again(installation):
    installation.start()
    installation.kill()
    assert (installation.data / "admin.sock").exists()
    installation.create_user("wang")
    installation.start()
    installation.create_user("zhao")
    installation.client("wang")
    assert command_line(installation.data, "audit", "verify").returncode == 0


def test_a_foreign_directory_is_left_alone(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thesis.txt").write_text("mine")
    for words in (["serve"], ["user", "create", "x", "--role", "member"]):
        done = command_line(tmp_path / "data", *words, stdin=PASSWORD)
        assert done.returncode == 1 and "siyu.db" in done.stderr, done
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["thesis.txt"]


def test_no_core_dumps_and_many_files(installation):
    installation.start()
    limits = open(f"/proc/{installation.process.pid}/limits").read()
    assert re.search(r"Max core file size +0 +0 ", limits)
    files = re.search(r"Max open files +(\d+) +(\d+)", limits)
    assert files[1] == files[2]
    assert int(open(f"/proc/{installation.process.pid}/coredump_filter").read(), 16) == 0


def test_the_first_administrators_link_works_once(installation):
    installation.start()
    file = installation.data / "first-admin.url"
    old = file.read_text().strip()
    assert mode(file) == 0o600 and "/setup#token=" in old
    assert old.split("=")[1] not in installation.log_text(), "only a terminal is shown the link"
    assert installation.stop() == 0
    installation.start()
    token = file.read_text().strip().split("=")[1]

    def create(name: str, token: str) -> int:
        body = {"token": token, "name": name, "password": PASSWORD}
        return httpx.post(installation.url + "/api/setup", json=body, timeout=60).status_code

    assert create("old", old.split("=")[1]) == 403
    with ThreadPoolExecutor() as pool:
        outcomes = sorted(pool.map(lambda name: create(name, token), ["a-boss", "b-boss", "c-boss", "d-boss"]))
    assert outcomes == [201, 409, 409, 409]
    assert not file.exists()
    assert create("late", token) == 409
    assert httpx.get(installation.url + "/api/status", timeout=30).json()["setup_needed"] is False


def test_config_shows_origins_and_no_secret(tmp_path):
    (tmp_path / "siyu.yaml").write_text("providers:\n  - {name: p, base_url: http://gpu:8000/v1, api_key: env:GPU_KEY}\n")
    shown = command_line(tmp_path / "data", "config", "show", env={"GPU_KEY": "canary-key", "PORT": "4000"})
    assert shown.returncode == 0 and "canary" not in shown.stdout
    lines = {line.split()[0]: line for line in shown.stdout.splitlines()}
    assert "********" in lines["providers[0].api_key"] and lines["providers[0].api_key"].endswith("# siyu.yaml:2")
    assert "4000" in lines["port"] and lines["port"].endswith("# environment variable PORT")
    assert lines["data"].endswith("# option --data")
    assert command_line(tmp_path / "data", "config", "check", env={"GPU_KEY": "k"}).returncode == 0


@pytest.mark.parametrize("env,name", [({"PORT": "http"}, "port"), ({"DB_HOST": "db"}, "DB_HOST"), ({"DATABASE_URL": "x"}, "DATABASE_URL"),
                                      ({"REDIS_URL": "x"}, "REDIS_URL"), ({"SIYU_LISTEN": "0.0.0.0:3000"}, "listen")])
def test_a_bad_setting_stops_every_command(tmp_path, env, name):
    for words in (["serve"], ["config", "check"], ["audit", "verify"]):
        done = command_line(tmp_path / "data", *words, env=env)
        assert done.returncode == 1 and name in done.stderr and next(iter(env)) in done.stderr, done
    assert not (tmp_path / "data").exists()


def test_doctor_tells_what_is_missing(installation):
    bad = command_line(installation.data, "doctor")
    assert bad.returncode == 1 and "BAD" in bad.stdout and "MODEL_API_URL" in bad.stdout
    good = command_line(installation.data, "doctor", env={"MODEL_API_URL": "http://127.0.0.1:9"})
    assert good.returncode == 0 and "BAD" not in good.stdout, good.stdout
    installation.start()
    (installation.data / "master.key").rename(installation.data.parent / "master.key")
    try:
        lost = command_line(installation.data, "doctor", env={"MODEL_API_URL": "http://127.0.0.1:9"})
        assert lost.returncode == 1 and "BAD" in lost.stdout, lost.stdout
    finally:
        (installation.data.parent / "master.key").rename(installation.data / "master.key")


def test_the_administrators_socket_outlives_nonsense(installation):
    installation.start()
    for sent in (b"", b"\n", b"{\"command\":\"user.create\"}\n", b"{\"command\":7}\n", b"\xff\n", b"x" * 200_000, b"{\"command\":\"nothing\"}\n"):
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(30)
            # By way of the folder: the path may be longer than a socket's address.
            client.connect(f"/proc/self/fd/{folder(installation)}/admin.sock")
            try:
                client.sendall(sent)
                client.shutdown(socket.SHUT_WR)
                client.recv(65536)
            except OSError:
                pass
    installation.create_user("wang")
    assert isinstance(installation.client("wang"), Client)


def folder(installation: Siyu) -> int:
    return os.open(installation.data, os.O_PATH | os.O_DIRECTORY)
