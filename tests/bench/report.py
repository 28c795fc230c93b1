# SPDX-License-Identifier: LGPL-2.1-or-later
"""report.py BENCH-FOLDER OPENSC-VERSION: makes performance.md and performance.svg of the logs that tests/bench/run left."""

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import cardlog
import chart

COMMON, JPKI = "D3921000310001010100", "D392F000260100000001"
TEXT, SURFACE = "D3921000310001010408", "D3921000310001010402"
SERIAL, AVAILABILITY = (COMMON, 0x0001), (JPKI, 0x0008)
AUTH_CERTIFICATE, AUTH_CA, SIGN_CA = (JPKI, 0x000A), (JPKI, 0x000B), (JPKI, 0x0002)

HEADER_LEN, EXTENDED_HEADER_LEN, SHORT_MAX = 5, 7, 256
QUERY_LEN, STATUS_LEN = 4, 2
SIGN_COMMAND_LEN, SIGNATURE_LEN = 57, 256  # DigestInfo of SHA-256, RSA of 2048 bits


@dataclass
class Job:
    """What is done, and the least that it takes: applications, files (each in one exchange), PINs by their length."""

    title: str
    applications: list = field(default_factory=list)
    files: list = field(default_factory=list)
    queries: int = 0
    pins: list = field(default_factory=list)


JOBS = {
    "name": Job("opensc-tool --name"),
    "list_pins": Job("pkcs15-tool --list-pins", [COMMON, JPKI], [SERIAL, AVAILABILITY], 2),
    "read_certificate": Job("pkcs15-tool --read-certificate 01", [JPKI], [AUTH_CERTIFICATE]),
    "dump": Job("pkcs15-tool --dump", [COMMON, JPKI], [SERIAL, AVAILABILITY, AUTH_CERTIFICATE, AUTH_CA, SIGN_CA], 2),
    "list_slots": Job("pkcs11-tool -L", [COMMON, JPKI], [SERIAL, AVAILABILITY], 2),
    "list_objects": Job("pkcs11-tool -O", [COMMON, JPKI], [SERIAL, AVAILABILITY, AUTH_CERTIFICATE]),
    "sign_auth": Job("pkcs11-tool --sign, auth key", [JPKI], pins=[4]),
    "sign_sign": Job("pkcs11-tool --sign, signature key", [JPKI], pins=[6]),
    "pkcs11_test": Job("pkcs11-tool --test", [JPKI], pins=[4]),
    "ssh_keygen": Job("ssh-keygen -D", [JPKI], [AUTH_CERTIFICATE]),
    "read_name": Job("name", [TEXT], [(TEXT, 0x0002)], pins=[4]),
    "read_address": Job("address", [TEXT], [(TEXT, 0x0002)], pins=[4]),
    "read_photo": Job("photo", [SURFACE], [(SURFACE, 0x0002)], pins=[14]),
    "card_face": Job(
        "mynumber-card-face",
        [SURFACE, TEXT],
        [(SURFACE, 0x0002), (SURFACE, 0x0004), (TEXT, 0x0002), (TEXT, 0x0003), (TEXT, 0x0004), (TEXT, 0x0007)],
        pins=[14, 14],
    ),
}

SETTINGS = {
    "in-tree": "in-tree",
    "in-tree-named": "in-tree, named",
    "cold": "cold",
    "warm": "warm cache",
    "extended": "extended length",
    "unknown": "unknown ATR",
}
LIMIT = "limit"
CHARTED = {"in-tree": "#999999", "cold": "#1f6fb4", "warm cache": "#4caf7a", "extended length": "#e0a030", LIMIT: "#222222"}
APPLICATIONS = ["JPKI", "JPKI, Input Support", "JPKI, Input Support, Card Surface", "all"]
LIBRARIES = {"opensc-mynumber": "this driver", "libvirtual-card": "the virtual card in the same process", "libopensc": "libopensc", "libcrypto": "libcrypto"}


