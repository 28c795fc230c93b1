# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config report: what it says of each variant of the virtual card, and the block at its end that goes into an issue.

# shellcheck source=tests/lib/report-steps.sh
. "$srcdir/tests/lib/report-steps.sh"

# A row for each variant: facts that the report contradicts | facts that do not fit | a line that it prints, "-" where the variant
# lies within the facts, so that there is nothing to say. A variant without a row and a row without a variant fail the test.
variants() {
	variants_of_content
	variants_of_behaviour
}

# What the card holds.
variants_of_content() {
	cat <<-'END'
	child                  |                 |                 | 8.5 +measured +signature: SELECT 0001 6A82
	juki-card              |                 |                 | 2.9 +confirmed +label JPKIAPICCTOKEN$
	android                |                 |                 | 2.9 +confirmed +label JPKIAPGPSETOKEN, a phone
	iphone                 |                 |                 | 2.9 +confirmed +label JPKIAPIOSTOKEN, a phone
	long-names             |                 |                 | -
	no-common              |                 |                 | 2.5 +absent
	no-text                |                 |                 | 2.2 +absent
	no-surface             |                 |                 | 2.3 +absent
	no-juki                |                 |                 | 2.4 +absent
	old-card               |                 |                 | 1.7 +absent +GET DATA 7F21
	renewed                |                 |                 | -
	tamper-name            |                 | 7.3             | 7.3 +DOES NOT FIT +name
	tamper-address         |                 | 7.3             | 7.3 +DOES NOT FIT +name
	tamper-photo           |                 | 7.4             | 7.4 +DOES NOT FIT +card face
	tamper-my-number       |                 | 7.3             | 7.3 +DOES NOT FIT +My Number
	tamper-signature       |                 | 7.3 7.4         | 7.4 +DOES NOT FIT
	tamper-cv              |                 | 7.3 7.4 7.5     | 7.5 +DOES NOT FIT
	tamper-clone           |                 | 6.8             | 6.8 +DOES NOT FIT
	tamper-foreign-record  |                 | 6.8 7.3         | 6.8 +DOES NOT FIT
	tamper-foreign-cv      |                 | 7.2 7.3 7.4 7.5 | 7.2 +DOES NOT FIT
	unknown-ca             |                 |                 | 7.2 +absent
	unknown-text-ca        |                 |                 | 7.2 +absent
	text-other-name        |                 |                 | -
	text-other-birth       |                 |                 | -
	text-other-sex         |                 |                 | -
	posing-certificate     |                 |                 | -
	other-policy           |                 |                 | -
	other-issuer           |                 |                 | -
	ca-no-ca               |                 |                 | -
	other-certificates     |                 |                 | -
	forged-key-names       |                 |                 | -
	new-phone              | 2.9             |                 | 2.9 +CONTRADICTED +label JPKIAP..., unknown, a phone
	furigana-inside        |                 |                 | 7.3 +confirmed +name.*: its hash is the one
	furigana-outside       |                 |                 | 7.3 +confirmed +name.*: the hash of the objects DF22 to DF25 alone
	birth-unknown          |                 |                 | -
	sex-other              |                 |                 | -
	no-token-info          |                 |                 | 3.3 +absent
	availability-00        | 3.4             |                 | 3.4 +CONTRADICTED .*its file is there
	availability-01        | 3.4             |                 | 3.4 +measured +EF 0008: 01 01 00
	availability-80        | 3.4             |                 | 3.4 +measured +EF 0008: 80 80 00
	licence                |                 |                 | -
	licence-blocked        |                 |                 | -
	licence-no-pin         |                 |                 | -
	licence-default-pin    |                 |                 | -
	licence-history        |                 |                 | -
	licence-full           |                 |                 | -
	licence-long-form      |                 |                 | -
	licence-old-forms      |                 |                 | -
	licence-unpadded       |                 |                 | -
	licence-signed-ef      |                 |                 | -
	licence-torn           |                 |                 | -
	tamper-licence         |                 |                 | -
	residence              |                 |                 | -
	residence-special      |                 |                 | -
	END
}

