"""A second verifier of exports, written from docs/ledger-format.md alone: nothing of the product is imported."""

import base64
import hashlib
import json
import uuid
from pathlib import Path


class Broken(Exception):
    """The export is not what its head statement says."""


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def as_text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def sha256(content: bytes) -> str:
    return as_text(hashlib.sha256(content).digest())


def require(is_so: bool, what: str) -> None:
    if not is_so:
        raise Broken(what)


def verify(path: Path) -> tuple[int, int]:
    """Return the number of entries and of chains, or raise."""
    content = path.read_bytes()
    require(content.endswith(b"\n"), "last line end")
    lines = content.split(b"\n")[:-1]
    head = head_statement(lines.pop())
    entries = [entry_on(line) for line in lines]
    places = [(entry["chain"], entry["seq"]) for entry in entries]
    require(places == sorted(set(places)), "order")
    ends: dict[str, dict[str, object]] = {}
    for entry in entries:
        check_entry(entry, ends.get(entry["chain"], {"leaf": as_text(bytes(32)), "seq": 0}))
        ends[entry["chain"]] = {"leaf": entry["leaf"], "seq": entry["seq"]}
    require(ends == head["chains"], "heads")
    require(len(entries) == head["entries"], "count")
    digest = sha256(b"".join(line + b"\n" for line in lines))
    require(digest == head["lines_sha256"], "lines")
    return len(entries), len(ends)


def parsed(line: bytes) -> dict:
    try:
        value = json.loads(line.decode("ascii"))
    except ValueError as error:
        raise Broken("no JSON") from error
    require(isinstance(value, dict) and canonical(value).encode("ascii") == line, "not canonical")
    return value


def head_statement(line: bytes) -> dict:
    statement = parsed(line)
    require(set(statement) == {"head", "sha256"}, "no head statement")
    require(sha256(canonical(statement["head"]).encode()) == statement["sha256"], "head altered")
    require(statement["head"]["format"] == 1, "format")
    return statement["head"]


def entry_on(line: bytes) -> dict:
    entry = parsed(line)
    require(set(entry) == {"body", "chain", "header", "leaf", "seq"}, "members")
    return entry


def check_entry(entry: dict, before: dict) -> None:
    header = (
        b"INQ\x01"
        + uuid.UUID(entry["chain"]).bytes
        + entry["seq"].to_bytes(4, "big")
        + base64.b64decode(before["leaf"])
    )
    require(entry["seq"] == before["seq"] + 1, "seq")
    require(entry["header"] == as_text(header), "header")
    leaf = sha256(b"\x00" + header + entry["body"].encode("ascii"))
    require(entry["leaf"] == leaf, "leaf")
