# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Python with PyKCS11. docs/clients/pykcs11.md

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

client PyKCS11 "$(packages python3-pykcs11)"

# The distribution's own Python has the package, not one that comes first in the PATH.
sign() {
	/usr/bin/python3 -c 'import PyKCS11' 2>/dev/null || skip "python3-pykcs11 is not installed"
	printf 'a document' >document
	use_page pykcs11 "s|docs/examples|$srcdir/docs/examples|; s|opensc-pkcs11.so|$module|; s|PIN|$AUTH_PIN|"
	run_page '/usr/bin/python3' >said
	expect_equal "User Authentication Certificate
True" "$(cat said)" "the label and whether there were random numbers"
	expect_signature 01 sha256 document signature
	openssl dgst -sha256 -verify public.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 \
		-signature signature-pss document
}

test_signs_with_PKCS1_and_PSS() {
	use_card
	sign
	expect_only_auth_pin_sent
}

test_control_signs() {
	use_softhsm
	sign
}
