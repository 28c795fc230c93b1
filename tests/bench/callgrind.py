# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a module adds to a program, from callgrind's file: instructions of its own, and those of libraries that it calls."""

import re
from collections import Counter
from pathlib import Path

MODULE, HOST = "opensc-mynumber", "libopensc"  # what the host does for the module, it does for every driver


def added(path):
    """All instructions of the process; the module's own; by library, those that the module's calls took there."""
    total, own, called = 0, 0, Counter()
    library = callee = ""
    is_call = False
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("ob="):
            library = Path(line[3:]).name
        elif line.startswith("fn="):
            callee = library
        elif line.startswith("cob="):
            callee = Path(line[4:]).name
        elif line.startswith("calls="):
            is_call = True
        elif re.match(r"[0-9+*-]", line):
            count = int(line.split()[-1])
            ours = library.startswith(MODULE)
            if is_call and ours and not callee.startswith((MODULE, HOST)):
                called[callee] += count
            elif not is_call:
                total += count
                own += count if ours else 0
            if is_call:
                callee = library
            is_call = False
    return total, own, called
