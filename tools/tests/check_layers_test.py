"""tools/check_layers on small made-up trees."""
import pytest

from conftest import TOOLS, load

check_layers = load("check_layers")
LAYERS = """# a comment
core/base:
core/crypto: base
io/net: crypto
io/db:
state/storage: db
app/wiring: *
testkit: net
"""


@pytest.fixture
def server(tmp_path):
    server = tmp_path / "server"
    for folder in ("core/base", "core/crypto", "io/net", "io/db", "state/storage", "app/wiring", "testkit"):
        (server / folder).mkdir(parents=True)
    (server / "layers.txt").write_text(LAYERS)
    return server


def write(server, path, *includes):
    file = server / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#pragma once\n" + "".join(f"#include {include}\n" for include in includes))


def problems(server):
    return [line.replace(f"{server}/", "") for line in check_layers.check(server)]


def test_is_silent_about_what_is_allowed(server):
    write(server, "state/storage/journal.cpp", '"io/db/database.hpp"', '"core/base/result.hpp"', '"state/storage/journal.hpp"', "<vector>")
    write(server, "app/wiring/server.cpp", '"io/net/server.hpp"', '"state/storage/journal.hpp"')
    write(server, "testkit/imposter.hpp", '"io/net/server.hpp"')
    write(server, "app/main.cpp", '"app/wiring/server.hpp"')
    assert problems(server) == []


def test_names_file_line_and_what_is_allowed(server):
    write(server, "io/net/server.cpp", "<vector>", '"state/storage/journal.hpp"')
    assert problems(server) == ["io/net/server.cpp:3: net may not include storage (allowed: base crypto)"]


def test_the_order_inside_core_holds(server):
    write(server, "core/base/id.hpp", '"core/crypto/seal.hpp"')
    assert problems(server) == ["core/base/id.hpp:2: base may not include crypto (allowed: none)"]


def test_only_the_composition_root_may_name_everything(server):
    write(server, "io/db/database.cpp", '"app/wiring/server.hpp"')
    assert len(problems(server)) == 1


def test_code_in_tests_folders_is_free_but_not_a_file_called_so(server):
    write(server, "io/net/tests/server_test.cpp", '"state/storage/journal.hpp"', "<sqlite3.h>")
    write(server, "io/net/tests.hpp", '"state/storage/journal.hpp"')
    assert [line.split(":")[0] for line in problems(server)] == ["io/net/tests.hpp"]


def test_spaces_in_the_directive_hide_nothing(server):
    (server / "io/net/a.hpp").write_text('  #  include "state/storage/journal.hpp"\n')
    assert len(problems(server)) == 1


def test_a_walled_library_stays_behind_its_wall(server):
    write(server, "io/net/parser.cpp", "<boost/beast/http.hpp>")
    write(server, "state/storage/journal.cpp", "<sqlite3.h>")
    assert problems(server) == ["state/storage/journal.cpp:2: storage may not include <sqlite3.h> (only db may)"]


def test_an_include_needs_its_whole_path(server):
    write(server, "io/net/sse.hpp")
    write(server, "io/net/sse.cpp", '"sse.hpp"')
    assert problems(server) == ['io/net/sse.cpp:2: "sse.hpp" needs its whole path below server/']


def test_a_folder_without_a_line_and_a_line_without_a_folder_are_faults(server):
    write(server, "trust/policy/decide.hpp")
    (server / "layers.txt").write_text(LAYERS + "trust/audit: storage\n")
    found = problems(server)
    assert any("layers.txt:9: there is no folder server/trust/audit" in line for line in found)
    assert any("trust/policy: the module has no line" in line for line in found)
    assert len(found) == 2


def test_a_line_names_only_lines_above_it(server):
    (server / "layers.txt").write_text(LAYERS.replace("io/net: crypto", "io/net: storage"))
    assert any("net names storage, which has no line above it" in line for line in problems(server))


def test_a_line_of_another_form_is_a_fault(server):
    (server / "layers.txt").write_text(LAYERS + "What is this\n")
    assert any("layers.txt:9: not of the form" in line for line in problems(server))


def test_the_real_list_can_be_read():
    list_file = TOOLS.parent / "server" / "layers.txt"
    modules, faults = check_layers.read_layers(list_file)
    assert modules and not faults
