# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The driving licence application through the real tools: where it is listed, its PIN, and what it costs a card
# that does not have it.

# shellcheck source=tests/lib/licence-steps.sh
. "$srcdir/tests/lib/licence-steps.sh"

SELECT_LICENCE="> 00A4040C10${application_aid[Licence]}"
LICENCE_AID_START=A0000002310600000000 # as much of the AID as verified_pins prints

applications() {
	pkcs15-tool --list-applications | sed -n "s/^Application '\(.*\)':/\1/p"
}

test_application_is_listed_only_where_the_card_has_it() {
	expect_lacks Licence "$(applications)"
	expect_lacks Licence "$(pkcs15-tool --dump 2>&1)"
	variant licence
	expect_match '^Licence$' "$(applications)"
	output=$(pkcs15-tool --dump 2>&1)
	expect_lacks failed "$output"
	expect_match "^PIN \[Driving Licence PIN\]$" "$output"
}

# The PIN goes to the file 0006 by the reference 86, after SELECT of that file and the query for its tries, and nowhere else.
test_pin_is_sent_to_its_file_only() {
	variant licence
	pkcs15-tool --verify-pin --auth-id 0A --pin "$(pin 0A)"
	expect_equal "$LICENCE_AID_START:0006" "$(verified_pins)" "the PINs that were sent"
	expect_equal 1 "$(count_apdus '> 0020008604')" "the number of PINs that were sent"
	expect_equal "00A4020C020006
00200086" "$(sed -n 's/^.*> //p' "$VIRTUAL_CARD_LOG" | grep -B 2 '^0020008604' | head -n 2)" "what was sent before the PIN"
	expect_equal 0 "$(count_apdus '> 00200082')" "the number of commands with the reference of the old licence card"
}

# The reference is the only form of the VERIFY, so there is no other one to try where a reader or card refuses it.
test_refused_verify_is_not_repeated() {
	local number sw
	variant licence
	pkcs15-tool --verify-pin --auth-id 0A --pin "$(pin 0A)"
	number=$(grep '>' "$VIRTUAL_CARD_LOG" | grep -n '> 0020008604' | cut -d : -f 1)
	for sw in 6A82 6A86 6B00 6986; do
		rm "$VIRTUAL_CARD_LOG"
		VIRTUAL_CARD_FAULT=$number:sw=$sw fails pkcs15-tool --verify-pin --auth-id 0A --pin "$(pin 0A)"
		expect_equal 1 "$(count_apdus '[>!] 0020008604')" "the number of PINs that were sent with $sw"
	done
}

# tries_left PROGRAM-OPTIONS...: the tries of all PINs in the order of their ids
tries_left() {
	pkcs15-tool --list-pins | sed -n 's/.*Tries left *: //p' | xargs
}

test_wrong_pin_uses_one_try_of_its_own() {
	variant licence
	expect_equal "3 5 3 10 10 10 3 10" "$(tries_left)" "tries left"
	fails pkcs15-tool --verify-pin --auth-id 0A --pin 0000
	expect_equal "3 5 3 10 10 10 3 9" "$(tries_left)" "tries left"
	pkcs15-tool --verify-pin --auth-id 0A --pin "$(pin 0A)"
	expect_equal "3 5 3 10 10 10 3 10" "$(tries_left)" "tries left"
}

test_malformed_pins_are_not_sent() {
	local value
	variant licence
	for value in 246 24680 246a '****'; do
		fails pkcs15-tool --verify-pin --auth-id 0A --pin "$value"
	done
	expect_contains "Driving Licence PIN has 4 digits; nothing was sent" "$output"
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
}

test_pin_is_neither_changed_nor_unblocked() {
	variant licence
	fails pkcs15-tool --change-pin --auth-id 0A --pin "$(pin 0A)" --new-pin 1357
	expect_contains "only the police" "$output"
	fails pkcs15-tool --unblock-pin --auth-id 0A --puk 12345678 --new-pin 1357
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
	expect_equal 0 "$(count_apdus '> (00|80)(24|2C|32)')" "the number of commands that change a PIN"
}

