# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# mynumber-card-face: the page, the text, and the code.

# shellcheck source=tests/lib/card-face-steps.sh
. "$srcdir/tests/lib/card-face-steps.sh"
# shellcheck source=tests/lib/core-dump.sh
. "$srcdir/tests/lib/core-dump.sh"

# Writes the images of the page $1 as image-1.png, ...
take_images() {
	local number=0 data
	while read -r data; do
		number=$((number + 1))
		base64 -d <<<"$data" >"image-$number.png"
	done < <(grep -o 'data:image/png;base64,[^"]*' "$1" | cut -d , -f 2)
	images=$number
}

test_page_shows_the_card_face() {
	with_code
	expect_status 0 "$card_face" --output page.html
	expect_equal 600 "$(stat -c %a page.html)" "the mode of the page"
	expect_self_contained page.html
	page=$(<page.html)
	expect_contains "真正なカードです" "$page"
	expect_contains "Genuine card" "$page"
	expect_contains ">$(expected name)<" "$page"
	expect_contains ">$(expected address)<" "$page"
	expect_contains "1989年7月3日（平成元年）" "$page"
	expect_contains "3 July 1989 (Heisei 1)" "$page"
	expect_contains "2035年7月3日（令和17年）" "$page"
	expect_lacks "FAILED" "$page"
	expect_lacks "$(expected my-number)" "$page"
	expect_lacks "$(expected code-b)" "$page"
}

test_page_has_the_card_s_images() {
	require opj_decompress pngtopnm pamdepth
	with_code
	expect_status 0 "$card_face" --output page.html
	take_images page.html
	expect_equal 4 "$images" "the number of images: photo, name, address, security code"
	# the photo, decoded by another program, and each image of text have the same pixels
	opj_decompress -i "$VIRTUAL_CARD_DIR/expected/photo.jp2" -o photo.pgm
	cmp <(pngtopnm image-1.png) <(pamdepth 255 photo.pgm)
	number=1
	for name in name address security-code; do
		number=$((number + 1))
		cmp <(pngtopnm "image-$number.png" | pamdepth 1) <(pngtopnm "$VIRTUAL_CARD_DIR/expected/$name.png" | pamdepth 1)
	done
}

test_languages() {
	with_code
	expect_status 0 "$card_face" --text --lang ja
	expect_contains "氏名: $(expected name)" "$output"
	expect_lacks "Name" "$output"
	expect_equal "" "$(grep -E '^  [✓?✕] [ -~]' <<<"$output" || true)" "the findings in English"
	expect_equal 7 "$(grep -c -E '^  ✓ .*：.*(署名があります|鍵を持っています)$' <<<"$output")" "the number of findings in Japanese"
	expect_status 0 "$card_face" --text --lang en
	expect_contains "Name: $(expected name)" "$output"
	expect_contains "Date of birth: 3 July 1989 (Heisei 1)" "$output"
	expect_lacks "氏名" "$output"
	expect_status 0 "$card_face" --text
	expect_contains "氏名 / Name: $(expected name)" "$output"
	expect_status 2 "$card_face" --text --lang fr
}

test_code_from_a_file() {
	with_code
	echo "$MYNUMBER_CODE_B" >code
	MYNUMBER_CODE_B=nonsense expect_status 0 "$card_face" --text --code-file code
	expect_status 1 "$card_face" --text --code-file nothing
	expect_contains "nothing" "$errors"
}

# A program that writes it byte by byte.
test_code_from_a_pipe_in_pieces() {
	with_code
	code=$MYNUMBER_CODE_B
	mkfifo pipe
	exec 6<>pipe # stays open, as that of a program that writes on
	printf %s "${code:0:5}" >&6
	"$card_face" --text --code-file pipe >text 2>errors &
	sleep 1 # the first piece is read
	printf '%s\nmore\n' "${code:5}" >&6
	wait $! || fail "status $?: $(<errors)"
	expect_contains "Genuine card" "$(<text)"
	expect_status 3 "$card_face" --text --code-file <(printf %s "${code:0:13}")
	expect_status 0 "$card_face" --text --code-file <(printf %s "$code")
	expect_status 3 "$card_face" --text --code-file /dev/zero
}

