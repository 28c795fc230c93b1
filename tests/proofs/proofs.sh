# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The contracts in the sources are proved, and a change by one breaks a proof. make check proves the TLV reader, which takes about a
# minute. TEST_FULL=1 (make check-long): all files of tests/proofs/subjects, and all lines of tests/proofs/mutants.

prove() {
	require frama-c why3 cvc4
	"$srcdir/tests/proofs/prove" "$@"
}

test_contracts_are_proved() {
	if [ -n "${TEST_FULL-}" ]; then
		prove
	else
		prove card-driver/card/tlv.c
	fi
}

test_a_change_by_one_breaks_a_proof() {
	if [ -n "${TEST_FULL-}" ]; then
		prove --mutants
	else
		prove --mutants ber_read
	fi
}
