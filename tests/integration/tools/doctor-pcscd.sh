# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config doctor with the real pcscd: its error codes are those of libpcsclite, not of a test's library.
# namespace

# shellcheck source=tests/lib/config-tool.sh
. "$srcdir/tests/lib/config-tool.sh"
# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"

test_doctor_follows_pcscd_and_the_card() {
	start_pcscd
	expect_found no-card
	insert_card
	expect_nothing_found
	kill "$pcscd"
	wait "$pcscd" || true
	expect_found no-pcscd
}

# hold_card MODE COMMAND: another program connects to the card in this mode, runs a command of PC/SC, and keeps it.
hold_card() {
	exec 7< <(exec /usr/bin/python3 -c "
import time
from smartcard.scard import *
context = SCardEstablishContext(SCARD_SCOPE_USER)[1]
reader = SCardListReaders(context, [])[1][0]
card = SCardConnect(context, reader, $1, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1)[1]
$2
print('held', flush=True)
time.sleep(600)")
	holder=$!
	at_exit "kill $holder"
	await_line 7 held "$PWD/holder.log"
}

release_card() {
	kill "$holder"
	wait "$holder" || true
}

test_doctor_card_that_another_program_holds() {
	/usr/bin/python3 -c 'import smartcard' || skip "python3-pyscard is not installed"
	start_pcscd
	insert_card
	hold_card SCARD_SHARE_EXCLUSIVE ''
	expect_found card-busy
	release_card
	expect_nothing_found
	hold_card SCARD_SHARE_SHARED 'SCardBeginTransaction(card)'
	expect_found card-busy
	release_card
	expect_nothing_found
}
