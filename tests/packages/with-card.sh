# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The installed packages with the installed virtual card in the real pcscd's reader, by /etc/opensc/opensc.conf.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh
# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"

# What tests/lib/pcscd-steps.sh takes from a build comes from the packages here.
builddir=/root/installed
mkdir -p $builddir/virtual-card
ln -s /usr/bin/mynumber-virtual-card $builddir/virtual-card/virtual-card
ln -s /etc/opensc/opensc.conf $builddir/opensc.conf
export VIRTUAL_CARD_DIR=/root/card VIRTUAL_CARD_LOG=/root/apdu.log

expect_name() {
	expect_equal "My Number Card" "$(opensc-tool --name)" "the name"
	expect_contains "$(card_number)" "$(opensc-tool --serial)"
}

expect_nothing_wrong() {
	opensc-mynumber-config doctor
}

expect_dump() {
	output=$(pkcs15-tool --dump 2>&1)
	printf '%s\n' "$output"
	expect_lacks failed "$output"
	expect_contains "[User Authentication Key]" "$output"
	expect_contains "[Digital Signature Key]" "$output"
	expect_contains "[Digital Signature Certificate CA]" "$output"
}

expect_certificates() {
	expect_reads_certificate 01
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
}

# This invented person's authority is trusted, so that the page may say that all is well.
expect_page() {
	sed "/card_driver mynumber {/a trusted_cv_keys = \"$VIRTUAL_CARD_DIR/trusted-cv-keys.txt\";" /etc/opensc/opensc.conf >trusted.conf
	OPENSC_CONF=$PWD/trusted.conf mynumber-card-face --code-file $VIRTUAL_CARD_DIR/expected/code-b.txt --output card.html
	expect_contains "$(cat $VIRTUAL_CARD_DIR/expected/name.txt)" "$(<card.html)"
}

expect_report() {
	opensc-mynumber-config report >report.txt
	expect_lacks "$(card_number)" "$(<report.txt)"
}

export OPENSC_CONF=/root/unused.conf
start_pcscd
unset OPENSC_CONF
insert_card
check "with the card in pcscd's reader: its name and number" expect_name
check "doctor finds nothing" expect_nothing_wrong
check "pkcs15-tool --dump" expect_dump
check "both certificates are the card's" expect_certificates
check "a signature by key 01, verified by openssl" expect_signs 01
check "a signature by key 02, verified by openssl" expect_signs 02
check "the page of the card face" expect_page
check "report" expect_report
