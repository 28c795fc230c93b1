# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the tools make the card do, by the card's own log.

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

# The commands of the log, one a line.
commands() {
	sed -n 's/^[0-9]* > //p' "$VIRTUAL_CARD_LOG"
}

test_name_of_a_known_card_costs_nothing() {
	opensc-tool --name
	expect_equal "" "$(commands)" "the list of commands"
}

test_unknown_atr_costs_a_select_and_a_look() {
	variant atr-unknown
	opensc-tool --name
	expect_equal "00A4040C0A$JPKI_AID
00B08600A0" "$(commands)" "the list of commands"
}

test_listing_verifies_nothing() {
	pkcs15-tool --dump
	pkcs15-tool --list-pins
	pkcs11-tool --list-slots
	pkcs11-tool --list-objects
	opensc-tool --list-files
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
	expect_equal "" "$(verified_pins)"
	expect_match '^00200098$' "$(commands)"
}

test_only_the_pin_that_was_asked_for_is_verified() {
	expect_signs 01
	expect_equal "$JPKI_AID:0018" "$(verified_pins)" "the PIN that was verified"
	expect_equal 1 "$(count_verify)" "the number of PINs sent"
	rm "$VIRTUAL_CARD_LOG"
	expect_signs 02
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the PIN that was verified"
}

# The common application, where the card number is, may be selected before a PIN is verified, but not after.
test_signing_selects_no_other_application_after_login() {
	expect_signs 01
	expect_equal "" "$(commands | sed -n '/^002000..[0-9A-F]\{4\}/,/^802A/p' | grep '^00A404' |
		grep -v "^00A4040C0A$JPKI_AID")" "the list of other applications"
}

test_nothing_stays_verified_at_the_end() {
	expect_signs 01
	output=$(OPENSC_DRIVER=default opensc-tool --send-apdu "00A4040C0A$JPKI_AID" --send-apdu 00A4020C020017 \
		--send-apdu 802A008001AA00)
	expect_match 'Received \(SW1=0x69, SW2=0x82\)' "$output"
}

test_reading_verified_stays_no_longer_either() {
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	output=$(OPENSC_DRIVER=default opensc-tool --send-apdu "00A4040C0A$JPKI_AID" --send-apdu 00A4020C020001 \
		--send-apdu 00B0000004)
	expect_match 'Received \(SW1=0x69, SW2=0x82\)' "$output"
}

test_unknown_names_are_refused_without_the_card() {
	require opensc-explorer
	printf '%s\n' 'cd 4444' 'cd aid:A000000063504B43532D3135' 'cat 1234' 'info DF99' >script
	fails opensc-explorer script
	expect_equal 4 "$(grep -c 'File not found' <<<"$output")" "the number of refusals"
	expect_equal "" "$(commands)" "the list of commands"
}

test_master_file_and_ef_dir_are_not_the_cards() {
	require opensc-explorer
	printf '%s\n' 'info' 'info 2F00' 'get 2F00 ef-dir' >script
	opensc-explorer script
	expect_match "D3 *92 *F0 *00 *26" "$(od -A n -t x1 ef-dir | tr a-f A-F)"
	expect_equal "" "$(commands)" "the list of commands"
}

test_all_commands_are_short_for_a_reader_that_carries_no_others() {
	pkcs15-tool --dump
	expect_signs 01 02
	expect_equal "" "$(commands | grep -E '^.{8}00.{2}')" "the list of extended commands"
}
