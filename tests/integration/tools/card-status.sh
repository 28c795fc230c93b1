# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# mynumber-card-status on each variant of the card: right numbers, a valid form, no PIN sent, nothing personal.

card_status=$builddir/tools/mynumber-card-status

# status_json STATUS [OPTION...]: the program must end with STATUS. The result is in status.json.
status_json() {
	local status=0
	"$card_status" --json "${@:2}" >status.json 2>messages || status=$?
	expect_equal "$1" "$status" "the exit status ($(cat messages))"
}

# The value of a path in status.json, such as .card.days_left.
value() {
	jq -r "$1" status.json
}

expect_valid_json() {
	python3 -c 'import json, jsonschema, sys
jsonschema.validate(json.load(open("status.json")), json.load(open(sys.argv[1])))' "$srcdir/docs/card-status.schema.json"
}

# No VERIFY with data: a query has none.
expect_no_pin_sent() {
	expect_equal 0 "$(count_apdus '> 002000..[0-9A-F]{4}')" "the number of PINs that were sent"
}

require_json() {
	require jq python3
	python3 -c 'import jsonschema' 2>/dev/null || skip "python3-jsonschema is not installed"
}

test_plain_card() {
	require_json
	status_json 0
	expect_valid_json
	expect_equal "$(grep -o '[0-9]\{4\}$' "$VIRTUAL_CARD_DIR/expected/card-number.txt")" "$(value .card_number)" "the card number"
	expect_equal "JPKI, Input Support, Card Surface, Resident Registry" "$(value '.applications | join(", ")')" "the applications"
	expect_equal "01 3, 02 5, 03 3, 05 10, 07 10, 08 10, 09 3" "$(value '[.pins[] | "\(.id) \(.tries_left)"] | join(", ")')" "the tries left"
	expect_equal "[]" "$(value '.advice | tostring')" "the advice"
	expect_equal null "$(value .signature_certificate.last_day)" "the last day of the certificate behind a PIN"
	expect_no_pin_sent
}

test_whole_number_only_if_asked() {
	local number
	require_json
	number=$(tr -d '\n' <"$VIRTUAL_CARD_DIR/expected/card-number.txt")
	"$card_status" >status.txt 2>&1
	expect_lacks "$number" "$(cat status.txt)"
	status_json 0 --number
	expect_equal "$number" "$(value .card_number)" "the whole card number"
	expect_valid_json
}

# Every single variant. The status is 0, 3 or 4, or the card is refused as a whole.
test_each_variant() {
	local name status
	require_json
	for name in $("$builddir/virtual-card/virtual-card" --list-variants | sed -n 's/^\([a-z0-9-]*\)  .*/\1/p'); do
		rm -f "$VIRTUAL_CARD_DIR/card.state"
		variant "$name"
		status=0
		"$card_status" --json >status.json 2>messages || status=$?
		case $status in
		0 | 3 | 4) expect_valid_json ;;
		*) fail "$name: status $status, $(cat messages)" ;;
		esac
		expect_lacks "$(cat "$VIRTUAL_CARD_DIR/expected/name.txt")" "$(cat status.json messages)"
	done
	expect_no_pin_sent
}

# expect_advice VARIANT STATUS CODE SUBJECT
expect_advice() {
	rm -f "$VIRTUAL_CARD_DIR/card.state"
	variant "$1"
	status_json "$2"
	expect_valid_json
	expect_equal "$3 $4" "$(value '.advice[] | "\(.code) \(.subject)"')" "the advice on $1"
}

test_blocked_pins() {
	require_json
	expect_advice blocked-auth 4 blocked "User Authentication PIN"
	expect_advice blocked-sign 4 blocked "Digital Signature PIN"
	expect_advice blocked-text 4 blocked "Input Support PIN"
	expect_advice blocked-sign,blocked-6984 4 blocked "Digital Signature PIN"
	expect_no_pin_sent
}

# An expired certificate must not look better because the card does not give it. A phone gives it only after a PIN.
test_a_certificate_that_cannot_be_read() {
	local status=0
	require_json
	expect_advice cut=jpki:000A 3 unreadable "User Authentication Certificate"
	expect_advice drop=jpki:000A 3 unreadable "User Authentication Certificate"
	variant android
	status_json 0
	variant cut=jpki:0001
	printf '%s\n' "$SIGN_PIN" | setsid --wait "$card_status" --signature --lang en >text 2>messages || status=$?
	expect_equal 3 "$status" "the exit status"
	expect_match "^Digital Signature Certificate: its last day cannot be read$" "$(cat text)"
	expect_match "^  Digital Signature Certificate: Its last day cannot be read" "$(cat text)"
}

