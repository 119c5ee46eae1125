"""What pydantic found wrong, said in Russian."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_Context = Mapping[str, Any]

_MESSAGES: dict[str, Callable[[_Context], str]] = {
    "missing": lambda c: "обязательное поле не заполнено",
    "extra_forbidden": lambda c: "такого поля нет, возможна опечатка",
    "string_type": lambda c: "нужен текст; число или дату возьмите в кавычки",
    "string_too_short": lambda c: f"текст короче {c['min_length']} знаков",
    "string_too_long": lambda c: f"текст длиннее {c['max_length']} знаков",
    "string_pattern_mismatch": lambda c: "недопустимые знаки в имени",
    "list_type": lambda c: "нужен список",
    "too_short": lambda c: f"в списке меньше {c['min_length']} значений",
    "too_long": lambda c: f"в списке больше {c['max_length']} значений",
    "literal_error": lambda c: f"допустимо только: {str(c['expected']).replace(' or ', ', ')}",
    "bool_type": lambda c: "нужно true или false",
    "bool_parsing": lambda c: "нужно true или false",
    "int_type": lambda c: "нужно целое число",
    "int_parsing": lambda c: "нужно целое число",
    "float_type": lambda c: "нужно число",
    "float_parsing": lambda c: "нужно число",
    "greater_than": lambda c: f"число должно быть больше {c['gt']}",
    "greater_than_equal": lambda c: f"число должно быть не меньше {c['ge']}",
    "less_than": lambda c: f"число должно быть меньше {c['lt']}",
    "less_than_equal": lambda c: f"число должно быть не больше {c['le']}",
    "model_type": lambda c: "нужны поля вида «имя: значение»",
    "value_error": lambda c: str(c["error"]),
}
_DATE = "нужна дата вида 2024-09-01"


def in_russian(detail: ErrorDetails) -> str:
    """The problem in a few Russian words; the library's own where it has no translation."""
    kind = detail["type"]
    if kind.startswith("date"):
        return _DATE
    message = _MESSAGES.get(kind)
    return message(detail.get("ctx", {})) if message else f"недопустимое значение ({detail['msg']})"