# How the card answers.
variants_of_behaviour() {
	cat <<-'END'
	long-form              |                 |                 | 3.10 +measured .*lengths 82 \(82 82 82 82 82\)
	blocked-auth           |                 |                 | 4.13 +confirmed +user authentication PIN is blocked: .*63C0
	blocked-sign           |                 |                 | 4.13 +confirmed +digital signature PIN is blocked: .*63C0
	blocked-text           |                 |                 | 4.13 +confirmed +Input Support PIN is blocked: .*63C0
	blocked-6983,blocked-auth | 4.13         |                 | 4.13 +CONTRADICTED .*6983
	blocked-6984,blocked-auth | 4.13         |                 | 4.13 +CONTRADICTED .*6984
	blocked-63c0,blocked-auth |             |                 | 4.13 +confirmed +user authentication PIN is blocked: .*63C0
	query-9000             | 4.14            |                 | 4.14 +CONTRADICTED .*9000
	query-always-9000      | 4.12            |                 | 4.12 +CONTRADICTED .*9000
	query-6700             | 4.12            |                 | 4.12 +CONTRADICTED .*6700
	query-6a86             | 4.12            |                 | 4.12 +CONTRADICTED .*6A86
	query-6b00             | 4.12            |                 | 4.12 +CONTRADICTED .*6B00
	query-6d00             | 4.12            |                 | 4.12 +CONTRADICTED .*6D00
	no-verify-sfi          |                 |                 | -
	first-6f00             |                 |                 | 1.5 +confirmed .*6F00
	no-extended            | 5.6 5.15        |                 | 5.6 +CONTRADICTED .*6700
	extended-broken        | 5.6 5.15        |                 | 5.6 +CONTRADICTED .*256 of
	no-sfi                 | 3.21 4.9 5.2 5.7 |                | 5.2 +CONTRADICTED .*6A86
	short-reads            | 5.6 5.12 5.15   |                 | 5.12 +CONTRADICTED .*100 bytes
	no-pss                 | 6.4             |                 | 6.4 +CONTRADICTED
	reselect-drops         | 4.17            |                 | 4.17 +CONTRADICTED .*lost
	short-form             |                 |                 | 3.10 +measured .*lengths short \(short
	info-256               |                 |                 | 3.13 +confirmed .*in a file of 256
	sfi-not-current        | 5.13            |                 | 5.13 +CONTRADICTED .*6986
	end-6b00               | 5.3 5.6 5.14 5.15 |               | 5.14 +CONTRADICTED .*6B00
	end-6700               | 5.3 5.6 5.14 5.15 |               | 5.14 +CONTRADICTED .*6700
	end-6282               | 5.3 5.6 5.14 5.15 |               | 5.14 +CONTRADICTED .*6282
	end-empty              | 5.3 5.6 5.14 5.15 |               | 5.14 +CONTRADICTED .*9000, 0 of
	exact-6c               | 5.3 5.6 5.14 5.15 5.19 |          | 5.19 +CONTRADICTED
	spurious-6986          |                 |                 | 5.16 +confirmed
	spurious-6b00          |                 |                 | 5.16 +confirmed
	spurious-empty         |                 |                 | 5.16 +confirmed
	select-fci             | 5.1             |                 | 5.1 +CONTRADICTED .*gives [1-9]
	atr-contact-1          |                 |                 | 9.1 +confirmed
	atr-contact-2          |                 |                 | 9.2 +confirmed
	atr-contact-3          |                 |                 | 9.3 +confirmed
	atr-reader-1           |                 |                 | 9.4 +confirmed
	atr-reader-2           |                 |                 | 9.4 +confirmed
	atr-type-b-1           |                 |                 | 9.5 +confirmed
	atr-type-b-2           |                 |                 | 9.5 +confirmed
	atr-type-b-3           |                 |                 | 9.5 +confirmed
	atr-type-b-4           |                 |                 | 9.5 +confirmed
	atr-juki-type-b        |                 |                 | 9.5 +confirmed
	atr-unknown            |                 |                 | 9.5 +confirmed
	END
}

# numbers_of VERDICT: of the facts that the report gives it, in order.
numbers_of() {
	sed -n "s/^\\([0-9.]*\\) *$1  .*/\\1/p" report.txt | sort -u -V | xargs
}

# Each fact of the report is in one list of numbers, or is only measured. Contradictions are printed in full.
expect_block() {
	local block lists fact
	block=$(block)
	expect_contains "$(grep -m 1 '^ATR:' report.txt)" "$block"
	expect_match "^contradicts: $(numbers_of CONTRADICTED | grep . || echo none)$" "$block"
	expect_match "^does not fit: $(numbers_of 'DOES NOT FIT' | grep . || echo none)$" "$block"
	lists=$(sed -n 's/^\(contradicts\|does not fit\|confirms\|absent\|not tried\): //p' <<<"$block" | tr ' ' '\n')
	while read -r fact; do
		case $(grep -c -x -F "$fact" <<<"$lists" || true) in
		1) ;;
		0) expect_match "(^settles:|,) $fact measured" "$block" ;;
		*) fail "$fact stands in two lists" ;;
		esac
	done < <(sed -n 's/^\([0-9]*\.[0-9]*\) .*/\1/p' report.txt | sort -u)
	while read -r fact; do
		expect_contains "$fact" "$block"
	done < <(sed -n 's/^\([0-9.][0-9.]*\) *\(CONTRADICTED\|DOES NOT FIT\) *\(.*\)/\1 \2: \3/p' report.txt)
}

