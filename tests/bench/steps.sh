# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# What the programs of make bench share.

# shellcheck source=tests/lib/lib.sh
. "$srcdir/tests/lib/lib.sh"
# shellcheck source=tests/bench/jobs.sh
. "$srcdir/tests/bench/jobs.sh"

bench=$builddir/bench

say() {
	printf 'bench: %s\n' "$*" >&2
}

# The state of the test's folder as a fresh card's.
fresh() {
	dir=$work/$1
	mkdir "$dir"
	cd "$dir"
	prepare_card "$dir"
}

# must COMMAND...: runs it, and ends the bench with its output if it fails. What it started ends with it.
must() {
	local status
	set +e # no || around what follows: it would switch off the -e in there
	(
		set -e
		at_exit=()
		trap run_at_exit EXIT
		"$@"
	) >"$dir/output" 2>&1
	status=$?
	set -e
	[ "$status" != 0 ] || return 0
	cat "$dir/output"
	say "failed: $*"
	exit 1
}

# measure LOG COMMAND...: keeps the card's log of what the command does as bench/LOG.log. The card was just put into the reader: some
# programs leave a PIN verified when they end, which would change what the next one may read.
measure() {
	mkdir -p "$(dirname "$bench/$1")"
	rm -f "$VIRTUAL_CARD_DIR/card.state"
	: >"$VIRTUAL_CARD_LOG"
	must "${@:2}"
	cp "$VIRTUAL_CARD_LOG" "$bench/$1.log"
}
