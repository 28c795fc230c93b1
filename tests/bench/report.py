# SPDX-License-Identifier: LGPL-2.1-or-later
"""report.py BENCH-FOLDER MODEL: makes performance.md and performance.svg of the logs that tests/bench/run left. MODEL: see model.py"""

import sys
from pathlib import Path

import cardlog
import chart
import model
import tables
from limits import JOBS, limits

SETTINGS = {
    "in-tree": "in-tree",
    "in-tree-named": "in-tree, named",
    "cold": "cold",
    "warm": "warm cache",
    "extended": "extended length",
    "warm-extended": "warm cache, extended length",
    "contactless": "contactless ATR",
    "unknown": "unknown ATR",
}
IN_TREE, OURS, LIMIT = SETTINGS["in-tree"], SETTINGS["cold"], "limit"
PICTURE = {
    "web_page": "Open a web page with the card (curl)",
    "ssh_login": "Log in with ssh",
    "sign_pdf": "Sign a PDF (pdfsig)",
    "card_face": "Show the card face (mynumber-card-face)",
}
BARS = {IN_TREE: "OpenSC's own driver", OURS: "this driver", LIMIT: "limit"}


def load_jobs(bench):
    """By job and setting: what was exchanged."""
    return {
        (job, setting): cardlog.exchanges(path)
        for job in JOBS
        for setting in SETTINGS
        if (path := bench / "jobs" / setting / f"{job}.log").exists()
    }


def costs_of(logs):
    costs = {(job, SETTINGS[setting]): cardlog.cost(pairs) for (job, setting), pairs in logs.items()}
    least = limits({job: pairs for (job, setting), pairs in logs.items() if setting == "cold"})
    return costs | {(job, LIMIT): cost for job, cost in least.items()}


def job_table(costs, cell):
    columns = [*SETTINGS.values(), LIMIT]
    rows = [
        [job.title, *(cell(costs[name, c]) if (name, c) in costs else "–" for c in columns)]
        for name, job in JOBS.items()
        if (name, LIMIT) in costs
    ]
    return tables.table(["job", *columns], rows)


def times(costs, models):
    lines = []
    for each in models:
        lines += [f"Seconds {each.title}:", "", *job_table(costs, lambda c, each=each: f"{each.seconds(c):.2f}")]
    return lines


def twice(logs):
    rows = []
    for name, job in JOBS.items():
        again = cardlog.repeated(logs.get((name, "cold"), []))
        if again:
            rows.append([job.title, ", ".join(f"{n} {kind}" for kind, n in sorted(again.items()))])
    return tables.table(["job, cold", "what was repeated"], rows)


def picture(costs, timing):
    """The first model's seconds and the exchanges of the jobs that a person knows."""
    groups = []
    for name, title in PICTURE.items():
        bars = [
            (label, timing.seconds(cost), f"{timing.seconds(cost):.1f} s, {cost.exchanges} exchanges") if (cost := costs.get((name, column))) else (label, None, "cannot do it")
            for column, label in BARS.items()
        ]
        if (name, LIMIT) in costs:
            groups.append((title, bars))
    return chart.bars(f"Time over the air, modelled {timing.title}", groups)


def report(bench, model_name):
    logs = load_jobs(bench)
    costs = costs_of(logs)
    said, models = model.load(model_name)
    text = (Path(__file__).parent / "performance.md.in").read_text(encoding="utf-8")
    parts = {
        "version": (bench / "opensc-version").read_text(encoding="ascii").strip(),
        "model": said,
        "exchanges": job_table(costs, lambda c: c.exchanges),
        "bytes": job_table(costs, lambda c: f"{c.sent} / {c.received}"),
        "times": times(costs, models),
        "growth": tables.growth(bench, models),
        "signatures": tables.signatures(bench, models),
        "many": tables.many(bench),
        "instructions": tables.instructions(bench),
        "twice": twice(logs),
    }
    for name, value in parts.items():
        text = text.replace(f"@{name}@", value if isinstance(value, str) else "\n".join(value).rstrip())
    (bench / "performance.md").write_text(text, encoding="utf-8")
    (bench / "performance.svg").write_text(picture(costs, models[0]), encoding="utf-8")


report(Path(sys.argv[1]), sys.argv[2])
