"""SUB001: is the act about the checklist's subject at all?"""

from __future__ import annotations

from analyzer.language.patterns import find_any
from analyzer.law.checklist import Checklist
from analyzer.model import Act, Finding


def on_subject(act: Act, checklist: Checklist) -> bool:
    """True when the title says so, or enough clauses hold the subject's vocabulary."""
    subject = checklist.subject
    title = act.title_block.title
    if title and find_any(subject.title, title):
        return True
    body = [clause for clause in act.body if not clause.part.startswith("приказ")] or list(act.body)
    if not body:
        return False
    opening = " ".join(clause.text for clause in body[:2])[:600]
    if not title and find_any(subject.title, opening):
        return True
    return subject_share(act, checklist) >= subject.share


def is_titled(act: Act, checklist: Checklist) -> bool:
    """True when the act's title names the checklist's subject."""
    return find_any(checklist.subject.title, act.title_block.title or "") is not None


def subject_share(act: Act, checklist: Checklist) -> float:
    """Share of the clauses, weighed by length, that hold a word of the subject's vocabulary, 0 to 1."""
    total = sum(len(clause.text) for clause in act.body)
    held = sum(len(clause.text) for clause in act.body if find_any(checklist.subject.vocabulary, clause.text))
    return held / total if total else 0.0


def check_subject(act: Act, checklist: Checklist) -> list[Finding]:
    """SUB001 when the act is about something else."""
    if on_subject(act, checklist):
        return []
    title = act.title_block.title or (act.body[0].text[:200] if act.body else "")
    return [
        Finding(
            "SUB001",
            "warning",
            f"акт не об этом предмете: {checklist.subject.name}",
            "проверьте, тот ли файл загружен; требования, о которых акт молчит, не считаются пробелами",
            quote=title or "—",
        )
    ]