# Digits 7 to 10 are the year of expiry, which everybody may read from the card.
test_code_of_a_card_that_expires_in_another_year() {
	with_code
	code=$MYNUMBER_CODE_B
	other=${code:0:6}2036${code:10}
	MYNUMBER_CODE_B=$other expect_status 3 "$card_face" --text
	expect_contains "expires in 2035" "$errors"
	expect_contains "type it on the terminal" "$errors"
	expect_status 3 "$card_face" --text --code-file <(echo "$other")
	expect_lacks "$other" "$errors"
	expect_equal 0 "$(count_codes)" "the number of codes sent"
	# an unknown year of a card that has no card number record
	variant no-common
	expect_status 0 "$card_face" --text
	MYNUMBER_CODE_B=$other expect_status 4 "$card_face" --text
}

test_code_of_another_year_is_asked_for_again() {
	require script
	with_code
	code=$MYNUMBER_CODE_B
	unset MYNUMBER_CODE_B
	other=${code:0:6}2036${code:10}
	output=$(printf '%s\n' "$other" "$code" | script --quiet --return --echo never --command "'$card_face' --text --lang en" /dev/null)
	expect_contains "type the code again" "$output"
	expect_contains "Genuine card" "$output"
	expect_equal 2 "$(count_codes)" "the number of codes sent, to two applications"
	status=0
	output=$(printf '%s\n' "$other" "$other" | script --quiet --return --echo never --command "'$card_face' --text --lang en" /dev/null) || status=$?
	expect_equal 4 "$status" "the status of a code typed twice"
	expect_equal 3 "$(count_codes)" "the number of codes sent"
}

test_the_card_is_named_before_the_code() {
	with_code
	number=$(expected card-number)
	MYNUMBER_CODE_B=nonsense expect_status 3 "$card_face" --text
	expect_match "My Number Card \\*{11}${number:11} in Virtual" "$errors"
	expect_lacks "$number" "$errors"
}

test_code_from_the_terminal_without_echo() {
	require script
	with_code
	code=$MYNUMBER_CODE_B
	unset MYNUMBER_CODE_B
	# util-linux's script is the terminal; it types its standard input and shows what the terminal shows
	output=$(echo "$code" | script --quiet --return --echo never --command "'$card_face' --text --lang en" /dev/null)
	expect_contains "Code B (not shown):" "$output"
	expect_contains "Genuine card" "$output"
	expect_lacks "$code" "$output"
}

test_malformed_codes_stay_here() {
	with_code
	for code in "" 1234 123456789012345 1234567890123x "12345678901234 " "１２３４"; do
		MYNUMBER_CODE_B=$code expect_status 3 "$card_face" --text
		expect_contains "14 digits" "$errors"
		[ -z "$code" ] || expect_lacks "$code" "$errors"
	done
	# nor was any application selected but that of the card number
	expect_equal 0 "$(count_apdus '> 00A4040C0AD39210003100010104')" "the number of other applications selected"
	expect_equal 0 "$(count_codes)" "the number of codes sent"
}

test_code_on_the_command_line_is_refused() {
	with_code
	: >"$VIRTUAL_CARD_LOG"
	expect_status 2 "$card_face" --text 01234567890123
	expect_lacks 01234567890123 "$errors"
	expect_equal 0 "$(count_codes)" "the number of codes sent"
}

