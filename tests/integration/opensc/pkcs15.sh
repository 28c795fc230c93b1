# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The PKCS#15 view of JPKI: pkcs15-tool, pkcs15-crypt and opensc-tool.

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

# Of pkcs15-tool's lists a line for each object: class, label, id, auth id, tries left, whether it is private.
# The tool prints no auth id of certificates.
objects() {
	awk 'function out() { if (class != "") print class, label, id, auth, tries private; class = "" }
		/^(PIN|Private|Public|X.509) / { label = $0; gsub(/^[^[]*\[|\].*$/, "", label); class = $1; id = auth = tries = "-" }
		/^Data object / { label = $0; gsub(/^[^\047]*\047|\047$/, "", label); print "Data", label }
		$1 " " $2 == "Object Flags" { private = / private/ ? " private" : "" }
		$1 == "ID" { id = $NF }
		$1 == "Auth" { auth = $NF }
		$1 == "Tries" { tries = $NF }
		NF == 0 { out() }
		END { out() }'
}

pins="PIN User Authentication PIN 01 - 3
PIN Digital Signature PIN 02 - 5"
private_keys="Private User Authentication Key 01 01 - private
Private Digital Signature Key 02 02 - private"
public_keys="Public User Authentication Public Key 01 - -
Public Digital Signature Public Key 02 02 - private"
certificates="X.509 User Authentication Certificate 01 - -
X.509 Digital Signature Certificate 02 - - private
X.509 User Authentication Certificate CA 03 - -
X.509 Digital Signature Certificate CA 04 - -"
data="Data Card number
Data Card expiry date
Data Municipality code
Data Token information
Data JPKI certificate report"

test_dump_lists_jpki() {
	output=$(pkcs15-tool --aid "$JPKI_AID" --dump)
	expect_contains "PKCS#15 Card [JPKI]" "$output"
	expect_match "^	Serial number  : $(card_number)$" "$output"
	expect_equal "$pins
$private_keys
$public_keys
$certificates
$data" "$(objects <<<"$output")" "the list"
}

test_dump_of_the_whole_card_lists_jpki_too() {
	local line
	output=$(pkcs15-tool --dump)
	expect_contains "PKCS#15 Card [My Number Card]" "$output"
	output=$(objects <<<"$output")
	while IFS= read -r line; do
		expect_equal 1 "$(grep -c -x -F -- "$line" <<<"$output")" "the number of lines '$line'"
	done <<<"$pins
$private_keys
$public_keys
$certificates
$data"
}

test_lists_by_class() {
	expect_equal "$pins" "$(pkcs15-tool --aid "$JPKI_AID" --list-pins | objects)"
	expect_equal "$private_keys" "$(pkcs15-tool --aid "$JPKI_AID" --list-keys | objects)"
	expect_equal "$public_keys" "$(pkcs15-tool --aid "$JPKI_AID" --list-public-keys | objects)"
	expect_equal "$certificates" "$(pkcs15-tool --aid "$JPKI_AID" --list-certificates | objects)"
}

test_key_facts() {
	output=$(pkcs15-tool --aid "$JPKI_AID" --dump)
	expect_equal 4 "$(grep -c 'ModLength *: 2048$' <<<"$output")" "the number of keys of 2048 bits"
	expect_equal 1 "$(grep -c 'Usage *: .* sign, nonRepudiation$' <<<"$output")" "the number of keys for legal signatures"
	expect_equal 2 "$(grep -c 'Authority *: yes$' <<<"$output")" "the number of CA certificates"
}

test_reads_free_certificates() {
	local id
	for id in 01 03 04; do
		expect_reads_certificate "$id"
	done
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}

test_reads_signature_certificate_after_its_pin() {
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
}

test_refuses_signature_certificate_without_pin() {
	fails pkcs15-tool --read-certificate 02
	expect_contains "Security status not satisfied" "$output"
	expect_lacks "BEGIN CERTIFICATE" "$output"
}

test_refuses_signature_certificate_after_the_other_pin() {
	fails pkcs15-tool --read-certificate 02 --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	expect_contains "Security status not satisfied" "$output"
}

test_reads_public_keys() {
	expect_equal "$(public_key 01)" "$(pkcs15-tool --read-public-key 01)"
	expect_equal "$(public_key 02)" "$(pkcs15-tool --read-public-key 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN")"
}

test_reads_ssh_key() {
	require ssh-keygen
	public_key 01 >public.pem
	expect_equal "$(ssh-keygen -i -m PKCS8 -f public.pem) User Authentication Public Key" "$(pkcs15-tool --read-ssh-key 01)"
}

test_lists_applications() {
	expect_equal "JPKI D392F000260100000001
Input Support D3921000310001010408
Card Surface D3921000310001010402
Resident Registry D3921000310001010401" "$(pkcs15-tool --list-applications |
		sed -n "s/^Application '\(.*\)':/\1/p; s/^.*AID: //p" | paste -d ' ' - -)"
}

test_refuses_an_application_that_is_not_listed() {
	fails pkcs15-tool --aid A000000063504B43532D3135 --list-pins
	expect_equal 0 "$(count_apdus A000000063)" "the number of exchanges with it"
}

test_pkcs15_crypt_signs() {
	local digest id
	printf 'a document' >document
	for digest in sha1 sha256 sha384 sha512; do
		openssl dgst -binary "-$digest" document >document.hash
		for id in 01 02; do
			pkcs15-crypt --sign --key "$id" --pin "${key_pin[$id]}" "--${digest/sha/sha-}" --pkcs1 --raw \
				--input document.hash --output signature
			expect_signature "$id" "$digest" document signature
		done
	done
}

test_wrong_pin_costs_one_try_and_the_right_one_gives_it_back() {
	fails pkcs15-tool --verify-pin --auth-id 01 --pin 9999
	expect_contains "PIN code or key incorrect" "$output"
	expect_match '^PIN User Authentication PIN 01 - 2$' "$(pkcs15-tool --list-pins | objects)"
	expect_match '^PIN Digital Signature PIN 02 - 5$' "$(pkcs15-tool --list-pins | objects)"
	pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	expect_match '^PIN User Authentication PIN 01 - 3$' "$(pkcs15-tool --list-pins | objects)"
}

test_the_last_try_is_kept_unless_allowed() {
	fails pkcs15-tool --verify-pin --auth-id 01 --pin 9999
	fails pkcs15-tool --verify-pin --auth-id 01 --pin 9999
	fails pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	expect_contains "MYNUMBER_LAST_TRY=1" "$output"
	expect_equal 2 "$(count_verify)" "the number of PINs sent"
	MYNUMBER_LAST_TRY=1 pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN"
	expect_match '^PIN User Authentication PIN 01 - 3$' "$(pkcs15-tool --list-pins | objects)"
}

test_serial_is_the_card_number() {
	expect_match " $(card_number)$" "$(opensc-tool --serial)"
}

test_opensc_tool_walks_the_files() {
	local line
	output=$(opensc-tool --list-files)
	for line in '3f00df01 \[JPKI\] type: DF' '3f00df010006 \[Token info\] type: wEF, .* size: 160$' \
		'3f00df01000a \[Auth certificate\] type: wEF' '3f00df010017 \[Auth key\] type: iEF' \
		'3f00df02 \[Input Support\] type: DF' '3f00df03 \[Card Surface\] type: DF' \
		'3f00df04 \[Resident Registr\] type: DF'; do
		expect_match "^ *$line" "$output"
	done
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}
