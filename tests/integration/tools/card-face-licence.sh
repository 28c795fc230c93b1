# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# mynumber-card-face --licence: the driving licence as page and as text, its PIN, and what is said of it.

# shellcheck source=tests/lib/card-face-steps.sh
. "$srcdir/tests/lib/card-face-steps.sh"

LICENCE_PIN=2468

# Opens the card face and the licence from now on. The keys that signed them are trusted.
with_licence() {
	variant "${1-licence}"
	with_code
	conf_with "trusted_cv_keys = \"$VIRTUAL_CARD_DIR/trusted-cv-keys.txt\";" "trusted_licence_keys = \"$VIRTUAL_CARD_DIR/trusted-licence-keys.txt\";"
	export MYNUMBER_LICENCE_PIN=$LICENCE_PIN
}

# How many VERIFY commands with 4 bytes were sent to the licence's PIN.
count_licence_pins() {
	count_apdus '> 0020008604'
}

test_text_shows_the_licence() {
	with_licence
	expect_status 5 "$card_face" --licence --text --lang ja
	expect_contains "
免許情報記録の番号: $(expected licence-number)
有効期間の末日: 2031年3月12日（令和13年）
区分: $(expected licence-colour)
免許の条件等:
$(sed 's/^/  /' "$VIRTUAL_CARD_DIR/expected/licence-conditions.txt")
免許の年月日:
  二・小・原: 2015年4月1日（平成27年）
  他: 2016年5月20日（平成28年）
  二種: なし
免許の種類:
$(sed 's/^/  /' "$VIRTUAL_CARD_DIR/expected/licence-classes.txt")
備考: なし
" "$output"
	expect_contains "それだけでは何の証明にもなりません" "$output"
	expect_lacks "Driving licence" "$output"
	expect_status 5 "$card_face" --licence --text --lang en
	expect_contains "Last day of validity: 12 March 2031 (Reiwa 13)" "$output"
	expect_contains "Colour class: Gold" "$output"
	expect_contains "
Classes:
  Ordinary
  Ordinary motorcycle
  Moped
" "$output"
	expect_contains "proves nothing by itself" "$output"
	expect_lacks "運転免許" "$output"
	expect_lacks "$LICENCE_PIN
" "$output$errors"
}

test_page_has_a_second_side() {
	local page
	require opj_decompress pngtopnm pamdepth
	with_licence
	expect_status 5 "$card_face" --licence --output page.html
	expect_self_contained page.html
	page=$(<page.html)
	expect_contains '<section class="licence unknown">' "$page"
	expect_contains "運転免許" "$page"
	expect_contains ">$(expected licence-number)<" "$page"
	expect_contains '<div class="bar gold">' "$page"
	expect_equal 3 "$(grep -c '<li class="held">' page.html)" "the number of classes held"
	expect_equal 12 "$(grep -c '<li class="not-held" aria-hidden="true">' page.html)" "the number of classes not held"
	expect_contains "それだけでは何の証明にもなりません" "$page"
	expect_contains "proves nothing by itself" "$page"
	expect_lacks "$(expected my-number)" "$page"
	# the photo of the licence, decoded by another program, has the same pixels
	grep -o 'class="photo"[^>]*data:image/png;base64,[^"]*' page.html | sed -n '2s/.*base64,//p' | base64 -d >photo.png
	opj_decompress -i "$VIRTUAL_CARD_DIR/expected/licence-photo.jp2" -o photo.pgm
	cmp <(pngtopnm photo.png) <(pamdepth 255 photo.pgm)
}

test_licence_only_if_asked_for() {
	with_licence
	expect_status 0 "$card_face" --text
	expect_lacks "運転免許" "$output"
	expect_equal 0 "$(count_licence_pins)" "the number of licence PINs sent"
	expect_status 0 "$card_face" --output page.html
	expect_lacks '<section class="licence' "$(<page.html)"
	expect_status 2 "$card_face" --text --licence-pin-file pin
	expect_contains "without --licence" "$errors"
}

test_card_without_a_licence() {
	with_licence child
	expect_status 1 "$card_face" --licence --text
	expect_contains "has no driving licence" "$errors"
	expect_equal "" "$output" "the output"
	expect_equal 0 "$(count_codes)" "the number of codes sent"
	expect_equal 0 "$(count_apdus '> 00A4020C020006')" "the number of PIN files selected"
}

test_pin_is_asked_for_separately() {
	local text
	require script
	with_licence
	text=$(printf '%s\n' "$MYNUMBER_CODE_B" "$MYNUMBER_LICENCE_PIN" |
		env -u MYNUMBER_CODE_B -u MYNUMBER_LICENCE_PIN script --quiet --return --echo never --command "'$card_face' --licence --text --lang en" /dev/null) || true
	expect_contains "Code B (not shown):" "$text"
	expect_contains "Driving licence PIN (not shown):" "$text"
	expect_contains "$(expected licence-number)" "$text"
	expect_lacks "$LICENCE_PIN" "$text"
}

