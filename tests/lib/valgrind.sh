# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# Programs under valgrind: an invalid access, or memory that is lost for certain, is an error.

require_valgrind() {
	require valgrind
	[ -z "${TEST_PRELOAD-}" ] || skip "AddressSanitizer takes valgrind's place in this build"
}

memcheck=(valgrind --quiet --error-exitcode=99 --leak-check=full '--errors-for-leak-kinds=definite,possible'
	'--show-leak-kinds=definite,possible' --keep-debuginfo=yes --suppressions="$srcdir/tests/integration/trust/valgrind.supp")

# under_valgrind COMMAND...: its exit status is 99 after an error.
under_valgrind() {
	require_valgrind
	"${memcheck[@]}" "$@"
}

# From now on OpenSC's tools run under valgrind, which writes what it finds into files valgrind.*
tools_under_valgrind() {
	local tool
	require_valgrind
	mkdir -p bin
	for tool in opensc-tool pkcs11-tool pkcs15-crypt pkcs15-tool; do
		printf '#!/bin/sh\nexec %s --log-file=%s/valgrind.%%p %s "$@"\n' "${memcheck[*]}" "$PWD" "$(command -v "$tool")" >"bin/$tool"
		chmod 755 "bin/$tool"
	done
	PATH=$PWD/bin:$PATH
}

# Tools have run, and valgrind has found nothing.
expect_no_findings() {
	local log
	for log in valgrind.*; do
		[ -e "$log" ] || fail "nothing ran under valgrind"
		[ ! -s "$log" ] || fail "$(<"$log")"
	done
	rm valgrind.*
}
