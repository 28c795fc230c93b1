# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSC's own p11test, built from the source of the OpenSC that is installed, as an outside judge of both tokens. It signs with every
# mechanism, in one part and in several, compares keys with certificates, and their use with what it is said to be.

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

build_p11test() {
	local source=$srcdir/.opensc-source/current/src
	[ -d "$source/tests/p11test" ] || skip "no source of OpenSC in .opensc-source"
	mkdir include
	printf '#define ENABLE_OPENSSL 1\n#define PACKAGE_VERSION ""\n' >include/config.h
	# shellcheck disable=SC2046
	cc -w -o p11test -I include -I "$source" "$source"/tests/p11test/*.c $(pkg-config --cflags --libs cmocka libcrypto) -ldl
}

# judge ID SLOT: every test of it passes, or has nothing to do: it is not at hand to insert cards, and the card has no elliptic curves.
judge() {
	local skipped="ec_sign_size_test wait_test"
	require cc
	use_card
	if ! opensc_since 0.26; then
		# that p11test frees a signature twice if the card refuses a hash with PSS
		conf_with 'pss = no;'
		skipped="ec_sign_size_test pss_oaep_test wait_test"
	fi
	build_p11test
	./p11test -m "$module" -s "$2" -p "${key_pin[$1]}" >said 2>&1 || fail "p11test: status $?: $(tail -n 40 said)"
	expect_equal "$skipped" "$(sed -n 's/^\[  SKIPPED \] \([a-z_]*\)$/\1/p' said | sort -u | xargs)" "the list of skipped tests"
	expect_lacks "FAILED" "$(cat said)"
}

test_p11test_authentication() {
	judge 01 0
	expect_only_auth_pin_sent
}

test_p11test_signature() {
	judge 02 1
	expect_equal "$JPKI_AID:001B" "$(verified_pins)" "the list of PINs sent"
}
