# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# PIN change, by pkcs15-tool and by C_SetPIN: what can be changed, what cannot, and what is left after a failure.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

changeable="01 02 03 09"
declare -A new_pin=([01]=4321 [02]=XYZ9876543210ABC [03]=8765 [09]=2109)

change_by_pkcs15_tool() {
	pkcs15-tool --change-pin --auth-id "$1" --pin "$2" --new-pin "$3"
}

change_by_pkcs11() {
	steps set-pin "${pin_token[$1]}" "$2" "$3"
}

# expect_pin ID PIN: the card takes it, in each copy; without our driver.
expect_pin() {
	local id place hex answers
	hex=$(printf %s "$2" | od -A n -t x1 -v | tr -d ' \n')
	for id in "$1" $([ "$1" != 09 ] || echo c9); do
		place=${pin_place[$id]}
		answers=$(raw_exchange "00A4040C0A${place%:*}" "00A4020C02${place#*:}" "$(printf '00200080%02X%s' "${#2}" "$hex")")
		expect_equal 9000 "$(tail -n 1 <<<"$answers")" "the answer to PIN $id '$2'"
	done
}

test_changes_and_changes_back_by_pkcs15_tool() {
	local id
	for id in $changeable; do
		change_by_pkcs15_tool "$id" "$(pin "$id")" "${new_pin[$id]}"
		expect_pin "$id" "${new_pin[$id]}"
		fails pkcs15-tool --verify-pin --auth-id "$id" --pin "$(pin "$id")"
		change_by_pkcs15_tool "$id" "${new_pin[$id]}" "$(pin "$id")"
		expect_pin "$id" "$(pin "$id")"
	done
}

test_changes_by_c_setpin() {
	local id
	all_applications_conf_with
	for id in $changeable; do
		expect_equal "set-pin CKR_OK" "$(change_by_pkcs11 "$id" "$(pin "$id")" "${new_pin[$id]}")"
		expect_pin "$id" "${new_pin[$id]}"
	done
}

test_pkcs11_tool_changes() {
	pkcs11-tool --change-pin --token-label "${pin_token[01]}" --pin "$AUTH_PIN" --new-pin 4321
	expect_pin 01 4321
	pkcs11-tool --change-pin --token-label "${pin_token[02]}" --pin "$SIGN_PIN" --new-pin abc124
	expect_pin 02 ABC124
}

test_the_new_pin_works_at_once_in_the_same_session() {
	expect_equal "set-pin CKR_OK
login CKR_OK" "$(steps set-pin "${pin_token[01]}" "$AUTH_PIN" 4321 login "${pin_token[01]}" 4321)"
}

test_wrong_old_pin() {
	local id
	for id in $changeable; do
		new_card
		fails change_by_pkcs15_tool "$id" "$(wrong_pin "$id")" "${new_pin[$id]}"
		expect_contains "PIN code incorrect" "$output"
		expect_verifies "$(if [ "$id" = 09 ]; then echo 2; else echo 1; fi)" "the change of $id" # one for each copy
		expect_equal 0 "$(count_apdus '> (00240180|80320080)')" "the number of changes"
		expect_equal $((pin_tries[$id] - 1)) "$(card_tries "$id")" "tries left"
		expect_pin "$id" "$(pin "$id")"
	done
}

test_malformed_new_pin_costs_nothing() {
	local id pin
	all_applications_conf_with
	for id in $changeable; do
		while read -r pin; do
			expect_match '^set-pin CKR_(PIN_INVALID|PIN_LEN_RANGE)$' "$(change_by_pkcs11 "$id" "$(pin "$id")" "$pin")"
		done < <(malformed_pins "$id")
		fails change_by_pkcs15_tool "$id" "$(pin "$id")" 12
	done
	expect_verifies 0
}

test_malformed_old_pin_costs_nothing() {
	local id pin
	all_applications_conf_with
	for id in $changeable; do
		for pin in hex: 12 12-4 hex:31320034; do
			expect_match '^set-pin CKR_(PIN_INVALID|PIN_LEN_RANGE)$' "$(change_by_pkcs11 "$id" "$pin" "${new_pin[$id]}")"
		done
	done
	expect_verifies 0
}

test_equal_old_and_new_are_refused() {
	local id
	all_applications_conf_with
	for id in $changeable; do
		fails change_by_pkcs15_tool "$id" "$(pin "$id")" "$(pin "$id")"
		expect_equal "set-pin CKR_PIN_INVALID" "$(change_by_pkcs11 "$id" "$(pin "$id")" "$(pin "$id")")"
	done
	expect_equal "set-pin CKR_PIN_INVALID" "$(change_by_pkcs11 02 abc123 ABC123)" # the card knows no lower case
	expect_verifies 0
}

test_codes_are_fixed() {
	local id
	all_applications_conf_with "my_number = yes;"
	for id in 04 05 06 07 08; do
		fails change_by_pkcs15_tool "$id" "$(pin "$id")" "$(wrong_pin "$id")"
		expect_contains "${pin_label[$id]} is fixed and cannot be changed" "$output"
		expect_contains "Not supported" "$output"
		expect_match '^set-pin CKR_FUNCTION_NOT_SUPPORTED$' "$(change_by_pkcs11 "$id" "$(pin "$id")" "$(wrong_pin "$id")")"
	done
	expect_verifies 0
}

test_unblocking_is_not_supported() {
	local id
	conf_with "my_number = yes;"
	for id in $pin_ids; do
		fails pkcs15-tool --unblock-pin --auth-id "$id" --puk "$(pin "$id")" --new-pin "$(wrong_pin "$id")"
		expect_contains "${pin_label[$id]}: only the municipal office can unblock it" "$output"
		expect_contains "Not supported" "$output"
	done
	expect_verifies 0
}

# change_interrupted FAULT: the change of 09 with a fault; sets $output, $old and $new.
change_interrupted() {
	old=$(pin 09) new=${new_pin[09]}
	VIRTUAL_CARD_FAULT=$1 fails change_by_pkcs15_tool 09 "$old" "$new"
}

# The numbers of the exchanges that matter in the change of 09, counted in a change that goes well.
count_exchanges() {
	local old new
	old=$(pin 09) new=${new_pin[09]}
	change_by_pkcs15_tool 09 "$old" "$new"
	mapfile -t changes < <(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n -E '> 80320080' | cut -d : -f 1)
	mapfile -t verifies < <(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n -E '> 002000..04' | cut -d : -f 1)
	expect_equal "2 3" "${#changes[@]} ${#verifies[@]}" "the number of changes and VERIFYs"
	new_card
}

# Whatever breaks the change of the second copy: the first is set back and the user is told so.
test_second_copy_fails_first_is_set_back() {
	local fault
	count_exchanges
	for fault in "${changes[1]}:sw=6581" "${changes[1]}:mute" "${verifies[2]}:sw=6F00" "${verifies[2]}:mute"; do
		new_card
		change_interrupted "$fault"
		expect_contains "could not be changed in its second copy; the first has the old value again" "$output"
		expect_equal "3 3" "$(card_tries 09) $(card_tries c9)" "tries of both copies"
		expect_pin 09 "$old"
	done
}

# set_copy ID OLD NEW: gives one copy of the Resident Registry PIN another value.
set_copy() {
	raw_exchange "00A4040C0A${pin_place[$1]%:*}" 00A4020C02001C "0020008004$(in_hex "$2")" "8032008004$(in_hex "$3")"
}

in_hex() {
	printf %s "$1" | od -A n -t x1 -v | tr -d ' \n'
}

# The second copy has another value already: nothing is changed, and one entry costs one try of each copy.
test_second_copy_differs() {
	set_copy c9 "$(pin 09)" 1111
	fails change_by_pkcs15_tool 09 "$(pin 09)" "${new_pin[09]}"
	expect_contains "PIN code incorrect" "$output"
	expect_equal "2 2" "$(card_tries 09) $(card_tries c9)" "tries of both copies"
	expect_equal 0 "$(count_apdus '> 80320080')" "the number of changes"
}

# expect_states FIRST SECOND ANSWERS: the change from the old to the new value where the copies have these; the card's
# answers to VERIFY. Both have the new value afterwards.
expect_states() {
	local old new
	old=$(pin 09) new=${new_pin[09]}
	new_card
	[ "$1" = "$old" ] || set_copy 09 "$old" "$1"
	[ "$2" = "$old" ] || set_copy c9 "$old" "$2"
	change_by_pkcs15_tool 09 "$old" "$new"
	expect_equal "$3" "$(answers_to_verify | xargs)" "the answers to VERIFY with $1 and $2"
	expect_equal "3 3" "$(card_tries 09) $(card_tries c9)" "tries of both copies"
	expect_pin 09 "$new"
}

# What docs/card.md says of the states that an interrupted change can leave.
test_each_state_of_an_interrupted_change_is_ended() {
	local old new
	old=$(pin 09) new=${new_pin[09]}
	expect_states "$old" "$old" "9000 9000 9000"
	expect_states "$new" "$old" "9000 63C2 9000 9000"
	expect_states "$new" "$new" "63C2 9000 9000"
	new_card
	set_copy c9 "$old" "$new"
	fails change_by_pkcs15_tool 09 "$old" "$new"
	expect_equal "63C2 63C2" "$(answers_to_verify | xargs)" "the answers to VERIFY where only the second copy is new"
	MYNUMBER_LAST_TRY=1 change_by_pkcs15_tool 09 "$new" "$old"
	expect_equal "3 3" "$(card_tries 09) $(card_tries c9)" "tries of both copies"
	expect_pin 09 "$old"
}

# count_change: the number of exchanges of a change that goes well, and of the first one that has to do with it.
count_change() {
	new_card
	change_by_pkcs15_tool 09 "$(pin 09)" "${new_pin[09]}"
	exchanges=$(count_apdus ' > ')
	first=$(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n -E '> 002000..04' | head -n 1 | cut -d : -f 1)
	[ -z "${TEST_FULL-}" ] || first=1
}

test_a_change_that_was_killed_is_ended_by_the_same_command() {
	local exchanges first number kind
	count_change
	for kind in kill kill-after; do
		for ((number = first; number <= exchanges; number++)); do
			new_card
			! VIRTUAL_CARD_FAULT="$number:$kind" change_by_pkcs15_tool 09 "$(pin 09)" "${new_pin[09]}" || fail "not killed at $number"
			change_by_pkcs15_tool 09 "$(pin 09)" "${new_pin[09]}" || fail "the change after $number:$kind"
			expect_equal "3 3" "$(card_tries 09) $(card_tries c9)" "tries of both copies after $number:$kind"
			expect_pin 09 "${new_pin[09]}"
		done
	done
}

# SIGINT waits until the change is done.
test_an_interrupt_leaves_no_half_change() {
	local exchanges first number
	count_change
	for ((number = first; number <= exchanges; number++)); do
		new_card
		VIRTUAL_CARD_FAULT="$number:interrupt" change_by_pkcs15_tool 09 "$(pin 09)" "${new_pin[09]}" || true
		expect_equal 2 "$(count_apdus '> 80320080')" "the changes, when interrupted at $number"
		expect_pin 09 "${new_pin[09]}"
	done
}

# The second copy is blocked, or has one try left: the first is not touched.
test_second_copy_blocked() {
	raw_exchange "00A4040C0A$COMMON_AID" 00A4020C02001C 002000800439393939 002000800439393939
	fails change_by_pkcs15_tool 09 "$(pin 09)" "${new_pin[09]}"
	expect_contains "one try left" "$output"
	raw_exchange "00A4040C0A$COMMON_AID" 00A4020C02001C 002000800439393939
	fails change_by_pkcs15_tool 09 "$(pin 09)" "${new_pin[09]}"
	expect_contains "is blocked" "$output"
	expect_verifies 0
	expect_equal 0 "$(count_apdus '> 80320080')" "the number of changes"
}

# The card is gone between the two copies: nothing can be set back, and the user is told which value is where.
test_card_gone_between_the_copies() {
	count_exchanges
	change_interrupted "${changes[1]}:removed"
	expect_contains "the first has the NEW value, the second perhaps the OLD one: repeat the change" "$output"
	rm "$VIRTUAL_CARD_DIR/card.removed"
	expect_equal 9000 "$(raw_exchange "00A4040C0A$COMMON_AID" 00A4020C02001C "0020008004$(printf %s "$old" | od -A n -t x1 | tr -d ' \n')" | tail -n 1)" "the old value of the second copy"
	expect_equal 9000 "$(raw_exchange "00A4040C0A${application_aid["Resident Registry"]}" 00A4020C02001C "0020008004$(printf %s "$new" | od -A n -t x1 | tr -d ' \n')" | tail -n 1)" "the new value of the first copy"
}

# The answer to a change is lost, and the card has done it or not: the driver finds out which, in each copy.
test_answer_to_a_change_lost() {
	local number fault
	count_exchanges
	for number in "${changes[@]}"; do
		for fault in comm-error empty reset-after power-after; do
			new_card
			old=$(pin 09) new=${new_pin[09]}
			VIRTUAL_CARD_FAULT="$number:$fault" change_by_pkcs15_tool 09 "$old" "$new"
			expect_pin 09 "$new"
		done
		for fault in mute reset-before power-before; do
			new_card
			change_interrupted "$number:$fault"
			expect_equal "3 3" "$(card_tries 09) $(card_tries c9)" "tries of both copies"
			expect_pin 09 "$old"
		done
	done
}

test_answer_to_a_change_lost_for_good() {
	local number
	change_by_pkcs15_tool 02 "$SIGN_PIN" "${new_pin[02]}"
	number=$(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n '> 00240180' | cut -d : -f 1)
	new_card
	VIRTUAL_CARD_FAULT="$number:removed-after" fails change_by_pkcs15_tool 02 "$SIGN_PIN" "${new_pin[02]}"
	expect_contains "Digital Signature PIN: the card did not answer; it has the old or the new value" "$output"
	rm "$VIRTUAL_CARD_DIR/card.removed"
	expect_pin 02 "${new_pin[02]}"
}
