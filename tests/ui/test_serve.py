import socket
from pathlib import Path

import pytest

from analyzer.errors import DataError, LnaError
from analyzer.ui import serve


def test_the_page_is_safe_by_its_flags() -> None:
    flags = serve.flags(serve.config_file())
    assert {
        "--server.address=127.0.0.1",
        "--server.allowedHosts=localhost",
        "--server.allowedHosts=127.0.0.1",
        "--server.maxUploadSize=25",
        "--server.enableXsrfProtection=true",
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
    } <= set(flags)


def test_streamlit_knows_every_flag() -> None:
    from streamlit.web.cli import main_run

    known = {option for parameter in main_run.params for option in parameter.opts}
    assert {flag.partition("=")[0] for flag in serve.flags(serve.config_file())} <= known


def test_behind_a_web_server_it_answers_to_its_name_and_this_computer() -> None:
    from streamlit.web.cli import main_run

    known = {option for parameter in main_run.params for option in parameter.opts}
    found = serve.behind("lna.example.ru")
    assert found == ["--server.allowedHosts=lna.example.ru", "--browser.serverAddress=lna.example.ru"]
    assert {flag.partition("=")[0] for flag in found} <= known
    assert serve.behind("") == []


@pytest.mark.parametrize("domain", ["https://lna.example.ru", "lna.example.ru:443", "*", "a b", "-x", "x/y"])
def test_only_a_name_is_a_name(domain: str) -> None:
    with pytest.raises(LnaError, match="не имя сервера"):
        serve.behind(domain)


def test_without_its_settings_the_page_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="не читаются"):
        serve.flags(tmp_path / "config.toml")


def test_a_taken_port_is_told_in_russian() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LnaError, match=f"порт {port} занят.*--port {port + 1}"):
            serve.run(port)


@pytest.mark.parametrize("port", [-1, 70_000])
def test_an_impossible_port_is_told_in_russian(port: int) -> None:
    with pytest.raises(LnaError, match="порт"):
        serve.run(port)