test_wrong_code_says_how_many_tries_are_left() {
	with_code
	export MYNUMBER_CODE_B=$WRONG_CODE
	expect_status 4 "$card_face" --output page.html
	expect_contains "tries left: 9" "$errors"
	expect_contains "残り9回" "$errors"
	expect_equal 1 "$(count_codes)" "the number of codes sent"
	[ ! -e page.html ] || fail "a page was written"
	expect_status 4 "$card_face" --text
	expect_contains "tries left: 8" "$errors"
	# the right one gives all back
	with_code
	expect_status 0 "$card_face" --text
	MYNUMBER_CODE_B=$WRONG_CODE expect_status 4 "$card_face" --text
	expect_contains "tries left: 9" "$errors"
}

# A reader may refuse the query for the tries, or the card answers it with no number.
test_the_text_is_read_where_nobody_tells_the_tries() {
	with_code
	for variant in query-6700 query-6a86 query-always-9000; do
		variant "$variant"
		: >"$VIRTUAL_CARD_LOG"
		expect_status 0 "$card_face" --text --lang en
		expect_contains "Name: $(expected name)" "$output"
		expect_equal 2 "$(count_codes)" "the number of codes sent"
		variant "$variant,tamper-name"
		expect_status 6 "$card_face" --text --lang en
	done
}

test_says_why_the_text_is_missing() {
	with_code
	fails pkcs15-tool --verify-pin --auth-id 05 --aid D3921000310001010408 --pin "$WRONG_CODE"
	: >"$VIRTUAL_CARD_LOG"
	expect_status 0 "$card_face" --text --lang en
	expect_contains "Input Support: code B was not sent" "$errors"
	expect_lacks "Name: $(expected name)" "$output"
	expect_equal 1 "$(count_codes)" "the number of codes sent"
}

test_blocked_code_says_what_to_do() {
	with_code
	export MYNUMBER_CODE_B=$WRONG_CODE
	for left in 9 8 7 6 5 4 3 2 1; do
		expect_status 4 "$card_face" --text
		expect_contains "tries left: $left" "$errors"
	done
	# the last try is not risked
	expect_status 4 "$card_face" --text
	expect_contains "would block it" "$errors"
	expect_equal 9 "$(count_codes)" "the number of codes sent"
	MYNUMBER_LAST_TRY=1 expect_status 4 "$card_face" --text
	expect_contains "municipal office" "$errors"
	with_code
	expect_status 4 "$card_face" --text
	expect_contains "municipal office" "$errors"
	expect_contains "市区町村の窓口" "$errors"
	expect_equal 10 "$(count_codes)" "the number of codes sent"
}

test_second_application_gets_no_code_where_a_try_is_used() {
	with_code
	pkcs15-tool --aid D3921000310001010408 --verify-pin --auth-id 05 --pin $WRONG_CODE && fail "a wrong code was taken"
	: >"$VIRTUAL_CARD_LOG"
	expect_status 0 "$card_face" --text
	expect_equal 1 "$(count_codes)" "the number of codes sent"
	expect_contains "an image" "$output"
	expect_lacks "$(expected name)" "$output"
}

test_cards_that_differ() {
	with_code
	for variant in long-names long-form no-extended no-sfi short-reads old-card child reselect-drops atr-type-b-1; do
		variant "$variant"
		expect_status 0 "$card_face" --output page.html
		expect_contains 'class="photo"' "$(<page.html)"
	done
	variant no-text
	expect_status 0 "$card_face" --text
	expect_contains "an image" "$output"
	for variant in no-surface android iphone; do
		variant "$variant"
		expect_status 1 "$card_face" --text
		expect_contains "券面事項確認AP" "$errors"
	done
}

test_waits_for_a_card() {
	with_code
	touch "$VIRTUAL_CARD_DIR/card.removed"
	expect_status 1 "$card_face" --text
	expect_contains "put the card in" "$errors"
	mkfifo said
	"$card_face" --text --wait >text 2>said &
	# it says that it waits, then the card comes
	exec 5<said
	read -r -u 5 line
	expect_contains "waiting for a card" "$line"
	rm "$VIRTUAL_CARD_DIR/card.removed"
	wait $!
	expect_contains "Genuine card" "$(<text)"
}

