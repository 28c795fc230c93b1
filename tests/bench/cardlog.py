# SPDX-License-Identifier: LGPL-2.1-or-later
"""The virtual card's log: what was exchanged and what was read."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

SELECT, READ_BINARY, READ_RECORD, VERIFY, SIGN, CHALLENGE = 0xA4, 0xB0, 0xB2, 0x20, 0x2A, 0x84
SELECT_BY_NAME = 0x04
READ_BY_SFI = 0x80
SFI_BITS = 0x1F
STATUS_LEN = 2


# The kinds of commands that take different times.
SELECTION, READING, PIN, SIGNATURE, OTHER = "selection", "reading", "PIN", "signature", "other"
PIN_QUERY_LEN = 5


@dataclass
class Cost:
    exchanges: int = 0
    sent: int = 0  # bytes of commands
    received: int = 0  # bytes of answers, with their status words
    read: int = 0  # bytes of files
    kinds: Counter = field(default_factory=Counter)  # exchanges by kind

    def add(self, kind, sent, received):
        self.exchanges += 1
        self.sent += sent
        self.received += received
        self.kinds[kind] += 1
        if kind == READING:
            self.read += received - STATUS_LEN


def timed_kind(command):
    ins = command[1]
    if ins == VERIFY:
        return PIN if len(command) > PIN_QUERY_LEN else OTHER
    return {SELECT: SELECTION, READ_BINARY: READING, READ_RECORD: READING, SIGN: SIGNATURE}.get(ins, OTHER)


def exchanges(path):
    """The pairs of command and answer."""
    pairs, command = [], None
    for line in Path(path).read_text().splitlines():
        _, sign, text = line.split(" ", 2)
        if sign == ">":
            command = bytes.fromhex(text)
        elif sign == "<" and command is not None:
            pairs.append((command, bytes.fromhex(text)))
            command = None
    return pairs


def cost(pairs):
    total = Cost()
    for command, answer in pairs:
        total.add(timed_kind(command), len(command), len(answer))
    return total


def count(pairs, ins):
    return sum(command[1] == ins for command, _ in pairs)


def file_sizes(pairs):
    """How many bytes of which file were read, by AID and file id; of a record file its records together."""
    sizes, aid, ef = Counter(), None, 0
    for command, answer in pairs:
        ins, p1, p2 = command[1:4]
        if ins == SELECT and p1 == SELECT_BY_NAME:
            aid = command[5:].hex().upper()
        elif ins == SELECT:
            ef = int.from_bytes(command[5:7], "big")
        elif ins == READ_BINARY:
            offset = p2 if p1 & READ_BY_SFI else p1 << 8 | p2
            if p1 & READ_BY_SFI:
                ef = p1 & SFI_BITS
            sizes[aid, ef] = max(sizes[aid, ef], offset + len(answer) - STATUS_LEN)
        elif ins == READ_RECORD:
            sizes[aid, p2 >> 3] += len(answer) - STATUS_LEN
    return sizes


def kind(command):
    """What an exchange is, in words."""
    if command[1] == SELECT:
        return "SELECT of an application" if command[2] == SELECT_BY_NAME else "SELECT of a file"
    if command[1] == VERIFY:
        return "VERIFY" if len(command) > PIN_QUERY_LEN else "state of a PIN"
    return {READ_BINARY: "READ BINARY", READ_RECORD: "READ RECORD", SIGN: "signature", CHALLENGE: "GET CHALLENGE"}[command[1]]


def repeated(pairs):
    """By kind: exchanges that had the same command and answer before, after the same SELECT of an application."""
    seen, again, aid = set(), Counter(), None
    for command, answer in pairs:
        if command[1] == SELECT and command[2] == SELECT_BY_NAME:
            aid = command
        if (aid, command, answer) in seen:
            again[kind(command)] += 1
        seen.add((aid, command, answer))
    return again
