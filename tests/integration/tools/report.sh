# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config report: it tells each variant's quirks, no personal value, and is careful with PINs.

# shellcheck source=tests/lib/report-steps.sh
. "$srcdir/tests/lib/report-steps.sh"
# shellcheck source=tests/lib/core-dump.sh
. "$srcdir/tests/lib/core-dump.sh"

test_without_pins() {
	report
	contradicts_only
	says 2.9 confirmed JPKIAPICCTOKEN2
	says 3.4 measured 'EF 0008: 8F 8F 00$'
	says 3.4 confirmed 'signature certificate: yes'
	says 3.4 confirmed 'authentication certificate: yes'
	expect_lacks 'query of 001B' "$output"
	says 5.18 measured '9000, 14 bytes, an FCI'
	says 4.12 measured 'JPKI 0018 63C3/63C3, JPKI 001B 63C5/63C5'
	says 3.8 measured 'JPKI 0002 [0-9]+/[0-9]+, .*JPKI 000A [0-9]+/[0-9]+'
	says 5.6 'not tried'
	says 5.15 'not tried'
	says 4.1 confirmed '3 of 3 tries left'
	says 9.2 confirmed
	says 6.2 'not tried'
	expect_equal 0 "$(sent_pins)" "PINs sent"
}

test_with_all_pins() {
	report_with_all_pins
	contradicts_only
	local p1
	for p1 in 00 01 02 03 04 05; do
		expect_match "confirmed .*P1 = $p1: 9000, 256 bytes, the signature verifies" "$output"
	done
	says 4.17 confirmed kept
	says 4.18 confirmed lost
	says 4.19 confirmed kept
	says 3.10 confirmed 'with the PIN'
	expect_equal 6 "$(sent_pins)" "PINs sent"
	fails pkcs11-tool --sign --id 01 --mechanism SHA256-RSA-PKCS --input-file report.txt --output-file signature
}

test_wrong_pin_is_sent_once() {
	report_with auth 9999
	says 4.10 confirmed 63C2
	expect_equal 1 "$(sent_pins)" "PINs sent"
}

test_nothing_is_sent_with_one_try_left() {
	report_with auth 9999
	report_with auth 9999
	report_with auth "$AUTH_PIN"
	says 4.1 'not tried' 'fewer than two'
	expect_equal 2 "$(sent_pins)" "PINs sent"
}

test_malformed_pin_is_not_sent() {
	fails report_with auth 12
	expect_contains "not of the form" "$(cat prompts)"
	fails report_with sign ABC
	fails report_with code-b 1234567890123
	fails report_with birth 55021
	fails report_with number 1234
	expect_equal 0 "$(sent_pins)" "PINs sent"
}

test_code_of_another_card_is_not_sent() {
	local code
	code=$(pin 07)
	fails report_with code-b "${code:0:6}2036${code:10}"
	expect_contains "expires in 2035" "$(cat prompts)"
	expect_equal 0 "$(sent_pins)" "PINs sent"
}

test_the_card_is_named_before_its_pins() {
	report_with auth "$AUTH_PIN"
	expect_match 'My Number Card \*{11}[0-9]{4} in Virtual' "$(cat prompts)"
}

test_first_command_fails() {
	variant first-6f00
	report
	contradicts_only
	says 1.5 confirmed 6F00
}

test_selecting_again_drops_verification() {
	variant reselect-drops
	report_with auth "$AUTH_PIN"
	contradicts_only 4.17
	says 4.17 CONTRADICTED lost
}

test_query_answers_9000() {
	variant query-9000
	report_with auth "$AUTH_PIN"
	contradicts_only 4.14
}

test_blocked_pins() {
	variant blocked-auth
	report
	contradicts_only
	says 4.13 confirmed 63C0
	variant blocked-auth,blocked-6984
	report
	contradicts_only 4.13
	says 4.13 CONTRADICTED 6984
	variant blocked-sign,blocked-6983
	report_with sign "$SIGN_PIN"
	says 4.13 CONTRADICTED 6983
	expect_equal 0 "$(sent_pins)" "PINs sent"
}

test_no_short_ef_identifiers() {
	variant no-sfi
	report
	says 5.2 CONTRADICTED
	says 4.9 CONTRADICTED
	says 5.13 'not tried' 6A86
}

test_short_reads() {
	variant short-reads
	report
	contradicts_only 5.12
	says 5.12 CONTRADICTED '100 bytes'
}

