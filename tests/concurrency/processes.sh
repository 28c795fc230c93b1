# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Two and ten programs share one card in the real pcscd: they sign, list, read and change applications under each other.
# Each result is the true one, and nobody's PIN loses a try.
#     TEST_FULL=1: thousands of operations in place of some dozens
# namespace

# shellcheck source=tests/concurrency/concurrency.sh
. "$srcdir/tests/concurrency/concurrency.sh"

# The number of objects on the card when nobody disturbs.
count_objects() {
	pkcs15-tool --dump | grep -c -E '^(PIN|Private|Public|X\.509|Data) '
}

# The sum of the numbers that follow the word $1 in what the workers printed.
sum_of() {
	cat worker.*.out | awk -v word="$1" '{ for (i = 1; i < NF; i++) if ($i == word) sum += $(i + 1) } END { print sum + 0 }'
}

# work_together OPERATIONS KIND...: one process each, all at once; each does so many operations.
work_together() {
	local each=$1 kind pid failed=() pids=()
	shift
	for kind; do
		timeout 1800 "$concurrency/worker" "$kind" "$each" >"worker.${#pids[@]}.out" 2>&1 &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || failed+=("$pid")
	done
	cat worker.*.out
	expect_equal "" "${failed[*]}" "the processes that failed"
	expect_equal $((each * $#)) "$(sum_of operations)" "the operations done"
}

# Only OpenSC's cache of PINs may add VERIFYs to those that programs asked for, at most one for a signature with the
# authentication key; the other key's PIN is asked for each time.
expect_verifies_asked_for() {
	local asked sent signatures
	asked=$(sum_of logins)
	sent=$(count_verify)
	signatures=$(cat worker.*.out | awk '$1 == "sign-auth" { sum += $3 } END { print sum + 0 }')
	if [ "$sent" -lt "$asked" ] || [ "$sent" -gt $((asked + signatures)) ]; then
		fail "$sent VERIFYs, where programs asked for $asked and signed $signatures times"
	fi
}

# The card's own memory says so: to select an application, for a try, would close another one. It is looked at before pcscd takes
# the power away.
expect_nothing_verified() {
	expect_equal 1 "$(card_word powered)" "whether the card still has power"
	expect_equal 0 "$(card_word verified)" "the PINs that are verified after all programs have ended"
}

# share_card WHAT OPERATIONS KIND...
share_card() {
	local what=$1
	shift
	require_programs
	start_pcscd
	insert_card
	OBJECTS=$(count_objects)
	export OBJECTS
	SECONDS=0
	work_together "$@"
	expect_nothing_verified
	expect_pins_untouched
	expect_verifies_asked_for
	note "$what" $(($# - 1)) "$(sum_of operations)" "$(sum_of lost)"
}

test_two_processes_sign() {
	share_card "signing with both keys" "$(short_or_full 50 2000)" sign-auth sign-sign
}

test_two_processes_read_and_sign() {
	share_card "reading the name, signing" "$(short_or_full 50 2000)" name sign-auth
}

test_ten_processes() {
	share_card "all at once" "$(short_or_full 30 1500)" \
		sign-auth sign-auth sign-sign sign-sign dump dump pins name name switch
}
