# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What "Licence authenticity" says, and which values are served: with and without the key, unchanged and changed.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

keys=
use_keys() {
	keys=${1:-$VIRTUAL_CARD_DIR/trusted-licence-keys.txt}
	conf_with "trusted_licence_keys = \"$keys\";" "${@:2}"
}

report() {
	read_data "Licence authenticity" report 0A >/dev/null 2>report.messages
	cat report
}

# expect_refused: no decoded value is given; the files are
expect_refused() {
	fails read_data "Licence number" number 0A
	fails read_data "Licence photo" photo 0A
	read_data "Licence record" record 0A
}

expect_served() {
	read_data "Licence number" number 0A
	expect_same_file "$(expected licence-number.txt)" number
}

test_without_a_key_it_is_unknown() {
	variant licence
	output=$(report)
	expect_match '^unknown: licence record .*: not verified' "$output"
	expect_match '^unknown: signature of the licence record' "$output"
	expect_lacks "ok: licence record" "$output"
	expect_served
	conf_with 'verify_records = strict;'
	expect_refused
	conf_with 'verify_records = no;'
	expect_served
}

test_with_the_key_it_is_ok() {
	variant licence
	use_keys
	expect_match '^ok: licence record .*without the padding' "$(report)"
	expect_served
	variant licence-signed-ef
	expect_match '^ok: licence record .*with the padding' "$(report)"
	expect_served
	conf_with "trusted_licence_keys = \"$keys\";" 'verify_records = strict;'
	expect_served
}

test_report_says_what_ties_the_licence_to_its_holder() {
	variant licence
	expect_match '^unknown: holder of the licence: .*neither a person nor this card' "$(report)"
}

test_another_change_is_a_fault() {
	local changed
	for changed in tamper-licence licence-torn licence,other=licence:001B licence,other=licence:001C licence,cut=licence:001C \
		licence,drop=licence:001C licence-unpadded,cut=licence:001B; do
		variant "$changed"
		use_keys
		output=$(report)
		expect_lacks "ok: licence record" "$output"
		expect_match '^(FAIL|unknown): licence record' "$output"
		[ "$changed" = licence,other=licence:001C ] || expect_match '^FAIL: licence record' "$output"
	done
}

test_tampered_values_are_refused() {
	variant tamper-licence
	use_keys
	expect_refused
	conf_with "trusted_licence_keys = \"$keys\";" 'verify_records = no;'
	expect_match 中型 "$(read_data "Licence classes" classes 0A >/dev/null; cat classes)"
}

# Without a key nobody can tell, but a missing or malformed signature is said all the same.
test_missing_signature_is_said_without_a_key() {
	local changed
	for changed in drop cut; do
		variant "licence,$changed=licence:001C"
		expect_match '^FAIL: signature of the licence record' "$(report)"
	done
}

# A signature that is no signature of RSA-2048 is malformed, although it has less than the greatest length.
test_short_signature_is_malformed() {
	local keys="$VIRTUAL_CARD_DIR/keys"
	variant licence
	opensc-tool --atr >/dev/null # makes the folder
	openssl genrsa -traditional -out "$keys/licence-signer.pem" 1024
	rm "$VIRTUAL_CARD_DIR/card.state"
	expect_match '^FAIL: signature of the licence record .* malformed' "$(report)"
}

test_other_keys_make_it_unknown() {
	variant licence
	awk '!/^#/ { $1 = (substr($1, 1, 1) == "0" ? "1" : "0") substr($1, 2) } { print }' "$VIRTUAL_CARD_DIR/trusted-licence-keys.txt" >other-id.txt
	cmp -s other-id.txt "$VIRTUAL_CARD_DIR/trusted-licence-keys.txt" && fail "the identifier is the same"
	use_keys "$PWD/other-id.txt"
	expect_match '^unknown: licence record .*not in trusted_licence_keys' "$(report)"
	openssl genrsa -out other.pem 2048 2>/dev/null
	{
		sed -n 's/^\([0-9A-F]\{64\}\) .*/\1 /p' "$VIRTUAL_CARD_DIR/trusted-licence-keys.txt" | tr -d '\n'
		openssl rsa -in other.pem -modulus -noout | sed 's/Modulus=//'
	} >other-key.txt
	use_keys "$PWD/other-key.txt"
	expect_match '^FAIL: licence record' "$(report)"
	cat "$VIRTUAL_CARD_DIR/trusted-licence-keys.txt" >>other-key.txt
	expect_match '^ok: licence record' "$(report)"
}

test_file_of_keys_must_be_a_regular_file_with_an_absolute_path() {
	local path
	variant licence
	cp "$VIRTUAL_CARD_DIR/trusted-licence-keys.txt" keys.txt
	mkfifo pipe
	for path in keys.txt "$PWD/pipe" "$PWD" /nowhere; do
		use_keys "$path"
		expect_match '^unknown: licence record' "$(report)"
		expect_equal 1 "$(grep -c '^opensc-mynumber: trusted_licence_keys' report.messages)" "the number of messages for $path"
	done
}

test_expiry_is_a_line_of_its_own() {
	require_faketime
	variant licence
	use_keys
	expect_match '^ok: expiry date' "$(report)"
	faketime '2031-03-12 14:59:00' pkcs15-tool --read-data-object "Licence authenticity" --pin "$(pin 0A)" --raw --output day 2>/dev/null
	expect_match '^ok: expiry date' "$(cat day)"
	faketime '2031-03-12 15:01:00' pkcs15-tool --read-data-object "Licence authenticity" --pin "$(pin 0A)" --raw --output next 2>/dev/null
	expect_match '^FAIL: expiry date' "$(cat next)"
	expect_match '^ok: licence record' "$(cat next)"
}
