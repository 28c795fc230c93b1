# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The same card with other content: long values, absent applications, phones, and cards and readers with habits of their own.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# Everything that two applications hold is served as on the card that tests know best, and found to be genuine.
expect_values() {
	local label id file
	while IFS='|' read -r label id file; do
		read_data "$label" value "$id"
		expect_same_file "$(expected "$file")" value
	done <<<"Card number|-|card-number.txt
Name|03|name.txt
Address|03|address.txt
Face photo|07|photo.jp2
Face name image|07|name.png
Face security code image|07|security-code.png
Age date of birth|08|birth.txt"
	read_data "Input Support authenticity" report 03
	read_data "Card Surface authenticity" report.surface 07
	expect_equal "ok" "$(cat report report.surface | sed 's/:.*//' | sort -u)" "what the reports say"
}

# expect_values_on VARIANT...
expect_values_on() {
	local variant
	trusting_conf_with
	for variant; do
		variant "$variant"
		expect_values
	done
}

test_long_form_lengths() {
	expect_values_on long-form
}

test_short_reads_and_no_short_ef_identifiers() {
	expect_values_on short-reads no-sfi
}

test_reselecting_and_status_queries() {
	expect_values_on reselect-drops,query-9000
}

test_child_and_juki_card() {
	expect_values_on child juki-card
}

test_extended_length_that_does_not_work() {
	export VIRTUAL_CARD_EXTENDED=1
	expect_values_on no-extended extended-broken
}

# A name of 94 and an address of more than 200 bytes: the lengths of the record and of the address take two bytes each.
test_long_names() {
	trusting_conf_with
	variant long-names
	raw_file "Input Support" 0002 03 raw 512
	read_data Name name 03
	read_data Address address 03
	read_data "Date of birth" birth 03
	expect_match "^$(cat "$(expected name.txt)")ヴィルヘルム.*セバスティアン$" "$(cat name)"
	expect_match "^$(cat "$(expected address.txt)")大字見本字架空.*様方$" "$(cat address)"
	expect_same_file "$(expected birth.txt)" birth
	[ "$(stat -c %s address)" -gt 127 ] || fail "the address is not a long one"
	expect_contains "$(basenc --base16 -w 0 name)DF23" "$(basenc --base16 -w 0 raw)"
	expect_contains "$(basenc --base16 -w 0 address)DF24" "$(basenc --base16 -w 0 raw)"
	read_data "Basic four data" value 03
	expect_content value raw
	read_data "Input Support authenticity" report 03
	expect_equal "ok" "$(sed 's/:.*//' report | sort -u)" "what the report says"
}

# Applications that the dump tells of.
dumped_applications() {
	pkcs15-tool --dump 2>messages | sed -n 's/^	applicationName: *//p' | sort -u
	expect_lacks "failed" "$(cat messages)"
}

tokens() {
	pkcs11-tool --list-slots | sed -n 's/^  token label *: //p'
}

# expect_absent LABEL PIN-ID: no object of that name, said clearly, and no PIN is sent for it.
expect_absent() {
	fails read_data "$1" value "$2"
	expect_contains "Data object with label '$1' not found." "$output"
	[ ! -s value ] || fail "$1 was written"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}

test_without_input_support() {
	all_applications_conf_with
	variant no-text
	expect_equal "Card Surface
JPKI" "$(dumped_applications)" "the applications"
	expect_absent Name 03
	fails pkcs15-tool --aid "${application_aid["Input Support"]}" --dump
	expect_contains "File not found" "$output"
	expect_equal "$(printf '%s\n' "${pin_token[01]}" "${pin_token[02]}" "${pin_token[07]}" "${pin_token[08]}" "${pin_token[09]}")" \
		"$(tokens)" "the list of tokens"
	read_data "Face photo" value 07
	expect_same_file "$(expected photo.jp2)" value
}

test_without_card_surface() {
	all_applications_conf_with
	variant no-surface
	expect_equal "Input Support
JPKI" "$(dumped_applications)" "the applications"
	expect_absent "Face photo" 07
	expect_absent "Card Surface authenticity" 07
	expect_equal "$(printf '%s\n' "${pin_token[01]}" "${pin_token[02]}" "${pin_token[03]}" "${pin_token[05]}" "${pin_token[09]}")" \
		"$(tokens)" "the list of tokens"
	read_data Name value 03
	expect_same_file "$(expected name.txt)" value
}

test_without_resident_registry() {
	all_applications_conf_with
	variant no-juki
	expect_lacks "[Resident Registry PIN]" "$(pkcs15-tool --dump)"
	expect_lacks "Resid" "$(tokens)"
	expect_equal 6 "$(tokens | wc -l)" "the number of tokens"
	expect_values
}

test_without_common_application() {
	trusting_conf_with
	variant no-common
	expect_absent "Card number" -
	read_data Name value 03
	expect_same_file "$(expected name.txt)" value
	read_data "Face photo" value 07
	expect_same_file "$(expected photo.jp2)" value
}

# 住基カード had JPKI and the Resident Registry.
test_without_both() {
	all_applications_conf_with
	variant juki-card,no-text,no-surface,no-common
	expect_equal "JPKI" "$(dumped_applications)" "the applications"
	expect_equal "$(printf '%s\n' "${pin_token[01]}" "${pin_token[02]}" "${pin_token[09]}")" "$(tokens)" "the list of tokens"
	expect_signs 01 02
}

# expect_phone VARIANT
expect_phone() {
	variant "$1"
	expect_equal "JPKI" "$(dumped_applications)" "the applications of $1"
	expect_equal "Application 'JPKI':" "$(pkcs15-tool --list-applications | grep '^Application')" "the list of applications of $1"
	expect_equal "${pin_token[01]}
${pin_token[02]}" "$(tokens)" "the list of tokens of $1"
	expect_absent Name 03
	expect_absent "Face photo" 07
	expect_absent "Card number" -
	fails pkcs15-tool --aid "${application_aid["Card Surface"]}" --dump
	expect_contains "File not found" "$output"
	rm "$VIRTUAL_CARD_LOG"
}

test_phones() {
	all_applications_conf_with
	expect_phone android
	expect_phone iphone
	expect_phone android,atr-unknown
	expect_phone iphone,atr-type-b-3
}

test_a_phone_has_no_token_of_what_it_does_not_have() {
	variant android
	all_applications_conf_with
	sed -i 's/pkcs11_applications = all/pkcs11_applications = "Input Support", "Card Surface"/' "$OPENSC_CONF"
	expect_equal "" "$(tokens)" "the list of tokens"
	OPENSC_DEBUG=3 pkcs11-tool --list-slots >/dev/null 2>&1
}

test_blocked_input_support_pin_hides_nothing() {
	local way
	trusting_conf_with
	for way in blocked-text blocked-text,blocked-6983 blocked-text,blocked-6984; do
		variant "$way"
		fails read_data Name value 03
		expect_contains "is blocked" "$output"
		expect_contains "blocked" "$output"
		expect_equal 0 "$(count_verify)" "the number of PINs sent"
		explore "verify CHV5 \"$(pin 05)\"" 'cd DF02' 'get C011 name'
		expect_same_file "$(expected name.txt)" name
		rm "$VIRTUAL_CARD_LOG"
	done
}
