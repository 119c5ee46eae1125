"""``lna`` as a person calls it: exit status, one Russian line for an error, stdout that holds the result alone."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer import cli

ROOT = Path(__file__).parents[1]
ACTS = ROOT / "corpus" / "acts"
CLEAN = """ПОЛОЖЕНИЕ
о школьной столовой
1. Общие положения
1.1. Положение обязательно для работников школы.
1.2. Столовая работает каждый учебный день.
"""
OBSOLETE = """ПОЛОЖЕНИЕ
о применении дистанционных образовательных технологий
1. Общие положения
1.1. Положение разработано по приказу Минобрнауки России от 23.08.2017 № 816.
"""
COMMANDS = [
    [], ["audit"], ["outline"], ["classify"], ["evaluate"], ["train"], ["explain"], ["serve"], ["district"], ["recheck"],
    ["checklist"], ["checklist", "list"], ["checklist", "show"], ["checklist", "validate"],
    ["acts"], ["acts", "find"], ["acts", "show"], ["acts", "check"], ["journal"], ["journal", "list"],
]  # fmt: skip


@pytest.fixture
def lna(monkeypatch, capsys):
    """Calls ``lna`` in this process: status, stdout, stderr."""

    def call(*arguments: object, stdin: str | None = None):
        monkeypatch.setattr(sys, "argv", ["lna", *map(str, arguments)])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", __import__("io").StringIO(stdin))
        with pytest.raises(SystemExit) as caught:
            cli.main()
        said = capsys.readouterr()
        return caught.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def clean(tmp_path):
    path = tmp_path / "столовая.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


@pytest.fixture
def obsolete(tmp_path):
    path = tmp_path / "дот.txt"
    path.write_text(OBSOLETE, encoding="utf-8")
    return path


def encrypted_pdf() -> bytes:
    """A PDF whose trailer asks for a password that nobody has."""
    key = "/Filter/Standard/V 1/R 2/P -4/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", f"<<{key}>>"]
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{item}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 5\n0000000000 65535 f \n{table}trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n{len(body)}\n%%EOF"
    return body + tail.encode()


def one_line(text: str) -> str:
    """The error: one line, Russian, with advice, without a traceback."""
    lines = text.splitlines()
    assert len(lines) == 1, text
    assert re.match(r"lna: \S.*?: .*[а-я].*; .*[а-я]", lines[0]), text
    assert "Traceback" not in text
    return lines[0]


BAD = {
    "missing.pdf": None,
    "empty.pdf": b"",
    "empty.docx": b"",
    "blank.txt": b" \n\n ",
    "noise.pdf": bytes(range(256)) * 40,
    "noise.docx": b"PK\x03\x04" + bytes(range(255, -1, -1)) * 40,
    "noise.txt": bytes(range(256)) * 40,
    "locked.pdf": encrypted_pdf(),
    "cut.pdf": (ACTS / "vasilevskaya_poryadok.pdf").read_bytes()[:600],
    "cut.docx": (ACTS / "vasilevskaya_poryadok.docx").read_bytes()[:600],
    "folder": ...,
}


@pytest.mark.parametrize("command", [["audit"], ["audit", "--format", "json"], ["outline"]], ids=" ".join)
@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_one_line_and_status_2(lna, tmp_path, command, name):
    path = tmp_path / name
    if BAD[name] is ...:
        path.mkdir()
    elif BAD[name] is not None:
        path.write_bytes(BAD[name])
    status, out, err = lna(*command, path)
    assert (status, out) == (2, "")
    assert name in one_line(err)


def test_encrypted_file_is_told_as_such(lna, tmp_path):
    path = tmp_path / "locked.pdf"
    path.write_bytes(BAD["locked.pdf"])
    assert "парол" in lna("audit", path)[2]


def test_docx_named_pdf_is_read_by_its_content(lna, tmp_path):
    path = tmp_path / "act.pdf"
    path.write_bytes((ACTS / "vasilevskaya_poryadok.docx").read_bytes())
    status, out, err = lna("audit", path, "--format", "json", "--as-of", "2026-11-01")
    assert (status, err) == (1, "")
    assert json.loads(out)["file"] | {"sha256": ""} == {"name": "act.pdf", "sha256": "", "format": "docx", "pages": None, "ocr": False}


@pytest.mark.parametrize(
    ("options", "status"),
    [([], 0), (["--fail-on", "error"], 0), (["--fail-on", "warning"], 1), (["--fail-on", "never"], 0)],
)
def test_status_of_an_act_with_warnings_only(lna, clean, options, status):
    assert lna("audit", clean, *options)[0] == status


@pytest.mark.parametrize(("options", "status"), [([], 1), (["--fail-on", "warning"], 1), (["--fail-on", "never"], 0)])
def test_status_of_an_act_with_errors(lna, obsolete, options, status):
    assert lna("audit", obsolete, *options)[0] == status


@pytest.mark.parametrize(("day", "rule"), [("2024-08-31", None), ("2024-09-01", "REF001")])
def test_law_is_looked_at_on_the_day_asked_for(lna, obsolete, day, rule):
    data = json.loads(lna("audit", obsolete, "--format", "json", "--as-of", day)[1])
    assert data["as_of"] == day
    assert ("REF001" in {finding["rule"] for finding in data["findings"]}) is (rule is not None)


def test_several_files_give_an_array_in_order_with_an_error_in_it(lna, clean, obsolete, tmp_path):
    status, out, err = lna("audit", clean, tmp_path / "missing.pdf", obsolete, "--format", "json", "--fail-on", "never")
    first, second, third = json.loads(out)
    assert status == 2
    assert (first["file"]["name"], third["file"]["name"]) == (clean.name, obsolete.name)
    assert second["file"] == {"name": "missing.pdf"}
    assert second["error"].keys() == {"code", "message"}
    assert "missing.pdf" in one_line(err)


def test_text_of_several_files_holds_every_readable_one(lna, clean, obsolete, tmp_path):
    status, out, _ = lna("audit", clean, tmp_path / "missing.pdf", obsolete)
    assert status == 2
    assert clean.name in out
    assert obsolete.name in out


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_stdout_is_json_alone(lna, obsolete, form):
    _, out, err = lna("audit", obsolete, "--format", form)
    assert isinstance(json.loads(out), dict)
    assert err == ""
    assert "\\u04" not in out


def test_text_has_no_colours_away_from_a_terminal(lna, obsolete):
    out = lna("audit", obsolete)[1]
    assert "\x1b[" not in out
    assert "REF001" in out


def test_output_goes_to_the_file(lna, obsolete, tmp_path):
    target = tmp_path / "audit.json"
    status, out, _ = lna("audit", obsolete, "--format", "json", "--output", target)
    assert (status, out) == (1, "")
    assert json.loads(target.read_text(encoding="utf-8"))["file"]["name"] == obsolete.name


def test_output_to_a_dash_is_standard_output(lna, obsolete, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _, out, _ = lna("audit", obsolete, "--format", "json", "--output", "-")
    assert json.loads(out)["file"]["name"] == obsolete.name
    assert not (tmp_path / "-").exists()


def test_output_that_cannot_be_written_is_told(lna, obsolete, tmp_path):
    status, out, err = lna("audit", obsolete, "--output", tmp_path / "none" / "audit.txt")
    assert (status, out) == (2, "")
    one_line(err)


@pytest.mark.parametrize("levels", ["спо", "спо,ноо"])
def test_levels_bring_norms_of_colleges(lna, obsolete, levels):
    data = json.loads(lna("audit", obsolete, "--format", "json", "--level", levels)[1])
    assert {entry["id"]: entry["status"] for entry in data["requirements"]}["5.в"] != "not_applicable"


CALLS = [
    (["nosuch"], "nosuch"),
    (["audit"], "FILE"),
    (["audit", "--nosuch", "a"], "--nosuch"),
    (["audit", "a.txt", "--format", "xml"], "xml"),
    (["audit", "a.txt", "--as-of", "01.09.2024"], "ГГГГ-ММ-ДД"),
    (["audit", "a.txt", "--fail-on", "sometimes"], "sometimes"),
    (["audit", "--format"], "--format"),
    (["explain"], "ID"),
    (["explain", "13.в", "lots"], "lots"),
    (["explain", "99.я"], "99.я"),
    (["checklist", "show", "nosuch"], "nosuch"),
    (["classify", "nosuch.jsonl"], "nosuch.jsonl"),
    (["evaluate", "nosuch.jsonl"], "nosuch.jsonl"),
    (["acts", "show", "nosuch"], "nosuch"),
]


@pytest.mark.parametrize(("call", "told"), CALLS, ids=[" ".join(call) for call, _ in CALLS])
def test_wrong_call_is_one_russian_line(lna, call, told):
    status, out, err = lna(*call)
    assert (status, out) == (2, "")
    assert told in one_line(err)


def test_checklist_that_does_not_exist_is_told(lna, clean):
    status, out, err = lna("audit", clean, "--checklist", "nosuch")
    assert (status, out) == (2, "")
    assert "nosuch" in one_line(err)


@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(command) or "lna" for command in COMMANDS])
def test_help_is_russian(lna, command):
    status, out, _ = lna(*command, "--help")
    assert status == 0
    assert re.search("[а-яё]{4}", out)
    english = re.findall(r"(?i)\b(?:usage|options|arguments|commands|show this|default|required|message|exit)\b", out)
    assert english == []


@pytest.mark.parametrize("group", [[], ["checklist"], ["acts"]], ids=str)
def test_group_without_a_command_shows_its_help(lna, group):
    status, out, err = lna(*group)
    assert status == 2
    assert "Команды:" in out + err


def test_outline_is_the_tree_alone(lna, clean):
    status, out, err = lna("outline", clean)
    data = json.loads(out)
    assert (status, err, data.keys()) == (0, "", {"file", "act", "clauses"})
    assert data["act"]["title"] == "Положение о школьной столовой"
    first = data["clauses"][0]
    assert (first["clause"], first["number"], first["level"], first["heading"], first["text"]) == ("1", "1.", 1, True, "Общие положения")


@pytest.mark.parametrize("source", ["file", "stdin"])
def test_classify_reads_lines_and_writes_lines(lna, tmp_path, source):
    lines = "\n".join(json.dumps({"id": index, "text": "Суп варят в столовой до десяти часов."}) for index in range(3))
    path = tmp_path / "clauses.jsonl"
    path.write_text(lines, encoding="utf-8")
    status, out, err = lna("classify", "-", stdin=lines) if source == "stdin" else lna("classify", path)
    assert (status, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [{"id": index, "labels": []} for index in range(3)]


def test_evaluate_prints_a_table(lna, tmp_path):
    path = tmp_path / "labelled.jsonl"
    path.write_text(json.dumps({"text": "Суп варят в столовой.", "labels": ["none"]}), encoding="utf-8")
    status, out, _ = lna("evaluate", path)
    assert status == 0
    assert "точность" in out


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["explain", "13.в"], "помощ"),
        (["explain", "REF001"], "утратил"),
        (["checklist", "list"], "pp-1678"),
        (["checklist", "show", "pp-1678"], "13.в"),
        (["checklist", "validate", ROOT / "checklists" / "pp-1678.yaml"], "в порядке"),
        (["acts", "find", "1678"], "1678"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
def test_other_commands_print_their_answer(lna, call, told):
    status, out, err = lna(*call)
    assert (status, err) == (0, "")
    assert told in out


def test_train_needs_a_corpus(lna, tmp_path):
    status, out, err = lna("train", tmp_path)
    assert (status, out) == (2, "")
    one_line(err)


HEAVY = ("numpy", "scipy", "sklearn", "spacy", "pymorphy3", "natasha", "navec", "pdfplumber", "pypdfium2", "docx", "streamlit", "pydantic", "lxml")


def test_help_imports_nothing_heavy():
    code = f"import sys; sys.argv = ['lna', '--help']\nfrom analyzer.cli import main\ntry: main()\nexcept SystemExit: pass\nprint([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, encoding="utf-8")
    assert done.stderr.strip() == "[]"
    assert "audit" in done.stdout


def test_installed_command_tells_an_error_without_a_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "from analyzer.cli import main; main()", "audit", str(tmp_path / "нет.pdf")],
        capture_output=True, text=True, cwd=ROOT, check=False, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "нет.pdf" in one_line(done.stderr)


def test_a_fault_of_our_own_costs_one_file_and_is_one_line(lna, monkeypatch, clean, obsolete):
    from analyzer import audit

    whole = audit.audit_document

    def broken(document, settings, *rest, **more):
        if document.name == clean.name:
            raise ZeroDivisionError("слова из акта")
        return whole(document, settings, *rest, **more)

    monkeypatch.setattr(audit, "audit_document", broken)
    status, out, err = lna("audit", clean, obsolete, "--format", "json")
    assert status == 2
    assert [("error" in item) for item in json.loads(out)] == [True, False]
    assert re.fullmatch(r"lna: .*столовая\.txt: внутренняя ошибка \(ZeroDivisionError, test_cli\.py:\d+\); .+\n", err)
    assert "слова из акта" not in out + err


def test_a_fault_in_any_command_is_one_line(lna, monkeypatch, clean):
    import analyzer.outline

    monkeypatch.setattr(analyzer.outline, "outline", lambda document: 1 / 0)
    status, out, err = lna("outline", clean)
    assert (status, out) == (2, "")
    assert "ZeroDivisionError" in one_line(err)
    monkeypatch.setenv("LNA_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["lna", "outline", str(clean)])
    with pytest.raises(ZeroDivisionError):
        cli.main()


@pytest.mark.skipif(sys.platform == "win32", reason="сигналы Windows устроены иначе")
def test_ctrl_c_is_one_line(tmp_path, clean):
    code = "from analyzer import audit, cli; audit.audit_document = lambda *_, **__: __import__('signal').raise_signal(2); cli.main()"
    done = subprocess.run([sys.executable, "-c", code, "audit", str(clean)], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "lna: прервано\n")


def test_a_reader_that_goes_away_is_no_error(obsolete):
    call = f"{sys.executable} -c 'from analyzer.cli import main; main()' explain 13.в | true"
    done = subprocess.run(["bash", "-c", call], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""
