# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The card face page for people who do not see it, or not well: axe-core checks headings, alternative texts, contrast, languages and the
# order of the page in Chromium. And how it prints.

# shellcheck source=tests/lib/card-face-steps.sh
. "$srcdir/tests/lib/card-face-steps.sh"

axe_folder=$builddir/tests/integration/tools/axe # npm installs there, once
axe=$axe_folder/node_modules/axe-core/axe.min.js

# With the user's own settings for npm.
use_axe() {
	require chromium npm
	[ -z "${TEST_PRELOAD-}" ] || skip "Chromium is not for sanitizers"
	[ -f "$axe" ] || HOME=$(getent passwd "$(id -u)" | cut -d : -f 6) npm install --prefix "$axe_folder" axe-core >npm.log 2>&1 ||
		skip "npm cannot install axe-core: $(tail -n 1 npm.log)"
}

# chromium_page [light|dark] OPTIONS...: Chromium without a window, for a user who prefers these colours.
chromium_page() {
	local scheme=1
	[ "$1" = light ] || scheme=0
	chromium --headless=new --no-sandbox --disable-gpu --blink-settings="preferredColorScheme=$scheme" --user-data-dir="$PWD/profile" "${@:2}"
}

# faults PAGE WIDTH COLOURS: prints what axe-core found. The page itself forbids all scripts, so that line goes.
faults() {
	{
		grep -v 'Content-Security-Policy' "$1" | sed '/^<\/body>/,$d'
		printf '<script>%s</script>\n' "$(sed 's|</script|<\\/script|g' "$axe")"
		printf '<script>%s</script>\n</body></html>\n' "$(cat "$srcdir/tests/integration/tools/accessibility.js")"
	} >checked.html
	chromium_page "$3" --window-size="$2,900" --virtual-time-budget=20000 --dump-dom "file://$PWD/checked.html" 2>chromium.log |
		sed -n 's/<br>/\n/g; s/.*\(begin\)/\1/; /begin/,/end/p' | sed -n '/^begin/,/^end/p' >found
	expect_match '^passed: [1-9]' "$(cat found)"
	sed '/^begin$/d; /^passed: /d; /^end/d' found
}

# expect_accessible OPTIONS...: on a screen, and on a phone with dark colours.
expect_accessible() {
	"$card_face" --output page.html "$@" 2>messages || true
	expect_equal "" "$(faults page.html 1200 light)" "the faults of the page ($*) on a screen"
	expect_equal "" "$(faults page.html 400 dark)" "the faults of the page ($*) on a phone with dark colours"
}

test_page_of_a_genuine_card() {
	use_axe
	with_code
	expect_accessible
	expect_accessible --lang ja
	expect_accessible --lang en
}

test_pages_of_other_cards() {
	use_axe
	with_code
	for variant in unknown-ca tamper-name no-text; do
		variant "$variant"
		expect_accessible
	done
}

test_page_of_a_licence() {
	use_axe
	with_code
	variant licence
	MYNUMBER_LICENCE_PIN=2468 expect_accessible --licence
}

# The control: each of these faults is found.
test_axe_finds_faults() {
	use_axe
	with_code
	"$card_face" --output page.html 2>messages
	sed 's/<html lang="ja">/<html>/; s/ alt="[^"]*"//; s|</style>|.when time { color: #ccc }</style>|' page.html >wrong.html
	expect_equal "color-contrast html-has-lang image-alt" "$(faults wrong.html 1200 light | sed 's/:.*//' | sort -u | xargs)" "the faults that were found"
	# a text that can be read only on white
	sed 's|</style>|.when time { color: #333 }</style>|' page.html >wrong.html
	expect_equal "" "$(faults wrong.html 1200 light)" "the faults with light colours"
	expect_equal "color-contrast" "$(faults wrong.html 1200 dark | sed 's/:.*//' | sort -u | xargs)" "the faults with dark colours"
}

# expect_sheets COUNT OPTIONS...: the page of the card takes this many sheets of A4.
expect_sheets() {
	"$card_face" --output page.html "${@:2}" 2>messages || true
	chromium_page dark --no-pdf-header-footer --print-to-pdf="$PWD/page.pdf" "file://$PWD/page.html" 2>chromium.log
	expect_equal "$1" "$(pdfinfo page.pdf | sed -n 's/^Pages: *//p')" "the number of sheets"
}

test_page_prints_on_one_sheet() {
	require chromium pdfinfo
	[ -z "${TEST_PRELOAD-}" ] || skip "Chromium is not for sanitizers"
	with_code
	expect_sheets 1
	variant licence
	MYNUMBER_LICENCE_PIN=2468 expect_sheets 2 --licence
}
