# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# tests/bin/clients-table: docs/clients.md, with results of several suites that come one after the other.

# update SUITE VERSION LINE...: the page with a log that has these lines of TAP after "# client: curl | curl VERSION".
update() {
	printf '%s\n' "# client: curl | curl $2" "${@:3}" >logs/curl.log
	tree/tests/bin/clients-table "$1" "opensc-$1" logs >new
	mv new tree/docs/clients.md
}

make_page() {
	mkdir -p tree/tests/bin tree/docs logs
	cp "$srcdir/tests/bin/clients-table" tree/tests/bin/
	: >tree/docs/clients.md
	update bookworm 7 'ok 1 - test_TLS_1_3_login' 'ok 2 - test_by_provider # SKIP it is not installed'
	update trixie 8 'ok 1 - test_TLS_1_3_login' 'not ok 2 - test_by_provider'
}

test_each_suite_has_a_column() {
	make_page
	expect_match '^\| curl \| curl 7 \| curl 8 \|  \|$' "$(cat tree/docs/clients.md)"
	expect_match '^\| OpenSC \| opensc-bookworm, [0-9-]+ \| opensc-trixie, [0-9-]+ \|  \|$' "$(cat tree/docs/clients.md)"
	expect_match '^\| curl \| TLS 1.3 login \| works \| works \|  \|$' "$(cat tree/docs/clients.md)"
	expect_match '^\| curl \| by provider \| not run: it is not installed \| \*\*failed\*\* \|  \|$' "$(cat tree/docs/clients.md)"
}

test_a_job_that_is_gone_has_no_result() {
	make_page
	update trixie 9 'ok 1 - test_TLS_1_3_login'
	expect_match '^\| curl \| by provider \| not run: it is not installed \|  \|  \|$' "$(cat tree/docs/clients.md)"
	update bookworm 7 'ok 1 - test_TLS_1_3_login'
	expect_lacks "by provider" "$(cat tree/docs/clients.md)"
	expect_match '^\| curl \| curl 7 \| curl 9 \|  \|$' "$(cat tree/docs/clients.md)"
}