test_extended_length() {
	export VIRTUAL_CARD_EXTENDED=1
	report
	says 5.6 confirmed 'EF 000A of .*exact rest'
	says 5.6 confirmed 'EF 0002 of .*Le 0000'
	says 5.15 confirmed 'EF 0002 of .*Le 7FFF'
	variant no-extended
	report
	contradicts_only 5.6 5.15
	variant extended-broken
	report
	contradicts_only 5.6 5.15
	says 5.6 CONTRADICTED ': 9000, 256 of'
}

test_no_pss() {
	variant no-pss
	report_with auth "$AUTH_PIN"
	contradicts_only 6.4
}

test_child() {
	variant child
	report_with sign "$SIGN_PIN"
	contradicts_only
	says 3.4 measured 'EF 0008: 00 8F 00$'
	says 3.4 confirmed 'signature certificate: no'
	says 8.5 measured 'SELECT 0001 6A82, READ 6986, SELECT 001A 6A82, query of 001B 63C5'
	says 3.1 absent 'the digital signature PIN is not sent'
	expect_equal 0 "$(sent_pins)" "PINs sent"
}

test_phones() {
	local phone
	for phone in android:JPKIAPGPSETOKEN iphone:JPKIAPIOSTOKEN; do
		variant "${phone%:*}"
		report
		says 2.9 confirmed "${phone#*:}"
		says 2.8 confirmed 6982
		says 2.2 absent
		says 2.5 absent
	done
}

test_other_cards() {
	local gone
	variant juki-card
	report
	says 2.9 confirmed 'JPKIAPICCTOKEN$'
	for gone in no-text:2.2 no-surface:2.3 no-juki:2.4 no-common:2.5; do
		variant "${gone%:*}"
		report
		contradicts_only
		says "${gone#*:}" absent
	done
	variant old-card
	report
	says 1.7 absent 7F21
}

test_records() {
	variant long-form
	report_with text 5678
	contradicts_only
	says 3.10 measured 'lengths 82 \(82 82 82 82 82\)'
	variant long-names,renewed
	report_with sign,text "$SIGN_PIN" 5678
	contradicts_only
}

test_every_atr() {
	local atr
	for atr in contact-1:9.1 contact-3:9.3 reader-1:9.4 type-b-1:9.5 juki-type-b:9.5 unknown:9.5; do
		variant "atr-${atr%:*}"
		report
		says "${atr#*:}" confirmed
	done
}

test_every_fact_is_in_the_document() {
	local fact
	report_with_all_pins
	while read -r fact; do
		expect_match "^\\| ${fact/./\\.} \\|" "$(cat "$srcdir/docs/card.md")"
	done < <(sed -n 's/^\([0-9]*\.[0-9]*\) .*/\1/p' report.txt | sort -u)
}

# Those that docs/card.md grades as inferred, contradictory or unknown.
test_open_facts_are_settled() {
	local fact grade
	export VIRTUAL_CARD_EXTENDED=1
	variant child,blocked-sign
	report_with_all_pins
	while read -r fact; do
		grade=$(sed -n "s/^| ${fact/./\\.} |.* | \([^|]*\) | [^|]* |\$/\1/p" "$srcdir/docs/card.md")
		case $grade in
		D* | \?* | –*) expect_match "(^settles:|,) $fact (confirmed|measured)" "$(grep '^settles:' report.txt)" ;;
		*) expect_lacks " $fact " "$(grep '^settles:' report.txt)" ;;
		esac
	done < <(sed -n 's/^\([0-9]*\.[0-9]*\) .*/\1/p' report.txt | sort -u)
}

test_reader_by_its_number() {
	local number
	expect_match '^reader: Virtual' "$("$builddir/tools/opensc-mynumber-report" -r 0)"
	for number in x 0x "" -1 4294967296; do
		fails "$builddir/tools/opensc-mynumber-report" -r "$number"
		expect_lacks 'reader: Virtual' "$output"
	done
}

test_through_the_configuration_tool() {
	output=$("$builddir/tools/opensc-mynumber-config" report)
	expect_match '^opensc-mynumber-report ' "$output"
	touch "$VIRTUAL_CARD_DIR/card.removed"
	fails "$builddir/tools/opensc-mynumber-config" report
	expect_contains "there is no card in the reader" "$output"
}

test_no_core_dump_of_typed_pins() {
	require_core_dumps
	printf '%s\n' "$AUTH_PIN" >typed
	output=$(dies_after "Digital Signature PIN" "$builddir/tools/opensc-mynumber-report" -p auth,sign)
	expect_contains "Aborted" "$output"
	expect_lacks "core dumped" "$output"
}
