import pytest

from siyu import BINARY, Siyu
from upstream import MODEL, Upstream

# One account for each role, and one without any administration.
PEOPLE = {"wang": "member", "root": "admin", "zhao": "member"}


def pytest_configure(config):
    if not BINARY.exists():
        pytest.exit(f"{BINARY} is not built: run `make test`, or build the preset that SIYU_PRESET names.", returncode=2)


def provider(upstream: Upstream, **more) -> dict:
    return {"name": "imposter", "base_url": upstream.url, "models": [MODEL]} | more


@pytest.fixture(scope="module")
def upstream():
    server = Upstream()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory, upstream):
    """A running Siyu with the scripted upstream as its only model, and the accounts of PEOPLE."""
    data = tmp_path_factory.mktemp("siyu") / "data"
    siyu = Siyu(data, {"providers": [provider(upstream)], "rate": {"address_per_minute": 0, "user_per_minute": 0, "sign_in_per_minute": 0}})
    siyu.start()
    for name, role in PEOPLE.items():
        siyu.create_user(name, role)
    siyu.wait_for_model(siyu.client("wang"))
    yield siyu
    assert siyu.stop() == 0, siyu.log_text()[-4000:]


@pytest.fixture(scope="module")
def wang(server):
    return server.client("wang")


@pytest.fixture(scope="module")
def zhao(server):
    return server.client("zhao")


@pytest.fixture(scope="module")
def root(server):
    return server.client("root")
