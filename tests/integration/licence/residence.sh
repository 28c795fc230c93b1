# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The residence application: recognised, its free files read before anything else, and the rest of the card as ever.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

SELECT_RESIDENCE='> 00A4040C10D392F0004F0100000000000000000000'

test_residence_is_recognised() {
	local type
	for type in residence=07 residence-special=08; do
		variant "${type%=*}"
		read_data "Residence card type" type -
		expect_equal "${type#*=}" "$(cat type)" "the type of ${type%=*}"
		read_data "Residence card type record" record -
		expect_equal "C102303${type: -1}" "$(basenc --base16 record)"
		read_data "Residence common data" common -
		expect_match '^C004' "$(basenc --base16 common)"
		read_data "Residence card specification version" version -
		tail -c 4 common >common-version
		expect_same_file common-version version
	done
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
}

test_residence_is_looked_for_once_and_before_a_pin() {
	variant residence
	pkcs15-tool --dump >dump 2>messages
	expect_match "^Data object 'Residence card type'" "$(cat dump)"
	expect_lacks failed "$(cat dump messages)"
	expect_equal 1 "$(count_apdus "$SELECT_RESIDENCE")" "the number of SELECTs"
	rm "$VIRTUAL_CARD_LOG"
	pkcs15-tool --verify-pin --auth-id 03 --pin "$(pin 03)" --read-data-object Name --raw --output name
	expect_equal 0 "$(sed -n '/> 0020009104/,$p' "$VIRTUAL_CARD_LOG" | grep -c "$SELECT_RESIDENCE")" "the SELECTs after VERIFY"
}

test_rest_of_the_card_works() {
	variant residence
	expect_signs 01 02
	trusting_conf_with
	read_data Name name 03
	expect_same_file "$(expected name.txt)" name
	expect_equal 0 "$(count_apdus '> 80AE')" "the number of attempts at a session key"
	expect_equal 0 "$(count_apdus '> 00A4040C10D392F0004F0[234]')" "the number of SELECTs of the closed parts"
}

# A card that has the application but does not give its files: it has no objects, and there is no message.
test_failed_read_is_silent() {
	variant residence,drop=residence:000A
	pkcs15-tool --dump >dump 2>messages
	expect_lacks failed "$(cat dump messages)"
	expect_lacks "Residence card type" "$(cat dump)"
	fails read_data "Residence card type" type -
}

test_card_without_it_costs_one_select() {
	pkcs15-tool --dump >dump 2>messages
	expect_equal 1 "$(count_apdus "$SELECT_RESIDENCE")" "the number of SELECTs"
	expect_lacks Residence "$(cat dump messages)"
	pkcs11-tool --list-objects >/dev/null 2>&1
	expect_reads_certificate 01
	expect_equal 1 "$(count_apdus "$SELECT_RESIDENCE")" "the number of SELECTs"
}
