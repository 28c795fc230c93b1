# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The virtual card as a tool for other programs: docs/virtual-card.md as it stands there, and the exported test vectors.

# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"

# The commands of the page, with the program and the library of this build.
use_virtual_card_page() {
	page=$srcdir/docs/virtual-card.md
	# shellcheck disable=SC2034 # page_block uses it
	page_examples=(-e "s|mynumber-virtual-card --|\"$builddir/virtual-card/virtual-card\" --|"
		-e "s|/usr/local/lib/mynumber-virtual-card/|$builddir/.libs/|")
}

test_page_leads_to_a_green_test() {
	/usr/bin/python3 -c 'import smartcard' 2>/dev/null || skip "python3-pyscard is not installed"
	[ -z "${TEST_PRELOAD-}" ] || skip "the card's library of this build needs the sanitizer's, which the page's python3 does not load"
	use_virtual_card_page
	run_page 'mynumber-virtual-card --make me'
	sed -n '/^    from smartcard/,/^    print/s/^    //p' "$page" >test_card.py
	page_block 'mkdir -p lib' >steps
	expect_equal "ok" "$(LD_PRELOAD='' bash -e steps)" "what the page's program says"
	sed -i 's/5678/5679/' test_card.py
	fails bash -e steps
	expect_contains "63C2" "$output"
}

test_page_has_the_same_commands_in_both_languages() {
	expect_equal "$(grep '^    ' "$srcdir/docs/virtual-card.md")" "$(grep '^    ' "$srcdir/docs/virtual-card.ja.md")" "the commands of the Japanese page"
}

test_exported_files_are_those_of_the_card() {
	local id
	"$builddir/virtual-card/virtual-card" --export vectors "$VIRTUAL_CARD_DIR"
	pkcs15-tool --read-data-object "Basic four data" --raw --pin 5678 >record
	cmp -n "$(wc -c <record)" record vectors/files/text-0002.bin
	for id in 01:JPKI-000A 03:JPKI-000B; do
		pkcs15-tool --read-certificate "${id%%:*}" | openssl x509 -outform DER >certificate.der
		cmp -n "$(wc -c <certificate.der)" certificate.der "vectors/files/${id#*:}.bin"
	done
}

# The person's own card answers the commands of the transcript in the same way: nothing in it depends on chance but challenges, and these it lacks.
test_transcript_is_repeated_by_the_card() {
	local commands
	"$builddir/virtual-card/virtual-card" --export vectors "$VIRTUAL_CARD_DIR"
	rm -f "$VIRTUAL_CARD_DIR/card.state"
	"$builddir/virtual-card/virtual-card" --export again "$VIRTUAL_CARD_DIR"
	expect_equal "$(cut -d ' ' -f 2- vectors/transcript.txt)" "$(cut -d ' ' -f 2- again/transcript.txt)" "the transcript of a second run"
	commands=$(grep -c ' > ' vectors/transcript.txt)
	[ "$commands" -gt 100 ] || fail "only $commands commands"
	expect_match ' > 0020008004' "$(cat vectors/transcript.txt)"
}

# Its PIN has a reference of its own, and what it opens is read.
test_transcript_opens_the_licence() {
	"$builddir/virtual-card/virtual-card" --variant licence,residence --export vectors "$VIRTUAL_CARD_DIR"
	expect_equal 9000 "$(sed -n '/ > 0020008604/{n;s/.* < //p}' vectors/transcript.txt)" "the answer to VERIFY"
	expect_contains " < $(head -c 256 vectors/files/licence-001B.bin | od -A n -v -t x1 | tr -d ' \n' | tr a-f A-F)9000" "$(cat vectors/transcript.txt)"
	expect_contains " < C10230379000" "$(cat vectors/transcript.txt)"
	expect_equal "" "$(find vectors/files -name '* *')" "names of files with a space"
}

test_export_overwrites_nothing() {
	"$builddir/virtual-card/virtual-card" --export vectors "$VIRTUAL_CARD_DIR"
	cp vectors/transcript.txt before
	fails "$builddir/virtual-card/virtual-card" --export vectors "$VIRTUAL_CARD_DIR"
	expect_contains "exists already" "$output"
	cmp before vectors/transcript.txt
}

test_two_folders_are_refused() {
	fails "$builddir/virtual-card/virtual-card" --make one two
	expect_contains "more than one folder" "$output"
}
