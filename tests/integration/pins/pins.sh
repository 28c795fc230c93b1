# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What users and programs give as PINs: the card is sent what was asked for, once, and never what cannot be right.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

test_listing_sends_no_pin() {
	all_applications_conf_with "my_number = yes;"
	pkcs11-tool --list-slots
	pkcs11-tool --list-token-slots
	pkcs11-tool --list-objects
	pkcs11-tool --list-mechanisms
	pkcs15-tool --dump
	pkcs15-tool --list-pins
	opensc-tool --serial --list-files
	if command -v ssh-keygen; then
		ssh-keygen -D "$(pkcs11_path)"
	fi
	# With a sanitizer preloaded it hangs, also without our driver: OpenSC's C_Initialize waits for glibc's lock of locales.
	if [ -z "${TEST_PRELOAD-}" ] && command -v p11tool; then
		p11tool --provider "$(pkcs11_path)" --batch --list-all "pkcs11:token=${key_token[01]// /%20}"
	fi
	expect_verifies 0
}

test_malformed_pins_at_each_slot() {
	local id pin results
	all_applications_conf_with "my_number = yes;"
	for id in $pin_ids; do
		mapfile -t pins < <(malformed_pins "$id")
		arguments=()
		for pin in "${pins[@]}"; do
			arguments+=(login "${pin_token[$id]}" "$pin")
		done
		results=$(steps "${arguments[@]}")
		expect_equal "${#pins[@]}" "$(grep -c -x -E 'login CKR_(PIN_INVALID|PIN_LEN_RANGE)' <<<"$results")" "refused PINs of $id in $results"
		expect_equal 3 "$(head -n 3 <<<"$results" | grep -c CKR_PIN_LEN_RANGE)" "PINs of a wrong length"
	done
	expect_verifies 0
}

test_malformed_pins_in_pkcs15_tool() {
	local id pin right
	conf_with "my_number = yes;"
	for id in $pin_ids; do
		right=$(pin "$id")
		for pin in "" "${right:0:3}" "${right}0123456789abcdef" "${right:0:-1}x " "${right:0:-3}１"; do
			fails pkcs15-tool --verify-pin --auth-id "$id" --pin "$pin"
		done
	done
	expect_verifies 0
}

# Once each: the wrong PIN, then the right one. It goes to its own PIN and to no other.
test_one_verify_for_one_entry_at_each_slot() {
	local id
	all_applications_conf_with "my_number = yes;"
	for id in $pin_ids; do
		new_card
		expect_equal "login CKR_PIN_INCORRECT
login CKR_OK" "$(steps login "${pin_token[$id]}" "$(wrong_pin "$id")" login "${pin_token[$id]}" "$(pin "$id")")" "the logins of $id"
		expect_verifies 2 "PIN $id"
		expect_equal "${pin_place[$id]}" "$(verified_pins)" "the PIN that was sent"
	done
}

test_one_verify_for_one_entry_in_pkcs15_tool() {
	local id
	conf_with "my_number = yes;"
	for id in $pin_ids; do
		new_card
		fails pkcs15-tool --verify-pin --auth-id "$id" --pin "$(wrong_pin "$id")"
		expect_contains "PIN code or key incorrect" "$output"
		expect_verifies 1 "PIN $id"
		pkcs15-tool --verify-pin --auth-id "$id" --pin "$(pin "$id")"
		expect_verifies 2 "PIN $id"
		expect_equal "${pin_place[$id]}" "$(verified_pins)" "the PIN that was sent"
	done
}

test_hidden_codes_are_not_sent() {
	fails pkcs15-tool --verify-pin --auth-id 04 --pin "$(pin 04)"
	fails pkcs15-tool --verify-pin --auth-id 06 --pin "$(pin 06)"
	expect_verifies 0
}

# add_to_agent PIN: what ssh-add says of the card; it asks by the program that SSH_ASKPASS names.
add_to_agent() {
	printf '#!/bin/sh\necho asked >>"%s/asked"\nprintf "%%s\\n" "%s"\n' "$PWD" "$1" >askpass
	chmod +x askpass
	SSH_ASKPASS=$PWD/askpass SSH_ASKPASS_REQUIRE=force ssh-agent -P '/*' ssh-add -s "$(pkcs11_path)" </dev/null
}

# ssh-add logs in to each token with the one PIN it asks for: 4 digits cannot be the signature PIN, 6 letters no other.
test_ssh_add() {
	[ -z "${TEST_PRELOAD-}" ] || skip "ssh-agent is setgid: no sanitizer can be preloaded"
	require ssh-agent ssh-add
	local pin
	for pin in "" 12 12345 12a4; do
		fails add_to_agent "$pin"
	done
	expect_verifies 0
	fails add_to_agent 9999
	expect_verifies 1
	add_to_agent "$AUTH_PIN"
	expect_verifies 2
	expect_equal "$JPKI_AID:0018" "$(verified_pins)" "the PIN that was sent"
	expect_equal 6 "$(wc -l <asked)" "how often the user was asked"
}

list_by_gnutls() {
	p11tool --provider "$(pkcs11_path)" --batch --login --set-pin="$1" --list-all "pkcs11:token=${key_token[01]// /%20}"
}

test_p11tool() {
	[ -z "${TEST_PRELOAD-}" ] || skip "p11tool hangs with a sanitizer preloaded"
	require p11tool
	local pin
	for pin in 12 12345 12a4; do
		fails list_by_gnutls "$pin"
	done
	expect_verifies 0
	fails list_by_gnutls 9999
	expect_verifies 1
	list_by_gnutls "$AUTH_PIN"
	expect_equal "$JPKI_AID:0018" "$(verified_pins)" "the PIN that was sent"
	expect_equal 0 "$(answers_to_verify | sed 1d | grep -c -v '^9000$' || true)" "wrong PINs after the first"
}

keys_by_nss() {
	printf '%s\n' "$1" >nss.pin
	certutil -K -d nss -h "$2" -f nss.pin
}

test_nss() {
	require certutil modutil
	local pin
	mkdir nss
	certutil -N -d nss --empty-password
	modutil -dbdir nss -add card -libfile "$(pkcs11_path)" -force
	modutil -dbdir nss -list
	expect_verifies 0
	for pin in "" 12 12345 12a4; do
		fails keys_by_nss "$pin" "${key_token[01]}"
	done
	fails keys_by_nss 12 all
	expect_verifies 0
	fails keys_by_nss 9999 "${key_token[01]}"
	expect_verifies 1
	keys_by_nss "$AUTH_PIN" "${key_token[01]}"
	expect_verifies 2
	keys_by_nss "$AUTH_PIN" all || true # the signature token refuses four digits
	expect_verifies 3
	expect_equal "$JPKI_AID:0018" "$(verified_pins)" "the PIN that was sent"
}

test_says_what_a_malformed_pin_should_be() {
	fails pkcs15-tool --verify-pin --auth-id 01 --pin 12a4
	expect_contains "User Authentication PIN has 4 digits; nothing was sent to the card" "$output"
	fails pkcs15-tool --verify-pin --auth-id 02 --pin ABC12.
	expect_contains "Digital Signature PIN has 6 to 16 letters and digits; nothing was sent to the card" "$output"
	expect_verifies 0
}
