"""Slow tests run only when they are asked for: ``pytest -m slow``; ``--regenerate`` writes golden files anew."""

import sys

import pytest


def pytest_addoption(parser):
    parser.addoption("--regenerate", action="store_true", help="write golden files (docs/) anew; read the diff before committing")


def pytest_collection_modifyitems(config, items):
    if config.option.markexpr:
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="медленный: pytest -m slow"))


@pytest.fixture(scope="module", autouse=True)
def no_reading_worker_is_left():
    """Closes the process that reads files: the tests of the sandbox count the children of this one."""
    yield
    sandbox = sys.modules.get("analyzer.reading.sandbox")
    if sandbox is not None:
        sandbox._shared().close()
