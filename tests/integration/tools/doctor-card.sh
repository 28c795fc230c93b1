# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config doctor finds what keeps a card from being seen: pcscd, the card, its PINs, old copies of its files.

# shellcheck source=tests/lib/config-tool.sh
. "$srcdir/tests/lib/config-tool.sh"

test_doctor_old_cache() {
	mkdir -p "$HOME/.cache/opensc"
	echo old >"$HOME/.cache/opensc/00000000_NODATE_D392F000260100000001_000A"
	expect_found old-cache
}

test_doctor_our_own_cache_is_fine() {
	change '/framework pkcs15/a\		use_file_caching = public;'
	pkcs15-tool --read-certificate 01
	[ -n "$(find "$HOME/.cache/opensc" -type f)" ] || fail "nothing was cached"
	expect_match '^nothing wrong was found' "$(config doctor)"
}

# pcsc ESTABLISH LIST: a PC/SC library whose functions answer these codes.
pcsc() {
	library pcsc.so "#define ANSWER(f, code) long f(void); long f(void) { return (long)(code); }
		long SCardEstablishContext(long scope, void *a, void *b, long *context);
		long SCardEstablishContext(long scope, void *a, void *b, long *context) { *context = 1; return (long)($1); }
		ANSWER(SCardListReaders, $2) ANSWER(SCardReleaseContext, 0) ANSWER(SCardConnect, 0x80100009)
		ANSWER(SCardReconnect, 0x80100009) ANSWER(SCardDisconnect, 0) ANSWER(SCardBeginTransaction, 0x80100009)
		ANSWER(SCardEndTransaction, 0) ANSWER(SCardStatus, 0x80100009) ANSWER(SCardGetStatusChange, 0x8010000A) ANSWER(SCardCancel, 0)
		ANSWER(SCardControl, 0x80100009) ANSWER(SCardTransmit, 0x80100009)"
	change "s|provider_library = [^;]*|provider_library = \"$PWD/pcsc.so\"|"
}

test_doctor_no_pcsc_library() {
	change 's|provider_library = [^;]*|provider_library = /nowhere/libpcsclite.so|'
	expect_found no-pcsc-library
}

test_doctor_pcscd_not_running() {
	pcsc 0x8010001D 0x8010001D
	expect_found no-pcscd
}

test_doctor_pcscd_refuses() {
	pcsc 0x8010006A 0x8010006A
	expect_found pcscd-refuses
}

test_doctor_no_reader() {
	pcsc 0 0x8010002E
	expect_found no-reader
}

test_doctor_pcscd_refuses_the_card() {
	pcsc_with 'long SCardConnect(void); long SCardConnect(void) { return 0x8010006A; }'
	expect_found pcscd-refuses
	expect_contains org.debian.pcsc-lite.access_pcsc "$output"
	expect_contains org.debian.pcsc-lite.access_card "$output"
}

test_doctor_card_that_does_not_respond() {
	pcsc_with 'long SCardConnect(void); long SCardConnect(void) { return 0x80100066; }'
	expect_found card-silent
}

test_doctor_card_held_exclusively() {
	pcsc_with 'long SCardConnect(void); long SCardConnect(void) { return 0x8010000B; }'
	expect_found card-busy
}

test_doctor_card_in_an_endless_transaction() {
	pcsc_with '#include <unistd.h>
		long SCardBeginTransaction(void); long SCardBeginTransaction(void) { sleep(60); return 0; }'
	expect_found card-busy
}

# libpcsclite reports the same error as without pcscd.
test_doctor_socket_without_permission() {
	require python3
	mkdir pcscd
	python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("pcscd/pcscd.comm")'
	cp "$builddir/opensc.conf" "$OPENSC_CONF"
	chmod 0 pcscd/pcscd.comm
	export PCSCLITE_CSOCK_NAME=$PWD/pcscd/pcscd.comm
	as_user expect_found pcscd-socket
	expect_contains "$PCSCLITE_CSOCK_NAME" "$output"
	chmod 700 pcscd/pcscd.comm
	chmod 0 pcscd
	as_user expect_found pcscd-socket
	chmod 700 pcscd
	as_user expect_found no-pcscd
}

# card_atr DRIVER ATR: a block of opensc.conf.
card_atr() {
	conf_with
	change "/^app default {/a\\	card_atr $2 { driver = \"$1\"; }"
}

# jpki takes the card. openpgp refuses it, but OpenSC asks no other driver.
test_doctor_card_atr_of_another_driver() {
	local atr driver
	atr=$(opensc-tool --atr)
	for driver in jpki openpgp; do
		card_atr "$driver" "$atr"
		expect_lacks 'My Number Card' "$(opensc-tool --name 2>/dev/null)"
		expect_found card-atr
		expect_contains "$atr" "$output"
	done
}

test_doctor_card_atr_that_does_no_harm() {
	card_atr mynumber "$(opensc-tool --atr)"
	expect_match '^nothing wrong was found' "$(config doctor)"
	card_atr openpgp 3b:00:11:22:33
	expect_match '^nothing wrong was found' "$(config doctor)"
}

test_doctor_no_card() {
	touch "$VIRTUAL_CARD_DIR/card.removed"
	expect_found no-card
}

test_doctor_card_does_not_answer() {
	variant atr-unknown
	VIRTUAL_CARD_FAULT='*:mute' expect_found unknown-card
}

test_doctor_card_without_keys() {
	VIRTUAL_CARD_FAULT='*:sw=6A82' expect_found no-objects
}

test_doctor_another_card() {
	variant atr-unknown
	VIRTUAL_CARD_FAULT='*:sw=6A82' expect_found unknown-card
}

test_doctor_blocked_pin() {
	variant blocked-sign
	expect_found pin-blocked
	expect_contains "Digital Signature PIN" "$output"
	expect_contains "署名用電子証明書の暗証番号がロックされています。" "$output"
}

test_doctor_two_blocked_pins() {
	variant blocked-auth,blocked-text
	expect_found pin-blocked pin-blocked
	expect_contains "利用者証明用電子証明書の暗証番号がロックされています。" "$output"
	expect_contains "券面事項入力補助用の暗証番号がロックされています。" "$output"
}

test_doctor_last_try() {
	pkcs15-tool --verify-pin --auth-id 01 --pin 9999 || true
	pkcs15-tool --verify-pin --auth-id 01 --pin 9999 || true
	expect_found pin-last-try
	expect_contains "User Authentication PIN" "$output"
	expect_contains "利用者証明用電子証明書の暗証番号の残り回数は1回です。" "$output"
}

test_doctor_names_licence_and_residence() {
	expect_lacks "The card has" "$(config doctor)"
	variant licence
	output=$(config doctor)
	expect_match '^The card has the application Licence' "$output"
	expect_lacks Residence "$output"
	expect_match '^nothing wrong was found' "$output"
	variant residence
	output=$(config doctor)
	expect_match '^The card has the application Residence' "$output"
	expect_match '^nothing wrong was found' "$output"
}

test_doctor_sends_a_blocked_licence_pin_to_the_police() {
	variant licence-blocked
	expect_found pin-blocked
	expect_contains "Only the police" "$output"
	expect_contains "警察" "$output"
}
