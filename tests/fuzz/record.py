#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes the first inputs of the fuzz targets of what the virtual card says, in many of its variants.

    tests/fuzz/record.py BUILD-FOLDER OUT-FOLDER      BUILD-FOLDER: where make check ran, with the targets that replay
OPENSC_CONF names the module and the virtual card, for the records of licences.
"""
import os
import subprocess
import sys
import tempfile

import face_inputs
from face_inputs import chunk

VARIANTS = [
    "", "child", "android", "iphone", "juki-card", "long-names", "long-form", "no-common", "no-text,no-surface", "no-juki", "renewed",
    "blocked-auth,blocked-6983", "blocked-sign,blocked-6984", "query-9000", "first-6f00", "no-sfi", "short-reads", "no-pss",
    "reselect-drops", "tamper-name", "tamper-photo", "tamper-signature", "tamper-cv", "tamper-clone", "tamper-foreign-record",
    "tamper-foreign-cv", "unknown-ca", "atr-unknown", "atr-contact-1", "licence", "licence-no-pin", "licence-default-pin",
    "licence-history,residence"]

# What chunks are: answers.h, fuzz-records.c, fuzz-tlv.c, fuzz-virtual-card.c.
ANSWER_BYTES = 0
CHUNK_KEYS, CHUNK_SIGNATURE, CHUNK_SETTINGS, CHUNK_PHONE = 0xF0, 0xE0, 0xF2, 0xF3
CHALLENGE = b"\x5A" * 32  # fixed-random.c
TLV_OBJECT, TLV_CERTIFICATE, TLV_KEYS, TLV_PUBLIC_KEY = 0, 1, 2, 3
COMMAND = 0
COMMANDS_AN_INPUT = 40

# Variants whose licence records are inputs of fuzz-licence and fuzz-records, and the files of these: short EF identifier, label.
LICENCES = ["licence", "licence-history", "licence-full", "licence-long-form", "licence-old-forms", "licence-torn", "licence-signed-ef", "tamper-licence"]
LICENCE_FILES = {0x1A: "Licence PIN setting", 0x1B: "Licence record", 0x1C: "Licence signature record"}
LICENCE = 5  # the driver's number of the application

# The driver's numbers of the applications (enum app_id) by the end of the AID.
APPLICATIONS = {"0100000001": 0, "0001010408": 1, "0001010402": 2, "0001010401": 3, "0001010100": 4}
CV_CERTIFICATE = 0x04


def record(build, folder, variant):
    """The exchanges of one whole use of the card, and the file of its CA keys."""
    card, log = f"{folder}/card", f"{folder}/log"
    subprocess.run(["rm", "-rf", card, log], check=True)
    subprocess.run(["cp", "-R", f"{build}/tests/persona", card], check=True)
    empty = f"{folder}/empty"
    open(empty, "wb").close()
    environment = dict(os.environ, FUZZ_BUILD=build, FUZZ_PCSC=f"{build}/.libs/libvirtual-card-pcsc.so", VIRTUAL_CARD_DIR=card,
                       VIRTUAL_CARD_LOG=log, VIRTUAL_CARD_VARIANT=variant, VIRTUAL_CARD_PINPAD="1234",
                       ASAN_OPTIONS="detect_leaks=0")  # the picture libraries leak
    subprocess.run([f"{build}/tests/fuzz/fuzz-card", empty], check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lines = [line.split() for line in open(log, encoding="ascii")]
    commands = [bytes.fromhex(line[2]) for line in lines if line[1] == ">"]
    answers = [bytes.fromhex(line[2]) for line in lines if line[1] == "<"]
    return list(zip(commands, answers)), open(f"{card}/trusted-cv-keys.txt", "rb").read()


def files_read(exchanges):
    """The files as the driver read them: {(application, id): bytes}; and the signatures of its challenges: {application: bytes}."""
    files, signatures, application, selected = {}, {}, None, None
    for command, answer in exchanges:
        data, good = answer[:-2], answer[-2:] == b"\x90\x00"
        if command[1] == 0xA4 and command[2] == 0x04:
            application = APPLICATIONS.get(command[-5:].hex().upper()) if good else None
        elif command[1] == 0xA4 and command[2] == 0x02:
            selected = command[-1]
        elif command[1] == 0xB0 and good and application is not None:
            by_sfi = command[2] & 0x80
            selected = command[2] & 0x1F if by_sfi else selected
            offset = command[3] if by_sfi else command[2] << 8 | command[3]
            content = files.setdefault((application, selected), b"")
            if offset == len(content):
                files[application, selected] = content + data
        elif command[1] == 0xB2 and good and application is not None:
            files[application, command[3] >> 3] = data
        elif command[1] == 0x2A and good and application is not None and (CHALLENGE in command or application not in signatures):
            signatures[application] = data
    return files, signatures


def inputs(exchanges, keys, variant):
    """The inputs of each target."""
    files, signatures = files_read(exchanges)
    yield "fuzz-card", b"".join(chunk(ANSWER_BYTES, answer) for _, answer in exchanges)
    card = chunk(CHUNK_KEYS, keys) + b"".join(chunk(CHUNK_SIGNATURE + application, data) for application, data in signatures.items())
    card += b"".join(chunk(application << 5 | number, data) for (application, number), data in files.items())
    if variant in ("android", "iphone"):
        card += chunk(CHUNK_PHONE, b"")
    for settings in (0, 1, 2, 0x11):
        yield "fuzz-records", chunk(CHUNK_SETTINGS, bytes([settings])) + card
    for start in range(0, len(exchanges), COMMANDS_AN_INPUT):
        yield "fuzz-virtual-card", b"".join(chunk(COMMAND, command) for command, _ in exchanges[start:start + COMMANDS_AN_INPUT])
    for (_, number), data in files.items():
        kind = TLV_CERTIFICATE if number == CV_CERTIFICATE else TLV_OBJECT
        yield "fuzz-tlv", chunk(TLV_KEYS, keys) + chunk(kind, data)
        if number == CV_CERTIFICATE:
            yield "fuzz-tlv", chunk(TLV_PUBLIC_KEY, data[9 + 32:])


def licence_records(build, folder, variant):
    """The files of a licence, as pkcs15-tool reads them with OPENSC_CONF of the caller, by short EF identifier; and the signer's key."""
    card = f"{folder}/card"
    subprocess.run(["rm", "-rf", card], check=True)
    subprocess.run(["cp", "-R", f"{build}/tests/persona", card], check=True)
    environment = dict(os.environ, VIRTUAL_CARD_DIR=card, VIRTUAL_CARD_VARIANT=variant)
    files = {}
    for number, label in LICENCE_FILES.items():
        subprocess.run(["pkcs15-tool", "--verify-pin", "--auth-id", "0A", "--pin", "2468", "--read-data-object", label, "--raw", "--output", f"{folder}/out"],
                       check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        files[number] = open(f"{folder}/out", "rb").read()
    return files, open(f"{card}/trusted-licence-keys.txt", "rb").read()


def licence_inputs(files, keys):
    """The inputs of each target: with the signer's key and without one, with the records checked and not."""
    for number in (0x1B, 0x1C):
        yield "fuzz-licence", files[number]
    card = b"".join(chunk(LICENCE << 5 | number, data) for number, data in files.items())
    for settings in (0, 1, 2):
        for known in (keys, b""):
            yield "fuzz-records", chunk(CHUNK_SETTINGS, bytes([settings])) + chunk(CHUNK_KEYS, known) + card


def write(out, target, name, data):
    os.makedirs(f"{out}/{target}", exist_ok=True)
    with open(f"{out}/{target}/{name}", "wb") as file:
        file.write(data)


def main():
    build, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    for number, data in enumerate(face_inputs.inputs(f"{build}/tests/persona/expected")):
        write(out, "fuzz-face", f"face-{number}", data)
    with tempfile.TemporaryDirectory() as folder:
        for variant in VARIANTS:
            exchanges, keys = record(build, folder, variant)
            for number, (target, data) in enumerate(inputs(exchanges, keys, variant)):
                write(out, target, f"{variant or 'plain'}-{number}", data)
            print(variant or "plain", len(exchanges), "exchanges")
        for variant in LICENCES:
            for number, (target, data) in enumerate(licence_inputs(*licence_records(build, folder, variant))):
                write(out, target, f"{variant}-{number}", data)


main()
