#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Stays connected to the card; prints ATR and token information (EF 0006 of JPKI) in hex for each line of its input."""

import sys

from smartcard.System import readers
from smartcard.scard import SCARD_LEAVE_CARD

SELECT_JPKI = bytes.fromhex("00A4040C0AD392F000260100000001")
SELECT_TOKEN_INFO = bytes.fromhex("00A4020C020006")
READ_TOKEN_INFO = bytes.fromhex("00B00000A0")


def transmit(connection, command):
    """The data of the answer; any status word but 9000 ends the program."""
    data, sw1, sw2 = connection.transmit(list(command))
    if (sw1, sw2) != (0x90, 0x00):
        sys.exit(f"{command.hex()}: {sw1:02X}{sw2:02X}")
    return bytes(data)


def main():
    """One reader with one card in it."""
    connection = readers()[0].createConnection()
    connection.connect(disposition=SCARD_LEAVE_CARD)
    for _ in sys.stdin:
        transmit(connection, SELECT_JPKI)
        transmit(connection, SELECT_TOKEN_INFO)
        info = transmit(connection, READ_TOKEN_INFO)
        print(bytes(connection.getATR()).hex(), info.hex(), flush=True)


main()