def limit(job, sizes, cold):
    """The least that the job takes; signatures and random bytes are those that the program asked for."""
    least = cardlog.Cost()
    for aid in job.applications:
        least.add(HEADER_LEN + len(aid) // 2, STATUS_LEN)
    for pin in job.pins:
        least.add(HEADER_LEN + pin, STATUS_LEN)
    for _ in range(job.queries):
        least.add(QUERY_LEN, STATUS_LEN)
    for file in job.files:
        size = sizes[file]
        least.add(EXTENDED_HEADER_LEN if size > SHORT_MAX else HEADER_LEN, size + STATUS_LEN)
    for _ in range(cardlog.count(cold, cardlog.SIGN)):
        least.add(SIGN_COMMAND_LEN, SIGNATURE_LEN + STATUS_LEN, True)
    for command, answer in cold:
        if command[1] == cardlog.CHALLENGE:
            least.add(len(command), len(answer))
    return least


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|---" + "|---:" * (len(header) - 1) + "|"]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows] + [""]


def load_jobs(bench):
    """By job and setting: what was exchanged."""
    return {
        (job, setting): cardlog.exchanges(path)
        for job in JOBS
        for setting in SETTINGS
        if (path := bench / "jobs" / setting / f"{job}.log").exists()
    }


def costs_of(logs):
    sizes = Counter()
    for (_, setting), pairs in logs.items():
        if setting == "cold":
            sizes |= cardlog.file_sizes(pairs)
    costs = {(job, SETTINGS[setting]): cardlog.cost(pairs) for (job, setting), pairs in logs.items()}
    for name, job in JOBS.items():
        costs[name, LIMIT] = limit(job, sizes, logs[name, "cold"])
    return costs


def job_table(costs, cell):
    columns = [*SETTINGS.values(), LIMIT]
    return table(
        ["job", *columns],
        [[job.title, *(cell(costs[name, c]) if (name, c) in costs else "–" for c in columns)] for name, job in JOBS.items()],
    )


def numbered(folder):
    return sorted((int(path.stem), cardlog.cost(cardlog.exchanges(path))) for path in folder.glob("*.log"))


def growth(bench):
    header = ["bytes", "exchanges", "seconds at 106 kbit/s", "at 424 kbit/s"]

    def sized(folder):
        return table(header, [[size, c.exchanges, *(f"{c.seconds(r):.2f}" for r in cardlog.RATES)] for size, c in numbered(bench / folder)])

    lines = ["### Certificate (`pkcs15-tool --read-certificate 01`)", "", *sized("certificate")]
    lines += ["### Photo (`pkcs15-tool -R \"Face photo\"`, all record checks)", "", *sized("photo")]
    lines += ["### Applications that PKCS#11 programs see (`pkcs11-tool -L`)", ""]
    lines += table(["`pkcs11_applications`", "exchanges"], [[APPLICATIONS[n - 1], c.exchanges] for n, c in numbered(bench / "applications")])
    return lines


def signatures(bench):
    """Of one login: all exchanges, and what each signature costs between the last two numbers of signatures."""
    runs = {}
    for path in (bench / "signatures").glob("*.log"):
        key, made, sessions = path.stem.split("-")
        runs[key, int(sessions), int(made)] = cardlog.cost(cardlog.exchanges(path)).exchanges
    if not runs:
        return ["Not measured: p11-kit's headers are not installed.", ""]
    names = {"01": "authentication", "02": "signature"}
    rows = [[names[key], sessions, made, total] for (key, sessions, made), total in sorted(runs.items())]
    lines = table(["key", "sessions", "signatures in one login", "exchanges"], rows)
    for key, name in names.items():
        made = sorted(made for k, sessions, made in runs if k == key and sessions == 1)[-2:]
        each = (runs[key, 1, made[1]] - runs[key, 1, made[0]]) / (made[1] - made[0])
        lines.append(f"In steady state a signature of the {name} key costs {each:g} exchange{'s' if each != 1 else ''}.")
    return lines + [""]


def instructions(path):
    """Instructions by library, from callgrind's file. A line after `calls=` repeats what the callee cost."""
    by_library, library, skip = Counter(), "", False
    for line in path.read_text().splitlines():
        if line.startswith("ob="):
            library = Path(line[3:]).name
        elif line.startswith("calls="):
            skip = True
        elif re.match(r"[0-9+*-]", line):
            if not skip:
                by_library[library] += int(line.split()[-1])
            skip = False
    return by_library


def cpu(bench):
    rows = []
    for setting in ("cold", "in-tree-named"):
        path = bench / f"{setting}.callgrind"
        if not path.exists():
            return ["Not measured: valgrind is not installed.", ""]
        counted = instructions(path)
        parts = [sum(n for library, n in counted.items() if library.startswith(prefix)) for prefix in LIBRARIES]
        rows.append([SETTINGS[setting], *(f"{n / 1e6:.2f}" for n in (sum(counted.values()), *parts))])
    return table(["millions of instructions", "all", *LIBRARIES.values()], rows)


def twice(logs):
    rows = []
    for name, job in JOBS.items():
        again = cardlog.repeated(logs[name, "cold"])
        if again:
            rows.append([job.title, ", ".join(f"{n} {kind}" for kind, n in sorted(again.items()))])
    return table(["job, cold", "what was repeated"], rows)


def report(bench, version):
    logs = load_jobs(bench)
    costs = costs_of(logs)
    text = (Path(__file__).parent / "performance.md.in").read_text()
    slow, fast = cardlog.RATES
    parts = {
        "version": version,
        "model": f"{cardlog.EXCHANGE_SECONDS * 1000:g} ms for each exchange, {cardlog.SIGNATURE_SECONDS * 1000:g} ms for each signature,"
        f" and the bytes of the APDUs at {slow} or {fast} kbit/s",
        "exchanges": job_table(costs, lambda c: c.exchanges),
        "bytes": job_table(costs, lambda c: f"{c.sent} / {c.received}"),
        "slow": job_table(costs, lambda c: f"{c.seconds(slow):.2f}"),
        "fast": job_table(costs, lambda c: f"{c.seconds(fast):.2f}"),
        "growth": growth(bench),
        "signatures": signatures(bench),
        "cpu": cpu(bench),
        "twice": twice(logs),
    }
    for name, value in parts.items():
        text = text.replace(f"@{name}@", value if isinstance(value, str) else "\n".join(value).rstrip())
    (bench / "performance.md").write_text(text)
    groups = [(job.title, {c: costs[name, c].seconds(slow) for c in CHARTED if (name, c) in costs}) for name, job in JOBS.items()]
    title = f"Modelled wire time at {slow} kbit/s: {cardlog.EXCHANGE_SECONDS * 1000:g} ms an exchange, {cardlog.SIGNATURE_SECONDS * 1000:g} ms a signature"
    (bench / "performance.svg").write_text(chart.bars(title, groups, CHARTED, "s"))


report(Path(sys.argv[1]), sys.argv[2])
