# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Cards and readers that do not tell how many tries are left: everything works, and one VERIFY a connection is sent blindly.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

refusals="query-6700 query-6a86 query-6b00 query-6d00"
unknown="the card or the reader does not tell how many tries are left; a wrong PIN may use the last one"

# The query of five bytes would be answered 6700 by a card, and may be taken for an empty PIN by another.
expect_no_query_of_five_bytes() {
	expect_equal 0 "$(count_apdus '> 002000..00$')" "queries of five bytes"
}

test_each_job_sends_the_expected_number_of_pins() {
	local variant
	printf 'a document' >document
	for variant in $refusals query-always-9000; do
		new_card
		variant "$variant"
		trusting_conf_with
		pkcs15-tool --dump >dump
		expect_equal 0 "$(count_verify)" "PINs sent by --dump with $variant"
		pkcs15-tool --verify-pin --auth-id 01 --pin "$AUTH_PIN" 2>messages
		expect_contains "${pin_label[01]}: $unknown" "$(cat messages)"
		expect_verifies 1 "the login with $variant"
		pkcs11_sign 01 SHA256-RSA-PKCS document
		expect_signature 01 sha256 document signature
		expect_verifies 2 "the signature by 01 with $variant"
		pkcs11_sign 02 SHA256-RSA-PKCS document
		expect_signature 02 sha256 document signature
		expect_verifies 4 "the signature by 02, which wants its PIN twice, with $variant"
		expect_reads_certificate 02 --auth-id 02 --verify-pin --pin "$SIGN_PIN"
		expect_verifies 5 "certificate 02 with $variant"
		read_data Name name 03
		expect_same_file "$(expected name.txt)" name
		expect_verifies 6 "the name with $variant"
		expect_no_query_of_five_bytes
	done
}

# The card's answer to the first wrong PIN tells the number; from then on the last try is kept.
test_the_answer_to_a_wrong_pin_is_kept() {
	local variant token=${pin_token[01]}
	for variant in $refusals query-always-9000; do
		new_card
		variant "$variant"
		expect_equal "login CKR_PIN_INCORRECT
login CKR_PIN_INCORRECT
login CKR_PIN_INCORRECT
login CKR_PIN_LOCKED" "$(steps login "$token" "$(wrong_pin 01 1)" login "$token" "$(wrong_pin 01 1)" login "$token" "$(wrong_pin 01 2)" login "$token" "$AUTH_PIN")" "the logins with $variant"
		expect_verifies 2 "$variant"
		expect_equal 1 "$(card_tries 01)" "tries left with $variant"
		expect_no_query_of_five_bytes
	done
}

# An answer that tells nothing leaves the number unknown, and no further PIN is sent.
test_one_pin_is_sent_blindly() {
	local variant number token=${pin_token[01]}
	for variant in $refusals query-always-9000; do
		new_card
		variant "$variant"
		steps login "$token" "$AUTH_PIN"
		number=$(grep ' > ' "$VIRTUAL_CARD_LOG" | grep -n '> 002000..04' | cut -d : -f 1)
		new_card
		VIRTUAL_CARD_FAULT="$number:sw=6F00" steps login "$token" "$AUTH_PIN" login "$token" "$AUTH_PIN" login "$token" "$AUTH_PIN" >results 2>messages
		expect_equal 2 "$(grep -c 'login CKR_PIN_LOCKED' results)" "the refused logins with $variant"
		expect_contains "${pin_label[01]}: the number of tries left is unknown, and one PIN was sent already. Start the program again to send another" "$(cat messages)"
		expect_equal 0 "$(count_verify)" "PINs that reached the card with $variant"
		new_card
		VIRTUAL_CARD_FAULT="$number:sw=6F00" MYNUMBER_LAST_TRY=1 steps login "$token" "$AUTH_PIN" login "$token" "$AUTH_PIN" >results
		expect_match 'login CKR_OK' "$(tail -n 1 results)"
	done
}

# A blocked PIN says so to VERIFY, if not to the query; that is kept.
test_a_blocked_pin() {
	local variant blocked
	for variant in $refusals; do
		for blocked in "" blocked-6983 blocked-6984 blocked-63c0; do
			new_card
			variant "blocked-auth,$variant,$blocked"
			expect_equal "login CKR_PIN_LOCKED
login CKR_PIN_LOCKED" "$(steps login "${pin_token[01]}" "$AUTH_PIN" login "${pin_token[01]}" "$AUTH_PIN")" "the logins with $variant,$blocked"
			expect_verifies 1 "$variant,$blocked"
			expect_signs 02
		done
	done
}

test_a_blocked_pin_that_the_query_tells() {
	local blocked
	for blocked in "" blocked-6983 blocked-6984 blocked-63c0; do
		variant "blocked-auth,$blocked"
		expect_equal "login CKR_PIN_LOCKED" "$(steps login "${pin_token[01]}" "$AUTH_PIN")" "the login with $blocked"
		pkcs15-tool --dump
	done
	expect_verifies 0
}

# 9000 is no sign of a full counter unless this program has verified the PIN.
test_9000_is_no_full_counter() {
	variant query-always-9000
	expect_equal "" "$(listed_tries 01)" "the listed tries"
	expect_equal 0 "$(token_flags 01 | grep -c -E 'count low|final|locked' || true)" "flags of the token"
}

# The card takes the query by short EF identifier, but not VERIFY: the form with SELECT follows, and a wrong PIN costs one try.
test_verify_by_short_ef_identifier_is_refused() {
	variant no-verify-sfi
	expect_signs 01 02
	expect_equal 0 "$(answers_to_verify | grep -c '^63C' || true)" "the wrong PINs"
	new_card
	expect_equal "login CKR_PIN_INCORRECT" "$(steps login "${pin_token[01]}" "$(wrong_pin 01)")"
	expect_equal "6A86
63C2" "$(answers_to_verify)" "the answers to VERIFY"
	expect_equal 2 "$(card_tries 01)" "tries left"
}

# The same for each status word that says so. The tries are queried in between, and the second form is sent once.
test_verify_by_short_ef_identifier_is_refused_in_any_words() {
	local sw exchange
	steps login "${pin_token[01]}" "$AUTH_PIN"
	exchange=$(grep ' [>!] ' "$VIRTUAL_CARD_LOG" | grep -n '> 0020009804' | cut -d : -f 1)
	for sw in 6700 6982 6986 6A82 6A86 6A88 6B00 6D00; do
		new_card
		expect_equal "login CKR_OK" "$(VIRTUAL_CARD_FAULT=$exchange:sw=$sw steps login "${pin_token[01]}" "$AUTH_PIN")"
		expect_equal 1 "$(count_apdus '! 0020009804')" "the refused VERIFY"
		expect_equal 1 "$(count_apdus '> 0020008004')" "VERIFY of the selected file"
		expect_equal 1 "$(count_apdus '[>!] 0020009804')" "VERIFY by short EF identifier"
		expect_equal 3 "$(card_tries 01)" "tries left"
	done
}

# The usual form: no SELECT of the PIN's file.
test_verify_by_short_ef_identifier() {
	steps login "${pin_token[01]}" "$AUTH_PIN"
	expect_equal 1 "$(count_apdus '> 0020009804')" "VERIFY by short EF identifier"
	expect_equal 0 "$(count_apdus '> 00A4020C020018')" "SELECT of the PIN's file"
	new_card
	variant no-sfi
	steps login "${pin_token[01]}" "$AUTH_PIN"
	expect_equal 1 "$(count_apdus '> 0020008004')" "VERIFY of the selected file"
}
