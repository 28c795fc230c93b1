# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The module as a file, and OpenSC's word that it was loaded: the only one there is.

module=$builddir/.libs/opensc-mynumber.so

test_exports_three_symbols() {
	require nm
	expect_equal "sc_driver_version sc_module_init sc_pkcs15_init_func_ex" \
		"$(nm -D --defined-only "$module" | awk '{ print $3 }' | sort | xargs)"
}

test_needs_libopensc_by_itself() {
	require readelf
	expect_match 'NEEDED.*\[libopensc\.so\.[0-9]+\]' "$(readelf -d "$module")"
}

test_has_no_search_path() {
	require readelf
	expect_lacks 'PATH)' "$(readelf -d "$module")"
}

test_is_the_first_driver() {
	expect_match '^ +mynumber ' "$(opensc-tool --list-drivers | sed -n 2p)"
}

test_names_the_card() {
	expect_contains "My Number Card" "$(opensc-tool --name)"
}

# What distributions ask of a library. A build with sanitizers has neither.
test_hardened() {
	require readelf
	[ -z "${TEST_PRELOAD-}" ] || skip "no hardening in a build with sanitizers"
	output=$(readelf -d -l -W "$builddir/.libs/opensc-mynumber.so")
	expect_lacks RPATH "$output"
	expect_lacks RUNPATH "$output"
	expect_match 'BIND_NOW|FLAGS.* NOW' "$output"
	expect_contains GNU_RELRO "$output"
	expect_match 'GNU_STACK.* RW ' "$output"
}

# The file with the public key of the signature key needs a PIN: the size of the key comes from elsewhere.
test_a_failure_is_logged_with_function_and_file() {
	OPENSC_DEBUG=3 pkcs15-tool --list-keys >/dev/null 2>log
	expect_contains "public_key_numbers: Sign certificate: -1211" "$(cat log)"
}
