# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# A program whose OpenSSL prefers a provider that fails at RSA, hashes and random numbers (hostile-provider.c): the driver, the
# emulation and the card in process never ask it.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# hostile COMMAND...: runs it with that provider.
hostile() {
	local provider=$builddir/.libs/hostile-provider.so
	[ -f "$provider" ] || fail "no $provider"
	cat >hostile.cnf <<-END
	openssl_conf = all
	[all]
	providers = providers
	alg_section = algorithms
	[algorithms]
	default_properties = ?provider=hostile
	[providers]
	default = default_provider
	hostile = hostile_provider
	[default_provider]
	activate = 1
	[hostile_provider]
	module = $provider
	activate = 1
	END
	timeout 60 env HOSTILE_LOG="$PWD/hostile.log" OPENSSL_CONF="$PWD/hostile.cnf" LD_PRELOAD="${TEST_PRELOAD:+$TEST_PRELOAD:}$provider" "$@"
}

# Of those that called the provider none is ours, nor was called by one of ours.
expect_not_asked() {
	local log=
	[ ! -e hostile.log ] || log=$(cat hostile.log)
	expect_lacks opensc-mynumber.so "$log"
	expect_lacks libvirtual-card-pcsc.so "$log"
}

# What the tests of other files say, said by such a program.
pkcs15-tool() { hostile pkcs15-tool "$@"; }
pkcs11-tool() { hostile pkcs11-tool "$@"; }
pkcs15-crypt() { hostile pkcs15-crypt "$@"; }

test_control_the_provider_is_asked_and_fails() {
	printf 'a document' >document
	fails hostile openssl dgst -sha256 document
	expect_match '^called$' "$(cat hostile.log)"
}

test_certificates() {
	local id
	for id in 01 03 04; do
		expect_reads_certificate "$id"
	done
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	expect_not_asked
}

test_name() {
	trusting_conf_with
	read_data Name value 03
	expect_same_file "$(expected name.txt)" value
	expect_not_asked
}

test_face_photo() {
	trusting_conf_with
	read_data "Face photo" value 07
	expect_same_file "$VIRTUAL_CARD_DIR/images/photo.jp2" value
	expect_not_asked
}

test_reports() {
	local report
	trusting_conf_with
	for report in "Input Support authenticity:03" "Card Surface authenticity:07" "JPKI certificate report:02"; do
		read_data "${report%:*}" report "${report#*:}"
		expect_match '^ok: ' "$(cat report)"
		expect_lacks 'FAIL' "$(cat report)"
	done
	expect_not_asked
}

# The module signs, and checks the signature.
test_signature_with_pkcs15() {
	printf 'a document' >document
	openssl dgst -sha256 -binary -out digest document
	pkcs15-crypt --sign --key 01 --pin "$AUTH_PIN" --sha-256 --pkcs1 --raw --input digest --output signature
	expect_signature 01 sha256 document signature
	expect_not_asked
}

test_signatures_with_pkcs11() {
	local id
	for id in 01 02; do
		printf 'a document' >document
		openssl dgst -sha256 -binary -out digest document
		printf '\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20' | cat - digest >digest-info
		pkcs11_sign "$id" RSA-PKCS digest-info
		expect_signature "$id" sha256 document signature
		pkcs11_sign "$id" RSA-PKCS-PSS digest --hash-algorithm SHA256
		openssl dgst -sha256 -verify public.pem -signature signature -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 document
	done
	expect_not_asked
}
