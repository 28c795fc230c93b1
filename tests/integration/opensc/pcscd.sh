# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The main jobs through the real pcscd, with the virtual card in vpcd's reader, and another PC/SC program beside OpenSC.
# namespace

# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"
# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

test_opensc_tools() {
	start_pcscd
	insert_card
	expect_match '^Virtual PCD' "$(opensc-tool --list-readers | sed -n 's/^0 *Yes *//p')"
	expect_equal "My Number Card" "$(opensc-tool --name)" "the name"
	expect_match " $(card_number)$" "$(opensc-tool --serial)"
	output=$(pkcs15-tool --dump 2>&1)
	expect_lacks "failed" "$output"
	expect_contains "[Digital Signature Certificate CA]" "$output"
	expect_reads_certificate 01
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
}

test_pkcs11_signs() {
	start_pcscd
	insert_card
	expect_signs 01 02
}

test_cms_by_openssl_engine() {
	require openssl
	start_pcscd
	insert_card
	expect_cms_by_engine 01 02
}

# Stock pyscard reads the card between the calls of a PKCS#11 program that stays connected, and selects what it likes.
test_pyscard_beside_opensc() {
	local atr info id line
	/usr/bin/python3 -c 'import smartcard' || skip "python3-pyscard is not installed"
	start_pcscd
	insert_card
	atr=$(opensc-tool --atr | tr -d ': ')
	info=$(pkcs15-tool --read-data-object "Token information" --raw | od -A n -t x1 -v | tr -d ' \n')

	coproc beside { exec /usr/bin/python3 "$srcdir/tests/integration/opensc/read-token-info.py" 2>beside.err; }
	at_exit "kill $beside_PID"
	for id in 01 02; do
		echo read >&"${beside[1]}"
		read -r -u "${beside[0]}" line || fail "pyscard: $(cat beside.err)"
		expect_equal "$atr $info" "$line" "what pyscard reads"
		expect_signs "$id"
	done
	echo read >&"${beside[1]}"
	read -r -u "${beside[0]}" line
	expect_equal "$atr $info" "$line" "what pyscard reads afterwards"
}

test_in_tree_driver() {
	start_pcscd
	insert_card
	export OPENSC_DRIVER=jpki
	expect_reads_certificate 01
	expect_signs 01 02
}
