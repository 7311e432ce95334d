"""Facts and mentions back from what their ``as_json`` gives, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from kg.model.document import Mention, MentionType
from kg.model.facts import FACT_TYPES, Evidence, Fact, Modality, StatedBy

__all__ = ["fact_from_json", "mention_from_json"]

_TYPES = {fact.type: fact for fact in FACT_TYPES}
_FIELDS = {kind: tuple((field.name, field.default) for field in fields(kind)) for kind in FACT_TYPES}


def fact_from_json(value: Mapping[str, Any]) -> Fact:
    """The fact that `Fact.as_json` wrote. Raises `KeyError`, `ValueError` or `TypeError` for anything else."""
    kind = _TYPES[value["type"]]
    told = {name: _field(default, value[name]) for name, default in _FIELDS[kind] if name in value}
    told["modality"] = Modality(value["modality"])
    told["stated_by"] = StatedBy(value["stated_by"])
    told["evidence"] = tuple(Evidence(**each) for each in value["evidence"])
    return kind(**told)


def mention_from_json(value: Mapping[str, Any]) -> Mention:
    """The mention that `Mention.as_json` wrote. Errors as `fact_from_json`."""
    return Mention(**{**value, "type": MentionType(value["type"])})


def _field(default: object, value: Any) -> Any:
    """A closed value is one of the list that the field's default is in; JSON has no tuples."""
    if isinstance(default, StrEnum):
        return type(default)(value)
    return tuple(value) if isinstance(value, list) else value
