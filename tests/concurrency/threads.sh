# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Eight threads of one PKCS#11 program use the card at the same time: they sign, read, ask, through both readers.
#     TEST_FULL=1: thousands of operations
# namespace

# shellcheck source=tests/concurrency/concurrency.sh
. "$srcdir/tests/concurrency/concurrency.sh"

threads=8

# share_module WHAT
share_module() {
	local operations output
	require_programs
	operations=$(short_or_full 40 1000)
	SECONDS=0
	output=$(timeout 1800 "$concurrency/threads" "$threads" "$operations" 2>&1) || fail "$output"
	expect_pins_untouched
	note "$1" "$threads" $((threads * operations)) "${output##* }"
}

test_in_process() {
	share_module "threads of one PKCS#11 program, reader in process"
}

test_through_pcscd() {
	start_pcscd
	insert_card
	share_module "threads of one PKCS#11 program, pcscd"
}
