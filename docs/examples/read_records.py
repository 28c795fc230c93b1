# SPDX-License-Identifier: LGPL-2.1-or-later
"""read_records.py MODULE PIN-OBJECT REPORT LABEL...: writes each value to a file of that name, with one login.

PIN-OBJECT ends the label of the token, like "Input Support PIN". The PIN is read from the standard input.
REPORT is the label of the authenticity report. Unless all its lines are "ok", nothing is written."""
import getpass
import os
import sys

import PyKCS11 as p


def find_token(library, pin_object):
    for slot in library.getSlotList(tokenPresent=True):
        if library.getTokenInfo(slot).label.strip().rstrip(")").endswith(pin_object):
            return slot
    sys.exit(f"no token '{pin_object}'; see pkcs11_applications in docs/configuration.md")


def read_value(session, label):
    objects = session.findObjects([(p.CKA_CLASS, p.CKO_DATA), (p.CKA_LABEL, label)])
    if not objects:
        sys.exit(f"no data object '{label}'")
    return bytes(session.getAttributeValue(objects[0], [p.CKA_VALUE])[0])


def require_genuine(session, report_label):
    report = read_value(session, report_label).decode()
    if not report or any(not line.startswith("ok: ") for line in report.splitlines()):
        sys.exit("not shown to be genuine:\n" + report)


def read_pin(pin_object):
    if sys.stdin.isatty():
        return getpass.getpass(pin_object + ": ")
    return sys.stdin.readline().strip()


def main(module, pin_object, report_label, *labels):
    library = p.PyKCS11Lib()
    library.load(module)
    session = library.openSession(find_token(library, pin_object))
    session.login(read_pin(pin_object))
    require_genuine(session, report_label)
    os.umask(0o077)
    for label in labels:
        with open(label, "wb") as file:
            file.write(read_value(session, label))
    session.logout()


main(*sys.argv[1:])