test_blocked_pin_is_not_sent() {
	variant licence-blocked
	fails pkcs15-tool --verify-pin --auth-id 0A --pin "$(pin 0A)"
	expect_contains "blocked: the police" "$output"
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
	expect_signs 01 # the rest of the card works
}

# Nobody has set the PIN: nothing asks for one, and no VERIFY is sent that nobody typed.
test_without_pin_everything_is_free() {
	variant licence-no-pin
	licence_conf_with
	expect_lacks "Driving Licence PIN" "$(pkcs15-tool --list-pins)"
	output=$(pkcs15-tool --list-data-objects | grep -A 3 "Data object 'Licence number'")
	expect_lacks "Auth ID" "$output"
	read_data "Licence number" number -
	expect_same_file "$(expected licence-number.txt)" number
	read_data "Licence photo" photo -
	expect_same_file "$(expected licence-photo.jp2)" photo
	read_data "Licence signature record" signature -
	expect_equal 0108820100 "$(head -c 5 signature | basenc --base16)"
	read_data "Licence authenticity" report -
	expect_match '^ok: licence record' "$(cat report)"
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
}

test_default_pin_is_sent_only_if_it_is_typed() {
	variant licence-default-pin
	licence_conf_with
	expect_lacks "Auth ID" "$(pkcs15-tool --list-data-objects | grep -A 3 "Data object 'Licence number'")"
	fails read_data "Licence number" number -
	fails pkcs15-tool --verify-pin --auth-id 0A --pin 2468
	expect_contains "is not set on this card" "$output"
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
	pkcs15-tool --verify-pin --auth-id 0A --pin '****' --read-data-object "Licence number" --raw --output number
	expect_same_file "$(expected licence-number.txt)" number
	expect_match '10$' "$(tries_left)"
}

# pkcs15-tool reads what needs no PIN when it lists it, and ends at the first error that it does not know.
test_refused_licence_hides_no_other_object() {
	variant licence-default-pin
	output=$(pkcs15-tool --list-data-objects 2>messages)
	expect_contains "'Licence number'" "$output"
	expect_contains "'Card number'" "$output"
	expect_contains "'Name'" "$output"
	expect_contains "'Token information'" "$output"
	expect_equal 1 "$(grep -c "enter \*\*\*\* as its value" messages)" "the number of explanations"
	fails pkcs15-tool --read-data-object "Licence number" --raw
	expect_contains "enter **** as its value" "$output"
	expect_contains "'Face photo'" "$(pkcs15-tool --dump 2>/dev/null)"
	expect_equal 0 "$(count_verify)" "the number of PINs that were sent"
	output=$(pkcs15-tool --verify-pin --auth-id 0A --pin '****' --list-data-objects 2>messages)
	expect_contains "'Card number'" "$output"
	expect_contains "'Licence authenticity'" "$output"
	expect_lacks "enter ****" "$(cat messages)"
}

# A PKCS#11 program learns that a login opens the licence, and the default PIN does.
test_default_pin_by_pkcs11() {
	local token=${pin_token[0A]}
	variant licence-default-pin
	licence_conf_with 'pkcs11_applications = JPKI, Licence;'
	expect_equal "read CKR_USER_NOT_LOGGED_IN
login CKR_OK
read CKR_OK" "$(steps read "$token" "Licence number" refused login "$token" '****' read "$token" "Licence number" number)"
	expect_same_file "$(expected licence-number.txt)" number
	expect_equal 1 "$(count_verify)" "the number of PINs that were sent"
}

test_licence_can_be_switched_off() {
	variant licence
	conf_with 'licence = no;' 'my_number = no;'
	expect_lacks Licence "$(applications)"
	expect_equal 0 "$(count_apdus "$SELECT_LICENCE")" "the number of SELECTs"
}

