# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The module inside its hosts: symbols, memory, and the cards that it leaves alone.

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"
# shellcheck source=tests/lib/valgrind.sh
. "$srcdir/tests/lib/valgrind.sh"

test_host_without_opensc_symbols_signs() {
	local id program=$builddir/tests/integration/opensc/pkcs11-sign
	[ -x "$program" ] || skip "p11-kit's header pkcs11.h is not installed"
	printf 'a document' >document
	for id in 01 02; do
		"$program" "$PKCS11_MODULE" "${key_token[$id]}" "${key_pin[$id]}" "$id" \
			<document >signature
		expect_signature "$id" sha256 document signature
	done
}

# As stunnel's threads; a sanitizer needs more. The thread lives on when the module has been unloaded: nothing of OpenSSL's may
# then be left in it.
test_thread_of_64_KiB_lists_and_signs() {
	local id program=$builddir/tests/integration/opensc/pkcs11-sign
	[ -x "$program" ] || skip "p11-kit's header pkcs11.h is not installed"
	printf 'a document' >document
	for id in 01 02; do
		"$program" "$PKCS11_MODULE" "${key_token[$id]}" "${key_pin[$id]}" "$id" 1 1 "${TEST_PRELOAD:+10}64" \
			<document >signature
		expect_signature "$id" sha256 document signature
	done
}

test_valgrind_dump() {
	under_valgrind pkcs15-tool --dump
}

test_valgrind_sign() {
	local id
	printf 'a document' >document
	for id in 01 02; do
		under_valgrind pkcs11-tool --sign --id "$id" --mechanism SHA256-RSA-PKCS --input-file document \
			--output-file signature --token-label "${key_token[$id]}" --login --pin "${key_pin[$id]}"
		expect_signature "$id" sha256 document signature
	done
}

test_valgrind_wrong_pin() {
	require_valgrind
	fails under_valgrind pkcs15-tool --verify-pin --auth-id 01 --pin 9999
	expect_contains "PIN code or key incorrect" "$output"
	expect_lacks "==" "$output"
}

# OpenSC binds JPKI, which the card has listed and now denies: the list's entry is still in OpenSC's hands.
test_valgrind_of_a_card_that_denies_jpki() {
	require_valgrind
	sed -i 's/framework pkcs15 {/& try_emulation_first = yes;/' "$OPENSC_CONF"
	variant no-common
	VIRTUAL_CARD_FAULT=2:sw=6A82,3:sw=6A82,4:sw=6A82 under_valgrind pkcs11-tool --list-slots >messages 2>&1 || true
	expect_equal "" "$(grep '^==' messages || true)" "valgrind's findings"
}

# Only our driver may take the card.
ours_only() {
	sed -i 's/card_drivers = .*/card_drivers = mynumber;/' "$OPENSC_CONF"
}

# An unknown ATR and no JPKI: the card's answer to the first SELECT is what the test says.
expect_not_claimed() {
	variant atr-unknown
	VIRTUAL_CARD_FAULT=$1 fails opensc-tool --name
	expect_match 'Card is (invalid|not) ' "$output"
}

test_card_without_jpki_is_not_claimed() {
	ours_only
	expect_not_claimed 1:sw=6A82
	expect_not_claimed 1:sw=6D00
	expect_not_claimed 1:sw=6881
	expect_not_claimed 1:empty
	expect_not_claimed 1:sw=6F00,2:sw=6A82
	expect_not_claimed 1:sw=6F00,2:sw=6F00
}

test_card_that_does_not_answer_is_not_claimed() {
	ours_only
	expect_not_claimed 1:mute,2:mute
}

test_driver_that_is_asked_next_gets_the_card() {
	variant atr-unknown
	expect_equal "jpki" "$(VIRTUAL_CARD_FAULT=1:sw=6A82 opensc-tool --name)" "the name"
}

test_emulation_leaves_other_drivers_cards_alone() {
	expect_contains "PKCS#15 Card [JPKI]" "$(OPENSC_DRIVER=jpki pkcs15-tool --dump)"
}
