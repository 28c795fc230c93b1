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
		expect_match "^Application 'Residence':$" "$(pkcs15-tool --list-applications)"
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

test_residence_is_read_before_anything_else() {
	variant residence
	pkcs15-tool --dump >dump 2>messages
	expect_match "^Data object 'Residence card type'" "$(cat dump)"
	expect_lacks failed "$(cat dump messages)"
	expect_equal 1 "$(count_apdus "$SELECT_RESIDENCE")" "the number of SELECTs"
	expect_equal "$(grep -c '' <<<"$(sed -n '/D392F0004F01/,$p' "$VIRTUAL_CARD_LOG" | grep '> 00A4040C0AD392F000260100000001' | head -n 1)")" 1 "JPKI comes later"
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

# A card that has the application but does not give its files: it is listed, without objects and without a message.
test_failed_read_is_silent() {
	variant residence,drop=residence:000A
	pkcs15-tool --dump >dump 2>messages
	expect_lacks failed "$(cat dump messages)"
	expect_lacks "Residence card type" "$(cat dump)"
	expect_match "^Application 'Residence':$" "$(pkcs15-tool --list-applications)"
}

test_card_without_it_costs_one_select() {
	pkcs15-tool --dump >dump 2>messages
	expect_equal 1 "$(count_apdus "$SELECT_RESIDENCE")" "the number of SELECTs"
	expect_lacks Residence "$(cat dump messages)"
	pkcs11-tool --list-objects >/dev/null 2>&1
	expect_equal 1 "$(count_apdus "$SELECT_RESIDENCE")" "the number of SELECTs"
}
