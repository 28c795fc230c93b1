# shellcheck shell=bash disable=SC2016,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What a program leaves on the card when it logs out, ends or dies: another program must not find a PIN verified.
# namespace

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"
# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"

# try_privilege ID: another program tries it in the PIN's application, whose SELECT keeps what is verified there.
# Prints the status word.
try_privilege() {
	local file command answer place=${pin_place[$1]}
	read -r file command <<<"${privilege[$1]}"
	answer=$(raw_exchange "00A4040C0A${place%:*}" "00A4020C02$file" "$command" | tail -n 1)
	echo "${answer: -4}"
}

expect_closed() {
	expect_equal 6982 "$(try_privilege "$1")" "what another program gets for PIN $1 $2"
}

test_the_probe_sees_a_verified_pin() {
	local id hex place
	for id in $pin_ids; do
		place=${pin_place[$id]}
		hex=$(pin "$id" | tr -d '\n' | od -A n -t x1 -v | tr -d ' \n')
		raw_exchange "00A4040C0A${place%:*}" "00A4020C02${place#*:}" "$(printf '00200080%02X%s' $((${#hex} / 2)) "$hex")"
		expect_equal 9000 "$(try_privilege "$id")" "PIN $id, left verified by a program without manners"
		raw_exchange "00A4040C07$CARD_MANAGER_AID"
		expect_closed "$id" "after SELECT of another application"
	done
}

test_no_pin_stays_verified_at_the_end_of_a_program() {
	local id
	all_applications_conf_with "my_number = yes;"
	for id in $pin_ids; do
		pkcs15-tool --verify-pin --auth-id "$id" --pin "$(pin "$id")"
		expect_closed "$id" "after pkcs15-tool"
		expect_equal "login CKR_OK" "$(steps login "${pin_token[$id]}" "$(pin "$id")")"
		expect_closed "$id" "after a PKCS#11 program that never logged out"
	done
}

# What steps say while another program tries in between: "run" is the shell that does it.
privilege_script() {
	printf '#!/bin/bash\nsrcdir=%q builddir=%q\n. "$srcdir/tests/lib/pin-jobs.sh"\nexport LD_PRELOAD=%q\n%s\n%s\n[ "$(try_privilege "$1")" = "$2" ]\n' "$srcdir" "$builddir" "${LD_PRELOAD-}" \
		"$(declare -p digest_info privilege)" "$(declare -f try_privilege)" >try
	chmod +x try
}

# While a program is logged in others can use the card: only lock_login and connect_exclusive of OpenSC prevent that. From 0.24 on
# OpenSC does not tell the driver of C_Logout: the card is closed only when the program lets go of it.
test_no_pin_stays_verified_after_a_logout() {
	local id after=6982
	! opensc_since 0.24 || after=9000
	privilege_script
	all_applications_conf_with "my_number = yes;"
	for id in 01 02 03 07; do
		expect_equal "login CKR_OK
run CKR_OK
logout CKR_OK
run CKR_OK" "$(steps login "${pin_token[$id]}" "$(pin "$id")" run "./try $id 9000" logout "${pin_token[$id]}" run "./try $id $after")"
		expect_closed "$id" "after the end of the program"
	done
}

test_after_pkcs11_tool_and_its_signature() {
	expect_signs 01 02
	expect_closed 01 "after pkcs11-tool"
	expect_closed 02 "after pkcs11-tool"
}

# The answer to VERIFY is lost, or another program resets the card, which keeps what is verified.
test_after_a_verify_with_a_fault() {
	local number fault
	pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	number=$(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n '> 002000..04' | cut -d : -f 1)
	for fault in comm-error empty reset-after; do
		new_card
		VIRTUAL_CARD_FAULT="$number:$fault" fails pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN"
		expect_equal 9000 "$(answers_to_verify)" "what the card said, unheard"
		expect_closed 01 "after $fault"
	done
}

# Reads the card's log from descriptor 7 up to a line that matches the pattern $1.
await_log() {
	local line
	while IFS= read -r -t 60 -u 7 line; do
		# shellcheck disable=SC2053
		[[ $line != $1 ]] || return 0
	done
	fail "no $1 in the card's log"
}

# A killed program cannot log out. In the real pcscd the card is verified until it loses power: some seconds later, if no
# other program is connected.
test_after_a_killed_program_pcscd_takes_the_power() {
	start_pcscd
	insert_card
	steps login "${pin_token[01]}" "$AUTH_PIN" run 'kill -KILL $PPID' || true
	exec 7< <(exec tail -n +1 -f "$VIRTUAL_CARD_LOG")
	at_exit "kill $!"
	await_log "*> 002000??04*"
	await_log "*# power off*"
	expect_equal 6982 "$(try_privilege_by_pcscd 01)" "what another program gets"
}