test_last_try() {
	require_json
	fails pkcs15-tool --verify-pin --auth-id 01 --pin 9999
	fails pkcs15-tool --verify-pin --auth-id 01 --pin 9998
	: >"$VIRTUAL_CARD_LOG"
	status_json 3
	expect_equal "last-try User Authentication PIN" "$(value '.advice[] | "\(.code) \(.subject)"')" "the advice"
	expect_no_pin_sent
}

test_tries_that_nobody_tells() {
	require_json
	variant query-6700
	status_json 0
	expect_equal "null" "$(value '[.pins[].tries_left] | unique | .[]')" "the tries left"
	expect_match '^  unknown  User Authentication PIN$' "$("$card_status" --lang en 2>&1)"
}

test_a_child_has_no_signature_certificate() {
	require_json
	variant child
	status_json 0
	expect_equal "false" "$(value .signature_certificate.present)" "whether there is a signature certificate"
	expect_match 'Digital Signature Certificate: not on this card' "$("$card_status" --lang en 2>&1)"
}

test_a_phone_has_no_card_number() {
	require_json
	variant android
	status_json 0
	expect_equal "null JPKI" "$(value '"\(.card_number) \(.applications | join(","))"')" "number and applications"
}

test_the_signature_certificate_by_its_pin() {
	require_json
	status_json 0 --signature <<<"$SIGN_PIN"
	expect_match '^20[0-9]{2}-' "$(value .signature_certificate.last_day)"
	expect_equal 1 "$(count_apdus '> 002000..[0-9A-F]{4}')" "the number of PINs that were sent"
	status_json 0 --signature <<<"ABC124"
	expect_contains "refused" "$(cat messages)"
	expect_equal "null 4" "$(value '"\(.signature_certificate.last_day) \(.pins[1].tries_left)"')" "the last day, and the tries left"
}

test_nothing_is_sent_without_a_pin_typed() {
	fails "$card_status" --signature </dev/null
	expect_contains "Nothing was sent" "$output"
	expect_no_pin_sent
}

# The persona's card and certificates expire on the same day.
test_dates() {
	local day
	require_json
	require_faketime
	status_json 0
	day=$(value .card.last_day)
	expect_dated "$day" -100 0 0 ''
	expect_dated "$day" -90 3 2 renew
	expect_dated "$day" 2 4 2 expired
	expect_match '^Card: .*expired 2 days ago' "$(faketime "$(date -d "$day 2 days" +%F) 12:00:00" "$card_status" --lang en 2>/dev/null)"
	expect_match '^カード: .*2日前に期限切れ' "$(faketime "$(date -d "$day 2 days" +%F) 12:00:00" "$card_status" --lang ja 2>/dev/null)"
}

# expect_dated DAY OFFSET STATUS COUNT CODE: so many days after DAY, COUNT things have the advice CODE.
expect_dated() {
	local status=0
	faketime "$(date -d "$1 $2 days" +%F) 12:00:00" "$builddir/tools/mynumber-card-status" --json >status.json 2>messages || status=$?
	expect_equal "$3" "$status" "the status $2 days after $1"
	expect_equal "$4 $5" "$(value '"\(.advice | length) \([.advice[].code] | unique | join(","))"')" "the advice $2 days after $1"
	expect_equal "$((-$2))" "$(value .card.days_left)" "the days left"
}

test_languages() {
	expect_match '^カード: 有効期限 20' "$("$card_status" --lang ja 2>/dev/null)"
	expect_match '^カード: 有効期限 20' "$(LC_ALL=ja_JP.UTF-8 "$card_status" 2>/dev/null)"
	expect_match '^Card: valid until 20' "$(LC_ALL=C.UTF-8 "$card_status" 2>/dev/null)"
	expect_lacks 'valid' "$("$card_status" --lang ja 2>/dev/null)"
	expect_match '^アプリケーション: 公的個人認証AP（JPKI）、券面事項入力補助AP、券面事項確認AP、住基AP$' "$("$card_status" --lang ja 2>/dev/null)"
	expect_match '^   3/3   User Authentication PIN$' "$("$card_status" --lang en 2>/dev/null)"
	expect_match '^  10/10  Card Surface Code B$' "$("$card_status" --lang en 2>/dev/null)"
}

test_wrong_command_lines() {
	local options
	: >"$VIRTUAL_CARD_LOG"
	for options in --lang=de --reader=x 1234 --unknown; do
		fails "$card_status" "$options"
		expect_equal 2 "$(status_of "$options")" "the status of $options"
		expect_lacks 1234 "$output"
	done
	expect_no_pin_sent
	[ "$("$card_status" --help | wc -l)" -le 24 ] || fail "--help does not fit on one screen"
}

status_of() {
	local status=0
	"$card_status" "$1" >/dev/null 2>&1 || status=$?
	echo "$status"
}
