# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What tests say. tests/bin/run-test reads this and runs each test in an empty folder with a fresh card.

: "${srcdir:?}" "${builddir:?}"

# --- the card

# PINs of the virtual card.
AUTH_PIN=1234
SIGN_PIN=ABC123
export AUTH_PIN SIGN_PIN

# The names and values of VARIANTS (virtual-card --help lists them) that the card has from now on.
variant() {
	export VIRTUAL_CARD_VARIANT=$1
}

# Writes $OPENSC_CONF: the build's own opensc.conf with the reader of the test and the lines $@ in card_driver mynumber { }.
# shellcheck disable=SC2120
conf_with() {
	sed -e "/^app default {/a\\	$test_reader" "$builddir/opensc.conf" |
		awk -v lines="$(printf '\t\t%s\n' "$@")" '{ print } /card_driver mynumber {/ { print lines }' >"$OPENSC_CONF"
}

# The environment of a test in folder $1: a copy of the persona, a home, a configuration.
prepare_card() {
	unset OPENSC_DEBUG OPENSC_DRIVER MYNUMBER_LAST_TRY VIRTUAL_CARD_VARIANT XDG_CACHE_HOME
	export LC_ALL=C.UTF-8 HOME=$1/home OPENSC_CONF=$1/opensc.conf
	export VIRTUAL_CARD_DIR=$1/card VIRTUAL_CARD_LOG=$1/apdu.log
	mkdir "$HOME"
	cp -R "$builddir/tests/persona" "$VIRTUAL_CARD_DIR"
	test_reader="reader_driver pcsc { provider_library = \"$builddir/.libs/libvirtual-card-pcsc.so\"; }"
	conf_with
	if [ -n "${TEST_PRELOAD-}" ]; then
		export LD_PRELOAD=$TEST_PRELOAD ASAN_OPTIONS=detect_leaks=0:${ASAN_OPTIONS-}
	fi
}

# How many exchanges in the card's log match the regular expression $1.
count_apdus() {
	grep -c -E -- "$1" "$VIRTUAL_CARD_LOG" || true
}

# Whether the module was built for OpenSC $1 or newer.
opensc_since() {
	printf '%s\n' "$1" "$(sed -n 's/^#define OPENSC_VERSION "\(.*\)"/\1/p' "$builddir/config.h")" | sort --check --version-sort 2>/dev/null
}

# --- programs

# ./bootstrap unpacks programs and a reader driver that it must not install into this folder.
test_programs=${TEST_PROGRAMS:-$srcdir/.test-programs}
PATH=$PATH:$test_programs/usr/sbin:$test_programs/usr/bin:/usr/sbin:/sbin

# AddressSanitizer, preloaded for the module, stops dd and mawk at faults of their own.
dd() {
	LD_PRELOAD='' command dd "$@"
}

awk() {
	LD_PRELOAD='' command awk "$@"
}

# --- what must hold

fail() {
	printf 'FAILED: %s\n' "$*"
	exit 1
}

skip() {
	printf '%s\n' "$*"
	exit 77
}

# Skips the test unless each of the programs $@ is there.
require() {
	local program
	for program in "$@"; do
		command -v "$program" >/dev/null || skip "$program is not installed"
	done
}

# For programs at another date. faketime stops for ever beside a preloaded AddressSanitizer.
require_faketime() {
	require faketime
	[ -z "${TEST_PRELOAD-}" ] || skip "faketime cannot be preloaded beside AddressSanitizer"
}

# expect_equal EXPECTED ACTUAL [WHAT]
expect_equal() {
	[ "$1" = "$2" ] || fail "${3:-the value} is '$2', not '$1'"
}

# expect_contains PART TEXT
expect_contains() {
	[[ $2 == *"$1"* ]] || fail "no '$1' in: $2"
}

# expect_lacks PART TEXT
expect_lacks() {
	[[ $2 != *"$1"* ]] || fail "'$1' in: $2"
}

# expect_match EXTENDED-REGULAR-EXPRESSION TEXT: some line matches
expect_match() {
	grep -q -E -- "$1" <<<"$2" || fail "no line like '$1' in: $2"
}

# fails COMMAND...: it must end with an error of its own, not by a signal. Its output is then in $output.
fails() {
	local status=0
	output=$("$@" 2>&1) || status=$?
	[ "$status" != 0 ] || fail "no error from: $*"
	[ "$status" -lt 126 ] || [ "$status" = 255 ] || fail "ended with status $status: $*: $output"
}

# --- what must be undone

at_exit=()

# Runs the command $1 when the test ends, last come first served.
at_exit() {
	at_exit=("$1" "${at_exit[@]}")
}

run_at_exit() {
	local command
	for command in "${at_exit[@]}"; do
		eval "$command" || true
	done
}
