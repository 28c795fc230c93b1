# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# packaging/debian/tests by their own runner.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

run_autopkgtest() {
	# shellcheck disable=SC2046 # one argument each
	autopkgtest --summary-file=summary $(debs) /shared/packages/*.dsc -- null
	expect_match '^demo +PASS' "$(<summary)"
}

use_mirror
apt-get install -q -y --no-install-recommends autopkgtest
check "autopkgtest passes" run_autopkgtest
