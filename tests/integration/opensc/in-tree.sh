# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSC's own driver jpki, which others wrote against real cards, on the virtual card: does the card behave like one?

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

use_in_tree_driver() {
	export OPENSC_DRIVER=jpki
}

# Of pkcs15-tool --dump a line for each object: class, label and id.
objects() {
	awk '/^(PIN|Private|Public|X.509) / { label = $0; gsub(/^[^[]*\[|\].*$/, "", label); class = $1 }
		$1 == "ID" { print class, label, $NF }'
}

test_dump() {
	use_in_tree_driver
	output=$(pkcs15-tool --dump)
	expect_contains "PKCS#15 Card [JPKI]" "$output"
	expect_match '^	Serial number  : 00000000$' "$output"
	expect_equal "3 5" "$(sed -n 's/.*Tries left *: //p' <<<"$output" | xargs)" "tries left"
}

test_our_driver_keeps_its_labels_and_ids() {
	local line ours
	use_in_tree_driver
	ours=$(env -u OPENSC_DRIVER pkcs15-tool --dump | objects)
	output=$(pkcs15-tool --dump | objects)
	expect_equal 10 "$(grep -c . <<<"$output")" "the number of its objects"
	while IFS= read -r line; do
		expect_contains "$line"$'\n' "$ours"$'\n'
	done <<<"$output"
}

test_reads_certificates() {
	use_in_tree_driver
	expect_reads_certificate 01
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
}

test_signs_with_each_key() {
	use_in_tree_driver
	expect_signs 01 02
}

test_wrong_pin_costs_one_try() {
	use_in_tree_driver
	fails pkcs15-tool --verify-pin --auth-id 01 --pin 9999
	expect_contains "PIN code or key incorrect" "$output"
	expect_match 'Tries left *: 2$' "$(pkcs15-tool --list-pins)"
}

# --- what docs/upstream.md says of it. Where a later OpenSC has mended it, the test says so and is to be removed with the row.

test_blocked_pin_hides_the_card() {
	use_in_tree_driver
	variant blocked-sign,blocked-6984
	fails pkcs15-tool --dump
	expect_contains "Unsupported card" "$output"
}

test_lower_case_costs_a_try() {
	use_in_tree_driver
	fails pkcs15-tool --verify-pin --auth-id 02 --pin "${SIGN_PIN,,}"
	expect_equal 1 "$(count_apdus "> 0020008006$(printf %s "${SIGN_PIN,,}" | od -A n -t x1 | tr -d ' \n' | tr a-f A-F)")" "VERIFY in lower case"
	expect_match 'Tries left *: 4$' "$(pkcs15-tool --list-pins)"
}
