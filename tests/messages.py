"""What errors the program can say, read in its source: the words of each with ``{}`` for what is filled in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kg import errors

PACKAGE = Path(errors.__file__).parent
RAISED = {*errors.__all__, "BrokenError", "UsageError", "BadParameter"}
FOR_DEVELOPERS = ("evaluate", "gazetteer", "train", "ledger/entries.py", "validate/compiler.py", "validate/shapes.py")
"""Places whose errors are about our own tables and models."""

Template = tuple[str, str]
"""The words, and where they stand."""


def messages() -> tuple[set[Template], set[Template]]:
    """What errors say is wrong, and what they say to do about it."""
    whats: set[Template] = set()
    remedies: set[Template] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(FOR_DEVELOPERS):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        shared = _assigned(tree.body)
        for scope in [
            tree,
            *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)),
        ]:
            own = _assigned(ast.walk(scope)) if scope is not tree else {}
            for call in _own_calls(scope):
                if call.args:
                    whats |= {(text, f"{name}:{call.lineno}") for text in _texts(call.args[0], own, shared)}
                for keyword in call.keywords:
                    if keyword.arg == "remedy":
                        remedies |= {(text, f"{name}:{call.lineno}") for text in _texts(keyword.value, own, shared)}
    return whats, remedies


def lines() -> set[Template]:
    """What commands say besides errors, where the words stand in the call."""
    found: set[Template] = set()
    for path in sorted((PACKAGE / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                found |= {(text, f"{path.name}:{node.lineno}") for text in _texts(node.args[0], {}, {})}
    return found


def _own_calls(scope: ast.AST) -> Iterator[ast.Call]:
    """Errors made in a scope, but not in a function inside it."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in RAISED:
                yield node


def _assigned(nodes: Iterator[ast.AST] | list[ast.stmt]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and value is not None:
                found.setdefault(target.id, []).append(value)
    return found


def _texts(node: ast.expr, own: dict[str, list[ast.expr]], shared: dict[str, list[ast.expr]]) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in values)  # type: ignore[misc]
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, own, shared)
            yield from _texts(orelse, own, shared)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _texts(value, own, shared)
        case ast.BinOp(left=left, right=right):
            for one in _texts(left, own, shared):
                for other in _texts(right, own, shared):
                    yield one + other
        case ast.Name(id=name):
            for value in own.get(name, shared.get(name, [])):
                yield from _texts(value, {k: v for k, v in own.items() if k != name}, shared)
