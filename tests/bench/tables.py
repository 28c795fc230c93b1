# SPDX-License-Identifier: LGPL-2.1-or-later
"""The tables of performance.md that are not of single jobs."""

import callgrind
import cardlog

APPLICATIONS = ["JPKI", "JPKI, Input Support", "JPKI, Input Support, Card Surface", "all"]
KEYS = {"01": "authentication", "02": "signature", "02cached": "signature, with `pin_cache_ignore_user_consent`"}
DRIVERS = {"ours": "this driver", "in-tree": "in-tree"}
COMMANDS = {"list-drivers": "opensc-tool --list-drivers", "list-slots": "pkcs11-tool -L", "sign": "pkcs11-tool --sign, auth key", "dump": "pkcs15-tool --dump"}
OPENSSL = "libcrypto"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|---" + "|---:" * (len(header) - 1) + "|"]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows] + [""]


def numbered(folder):
    return sorted((int(path.stem), cardlog.cost(cardlog.exchanges(path))) for path in folder.glob("*.log"))


def growth(bench, models):
    header = ["bytes", "exchanges", *(f"seconds {model.title}" for model in models)]

    def sized(folder):
        return table(header, [[size, c.exchanges, *(f"{model.seconds(c):.2f}" for model in models)] for size, c in numbered(bench / folder)])

    lines = ["### Certificate (`pkcs15-tool --read-certificate 01`)", "", *sized("certificate")]
    lines += ["### Photo (`pkcs15-tool -R \"Face photo\"`, all record checks)", "", *sized("photo")]
    lines += ["### Applications that PKCS#11 programs see (`pkcs11-tool -L`)", ""]
    return lines + table(["`pkcs11_applications`", "exchanges"], [[APPLICATIONS[n - 1], c.exchanges] for n, c in numbered(bench / "applications")])


def each_costs(runs, key):
    """The exchanges of a signature between the last two numbers of signatures in one session."""
    few, many = sorted(made for k, sessions, made in runs if k == key and sessions == 1)[-2:]
    each = (runs[key, 1, many].exchanges - runs[key, 1, few].exchanges) / (many - few)
    return f"{each:g} exchange{'s' if each != 1 else ''}"


def signatures(bench, models):
    """Of one login: all exchanges, and what each signature costs in the end."""
    runs = {}
    for path in (bench / "signatures").glob("*.log"):
        key, made, sessions = path.stem.split("-")
        runs[key, int(sessions), int(made)] = cardlog.cost(cardlog.exchanges(path))
    if not runs:
        return ["Not measured: p11-kit's headers are not installed.", ""]
    header = ["key", "sessions", "signatures in one login", "exchanges", "bytes to the card / from the card", *(f"seconds {model.title}" for model in models)]
    rows = [
        [KEYS[key], sessions, made, c.exchanges, f"{c.sent} / {c.received}", *(f"{model.seconds(c):.1f}" for model in models)]
        for (key, sessions, made), c in sorted(runs.items(), key=lambda run: run[0])
    ]
    lines = table(header, rows)
    return lines + [f"In steady state a signature costs {each_costs(runs, key)}: key {name}." for key, name in KEYS.items()] + [""]


def many(bench):
    path = bench / "many.txt"
    if not path.exists():
        return ["Not measured: it needs pcscd, vpcd, p11-kit's headers and the right to make namespaces.", ""]
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        what, driver, programs, jobs, exchanges, kilobytes = line.split("|")
        rows.append([what, DRIVERS[driver], programs, jobs, exchanges, f"{int(exchanges) / int(jobs):.1f}", f"{int(kilobytes) / 1024:.1f}"])
    return table(["what", "driver", "programs", "jobs", "exchanges", "exchanges a job", "memory, MiB"], rows)


def instructions(bench):
    rows = []
    for name, title in COMMANDS.items():
        path = bench / "instructions" / f"{name}.callgrind"
        if not path.exists():
            return ["Not measured: valgrind is not installed.", ""]
        total, own, called = callgrind.added(path)
        openssl = sum(n for library, n in called.items() if library.startswith(OPENSSL))
        others = sum(called.values()) - openssl
        rows.append([title, *(f"{n / 1e6:.2f}" for n in (own, openssl, others, own + openssl + others, total))])
    return table(["millions of instructions", "this driver", "OpenSSL for it", "the C library for it", "together", "the whole process"], rows)
