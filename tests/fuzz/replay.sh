# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Every input that fuzzing has kept, and those that once broke something, under AddressSanitizer and UBSan: none breaks a
# promise, none leaks, none takes much memory.

# replay TARGET
replay() {
	local program=$builddir/tests/fuzz/$1 regressions=$srcdir/tests/fuzz/regressions/$1 status=0
	[ -x "$program" ] || skip "the compiler has no sanitizers"
	"$srcdir/tests/fuzz/inputs" unpack inputs "$1"
	export FUZZ_BUILD=$builddir ASAN_OPTIONS=hard_rss_limit_mb=1024 LSAN_OPTIONS=suppressions=$srcdir/tests/lsan.supp:print_suppressions=0
	[ -d "$regressions" ] || regressions=
	"$program" "inputs/$1" ${regressions:+"$regressions"} 2>log >count || status=$?
	[ "$status" = 0 ] || fail "status $status: $(tail -n 30 log)"
	[ "$(cat count)" -gt 0 ] || fail "there are no inputs"
}

test_objects_certificates_and_keys() {
	replay fuzz-tlv
}

test_records() {
	replay fuzz-records
}

test_licence_records() {
	replay fuzz-licence
}

test_configuration() {
	replay fuzz-config
}

test_whole_use_of_a_card() {
	replay fuzz-card
}

test_commands_to_the_virtual_card() {
	replay fuzz-virtual-card
}

test_page_and_text_of_a_card_face() {
	replay fuzz-face
}
