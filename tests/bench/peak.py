# SPDX-License-Identifier: LGPL-2.1-or-later
"""peak.py FILE COMMAND...: runs the command and appends to FILE how many kB of memory it had at most."""

import re
import subprocess
import sys
import time
from pathlib import Path

INTERVAL = 0.005  # seconds between two looks at the process, whose kernel keeps the maximum until it ends


def watch(process):
    most = 0
    while process.poll() is None:
        found = re.search(r"^VmHWM:\s*(\d+)", Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8"), re.MULTILINE)
        most = max(most, int(found[1]) if found else 0)
        time.sleep(INTERVAL)
    return most


with subprocess.Popen(sys.argv[2:]) as program:
    peak = watch(program)
with open(sys.argv[1], "a", encoding="ascii") as file:
    file.write(f"{peak}\n")
sys.exit(program.returncode)
