# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long a job takes over the air: by assumed constants (model.txt), or by what a report of a real card measured."""

import re
from dataclasses import dataclass
from pathlib import Path

import cardlog

BITS = 8
READ_MEASURED = 256  # bytes: the length of the READs whose time the report gives
REPORT_LINE = re.compile(r"^5\.17\s+measured\s+milliseconds: (.*)$", re.MULTILINE)
REPORT_KINDS = {"SELECT": cardlog.SELECTION, "READ 256": cardlog.READING, "VERIFY": cardlog.PIN, "signature": cardlog.SIGNATURE, "others": cardlog.OTHER}


@dataclass
class Assumed:
    exchange: float  # ms
    signature: float  # ms
    rate: float  # kbit/s

    @property
    def title(self):
        return f"at {self.rate:g} kbit/s"

    def seconds(self, cost):
        busy = cost.exchanges * self.exchange + cost.kinds[cardlog.SIGNATURE] * self.signature
        return (busy + BITS * (cost.sent + cost.received) / self.rate) / 1000


@dataclass
class Measured:
    ms: dict  # by kind

    title = "as the report measured"

    def seconds(self, cost):
        """A READ takes as long as another command, and its bytes as long as they do in a READ of 256."""
        each = {kind: self.ms[kind] for kind in self.ms}
        each[cardlog.READING] = self.ms[cardlog.OTHER]
        a_byte = max(self.ms[cardlog.READING] - self.ms[cardlog.OTHER], 0) / READ_MEASURED
        return (sum(n * each[kind] for kind, n in cost.kinds.items()) + cost.read * a_byte) / 1000


def from_report(path, line):
    found = {REPORT_KINDS[name]: float(ms) for name, ms in re.findall(r"(SELECT|READ 256|VERIFY|signature|others) ([0-9.]+) \(", line)}
    missing = [name for name, kind in REPORT_KINDS.items() if kind not in found]
    if missing:
        raise SystemExit(f"{path}: the report measured no {', '.join(missing)}. Repeat it and give it a PIN.")
    times = ", ".join(f"{name} {found[kind]:g} ms" for name, kind in REPORT_KINDS.items())
    return f"the times that {path.name} measured with a real card and reader: {times}", [Measured(found)]


def from_constants(path, text):
    values = dict(line.split(None, 1) for line in text.splitlines() if line.strip() and not line.startswith("#"))
    try:
        exchange, signature = (float(values[name].split()[0]) for name in ("exchange", "signature"))
        rates = [float(word) for word in re.match(r"[0-9. ]+", values["rates"])[0].split()]
        source = values["source"]
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise SystemExit(f"{path}: it needs the lines source, exchange, signature and rates, as in tests/bench/model.txt.") from error
    said = " or ".join(f"{rate:g}" for rate in rates)
    text = f"{exchange:g} ms for each exchange, {signature:g} ms for each signature, and the bytes of the APDUs at {said} kbit/s ({source.rstrip('.')})"
    return text, [Assumed(exchange, signature, rate) for rate in rates]


def load(name):
    """What the model is, in words, and the models, of which the first is the slowest."""
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    line = REPORT_LINE.search(text)
    return from_report(path, line[1]) if line else from_constants(path, text)