test_each_variant() {
	local name contradicted unfit line
	expect_equal "$("$builddir/virtual-card/virtual-card" --list-variants | sed -n 's/^\([a-z0-9-]*\) .*/\1/p' | sort)" \
		"$(variants | sed 's/[ ,].*//' | sort -u)" "the variants that have a row"
	export VIRTUAL_CARD_EXTENDED=1
	report_with_all_pins
	expect_block
	expect_equal "|" "$(numbers_of CONTRADICTED)|$(numbers_of 'DOES NOT FIT')" "what is wrong with the plain card"
	while IFS='|' read -r name contradicted unfit line; do
		variant "${name// /}"
		rm -f "$VIRTUAL_CARD_LOG"
		report_with_all_pins || fail "$name: the report ended with $?"
		expect_equal "$(xargs <<<"$contradicted")" "$(numbers_of CONTRADICTED)" "$name: the contradicted facts"
		expect_equal "$(xargs <<<"$unfit")" "$(numbers_of 'DOES NOT FIT')" "$name: what does not fit"
		[ "$line" = " -" ] || expect_match "^${line# }" "$output"
		expect_match '^facts of docs/card.md: [0-9]+ confirmed' "$output"
		expect_block
		[ "$(sent_pins)" -le 6 ] || fail "$name: PINs were sent again"
	done < <(variants)
}

# Exchanges that fail in the next run of the report; then it contradicts the facts CONTRADICTED... and no others.
contradicts_with_fault() {
	rm "$VIRTUAL_CARD_LOG"
	report
	contradicts_only "$@"
	expect_block
	unset VIRTUAL_CARD_FAULT
	rm "$VIRTUAL_CARD_LOG"
	report
}

test_reading_by_short_ef_identifier_does_not_select() {
	report
	fails_at 00B08B0000 00B0010000 sw=6986 4
	contradicts_with_fault 5.13
}

# Of files of two applications, for the facts about them differ.
test_reads_across_the_end() {
	local file fact read before size sw
	report
	for file in 000A:5.14 0002:5.14 0005:5.3 0003:5.3; do
		fact=${file#*:}
		size=$(sed -n "s/.*EF ${file%:*} of \\([0-9]*\\) bytes, READ across the end.*/\\1/p" report.txt)
		read=$(printf '00B0%04X00' $((size - 10)))
		before=$(grep -B 2 "> $read" "$VIRTUAL_CARD_LOG" | sed -n '1s/.*> //p')
		for sw in 6B00 6700 6282 9000; do
			fails_at "$before" "$read" "sw=$sw" 2
			contradicts_with_fault "$fact"
		done
	done
}

test_extended_reads() {
	export VIRTUAL_CARD_EXTENDED=1
	report
	fails_at 00A4020C020002 00B00000007FFF sw=6700 2
	contradicts_with_fault 5.15
	fails_at 00A4020C02000A 00B00000000000 sw=6B00 2
	contradicts_with_fault 5.6
	fails_at 00A4020C02000A 00B00100000 sw=6700 2
	contradicts_with_fault 5.6
}

# A reader that fails once in the middle of a file: known, and nothing is read in part.
test_faults_of_a_reader() {
	local sw
	report
	for sw in 6986 6B00 9000; do
		fails_at 00B0000000 00B0010000 "sw=$sw"
		rm "$VIRTUAL_CARD_LOG"
		report
		contradicts_only
		says 5.16 confirmed ': 1$'
		unset VIRTUAL_CARD_FAULT
		rm "$VIRTUAL_CARD_LOG"
		report
		says 5.16 absent
	done
}

# Neither form is repeated with a fifth byte, and no PIN is sent whose tries are not known.
test_queries_that_the_reader_spoils() {
	report_with auth "$AUTH_PIN"
	fails_at 00A4040C0AD392F000260100000001 00200098 sw=6700
	VIRTUAL_CARD_FAULT+=,$((${VIRTUAL_CARD_FAULT%%:*} + 2)):sw=6700 # the same of the selected file
	fails_at 00A4020C020018 00200080 sw=6700                         # and once more, before VERIFY
	rm "$VIRTUAL_CARD_LOG"
	report_with auth "$AUTH_PIN"
	contradicts_only 4.12
	says 4.12 CONTRADICTED 'user authentication PIN: the query answers 6700'
	says 4.12 measured 'JPKI 0018 6700/6700, JPKI 001B 63C5/63C5'
	says 4.1 'not tried' 'the query answers 6700, .* so it is not sent'
	expect_equal 0 "$(sent_pins)" "PINs sent"
	expect_equal 0 "$(count_apdus '> 002000[0-9A-F]{2}00$')" "queries of five bytes"
}
