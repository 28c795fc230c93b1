# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the module asks of OpenSSL: nothing to list a card, and one decoded key for all signatures of a session.

# shellcheck source=tests/bench/jobs.sh
. "$srcdir/tests/bench/jobs.sh"

# noted COMMAND...: runs it. The module's calls are then in the file "calls".
noted() {
	local library=$builddir/.libs/libmodule-calls.so
	[ -f "$library" ] || fail "no $library"
	: >calls
	MODULE_CALLS=$PWD/calls LD_PRELOAD="${TEST_PRELOAD:+$TEST_PRELOAD:}$library" "$@"
}

# The module's calls of the function $1.
count_calls() {
	grep -c -x "$1" calls || true
}

# expect_no_openssl TEXT COMMAND...: the command prints TEXT, and the module calls nothing for it.
expect_no_openssl() {
	expect_contains "$1" "$(noted "${@:2}" 2>&1)"
	expect_equal "" "$(<calls)" "what ${*:2} made the module call"
}

test_listing_needs_no_openssl() {
	set_up cold
	expect_no_openssl mynumber opensc-tool --list-drivers
	expect_no_openssl "My Number Card" opensc-tool --name
	expect_no_openssl "$(card_number)" opensc-tool --serial
	expect_no_openssl "JPKI (User Authentication PIN)" pkcs11-tool --list-slots
	expect_no_openssl "RSA 2048 bits" pkcs11-tool --list-objects
	expect_no_openssl "ModLength      : 2048" pkcs15-tool "${jpki[@]}" --list-keys --list-public-keys --list-certificates
}

# expect_one_key ID SIGNATURES: so many signatures in one login, with one context and one decoded key.
expect_one_key() {
	noted sign_often "$1" "$2" 1
	expect_equal 1 "$(count_calls OSSL_LIB_CTX_new)" "the number of contexts"
	expect_equal 1 "$(count_calls EVP_PKEY_fromdata)" "the number of keys that were made"
	expect_equal 0 "$(count_calls d2i_PUBKEY_ex)" "the number of keys that OpenSSL decoded"
}

test_a_key_is_decoded_once() {
	set_up cold
	expect_one_key 01 1
	expect_one_key 01 20
	expect_one_key 02 20
}

# The cache's copies are checked with the keys of both certificates. The signatures need one more.
test_a_cached_key_is_decoded_once() {
	local listing
	set_up warm
	job_sign_auth
	noted pkcs11-tool --list-objects
	listing=$(count_calls EVP_PKEY_fromdata)
	noted sign_often 01 20 1
	expect_equal $((listing + 1)) "$(count_calls EVP_PKEY_fromdata)" "the number of keys that were made"
}
