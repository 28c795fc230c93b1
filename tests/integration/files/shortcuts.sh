# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The exchanges that the driver saves by not selecting its application first. In exactly that gap another program selects an
# application that has a file of the same id, and verifies its PINs: what comes out is right all the same.

# shellcheck source=tests/lib/intruder-steps.sh
. "$srcdir/tests/lib/intruder-steps.sh"

# Each application of $intruders comes before each transaction.
TEST_FULL=1
text_aid=${application_aid["Input Support"]}
surface_aid=${application_aid["Card Surface"]}

job_read_certificate() {
	pkcs15-tool --aid "$JPKI_AID" --read-certificate "$1" --output out
}
job_read_of() {
	pkcs15-tool --aid "$1" --read-data-object "$2" --raw --output out "${@:3}"
}

# True if the job that was just done has read the first bytes of file $1 twice, with different answers, and a SELECT or a proof
# in between: the first answer came from another application.
was_repeated() {
	awk -v read="00B08$1" '
		$2 == ">" {
			command = $3
			if (command ~ /^00A404/ || (command ~ /^00B08[356]000C/))
				selected = 1
		}
		$2 == "<" && index(command, read) == 1 && command !~ /0C$/ {
			if (first != "" && selected && substr($3, 1, 40) != first)
				found = 1
			first = substr($3, 1, 40)
			selected = 0
		}
		END { exit !found }' "$VIRTUAL_CARD_LOG"
}

# Called by intrude() after each job: counts those whose first READ of file $gap was answered by another application.
note_job() {
	! was_repeated "$gap" || met=$((met + 1))
}

# expect_right_in_gap FILE RIGHT PLACES JOB...: the driver reads file 000FILE without SELECT, and meets the other program there.
expect_right_in_gap() {
	local gap=$1 met=0
	expect_no_foreign "${@:2}"
	[ "$met" -gt 0 ] || fail "no other program came before the READ of 000$1: this test shows nothing"
}

# expect_selects COUNT JOB...: without another program the job selects JPKI so often.
expect_selects() {
	new_card
	"${@:2}"
	expect_equal "$1" "$(count_apdus "> 00A4040C0A$JPKI_AID")" "how often JPKI was selected"
}

in_pem() {
	openssl x509 -inform DER -in "$(certificate_file "$1")" -out right.pem
}

# Input Support has My Number and the four data under the ids of the signature certificate and its CA's certificate.
test_certificate_of_the_signature_ca() {
	intruders=("$text_aid" "$surface_aid")
	in_pem 04
	expect_right_in_gap 2 right.pem "" job_read_certificate 04
	expect_selects 1 job_read_certificate 04
}

test_signature_certificate() {
	intruders=("$text_aid" "$surface_aid")
	in_pem 02
	expect_right_in_gap 1 right.pem "${pin_place[02]}" job_certificate
}

# The session key of Input Support is 0006, too.
test_token_information() {
	intruders=("$text_aid" "$surface_aid")
	pkcs15-tool --read-data-object "Token information" --raw --output right
	expect_right_in_gap 6 right "" job_read_of "$JPKI_AID" "Token information" --list-certificates
}

# The records of both applications begin alike.
test_four_data_and_card_face() {
	trusting_conf_with
	intruders=("$surface_aid")
	expect_right_in_gap 2 "$(expected name.txt)" "${pin_place[03]}" job_read_of "$text_aid" Name --pin "$(pin 03)"
	intruders=("$text_aid")
	expect_right_in_gap 2 "$(expected photo.jp2)" "${pin_place[07]}" job_read_of "$surface_aid" "Face photo" --pin "$(pin 07)"
}

# With lengths of two bytes throughout the table of offsets is still recognized.
test_four_data_with_long_lengths() {
	trusting_conf_with
	variant long-form
	intruders=("$surface_aid")
	expect_right_in_gap 2 "$(expected name.txt)" "${pin_place[03]}" job_read_of "$text_aid" Name --pin "$(pin 03)"
	new_card
	job_read_of "$text_aid" Name --pin "$(pin 03)"
	expect_equal 0 "$(count_apdus '> 00B0850')" "proofs of the application"
}

# What was not proven is not shown, not even in OpenSC's log: here the files of Input Support come in place of certificates.
test_no_foreign_file_is_logged() {
	export OPENSC_DEBUG=7
	VIRTUAL_CARD_FAULT="T*:open=$text_aid" pkcs15-tool --aid "$JPKI_AID" --dump >dump 2>log
	expect_match '< FF20.*9000$' "$(<"$VIRTUAL_CARD_LOG")"
	expect_lacks "$(<"$(expected name.txt)")" "$(tr -d '\0' <log)"
	expect_equal 0 "$(grep -c -i "DF 22" log || true)" "lines with the record of Input Support"
}

# A copy of the signature CA's certificate in OpenSC's file cache is proven on the card, not on what another program selected.
test_cached_certificate_of_the_signature_ca() {
	sed -i "s|framework pkcs15 {|& use_file_caching = public; file_cache_dir = \"$PWD/cache\";|" "$OPENSC_CONF"
	intruders=("$text_aid" "$surface_aid")
	in_pem 04
	job_read_certificate 04
	expect_right_in_gap 2 right.pem "" job_read_certificate 04
	new_card
	job_read_certificate 04
	expect_equal 2 "$(count_apdus '> 00B082|> 00B003')" "the READs of the signature CA's certificate"
}

# The states of PINs that a token shows: the query is sent without SELECT, and repeated where it finds no PIN.
test_state_of_a_pin_that_is_only_shown() {
	local right aid number
	steps login "${pin_token[02]}" "$(wrong_pin 02)" >/dev/null
	cp "$VIRTUAL_CARD_DIR/card.state" state
	right=$(pkcs11-tool --list-token-slots)
	expect_match 'token flags.*user PIN count low' "$right"
	for aid in "${intruders[@]}"; do
		for number in '*' 1 2 3 4 5 6 7 8; do
			cp state "$VIRTUAL_CARD_DIR/card.state"
			expect_equal "$right" "$(VIRTUAL_CARD_FAULT="T$number:open=$aid" pkcs11-tool --list-token-slots)" "the tokens, with T$number:open=$aid"
		done
	done
	expect_match '> 0020009B' "$(grep -A 2 "> 00A4040C0A$text_aid" "$VIRTUAL_CARD_LOG")"
}

# Before a VERIFY the application is selected or proven, though a query was answered a moment ago.
test_a_shown_state_allows_no_verify() {
	steps login "${pin_token[02]}" "$SIGN_PIN"
	expect_equal "00A4040C0A$JPKI_AID 0020009B" "$(grep -B 4 '> 0020009B0' "$VIRTUAL_CARD_LOG" | sed -n 's/.* > //p' | head -n 2 | xargs)" "what was sent before VERIFY"
}
