# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Style, and the mistakes that tools find: make lint, one check a test.

# lint CHECK
lint() {
	local status=0
	[ -n "$(git -C "$srcdir" ls-files tests/lint 2>/dev/null)" ] || skip "no git checkout"
	output=$("$srcdir/tests/lint" "$1" 2>&1) || status=$?
	[ "$status" != 77 ] || skip "$(tail -n 1 <<<"$output")"
	[ "$status" = 0 ] || fail "$output"
}

test_clang_format() {
	lint clang-format
}

test_shellcheck() {
	lint shellcheck
}

test_codespell() {
	lint codespell
}

test_cppcheck() {
	lint cppcheck
}

test_clang_tidy() {
	lint clang-tidy
}

test_gcc() {
	lint gcc
}

test_scan_build() {
	lint scan-build
}

test_headers() {
	lint headers
}

test_rules() {
	lint rules
}