test_pin_from_a_file() {
	with_licence
	echo $LICENCE_PIN >pin
	MYNUMBER_LICENCE_PIN=0000 expect_status 5 "$card_face" --licence --text --licence-pin-file pin
	expect_contains "$(expected licence-number)" "$output"
	expect_status 1 "$card_face" --licence --text --licence-pin-file nothing
}

test_malformed_pins_stay_here() {
	local pin
	with_licence
	for pin in "" 123 12345 12a4 "１２３４" "***"; do
		MYNUMBER_LICENCE_PIN=$pin expect_status 3 "$card_face" --licence --text
		expect_contains "not 4 digits" "$errors"
	done
	expect_equal 0 "$(count_licence_pins)" "the number of licence PINs sent"
	expect_equal 0 "$(count_codes)" "the number of codes sent"
}

test_wrong_pin_costs_one_try() {
	with_licence
	MYNUMBER_LICENCE_PIN=1357 expect_status 4 "$card_face" --licence --output page.html
	expect_contains "tries left: 9" "$errors"
	expect_contains "残り9回" "$errors"
	[ ! -e page.html ] || fail "a page was written"
	expect_equal 1 "$(count_licence_pins)" "the number of licence PINs sent"
	expect_lacks 1357 "$errors"
	variant licence-blocked
	expect_status 4 "$card_face" --licence --text
	expect_contains "Only the police can unblock it" "$errors"
}

# No PIN is set: nothing is asked for where the files are free, and the holder may give the default PIN where they are not.
test_licence_without_a_pin() {
	with_licence licence-no-pin
	unset MYNUMBER_LICENCE_PIN
	expect_status 5 "$card_face" --licence --text </dev/null
	expect_contains "$(expected licence-number)" "$output"
	expect_equal 0 "$(count_licence_pins)" "the number of licence PINs sent"
	with_licence licence-default-pin
	MYNUMBER_LICENCE_PIN='****' expect_status 5 "$card_face" --licence --text
	expect_contains "$(expected licence-number)" "$output"
	expect_equal 1 "$(count_licence_pins)" "the number of licence PINs sent"
}

test_signature_decides_what_is_said() {
	with_licence
	expect_status 5 "$card_face" --licence --text --lang en
	expect_match "^\\? The signature is valid" "$output"
	with_code
	expect_status 5 "$card_face" --licence --text --lang en
	expect_match "^\\? The signature could not be verified" "$output"
	expect_contains "$(expected licence-number)" "$output"
	with_licence tamper-licence
	expect_status 6 "$card_face" --licence --output page.html
	expect_contains '<section class="licence not-genuine">' "$(<page.html)"
	expect_contains "この免許情報を信用しないでください" "$(<page.html)"
	expect_lacks "$(expected licence-number)" "$(<page.html)"
	expect_lacks "真正なカードです" "$(<page.html)"
}

test_damaged_record_is_not_trusted() {
	with_licence licence-torn
	with_code
	expect_status 6 "$card_face" --licence --text --lang en
	expect_match "^✕ Do not trust this licence" "$output"
}

test_expired_licence_says_so() {
	with_licence
	sed -i 's/^\(licence_expiry = \).*/\120200101/' "$VIRTUAL_CARD_DIR/persona.ini"
	expect_status 5 "$card_face" --licence --text --lang en
	expect_match "^\\? This licence has expired" "$output"
	expect_match "^Last day of validity: 1 January 2020 \\(Reiwa 2\\)  ! Expired" "$output"
	expect_status 5 "$card_face" --licence --output page.html
	expect_match '<strong class="expired">' "$(<page.html)"
}

test_driving_history() {
	with_licence licence-history
	expect_status 5 "$card_face" --licence --text --lang en
	expect_match "^== Driving history" "$output"
	expect_contains "Number of the driving history record: $(expected licence-history-number)" "$output"
	expect_contains "Date of the driving history record: 1 April 2025 (Reiwa 7)" "$output"
	expect_lacks "Colour class" "$output"
	expect_status 5 "$card_face" --licence --output page.html
	expect_lacks 'class="bar' "$(<page.html)"
}

test_full_record() {
	with_licence licence-full
	expect_status 5 "$card_face" --licence --output page.html
	expect_lacks "left out" "$errors"
	expect_contains '氏名の※1と※欠' "$(<page.html)"
	expect_contains '<div class="bar blue">' "$(<page.html)"
	expect_equal 15 "$(grep -c '<li class="held">' page.html)" "the number of classes held"
	expect_equal 2 "$(grep -c 'class="photo"' page.html)" "the number of photos"
}
