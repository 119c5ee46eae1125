from pathlib import Path

import pytest

from analyzer.district import store
from analyzer.errors import LnaError


def test_a_folder_belongs_to_one_run(tmp_path: Path) -> None:
    first = store.Store(tmp_path)
    assert store.is_busy(tmp_path)
    with pytest.raises(LnaError, match="уже идёт другой прогон"):
        store.Store(tmp_path)
    first.close()
    assert not store.is_busy(tmp_path)


@pytest.mark.parametrize(("refusals", "written"), [(0, True), (2, True), (9, False)])
def test_a_file_that_is_being_read_is_replaced_a_moment_later(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, refusals: int, written: bool
) -> None:
    """As on Windows, where nobody can replace a file that another program has open."""
    left, replace, pauses = [refusals], Path.replace, []

    def refuse(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(store.time, "sleep", pauses.append)
    place = tmp_path / "run.json"
    if written:
        store.write_whole(place, b"{}")
        assert (place.read_bytes(), len(pauses)) == (b"{}", refusals)
    else:
        with pytest.raises(PermissionError):
            store.write_whole(place, b"{}")