# A PKCS#11 module that shows JPKI only sends what it sent before there were licences.
test_jpki_alone_costs_no_exchange_more() {
	pkcs11-tool --list-objects >/dev/null
	pkcs11-tool --list-slots >/dev/null
	pkcs15-tool --aid "$JPKI_AID" --list-certificates >/dev/null
	expect_equal 0 "$(count_apdus "$SELECT_LICENCE")" "the number of SELECTs"
}

test_card_without_it_costs_one_exchange_and_no_message() {
	local with without
	pkcs15-tool --dump >dump 2>messages
	with=$(count_apdus '>')
	expect_equal 1 "$(count_apdus "$SELECT_LICENCE")" "the number of SELECTs"
	rm "$VIRTUAL_CARD_LOG"
	conf_with 'licence = no;'
	pkcs15-tool --dump >dump.without 2>messages.without
	without=$(count_apdus '>')
	expect_equal 1 $((with - without)) "the number of exchanges for the licence"
	expect_same_file dump.without dump
	expect_same_file messages.without messages
}

# One SELECT before any VERIFY: nothing that a PIN has opened is lost.
test_licence_is_looked_for_before_any_verify() {
	variant licence
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	expect_equal 1 "$(count_verify)" "the number of PINs that were sent"
	expect_equal 0 "$(sed -n '/> 0020009B06/,$p' "$VIRTUAL_CARD_LOG" | grep -c "$SELECT_LICENCE")" "the SELECTs after VERIFY"
}

# OpenSC shows four applications of a card: JPKI, Input Support, Card Surface and Licence.
test_pkcs11_shows_four_applications() {
	all_applications_conf_with
	expect_match 'Registry' "$(pkcs11-tool --list-slots 2>&1)"
	variant licence
	output=$(pkcs11-tool --list-slots 2>&1)
	expect_contains "${pin_token[0A]}" "$output"
	expect_lacks "Resid... (" "$output"
	expect_match 'Resident Registry is left out' "$output"
	conf_with 'pkcs11_applications = JPKI, Licence;'
	output=$(pkcs11-tool --list-slots 2>&1)
	expect_contains "${pin_token[0A]}" "$output"
	expect_contains "${pin_token[01]}" "$output"
	expect_lacks "left out" "$output"
	conf_with 'pkcs11_applications = Licence;'
	expect_contains "${pin_token[0A]}" "$(pkcs11-tool --list-slots 2>&1)"
}

test_opensc_tool_lists_the_files() {
	expect_lacks 3f00df06 "$(opensc-tool --list-files 2>&1)"
	variant licence
	output=$(opensc-tool --list-files 2>&1)
	expect_lacks failed "$output"
	for file in 0006 001a 001b 001c; do
		expect_match "^ *3f00df06$file .*type: [wi]EF" "$output"
	done
}

# pkcs15-tool finds no data object beyond the 32nd.
test_objects_of_the_verified_application_are_found() {
	local label
	variant licence
	for label in "Licence record" "Licence PIN setting" "Licence authenticity"; do
		read_data "$label" out 0A
	done
	for label in "Card face record" "Card Surface authenticity"; do
		pkcs15-tool --verify-pin --auth-id 07 --pin "$(pin 07)" --read-data-object "$label" --raw --output out
		[ -s out ] || fail "no $label"
	done
	expect_match "'JPKI certificate report'" "$(pkcs15-tool --list-data-objects)"
	expect_match "'Licence photo'" "$(pkcs15-tool --list-data-objects)"
}

test_nothing_of_the_record_is_logged() {
	variant licence
	OPENSC_DEBUG=7 pkcs15-tool --verify-pin --auth-id 0A --pin "$(pin 0A)" --read-data-object "Licence number" --raw >/dev/null 2>log
	expect_lacks "$(persona_value licence_number)" "$(cat log)"
	expect_lacks "$(persona_value licence_number | od -A n -t x1 | tr -d ' \n' | tr a-f A-F)" "$(tr -d ' \n' <log)"
}
