"""Slow tests run only when they are asked for: ``pytest -m slow``."""

import pytest


def pytest_collection_modifyitems(config, items):
    if config.option.markexpr:
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="медленный: pytest -m slow"))
