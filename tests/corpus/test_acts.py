"""Every sample act through the real pipeline, against its gold: no figure may fall below its floor.

The floors stand just below what the program reached when they were set; `pytest -rP` prints today's figures. Raise a
floor when the program gets better, never lower one to make a test pass.
"""

import json
import re
from collections import Counter
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from analyzer.audit import Settings, audit_file
from analyzer.reports.jsonout import audit_json, outline_json

ACTS = Path(__file__).parents[2] / "corpus" / "acts"
DAY = date(2026, 11, 1)
GOLD = {
    name: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(ACTS.glob("*.gold.json"))
    for name in json.loads(path.read_text(encoding="utf-8"))["file"]
}
# The gold calls the положение behind an order «прил.1/», the program calls it the main act, without a prefix.
MAIN = "прил.1/"
# Letters of ministries about another subject: only this one is not told apart yet.
ON_SUBJECT_WRONG = {"pismo_cos_pokazateli.docx", "pismo_cos_pokazateli.txt"}
# Figures from 0 to 1, but «requisites» (of title, kind, organisation, date, number: how many are right) and
# «forbidden» (findings that the gold rules out: at most so many).
FIGURES = ("outline", "requisites", "citations", "repealed", "statuses", "findings", "forbidden")
FLOORS = {
    "akt_epohi_816": (0.97, 5, 0.95, 1.0, 0.85, 0.92, 0),
    "pereskaz_pravil": (0.97, 5, 0.95, 1.0, 0.97, 0.93, 0),
    "pismo_cos_pokazateli": (1.0, 1, 0.95, 1.0, 1.0, 1.0, 0),
    "pismo_kalmykia": (1.0, 4, 0.95, 1.0, 1.0, 1.0, 0),
    "pismo_messendzhery": (1.0, 3, 0.8, 1.0, 1.0, 1.0, 0),
    "pismo_moya_shkola": (1.0, 4, 0.95, 1.0, 1.0, 1.0, 1),  # SRV002: the letter tells of VK Мессенджер
    "polnoe_polozhenie": (0.97, 5, 0.94, 1.0, 0.94, 0.5, 0),
    "polozhenie_ob_attestatsii": (0.97, 5, 0.95, 1.0, 0.94, 1.0, 0),
    "prikaz_s_polozheniem": (0.97, 3, 0.95, 1.0, 0.94, 0.85, 0),  # gold has the order's title and kind
    "vasilevskaya_poryadok": (0.97, 4, 0.95, 1.0, 0.94, 0.93, 0),
}


def plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", " ", (text or "").lower().replace("ё", "е")).strip()


def alike(one: str | None, other: str | None, least: float) -> bool:
    one, other = plain(one), plain(other)
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


def f1(found: int, got: int, wanted: int) -> float:
    return 2 * found / (got + wanted) if got + wanted else 1.0


def place(path: str | None) -> str | None:
    return path.removeprefix(MAIN) if path else path


def outline_f1(clauses: list[dict], gold: list[dict]) -> float:
    """Numbered clauses with the same whole path and nearly the same text."""
    free = [clause for clause in clauses if clause["number"]]
    got, wanted, found = len(free), [clause for clause in gold if clause["printed"]], 0
    for want in wanted:
        hit = next(
            (c for c in free if c["clause"] == place(want["number"]) and alike(c["text"], want["text"], 0.9)), None
        )
        if hit is not None:
            found += 1
            free.remove(hit)
    return f1(found, got, len(wanted))


def requisites(act: dict, gold: dict) -> float:
    same = [act[key] == gold[key] for key in ("kind", "approved_on", "approval_number")]
    return sum([*same, alike(act["title"], gold["title"], 0.9), alike(act["organization"], gold["organization"], 0.8)])


def citation_figures(citations: list[dict], gold: dict) -> tuple[float, float]:
    """F1 of the references found, and the share of those whose fate is told rightly."""
    free = list({(c["clause"], c["number"], c["act_id"]): c for c in citations}.values())  # a letter repeats itself
    got, found, told, right = len(free), 0, 0, 0
    for want in gold.get("citations", []):
        hit = next((c for c in free if same_citation(c, want)), None)
        if hit is None:
            continue
        found += 1
        free.remove(hit)
        if want["repealed_on_2026_11_01"] is not None and not want.get("historical"):
            told += 1
            right += (hit["status"] == "repealed") is want["repealed_on_2026_11_01"]
    local = len(gold.get("local_references", []))
    return f1(found, max(found, got - local), len(gold.get("citations", []))), right / told if told else 1.0


def same_citation(got: dict, want: dict) -> bool:
    if want["clause"] is not None and got["clause"] != place(want["clause"]):
        return False
    if want["number"] is None:
        return plain(want["quote"]) in plain(got["quote"]) or plain(got["quote"]) in plain(want["quote"])
    bare = re.sub(r"[^\d./-]", "", want["number"])
    return bare in {re.sub(r"[^\d./-]", "", got[key] or "") for key in ("number", "act_number")}


def status_share(requirements: list[dict], gold: dict) -> float:
    also = gold.get("also_acceptable", {})
    right = [
        entry["status"] in {gold["requirements"][entry["id"]], *also.get(entry["id"], [])}
        for entry in requirements
        if entry["id"] in gold["requirements"]
    ]
    return sum(right) / len(right) if right else 1.0


def findings_share(findings: list[dict], gold: dict) -> float:
    wanted, free, found = gold.get("expected_findings", []), list(findings), 0
    for want in wanted:
        hit = next((finding for finding in free if same_finding(finding, want)), None)
        if hit is not None:
            found += 1
            free.remove(hit)
    return found / len(wanted) if wanted else 1.0


def same_finding(got: dict, want: dict) -> bool:
    return (
        got["rule"] == want["rule"]
        and (want["clause"] is None or got["clause"] == place(want["clause"]))
        and want.get("requirement") in {None, got["requirement"]}
    )


def figures(name: str) -> dict[str, float]:
    gold = GOLD[name]
    audit = audit_file(ACTS / name, Settings(as_of=DAY))
    result, tree = audit_json(audit), outline_json(audit.document, audit.act)
    rules = Counter(finding["rule"] for finding in result["findings"])
    citations, repealed = citation_figures(result["citations"], gold)
    values = (
        outline_f1(tree["clauses"], gold["clauses"]) if gold["clauses"] else 1.0,
        requisites(result["act"], gold),
        citations,
        repealed,
        status_share(result["requirements"], gold),
        findings_share(result["findings"], gold),
        float(sum(rules[rule] for rule in gold.get("forbidden_findings", []))),
    )
    assert (result["act"]["on_subject"] is gold["on_subject"]) is (name not in ON_SUBJECT_WRONG)
    return {key: round(value, 3) for key, value in zip(FIGURES, values, strict=True)}


@pytest.mark.parametrize("name", GOLD)
def test_figures_do_not_fall(name):
    today, floor = figures(name), dict(zip(FIGURES, FLOORS[name.split(".")[0]], strict=True))
    print(name, today)
    worse = {key for key in FIGURES if today[key] < floor[key] and key != "forbidden"}
    assert not worse, f"{ {key: (today[key], floor[key]) for key in worse} }"
    assert today["forbidden"] <= floor["forbidden"]


def test_every_sample_has_floors():
    assert set(FLOORS) == {name.split(".")[0] for name in GOLD}
