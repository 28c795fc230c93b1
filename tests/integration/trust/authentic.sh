# shellcheck shell=bash disable=SC2034,SC2119,SC2154 # damaged_records names the sentences
# SPDX-License-Identifier: LGPL-2.1-or-later
# Cards that are not what they say: what is refused, what is served, and what the reports tell.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

signed="signed by the municipality"
trusted="signed by a trusted CA"
held="the card holds the key of this record"
copied="the card does not hold the key of this record: it is a copy"
unfit="the record does not match the hash in the integrity record"
unsigned="the record is not signed by the municipality"
forged="the signer's certificate is not signed by the CA that it names"
foreign="the signer's certificate is of another application"
unknown="the signer's CA is not trusted: its key id is unknown"
missing="the card does not give this record, which every card has"
no_integrity="the card does not give the integrity record, which signs this one"
no_certificate="the card does not give the signer's certificate"
malformed="the record is malformed"
bad_certificate="the signer's certificate is malformed"
unshown="the card does not show that it holds the key of this record"

# Reads the report $1 with PIN $2.
report() {
	read_data "$1 authenticity" report "$2" 2>messages
	cat report
}

# expect_text_report DATA KEY SIGNER PRESENCE: each a word and a sentence, joined by a bar.
expect_text_report() {
	expect_equal "${1%%|*}: name, address, birth date, sex (基本4情報): ${1#*|}
${2%%|*}: card key record (内部認証用公開鍵): ${2#*|}
${3%%|*}: signer's certificate (CV証明書): ${3#*|}
${4%%|*}: presence of the genuine card (内部認証): ${4#*|}" "$(report "Input Support" 03)" "the report"
}

# expect_surface_report FACE SIGNER PRESENCE
expect_surface_report() {
	expect_equal "${1%%|*}: card face: photo, images (券面情報): ${1#*|}
${2%%|*}: signer's certificate (CV証明書): ${2#*|}
${3%%|*}: presence of the genuine card (内部認証): ${3#*|}" "$(report "Card Surface" 07)" "the report"
}

# serves LABEL:PIN-ID=EXPECTED...
serves() {
	local entry label
	for entry; do
		label=${entry%%:*}
		entry=${entry#*:}
		read_data "$label" value "${entry%=*}"
		expect_same_file "$(expected "${entry#*=}")" value
	done
}

# refuses SENTENCE LABEL:PIN-ID...: the error is OpenSC's, the reason ours, once, and nothing is written.
refuses() {
	local reason=$1 entry
	shift
	for entry; do
		fails read_data "${entry%:*}" value "${entry#*:}"
		expect_match "^Data object read failed: ${opensc_error:-Part of returned data may be corrupted}$" "$output"
		expect_match "^opensc-mynumber: .*: $reason$" "$output"
		[ ! -e value ] || [ ! -s value ] || fail "${entry%:*} was written"
	done
}

surface_values=("Face date of birth:07=birth.txt" "Face name image:07=name.png" "Face photo:07=photo.jp2")
age_value="Age date of birth:08=birth.txt"
text_fields=(Name:03 Address:03 "Date of birth:03" Sex:03)
surface_fields=("Face date of birth:07" "Face sex:07" "Face name image:07" "Face address image:07" "Face photo:07")
text_refused=("${text_fields[@]}")
surface_refused=("${surface_fields[@]}" "Age date of birth:08")

test_the_genuine_card() {
	trusting_conf_with
	expect_text_report "ok|$signed" "ok|$signed" "ok|$trusted" "ok|$held"
	expect_surface_report "ok|$signed" "ok|$trusted" "ok|$held"
	expect_equal "" "$(grep opensc-mynumber messages || true)" "messages of a genuine card"
	# the birth date code opens another part of the same report
	explore "verify CHV8 \"$(pin 08)\"" 'cd DF03' 'get C0FF report'
	expect_equal "ok: age record (生年月日情報): $signed
ok: signer's certificate (CV証明書): $trusted" "$(cat report)"
}

test_reports_want_a_pin() {
	fails explore 'cd DF02' 'cat C0FF'
	expect_contains "Security status not satisfied" "$output"
	fails explore 'cd DF03' 'cat C0FF'
	expect_contains "Security status not satisfied" "$output"
}

test_changed_name() {
	trusting_conf_with
	variant tamper-name
	expect_text_report "FAIL|$unfit" "ok|$signed" "ok|$trusted" "ok|$held"
	refuses "$unfit" "${text_fields[@]}"
	serves "${surface_values[@]}"
	# what is read raw is served as it is
	read_data "Basic four data" value 03
	expect_match "$(cat "$(expected address.txt)")" "$(cat value)"
}

test_changed_address() {
	trusting_conf_with
	variant tamper-address
	expect_text_report "FAIL|$unfit" "ok|$signed" "ok|$trusted" "ok|$held"
	refuses "$unfit" Name:03 Address:03
}

test_changed_photo() {
	trusting_conf_with
	variant tamper-photo
	expect_text_report "ok|$signed" "ok|$signed" "ok|$trusted" "ok|$held"
	expect_surface_report "FAIL|$unsigned" "ok|$trusted" "FAIL|$unsigned"
	refuses "$unsigned" "${surface_fields[@]}" "Face expiry date:07" "Face security code image:07"
	serves Name:03=name.txt "$age_value"
}

test_changed_my_number() {
	trusting_conf_with "my_number = yes;"
	variant tamper-my-number
	expect_match "^FAIL: My Number \(個人番号\): $unfit$" "$(report "Input Support" 03)"
	refuses "$unfit" "My Number:03"
	serves Name:03=name.txt "My Number image:06=my-number.png"
	# where the number is hidden, so is what is wrong with it
	trusting_conf_with
	expect_text_report "ok|$signed" "ok|$signed" "ok|$trusted" "ok|$held"
}

test_wrong_signatures() {
	trusting_conf_with "my_number = yes;"
	variant tamper-signature
	expect_match "^FAIL: name, .*: $unsigned$" "$(report "Input Support" 03)"
	expect_surface_report "FAIL|$unsigned" "ok|$trusted" "FAIL|$unsigned"
	refuses "$unsigned" Name:03 "My Number:03" "Face photo:07"
}

test_forged_certificate() {
	trusting_conf_with
	variant tamper-cv
	expect_text_report "FAIL|$forged" "FAIL|$forged" "FAIL|$forged" "FAIL|$forged"
	expect_surface_report "FAIL|$forged" "FAIL|$forged" "FAIL|$forged"
	refuses "$forged" "${text_fields[@]}" "Face photo:07" "Age date of birth:08"
}

test_certificate_of_the_other_application() {
	trusting_conf_with
	variant tamper-foreign-cv
	expect_text_report "FAIL|$foreign" "FAIL|$foreign" "FAIL|$foreign" "FAIL|$foreign"
	expect_surface_report "FAIL|$foreign" "FAIL|$foreign" "FAIL|$foreign"
	refuses "$foreign" Name:03 "Face photo:07" "Age date of birth:08"
}

test_clone() {
	trusting_conf_with "my_number = yes;"
	variant tamper-clone
	refuses "$copied" "${surface_fields[@]}" "Age date of birth:08" "My Number image:06"
	trusting_conf_with
	expect_text_report "ok|$signed" "ok|$signed" "ok|$trusted" "FAIL|$copied"
	expect_surface_report "ok|$signed" "ok|$trusted" "FAIL|$copied"
}

# The numbers of the card's signatures in the exchanges that the log holds.
signature_exchanges() {
	grep ' [>!] ' "$VIRTUAL_CARD_LOG" | grep -n ' 802A' | cut -d : -f 1
}

# No genuine card is known to refuse this; a copy would gain from it.
test_clone_that_will_not_sign() {
	local sw exchange fault
	trusting_conf_with
	variant tamper-clone
	refuses "$copied" "Face photo:07"
	mapfile -t exchanges < <(signature_exchanges)
	for sw in 6985 6A86 66F1; do
		fault=
		for exchange in "${exchanges[@]}" $((exchanges[-1] + 1)); do
			fault+="$exchange:sw=$sw,"
		done
		VIRTUAL_CARD_FAULT=${fault%,} refuses "the card does not show that it holds the key of this record" "Face photo:07"
	done
}

test_records_of_another_card() {
	trusting_conf_with
	variant tamper-foreign-record
	expect_text_report "FAIL|$unfit" "ok|$signed" "ok|$trusted" "ok|$held"
	expect_surface_report "ok|$signed" "ok|$trusted" "FAIL|$copied"
	refuses "$unfit" "${text_fields[@]}"
	refuses "$copied" "${surface_fields[@]}" "Age date of birth:08"
}

test_unknown_ca_is_served_and_said() {
	trusting_conf_with
	variant unknown-ca
	expect_text_report "unknown|$unknown" "unknown|$unknown" "unknown|$unknown" "ok|$held"
	expect_surface_report "unknown|$unknown" "unknown|$unknown" "ok|$held"
	serves Name:03=name.txt "${surface_values[@]}" "$age_value"
}

# A row for each record that is missing or cut: variant | report | a word for each line of the report | a word for what is refused, "-" if
# nothing is. A word is the name of a variable above; "signed", "trusted" and "held" are good, all others bad.
damaged_records() {
	cat <<-'END'
	drop=text:0002                 | text    | missing signed trusted held                                  | -
	drop=text:0003                 | text    | no_integrity signed trusted held                             | no_integrity
	drop=text:0004                 | text    | no_certificate no_certificate no_certificate no_certificate  | no_certificate
	drop=text:0007                 | text    | signed missing trusted missing                               | -
	drop=text:0013                 | text    | signed signed trusted unshown                                | -
	drop=surface:0002              | surface | missing trusted missing                                      | -
	drop=surface:0004,tamper-photo | surface | no_certificate no_certificate no_certificate                 | no_certificate
	drop=surface:001A              | surface | signed trusted unshown                                       | unshown
	cut=text:0002                  | text    | malformed signed trusted held                                | -
	cut=text:0003                  | text    | no_integrity signed trusted held                             | no_integrity
	cut=text:0004                  | text    | bad_certificate bad_certificate bad_certificate bad_certificate | bad_certificate
	cut=surface:0002               | surface | malformed trusted malformed                                  | -
	END
}

# expect_report_words REPORT WORD...: the lines of the report, by the words of damaged_records.
expect_report_words() {
	local report=$1 word lines=()
	shift
	for word; do
		case $word in
		signed | trusted | held) lines+=("ok|${!word}") ;;
		*) lines+=("FAIL|${!word}") ;;
		esac
	done
	"expect_${report}_report" "${lines[@]}"
}

test_each_missing_or_cut_record_is_named_and_the_others_are_checked() {
	local damage report words refused values rows=0
	trusting_conf_with
	while IFS='|' read -r damage report words refused; do
		variant "${damage// /}"
		# shellcheck disable=SC2086 # one argument for each word
		expect_report_words "${report// /}" $words
		values="${report// /}_refused[@]"
		refused=${refused// /}
		[ "$refused" = - ] || refuses "${!refused}" "${!values}"
		rows=$((rows + 1))
	done < <(damaged_records)
	expect_equal 12 "$rows" "the number of rows"
}

test_values_of_an_unknown_ca_are_told_once() {
	local text=${pin_token[03]}
	all_applications_conf_with
	variant unknown-ca
	expect_equal "CKR_OK" "$(steps login "$text" "$(pin 03)" read "$text" Address address read "$text" Name name read "$text" Sex sex 2>messages |
		cut -d ' ' -f 2 | sort -u)"
	expect_equal "opensc-mynumber: Input Support: $unknown; its values are given unchecked" "$(cat messages)" "the messages"
	trusting_conf_with
	variant unknown-text-ca
	expect_text_report "unknown|$unknown" "unknown|$unknown" "unknown|$unknown" "ok|$held"
	expect_surface_report "ok|$signed" "ok|$trusted" "ok|$held"
}

# The virtual card's own CA is nobody's: it counts only where the configuration says so.
test_a_private_ca_counts_only_when_configured() {
	expect_text_report "unknown|$unknown" "unknown|$unknown" "unknown|$unknown" "ok|$held"
	conf_with "accept_test_cards = yes;"
	expect_text_report "unknown|$unknown" "unknown|$unknown" "unknown|$unknown" "ok|$held"
	trusting_conf_with
	expect_text_report "ok|$signed" "ok|$signed" "ok|$trusted" "ok|$held"
}

test_strict_refuses_what_it_does_not_know() {
	opensc_error="Not allowed"
	conf_with "verify_records = strict;"
	refuses "$unknown" "${text_fields[@]}" "Face photo:07" "Age date of birth:08"
	trusting_conf_with "verify_records = strict;"
	serves Name:03=name.txt "${surface_values[@]}" "$age_value"
	variant unknown-ca
	refuses "$unknown" Name:03 "Face photo:07" "Age date of birth:08"
	unset opensc_error
	variant tamper-name
	refuses "$unfit" Name:03
}

test_without_checks_everything_is_served_and_reports_still_tell() {
	local name
	trusting_conf_with "verify_records = no;"
	for name in tamper-cv tamper-clone tamper-signature unknown-ca; do
		variant "$name"
		serves Name:03=name.txt "Face name image:07=name.png"
	done
	variant tamper-cv
	expect_match "^FAIL: name, .*: $forged$" "$(report "Input Support" 03)"
}

test_bad_value_is_said_and_has_no_effect() {
	trusting_conf_with "verify_records = perhaps;"
	variant tamper-name
	refuses "$unfit" Name:03
	expect_contains "bad value for 'verify_records'" "$output"
}

test_bad_lines_of_trusted_keys_are_named_by_number() {
	local keys=$PWD/keys.txt
	{
		echo "# a comment"
		echo "not a key"
		echo
		echo "37303030303333080530303100000000 ABCDEF"
		cat "$VIRTUAL_CARD_DIR/trusted-cv-keys.txt"
	} >"$keys"
	conf_with "trusted_cv_keys = \"$keys\";"
	read_data Name value 03 2>messages
	expect_same_file "$(expected name.txt)" value
	expect_equal "opensc-mynumber: trusted_cv_keys: $keys, line 2
opensc-mynumber: trusted_cv_keys: $keys, line 4" "$(sed -n 's/^\(opensc-mynumber: .*line [0-9]*\): .*/\1/p' messages)" "the messages"
	expect_text_report "ok|$signed" "ok|$signed" "ok|$trusted" "ok|$held"
}

test_missing_file_of_trusted_keys_is_said() {
	conf_with "trusted_cv_keys = \"$PWD/no-such-file\";" "verify_records = strict;"
	opensc_error="Not allowed"
	refuses "$unknown" Name:03
	expect_match "no-such-file: No such file or directory" "$output"
}

# exchanges_so_far NAME: a step that keeps how long the card's log is.
exchanges_so_far() {
	printf 'wc -l <%s >%s\n' "$VIRTUAL_CARD_LOG" "$1"
}

test_one_check_serves_all_values_of_a_record() {
	local text=${pin_token[03]} surface=${pin_token[07]}
	all_applications_conf_with
	expect_equal "CKR_OK" "$(steps login "$text" "$(pin 03)" \
		read "$text" Address address run "$(exchanges_so_far before)" \
		read "$text" Name name read "$text" "Date of birth" birth read "$text" Sex sex \
		run "$(exchanges_so_far after)" | cut -d ' ' -f 2 | sort -u)"
	expect_same_file "$(expected address.txt)" address
	expect_same_file "$(expected name.txt)" name
	expect_equal "$(cat before)" "$(cat after)" "the length of the log after further values"
	rm "$VIRTUAL_CARD_LOG"
	expect_equal "CKR_OK" "$(steps login "$surface" "$(pin 07)" \
		read "$surface" "Face photo" photo run "$(exchanges_so_far before)" \
		read "$surface" "Face name image" name.png read "$surface" "Face date of birth" birth \
		run "$(exchanges_so_far after)" | cut -d ' ' -f 2 | sort -u)"
	expect_same_file "$(expected photo.jp2)" photo
	expect_equal "$(cat before)" "$(cat after)" "the length of the log after further values"
	expect_equal 1 "$(count_apdus '> 802A')" "the number of challenges"
}

# A challenge is the host's and never the same.
test_challenges_differ() {
	trusting_conf_with
	for _ in 1 2 3; do
		report "Input Support" 03 >/dev/null
	done
	expect_equal 3 "$(grep -o '> 802A.*' "$VIRTUAL_CARD_LOG" | sort -u | wc -l)" "the number of different challenges"
}

test_pkcs11_refuses_a_changed_name() {
	all_applications_conf_with
	variant tamper-name
	expect_lacks "read CKR_OK" "$(steps login "${pin_token[03]}" "$(pin 03)" read "${pin_token[03]}" Name name)"
	[ ! -e name ] || fail "a changed name was served"
}

# Key ids may repeat: all keys of an id are tried before a card is called forged.
test_two_keys_of_one_id() {
	local keys=$PWD/keys own=$VIRTUAL_CARD_DIR/trusted-cv-keys.txt
	conf_with "trusted_cv_keys = \"$keys\";"
	awk '$1 !~ /^#/ { id[++n] = $1; modulus[n] = $2 } END { for (i = 1; i <= n; i++) print id[i], modulus[i % n + 1] }' "$own" >others
	cat others "$own" >keys
	expect_text_report "ok|$signed" "ok|$signed" "ok|$trusted" "ok|$held"
	cat "$own" others >keys
	expect_text_report "ok|$signed" "ok|$signed" "ok|$trusted" "ok|$held"
	cp others keys
	expect_match "^FAIL: signer's certificate" "$(report "Input Support" 03)"
}

# expect_no_file_of_keys PATH: a program that reads two reports says so once, and does not wait.
expect_no_file_of_keys() {
	local text=${pin_token[03]}
	all_applications_conf_with
	sed -i "s,trusted_cv_keys = .*,trusted_cv_keys = \"$1\";," "$OPENSC_CONF"
	expect_equal "login CKR_OK read CKR_OK read CKR_OK" "$(ulimit -t 60 && steps login "$text" "$(pin 03)" \
		read "$text" Name name read "$text" "Input Support authenticity" report 2>messages | xargs)"
	expect_equal 1 "$(grep -c '^opensc-mynumber: trusted_cv_keys: ' messages)" "the number of messages of $1"
	expect_contains "trusted_cv_keys: $1: " "$(cat messages)"
	expect_match "^unknown: signer's certificate" "$(cat report)"
}

test_what_is_no_file_of_keys_is_said_once() {
	mkfifo pipe
	cp "$VIRTUAL_CARD_DIR/trusted-cv-keys.txt" keys
	expect_no_file_of_keys "$PWD/none"
	expect_no_file_of_keys "$PWD"
	expect_no_file_of_keys keys
	expect_no_file_of_keys "$PWD/pipe"
	expect_no_file_of_keys /dev/zero
}
