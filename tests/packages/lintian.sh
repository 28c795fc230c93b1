# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What lintian says of source and binary packages. Each override must say its reason.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

# First all that it says, for the log: with that it would fail for overrides, too.
expect_clean() {
	lintian --allow-root --display-info --pedantic --show-overrides /shared/packages/*.changes || true
	lintian --allow-root --fail-on error,warning /shared/packages/*.changes
}

expect_reasons() {
	local file
	for file in "$srcdir"/packaging/debian/*.lintian-overrides "$srcdir"/packaging/debian/source/lintian-overrides; do
		[ ! -e "$file" ] || awk '/^$/ || /^#/ { reason = $0; next } !reason { print FILENAME ": " $0; bad = 1 } END { exit bad }' "$file"
	done
}

use_mirror
apt-get install -q -y --no-install-recommends lintian
check "lintian finds no error and no warning" expect_clean
check "each override of lintian has its reason" expect_reasons
