# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Every exchange of every job with a PIN goes wrong in every way: no VERIFY is repeated, what is reported is true of the
# card, the error is clear, and the next job finds a card that works. What came out is in tests/pin-faults.txt.
#     TEST_FULL=1: every exchange in every way; else VERIFY and CHANGE in every way, every other exchange in one, in turn

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

# The last is what nobody else can do in a transaction; even so the PIN itself would go nowhere else. intruder.sh does it before each.
kinds=(removed removed-after reset-before reset-after power-before power-after mute comm-error truncate empty overlong sw=6F00
	"select=$COMMON_AID")

# What the jobs PIN $1 need. A job that ends well has made what it should.
job_verify_wrong() {
	pkcs15-tool --verify-pin --auth-id "$1" --pin "$(wrong_pin "$1")"
}
job_sign() {
	pkcs11_sign "$1" SHA256-RSA-PKCS document || return
	expect_signature "$1" sha256 document signature
}
job_read() {
	read_data Name name "$1" || return
	expect_same_file "$(expected name.txt)" name
}
job_change() {
	pkcs15-tool --change-pin --auth-id "$1" --pin "$(pin "$1")" --new-pin 2109
}

# expect_true_state WHAT: the counter is what the card's answers to VERIFY make it, and the wrong PIN came once at most.
expect_true_state() {
	local wrong
	wrong=$(answers_to_verify | grep -c '^63C' || true)
	case $job in
	job_verify_wrong) expect_equal $((pin_tries[$id] - wrong)) "$(card_tries "$id")" "tries after $1" ;;
	*) expect_equal "${pin_tries[$id]}" "$(card_tries "$id")" "tries after $1" ;;
	esac
	[ "$(count_verify)" -le "$allowed" ] || fail "$(count_verify) PINs sent: $1"
}

# verify_raw PLACE PIN: prints what the card says to it, without our driver.
verify_raw() {
	raw_exchange "00A4040C0A${1%:*}" "00A4020C02${1#*:}" "$(printf '00200080%02X%s' "${#2}" "$(printf %s "$2" | od -A n -t x1 | tr -d ' \n')")" | tail -n 1
}

# expect_value PLACE: the PIN there is the old one; after a change that went well (status $1) the new one; after one
# whose end the user was told not to be known, either.
expect_value() {
	local value
	for value in "$(pin "$id")" 2109; do
		[ "$(verify_raw "$2" "$value")" != 9000 ] || break
	done
	if grep -q -E 'did not answer; it has the old or the new|the first has the NEW value' job.log; then
		[ "$(verify_raw "$2" "$value")" = 9000 ] || fail "neither the old nor the new value at $2"
	elif [ "$1" = 0 ]; then
		expect_equal 2109 "$value" "the PIN at $2"
	else
		expect_equal "$(pin "$id")" "$value" "the PIN at $2"
	fi
}

# expect_usable STATUS: the card, back in the reader, does the PIN of the job that ended so.
expect_usable() {
	rm -f "$VIRTUAL_CARD_DIR/card.removed" "$VIRTUAL_CARD_LOG"
	if [ "$job" = job_change ]; then
		expect_value "$1" "${pin_place[$id]}"
		[ "$id" != 09 ] || expect_value "$1" "${pin_place[c9]}"
	else
		pkcs15-tool --verify-pin --auth-id "$id" --pin "$(pin "$id")" 2>&1
	fi
	expect_equal "${pin_tries[$id]}" "$(card_tries "$id")" "tries after success"
}

# fault NUMBER KIND: the job of this test with it.
fault() {
	local status=0 what="$job $id with $1:$2" outcome
	new_card
	rm -f name
	(VIRTUAL_CARD_FAULT="$1:$2" "$job" "$id") >job.log 2>&1 || status=$?
	[ "$status" -lt 126 ] || [ "$status" = 255 ] || fail "status $status of $what: $(cat job.log)"
	[ "$status" = 0 ] || grep -q -i -E 'error|fail|CKR_|not |no slot|invalid|unable|incorrect' job.log || fail "no word of $what: $(cat job.log)"
	expect_true_state "$what"
	outcome=$(grep -i -E 'CKR_|fail|error|not |no slot' job.log | grep -v FAILED | head -n 1 | cut -c 1-90) || outcome="status $status"
	[ "$status" != 0 ] || outcome="done"
	printf '%-16s %s  %3d %-10s %-28s %7d %5d  %s\n' "$job" "$id" "$1" "${commands[$1]:0:10}" "$2" "$(count_verify)" "$(card_tries "$id")" "$outcome" >>"$table"
	expect_usable "$status" >usable.log || fail "the next job after $what: $(cat usable.log)"
}

# faults JOB ID ALLOWED-VERIFYS
faults() {
	local job=$1 id=$2 allowed=$3 number kind turn=0 table=$builddir/tests/pin-faults.txt commands
	new_card
	if ("$job" "$id") >job.log 2>&1; then
		[ "$job" != job_verify_wrong ] || fail "a wrong PIN was right"
	else
		[ "$job" = job_verify_wrong ] || fail "$job fails without a fault: $(cat job.log)"
	fi
	[ "$(count_verify)" -gt 0 ] || fail "$job sends no PIN: $(cat job.log)"
	mapfile -t -O 1 commands < <(sed -n 's/^[0-9]* > //p' "$VIRTUAL_CARD_LOG")
	for number in "${!commands[@]}"; do
		if [[ ${commands[number]} =~ ^(002000..|00240180|80320080).... ]]; then
			for kind in "${kinds[@]}"; do
				fault "$number" "$kind"
			done
		elif [ -n "${TEST_FULL-}" ]; then
			for kind in "${kinds[@]::${#kinds[@]}-1}"; do
				fault "$number" "$kind"
			done
		elif ((number % 2)); then
			fault "$number" "${kinds[turn++ * 5 % ${#kinds[@]}]}"
		fi
	done
}

test_verify() {
	printf '%-16s %s %3s %-10s %-28s %s %s  %s\n' JOB PIN N EXCHANGE FAULT VERIFYS TRIES OUTCOME >"$builddir/tests/pin-faults.txt"
	faults job_verify 01 1
}

test_verify_of_a_wrong_pin() {
	faults job_verify_wrong 02 1
}

test_login() {
	faults job_login 01 1
}

test_sign_with_the_authentication_key() {
	printf 'a document' >document
	faults job_sign 01 2 # the cached PIN again, where the card forgot it
}

# pkcs11-tool logs in, and again for the signature.
test_sign_with_the_signature_key() {
	printf 'a document' >document
	faults job_sign 02 3
}

test_read() {
	trusting_conf_with
	faults job_read 03 1
}

# Both copies, and both set back or asked for.
test_change_of_both_copies() {
	faults job_change 09 7
}
