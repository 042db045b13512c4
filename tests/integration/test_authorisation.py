"""Role × route over HTTP, and the contract: every route of the table, by everybody."""
import re

import pytest
import yaml

from siyu import PASSWORD, ROOT, Client

CONTRACT = yaml.safe_load((ROOT / "contract/openapi.yaml").read_text())
TABLE = re.findall(r'^    \{"(\w+)", "([^"]+)", \w+, (anyone|may(?:_either)?\([^)]*\)),',
                   (ROOT / "server/app/api/routes.cpp").read_text(), re.M)
ROUTES = [(method, path, access) for method, path, access in TABLE if path.startswith("/api/")]
NOBODYS = "019b76da-a800-7000-8000-000000000000"

# Who holds which administrative permission; everything else belongs to each member.
ADMINISTRATION = {"admin_users": "system_admin", "admin_engines": "system_admin", "admin_roles": "security_admin",
                  "admin_audit": "audit_admin"}
ROLES = ["member", "system_admin", "security_admin", "audit_admin"]


@pytest.fixture(scope="module")
def by_role(server, root):
    """A signed-in person for each role alone."""
    people = {}
    for role in ROLES:
        name = role.replace("_", "-")
        created = root.post("/api/admin/users", {"name": name, "password": PASSWORD}).json()
        assert root.put(f"/api/admin/users/{created['id']}/roles", {"roles": [role]}).status_code == 200
        people[role] = server.client(name)
    return people


def request(client: Client, method: str, path: str):
    return client.http.request(method, re.sub(r"\{\w+\}", NOBODYS, path), json=None if method == "GET" else {})


def is_allowed(role: str, access: str) -> bool:
    wanted = re.findall(r"Permission::(\w+)", access)
    holders = {ADMINISTRATION.get(p, "member") for p in wanted}
    return role in holders or (holders == {"member"} and access_of_everybody(wanted))


def access_of_everybody(wanted: list[str]) -> bool:
    """Everybody may see and end their own sessions and their own profile."""
    return set(wanted) <= {"session_own", "profile_own"}


@pytest.mark.parametrize("method,path,access", ROUTES)
def test_nobody_gets_in_without_signing_in(server, method, path, access):
    if access == "anyone":
        pytest.skip("public by the list that the route test holds")
    answer = request(Client(server.url), method, path)
    assert answer.status_code == 401 and answer.json()["code"] in ("not_signed_in", "unauthenticated"), answer.text


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method,path,access", [r for r in ROUTES if r[2] != "anyone" and r[:2] != ("DELETE", "/api/session")])
def test_a_role_opens_its_routes_and_no_others(by_role, role, method, path, access):
    answer = request(by_role[role], method, path)
    if is_allowed(role, access):
        assert answer.status_code not in (401, 403, 405, 500), answer.text
    else:
        assert answer.status_code == 403 and answer.json()["code"] == "permission_missing", answer.text


@pytest.mark.parametrize("method,path", [(m, p) for m, p, a in ROUTES if m != "GET" and a != "anyone"])
def test_a_change_needs_the_csrf_token_and_our_own_origin(server, method, path):
    client = server.client("wang")
    del client.http.headers["X-CSRF-Token"]
    assert request(client, method, path).json()["code"] == "csrf"
    client.http.headers["Origin"] = "https://evil.example"
    assert request(client, method, path).json()["code"] == "wrong_origin"


def test_table_and_contract_name_the_same_routes():
    contract = {(method.upper(), path) for path, item in CONTRACT["paths"].items() for method in item
                if method in ("get", "post", "put", "patch", "delete")}
    assert {(m, p) for m, p, _ in ROUTES} == contract


def test_nothing_of_another_person_can_be_reached(wang, zhao):
    conversation = zhao.new_conversation(title="private")
    started = zhao.ask(conversation, "say secret")
    for method, path in [
        ("GET", f"/api/conversations/{conversation}"), ("PATCH", f"/api/conversations/{conversation}"),
        ("DELETE", f"/api/conversations/{conversation}"), ("GET", f"/api/conversations/{conversation}/messages"),
        ("GET", f"/api/turns/{started['turn_id']}"), ("GET", f"/api/turns/{started['turn_id']}/events"),
        ("POST", f"/api/turns/{started['turn_id']}/stop"), ("POST", f"/api/turns/{started['turn_id']}/continue"),
        ("POST", f"/api/messages/{started['answer_id']}/regenerate")]:
        answer = wang.http.request(method, path, json=None if method == "GET" else {})
        assert answer.status_code == 404, (method, path, answer.text)
        missing = wang.http.request(method, path.replace(conversation, NOBODYS).replace(started["turn_id"], NOBODYS)
                                    .replace(started["answer_id"], NOBODYS), json=None if method == "GET" else {})
        assert {k: v for k, v in answer.json().items() if k != "request_id"} == missing.json(), "the answer tells absent from not yours"
    refused = wang.post(f"/api/conversations/{conversation}/turns", {"prompt": "hello"})
    assert refused.status_code == 404
    mine = wang.new_conversation()
    assert wang.post(f"/api/conversations/{mine}/turns", {"prompt": "x", "parent_id": started["answer_id"]}).status_code in (400, 404)
    assert wang.get("/api/search", params={"q": "secret"}).json()["items"] == []


def test_an_administrator_takes_no_role_by_way_of_a_password(by_role, server, root):
    everything = next(u for u in root.get("/api/admin/users").json()["items"] if u["name"] == "root")
    refused = by_role["system_admin"].put(f"/api/admin/users/{everything['id']}/password", {"new_password": PASSWORD + " new"})
    assert refused.status_code == 403 and refused.json()["code"] == "outranked"
    assert server.client("root")
    member = root.post("/api/admin/users", {"name": "forgetful", "password": PASSWORD}).json()
    assert by_role["system_admin"].put(f"/api/admin/users/{member['id']}/password", {"new_password": PASSWORD + " new"}).status_code == 204
    assert server.client("forgetful", PASSWORD + " new")


def test_nobody_gives_an_administrator_role_to_themselves(by_role):
    security = by_role["security_admin"]
    mine = f"/api/admin/users/{security.user['id']}/roles"
    refused = security.put(mine, {"roles": ["security_admin", "audit_admin"]})
    assert refused.status_code == 403 and refused.json()["code"] == "own_roles"
    assert security.put(mine, {"roles": ["security_admin", "member"]}).status_code == 200
    assert security.put(mine, {"roles": ["security_admin"]}).status_code == 200


def test_a_refusal_is_on_record(by_role, root):
    denied = root.get("/api/admin/audit", params={"action": "access.refused"}).json()["items"]
    assert {"outranked", "own_roles", "permission_missing"} <= {e["reason"] for e in denied}
    assert {e["actor"] for e in denied} & {by_role["security_admin"].user["id"]}
