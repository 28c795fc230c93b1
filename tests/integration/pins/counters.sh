# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The counters of all PINs, from full to blocked and back to full, with the guard of the last try and without.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

# Sets the counter of PIN $1 to $2, by another program's wrong entries.
use_up_to() {
	local place=${pin_place[$1]} verify tries
	local apdus=("00A4040C0A${place%:*}" "00A4020C02${place#*:}")
	verify=$(wrong_pin "$1" | head -c -1 | od -A n -t x1 -v | tr -d ' \n')
	verify=$(printf '00200080%02X%s' "$((${#verify} / 2))" "$verify")
	for ((tries = $(card_tries "$1"); tries > $2; tries--)); do
		apdus+=("$verify")
	done
	raw_exchange "${apdus[@]}" >/dev/null
}

# logins ID WRONG: enters WRONG wrong PINs and then the right one, in one program; prints the results in short.
logins() {
	local arguments=() i
	for ((i = 1; i <= $2; i++)); do
		arguments+=(login "${pin_token[$1]}" "$(wrong_pin "$1" "$i")")
	done
	steps "${arguments[@]}" login "${pin_token[$1]}" "$(pin "$1")" 2>/dev/null | sed 's/^login CKR_//' | uniq -c | xargs
}

# expect_counted ID WRONG RESULTS VERIFIES LEFT: what comes of WRONG wrong PINs and the right one, on a card that is new.
expect_counted() {
	new_card
	expect_equal "$3" "$(logins "$1" "$2")" "the logins to $1"
	expect_verifies "$4" "PIN $1"
	expect_equal "$5" "$(card_tries "$1")" "tries left of $1"
}

test_the_last_try_is_kept() {
	local id tries
	all_applications_conf_with "my_number = yes;"
	for id in $pin_ids; do
		tries=${pin_tries[$id]}
		expect_counted "$id" "$tries" "$((tries - 1)) PIN_INCORRECT 2 PIN_LOCKED" $((tries - 1)) 1
	done
}

test_the_environment_allows_the_last_try_and_success_makes_it_full_again() {
	local id tries
	all_applications_conf_with "my_number = yes;"
	for id in $pin_ids; do
		tries=${pin_tries[$id]}
		MYNUMBER_LAST_TRY=1 expect_counted "$id" $((tries - 1)) "$((tries - 1)) PIN_INCORRECT 1 OK" "$tries" "$tries"
	done
}

test_without_the_guard_down_to_blocked() {
	local id tries
	all_applications_conf_with "my_number = yes;" "last_try = yes;"
	for id in $pin_ids; do
		tries=${pin_tries[$id]}
		expect_counted "$id" "$tries" "$((tries - 1)) PIN_INCORRECT 2 PIN_LOCKED" "$tries" 0
	done
}

test_the_environment_allows_one_try_a_connection() {
	all_applications_conf_with
	use_up_to 01 1
	use_up_to 03 1
	export MYNUMBER_LAST_TRY=1
	expect_equal "login CKR_OK
login CKR_PIN_LOCKED" "$(steps login "${pin_token[01]}" "$(pin 01)" login "${pin_token[03]}" "$(pin 03)")"
	expect_equal 1 "$(card_tries 03)" "tries left"
}

test_other_words_than_1_allow_nothing() {
	local word
	use_up_to 01 1
	for word in "" 0 yes 11; do
		MYNUMBER_LAST_TRY=$word fails pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	done
	expect_equal 1 "$(card_tries 01)" "tries left"
}

# What pkcs15-tool says and lists, for a PIN of JPKI, a code and the one with two copies.
test_messages_and_listed_tries() {
	local id
	conf_with "last_try = no;"
	for id in 02 07 09; do
		use_up_to "$id" 3
		fails pkcs15-tool --verify-pin --auth-id "$id" --pin "$(wrong_pin "$id")"
		expect_contains "PIN code or key incorrect" "$output"
		expect_equal 2 "$(listed_tries "$id")" "the listed tries of $id"
		use_up_to "$id" 1
		expect_equal 1 "$(listed_tries "$id")" "the listed tries of $id"
		fails pkcs15-tool --verify-pin --auth-id "$id" --pin "$(pin "$id")"
		expect_contains "${pin_label[$id]}: one try left, a wrong PIN would block it. To use that try set MYNUMBER_LAST_TRY=1" "$output"
		expect_contains "Authentication method blocked" "$output"
		use_up_to "$id" 0
		expect_equal 0 "$(listed_tries "$id")" "the listed tries of $id"
		fails pkcs15-tool --verify-pin --auth-id "$id" --pin "$(pin "$id")"
		expect_contains "${pin_label[$id]} is blocked: the municipal office can unblock it" "$output"
		expect_contains "Authentication method blocked" "$output"
	done
}

# expect_flags FLAGS: of each token; FLAGS is a part of what pkcs11-tool shows.
expect_flags() {
	local flags
	flags=$(pkcs11-tool --list-slots | grep 'token flags')
	expect_equal 9 "$(grep -c "$1" <<<"$flags")" "the number of tokens with '$1'"
	expect_equal "$2" "$(grep -c -E "${3:-never}" <<<"$flags" || true)" "the number of tokens with more"
}

test_flags_of_all_tokens() {
	local id
	all_applications_conf_with "my_number = yes;"
	expect_flags "login required" 0 "user PIN (count low|locked)|final user PIN try"
	for id in $pin_ids; do use_up_to "$id" 2; done
	expect_flags "user PIN count low" 0 "user PIN locked|final user PIN try"
	for id in $pin_ids; do use_up_to "$id" 1; done
	expect_flags "final user PIN try" 0 "user PIN locked"
	for id in $pin_ids; do use_up_to "$id" 0; done
	expect_flags "user PIN locked" 0
}

# Writes "other", a program that enters a wrong PIN while another is connected: the guard looks at the card, not at what it once saw.
write_other() {
	printf '#!/bin/sh\nexec opensc-tool --card-driver default -s 00A4040C0A%s -s 00A4020C020018 -s 00200080043939393A >&2\n' "$JPKI_AID" >other
	chmod +x other
}

test_the_guard_sees_what_others_used_up() {
	write_other
	expect_equal "login CKR_OK
logout CKR_OK
run CKR_OK
run CKR_OK
login CKR_PIN_LOCKED" "$(steps login "${pin_token[01]}" "$AUTH_PIN" logout "${pin_token[01]}" run ./other run ./other login "${pin_token[01]}" 9999)"
	expect_equal 1 "$(card_tries 01)" "tries left"
}

test_the_guard_sees_it_before_a_change() {
	write_other
	expect_equal "login CKR_OK
run CKR_OK
run CKR_OK
set-pin CKR_PIN_LOCKED" "$(steps login "${pin_token[01]}" "$AUTH_PIN" run ./other run ./other set-pin "${pin_token[01]}" 9999 1111)"
	expect_equal 1 "$(card_tries 01)" "tries left"
}
