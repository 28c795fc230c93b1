# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The pages of docs/clients: one for each client that is tested, in both languages, with the same commands.

commands() {
	grep '^    ' "$1"
}

test_each_client_has_a_page_in_both_languages() {
	local file name page
	for file in "$srcdir"/tests/clients/*.sh; do
		grep -q '^client ' "$file" || continue
		name=$(basename "$file" .sh)
		page=$srcdir/docs/clients/$name
		expect_contains "docs/clients/$name.md" "$(cat "$file")"
		expect_equal "$(commands "$page.md")" "$(commands "$page.ja.md")" "what docs/clients/$name.ja.md says to do"
		[ -n "$(commands "$page.md")" ] || fail "docs/clients/$name.md has no command"
	done
}
