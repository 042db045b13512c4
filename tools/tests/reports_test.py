"""Reports of the test programs, shortened to what counts."""
import json

import reports


def test_junit_of_pytest_and_ctest(tmp_path):
    file = tmp_path / "r"
    file.write_text("""<testsuites><testsuite>
      <testcase classname="a" name="one"/>
      <testcase classname="a" name="two"><failure/></testcase>
      <testcase classname="a" name="three"><error/></testcase>
      <testcase classname="a" name="four"><skipped/></testcase>
      <testcase name="five" status="run"/>
      <testcase name="six" status="fail"/>
      <testcase name="seven" status="notrun"/>
    </testsuite></testsuites>""")
    count = reports.from_junit(file)
    assert (str(count), count.failed, count.skipped) == ("2 passed, 3 failed", ["a two", "a three", "six"], ["a four", "seven"])


def test_vitest_counts_a_file_that_could_not_be_loaded(tmp_path):
    file = tmp_path / "r"
    file.write_text(json.dumps({"testResults": [
        {"name": "a.test.ts", "status": "failed", "assertionResults": [
            {"fullName": "a one", "status": "passed"}, {"fullName": "a two", "status": "failed"},
            {"fullName": "a three", "status": "pending"}]},
        {"name": "b.test.ts", "status": "failed", "assertionResults": []}]}))
    count = reports.from_vitest(file)
    assert (str(count), count.skipped) == ("1 passed, 2 failed", ["a three"])


def test_playwright_counts_flaky_as_failed(tmp_path):
    file = tmp_path / "r"
    spec = lambda title, status: {"title": title, "tests": [{"status": status}]}
    file.write_text(json.dumps({"suites": [{"title": "chat.spec.ts", "specs": [spec("sends", "expected")], "suites": [
        {"title": "stop", "specs": [spec("stops", "flaky"), spec("fails", "unexpected"), spec("later", "skipped")]}]}],
        "errors": []}))
    count = reports.from_playwright(file)
    assert (str(count), count.failed) == ("1 passed, 2 failed", ["chat.spec.ts stop stops", "chat.spec.ts stop fails"])
