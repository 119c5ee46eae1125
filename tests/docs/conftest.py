"""``--regenerate`` writes the pages before the tests that look at them are collected."""

from manual import write


def pytest_configure(config):
    # Workers of xdist find the pages that the first process has written.
    if config.getoption("--regenerate") and not hasattr(config, "workerinput"):
        write()
