# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Modules that were built for other versions of OpenSC: tests/versions/run puts them into the folder OTHER_MODULES, and
# finds there what doctor said of each, in the file "found".

module=$builddir/.libs/opensc-mynumber.so

# OpenSC does not load it, doctor alone says why, and the card is then another driver's.
expect_refused() {
	sed "s|$module|$1|" before.conf >"$OPENSC_CONF"
	expect_lacks mynumber "$(opensc-tool --list-drivers | sed -n 2p)"
	fails "$builddir/tools/opensc-mynumber-config" -m "$1" doctor
	expect_match '^\[(wrong-version|library-missing)\] ' "$output"
	expect_equal 1 "$(grep -c '^\[' <<<"$output")" "the number of findings"
	expect_equal jpki "$(opensc-tool --name)" "the name"
	sed -n "s|^\[\(.*\)\] .*|$(basename "$1" .so): \1|p" <<<"$output" >>"$OTHER_MODULES/found"
}

test_refused_and_diagnosed() {
	local other count=0
	cp "$OPENSC_CONF" before.conf
	for other in "$OTHER_MODULES"/*.so; do
		expect_refused "$other"
		count=$((count + 1))
	done
	[ "$count" != 0 ] || fail "no module in $OTHER_MODULES"
}
