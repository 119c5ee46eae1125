"""Things built once a process, whoever comes first; audits in several threads."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from analyzer.once import once

# Cold, as in a web interface that has just been started: the dictionaries, the pipeline and the model are
# built while eight acts wait for them.
EIGHT = """
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from analyzer.audit import Settings, audit_document
from analyzer.language.concrete import service_mentions
from analyzer.model import Document, Line

def act(number):
    place = ("Заречье", "Луговое", "Сосновка", "Берёзово")[number % 4]
    texts = [
        f"ПОЛОЖЕНИЕ об электронном обучении школы «{place}»",
        "1. Общие положения",
        f"1.1. Разработано в соответствии с приказом Минобрнауки России от 23.08.2017 № 816, {number}.",
        f"1.2. Техническую помощь оказывает инженер в кабинете {number} в течение {number + 1} часов.",
        f"1.3. Группа {number} класса ведётся в Telegram и «Сферуме», учащиеся {place} регистрируются сами.",
        "2. Порядок",
        f"2.2. Заявление подаётся не позднее {number + 1} мая согласно пункту 4.{number} настоящего Положения.",
    ]
    starts = [sum(len(text) + 1 for text in texts[:at]) for at in range(len(texts))]
    lines = tuple(Line(text, start) for text, start in zip(texts, starts))
    return Document(f"{number}.txt", str(number) * 64, "txt", lines, True, text="\\n".join(texts))

settings = Settings(("pp-1678", "local-act"), as_of=date(2026, 9, 1))
acts = [act(number) for number in range(8)]
gate = threading.Barrier(8)

def audit(document):
    gate.wait()
    assert [mention.service.id for mention in service_mentions("чат в Telegram")] == ["telegram"]
    return audit_document(document, settings)

with ThreadPoolExecutor(8) as pool:
    together = list(pool.map(audit, acts))
alone = [audit_document(document, settings) for document in acts]
assert all(audit.findings and audit.citations for audit in alone)
assert len({audit.findings for audit in alone}) == 8
assert together == alone
"""


def test_eight_threads_audit_as_one_does():
    done = subprocess.run([sys.executable, "-c", EIGHT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_threads_that_come_together_get_the_same_thing():
    built = []
    gate = threading.Barrier(6)

    @once
    def thing() -> object:
        """What it is."""
        time.sleep(0.05)
        built.append(object())
        return built[-1]

    def ask(_):
        gate.wait()
        return thing()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, range(6))) == built * 6
    assert (len(built), thing.__doc__, thing.__name__) == (1, "What it is.", "thing")


def test_what_failed_is_tried_again():
    tries = []

    @once
    def thing() -> int:
        tries.append(1)
        return 7 // (len(tries) - 1)

    with pytest.raises(ZeroDivisionError):
        thing()
    assert (thing(), thing(), len(tries)) == (7, 7, 2)
