# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# PINs that OpenSSL's PKCS#11 engine gives. The engine becomes the process's own RSA, so the virtual card, which signs by
# OpenSSL too, must be in another process.
# namespace

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"
# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"

# sign_by_engine ID PIN: makes the file "signature".
sign_by_engine() {
	rm -f signature
	key_pin[$1]=$2
	PKCS11_MODULE_PATH=$PKCS11_MODULE openssl dgst -sha256 -engine pkcs11 -keyform engine -sign "$(key_uri "$1")" -out signature document \
		</dev/null && [ -s signature ]
}

test_openssl() {
	local pin
	start_pcscd
	insert_card
	printf 'a document' >document
	for pin in "" 12 12345 12a4; do
		fails sign_by_engine 01 "$pin"
	done
	fails sign_by_engine 02 ABC12
	expect_verifies 0
	fails sign_by_engine 01 9999
	expect_verifies 1
	sign_by_engine 01 1234
	expect_signature 01 sha256 document signature
	expect_equal "$JPKI_AID:0018" "$(verified_pins)" "the PIN that was sent"
	expect_equal "63C2" "$(answers_to_verify | grep -v 9000)" "wrong answers"
}