test_no_such_reader() {
	with_code
	expect_status 0 "$card_face" --text --reader 0
	expect_status 1 "$card_face" --text --reader 7
	expect_contains "no reader 7" "$errors"
	for number in -1 x "" 99999999999999999999; do
		expect_status 2 "$card_face" --text --reader "$number"
	done
}

test_output_replaces_a_file_only_when_complete() {
	with_code
	echo old >page.html
	chmod 644 page.html
	MYNUMBER_CODE_B=$WRONG_CODE expect_status 4 "$card_face" --output page.html
	expect_equal old "$(<page.html)" "the old page"
	with_code
	expect_status 0 "$card_face" --output page.html
	expect_equal 600 "$(stat -c %a page.html)" "the mode of the page"
	expect_status 1 "$card_face" --output no/such/folder
	expect_status 1 "$card_face" --output /dev/full
	expect_status 0 "$card_face" --output /dev/null
	[ -c /dev/null ] || fail "/dev/null was replaced"
	expect_equal "page.html" "$(echo page*)" "files left"
}

# Somebody else's pipe under the name that the holder gives, in a folder that everybody can write to.
test_output_follows_no_pipe_of_another_user() {
	[ "$(id -u)" = 0 ] || skip "only root can make a file of another user"
	with_code
	mkfifo theirs ours
	chown 1 theirs
	ln -s theirs link
	cat theirs >caught &
	at_exit "kill $!"
	for name in theirs link; do
		expect_status 1 timeout 60 "$card_face" --output "$name"
		expect_contains "name a file" "$errors"
	done
	[ ! -s caught ] || fail "another user got the page"
	cat ours >caught &
	expect_status 0 timeout 60 "$card_face" --output ours
	wait $!
	expect_contains "Genuine card" "$(<caught)"
	# standard output is the caller's, whoever made it
	expect_contains "Genuine card" "$("$card_face" --output /dev/stdout | cat)"
	exec 6<>theirs
	expect_contains "Genuine card" "$("$card_face" --output >(cat))"
	ln -s nowhere dangling
	expect_status 0 "$card_face" --output dangling
	[ ! -L dangling ] || fail "the name still leads elsewhere"
}

test_no_page_on_a_terminal() {
	require script
	with_code
	output=$(script --quiet --return --command "'$card_face' || echo status \$?" /dev/null </dev/null)
	expect_contains "status 2" "$output"
	expect_contains "--output" "$output"
}

test_no_core_dumps() {
	require_core_dumps
	with_code
	touch "$VIRTUAL_CARD_DIR/card.removed"
	output=$(dies_after "waiting for a card" "$card_face" --text --wait)
	expect_contains "Aborted" "$output"
	expect_lacks "core dumped" "$output"
}

test_help_and_version() {
	expect_status 0 "$card_face" --help
	expect_contains "--code-file" "$output"
	expect_contains "Exit status" "$output"
	expect_status 0 "$card_face" --version
	expect_match '^mynumber-card-face [0-9]+\.[0-9]+' "$output"
	expect_status 2 "$card_face" --nonsense
}

# The sentences of the driver's findings on a card face or a licence.
driver_sentences() {
	cat "$srcdir"/card-driver/content/{authentic,permit,report,licence-check}.c | tr -d '\n' |
		grep -o -E '(FINDING_[A-Z]*,|finding\.text =)\s*"[^"]*"' | sed 's/.*\s"\(.*\)"/\1/'
}

# A sentence may be broken into several strings there.
test_every_finding_has_japanese_words() {
	local sentence known
	known=$(tr -d '\n\t' <"$srcdir/tools/card-face/sentences.c" | sed 's/" *"//g')
	expect_equal "$(driver_sentences | wc -l)" "$(grep -o '", *"' <<<"$known" | wc -l)" "the number of sentences"
	while IFS= read -r sentence; do
		expect_contains "\"$sentence\"}" "$known"
	done < <(driver_sentences)
}
