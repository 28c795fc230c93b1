# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The pages of docs/clients: one for each client that is tested, in both languages, with the same commands; and docs/records.md.

# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

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

test_records_page_has_the_same_commands_in_both_languages() {
	expect_equal "$(commands "$srcdir/docs/records.md")" "$(commands "$srcdir/docs/records.ja.md")" "what docs/records.ja.md says to do"
}

# The first lines of the blocks of page $1.
blocks() {
	awk '!/^    / { inside = 0; next } !inside { inside = 1; print substr($0, 5) }' "$1"
}

# The starts of blocks that the test file $1 runs.
blocks_run() {
	sed -n -E "s/.*(run_page|page_block) ('([^']*)'|\"([^\"]*)\").*/\3\4/p" "$1"
}

# runs_block FILE LINE: whether the test file runs the block that begins with LINE.
runs_block() {
	local start
	while IFS= read -r start; do
		[[ $2 != "$start"* ]] || return 0
	done < <(blocks_run "$1")
	return 1
}

test_the_blocks_of_each_page_are_run_as_written() {
	local file page line
	for file in "$srcdir"/tests/clients/*.sh; do
		page=$(page_file "$(basename "$file" .sh)")
		[ -f "$page" ] || continue
		while IFS= read -r line; do
			runs_block "$file" "$line" || fail "no test runs this block of $page: $line"
		done < <(blocks "$page")
	done
}

# Both lists of pages link every page of their language.
test_the_lists_link_each_page() {
	local page
	for page in "$srcdir"/docs/clients/*.md; do
		page=${page##*/}
		case $page in
		README*) ;;
		*.ja.md) expect_contains "]($page" "$(cat "$srcdir/docs/clients/README.ja.md")" ;;
		*) expect_contains "]($page" "$(cat "$srcdir/docs/clients/README.md")" ;;
		esac
	done
}

# Every page is installed, and in the archive of make dist.
test_each_page_is_installed() {
	local page
	for page in "$srcdir"/docs/clients/*.md; do
		expect_contains "docs/clients/${page##*/}" "$(cat "$srcdir/docs/docs.am")"
	done
}

# What is signed with the signature key and holds its certificate gives away where the signer lives. These pages make such things.
test_pages_say_where_the_signature_certificate_goes() {
	local page
	for page in "$srcdir"/docs/clients/*.md; do
		grep -q -E 'Digital Signature Certificate|sign\.pem|slotListIndex = 1' "$page" || continue
		expect_match 'name, address, date of birth and sex|氏名、住所、生年月日、性別' "$(cat "$page")"
	done
}
