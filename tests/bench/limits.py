# SPDX-License-Identifier: LGPL-2.1-or-later
"""The jobs, and the least that each takes."""

from collections import Counter
from dataclasses import dataclass, field

import cardlog

COMMON, JPKI = "D3921000310001010100", "D392F000260100000001"
TEXT, SURFACE = "D3921000310001010408", "D3921000310001010402"
SERIAL, AVAILABILITY = (COMMON, 0x0001), (JPKI, 0x0008)
AUTH_CERTIFICATE, AUTH_CA, SIGN_CERTIFICATE, SIGN_CA = (JPKI, 0x000A), (JPKI, 0x000B), (JPKI, 0x0001), (JPKI, 0x0002)

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
    "sign_auth_100": Job("100 signatures, auth key", [JPKI], pins=[4]),
    "sign_sign_100": Job("100 signatures, signature key", [JPKI], pins=[6]),
    "pkcs11_test": Job("pkcs11-tool --test", [JPKI], pins=[4]),
    "ssh_keygen": Job("ssh-keygen -D", [JPKI], [AUTH_CERTIFICATE]),
    "web_page": Job("web page (curl)", [JPKI], pins=[4]),
    "ssh_login": Job("ssh login", [JPKI], [AUTH_CERTIFICATE], pins=[4]),
    "sign_pdf": Job("signed PDF (pdfsig)", [JPKI], [SIGN_CERTIFICATE], pins=[6]),
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


def limit(job, sizes, cold):
    """The least that the job takes; signatures and random bytes are those that the program asked for."""
    least = cardlog.Cost()
    for aid in job.applications:
        least.add(cardlog.SELECTION, HEADER_LEN + len(aid) // 2, STATUS_LEN)
    for pin in job.pins:
        least.add(cardlog.PIN, HEADER_LEN + pin, STATUS_LEN)
    for _ in range(job.queries):
        least.add(cardlog.OTHER, QUERY_LEN, STATUS_LEN)
    for file in job.files:
        size = sizes[file]
        least.add(cardlog.READING, EXTENDED_HEADER_LEN if size > SHORT_MAX else HEADER_LEN, size + STATUS_LEN)
    for _ in range(cardlog.count(cold, cardlog.SIGN)):
        least.add(cardlog.SIGNATURE, SIGN_COMMAND_LEN, SIGNATURE_LEN + STATUS_LEN)
    for command, answer in cold:
        if command[1] == cardlog.CHALLENGE:
            least.add(cardlog.OTHER, len(command), len(answer))
    return least


def limits(logs):
    """By job, from the logs of the jobs with a cold cache."""
    sizes = Counter()
    for pairs in logs.values():
        sizes |= cardlog.file_sizes(pairs)
    return {name: limit(JOBS[name], sizes, pairs) for name, pairs in logs.items()}
