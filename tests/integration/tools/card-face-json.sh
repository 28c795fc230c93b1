# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# mynumber-card-face --json: a valid form, the values of the card, and nothing that was not checked unless it says so.

# shellcheck source=tests/lib/card-face-steps.sh
. "$srcdir/tests/lib/card-face-steps.sh"

require_json() {
	require jq python3
	python3 -c 'import jsonschema' 2>/dev/null || skip "python3-jsonschema is not installed"
}

# expect_json STATUS [OPTION...]: the program must end with STATUS. The result is in face.json.
expect_json() {
	expect_status "$1" "$card_face" --json "${@:2}"
	printf '%s\n' "$output" >face.json
	expect_valid_json
	expect_equal "$1" "$(value .exit_status)" "the exit status in the text"
}

# expect_valid_json [FILE...]
expect_valid_json() {
	python3 -c 'import json, jsonschema, sys
valid = jsonschema.Draft7Validator(json.load(open(sys.argv[1])))
for file in sys.argv[2:] or ["face.json"]:
    valid.validate(json.load(open(file)))' "$srcdir/docs/card-face.schema.json" "$@"
}

# The value of a path in face.json.
value() {
	jq -r "$1" face.json
}

# The states of all values with their reasons, such as "sex checked null".
states() {
	value "$1"' | to_entries[] | "\(.key) \(.value.state) \(.value.reason)"'
}

# Writes the PNG file at the path $1.
take_png() {
	value "$1" | base64 -d
}

# Trusts also the keys of the licence.
with_licence() {
	variant "$1"
	with_code
	conf_with "trusted_cv_keys = \"$VIRTUAL_CARD_DIR/trusted-cv-keys.txt\";" "trusted_licence_keys = \"$VIRTUAL_CARD_DIR/trusted-licence-keys.txt\";"
	export MYNUMBER_LICENCE_PIN=2468
}

test_genuine_card() {
	require_json
	with_code
	expect_json 0
	expect_equal "genuine" "$(value .verdict)" "the verdict"
	expect_equal "$(expected name) $(expected address) 1989-07-03 2 2035-07-03" \
		"$(value '.values | "\(.name.value) \(.address.value) \(.birth_date.value) \(.sex.value) \(.expiry_date.value)"')" "the values"
	expect_equal "name checked null
address checked null
birth_date checked null
sex checked null
expiry_date not-checked unsigned
photo checked null
name_image checked null
address_image checked null
security_code_image not-checked unsigned" "$(states .values)" "the states"
	expect_equal "card-face signer presence text card-key signer presence" "$(value '[.findings[].code] | join(" ")')" "the findings"
	expect_equal "checked" "$(value '[.findings[].result] | unique | join(" ")')" "the results"
	expect_equal "unsigned text-link relay revocation" "$(value '[.limits[].code] | join(" ")')" "the limits"
	expect_equal "null false" "$(value '"\(.licence) \(.values.expiry_date.expired)"')" "licence, and whether the card has expired"
	expect_lacks "$(expected my-number)" "$output"
	expect_lacks "$(expected code-b)" "$output"
}

test_pictures_are_those_of_the_card() {
	local name
	require_json
	require opj_decompress pngtopnm pamdepth
	with_code
	expect_json 0
	opj_decompress -i "$VIRTUAL_CARD_DIR/expected/photo.jp2" -o photo.pgm
	take_png .values.photo.value >photo.png
	cmp <(pngtopnm photo.png) <(pamdepth 255 photo.pgm)
	expect_equal "$(pngtopnm photo.png | sed -n 2p)" "$(value '.values.photo | "\(.width) \(.height)"')" "the size"
	for name in name address; do
		cmp <(take_png ".values.${name}_image.value" | pngtopnm | pamdepth 1) <(pngtopnm "$VIRTUAL_CARD_DIR/expected/$name.png" | pamdepth 1)
	done
}

# Compares the page, the text and the JSON text on each variant that has a card face.
test_each_variant() {
	local name
	require_json
	with_code
	for name in $("$builddir/virtual-card/virtual-card" --list-variants | sed -n 's/^\([a-z0-9-]*\)  .*/\1/p'); do
		rm -f "$VIRTUAL_CARD_DIR/card.state"
		variant "$name"
		expect_same_verdict "$name"
	done
	expect_valid_json variant-*.json
}

expect_same_verdict() {
	local status=0 other=0
	"$card_face" --text >face.txt 2>errors || status=$?
	"$card_face" --json >face.json 2>errors || other=$?
	expect_equal "$status" "$other" "the status of $1 ($(cat errors))"
	case $status in
	0 | 5 | 6) ;;
	*) expect_equal 0 "$(stat -c %s face.json)" "the size of the text of $1, which cannot be read"; return ;;
	esac
	cp face.json "variant-$1.json"
	expect_equal "$status $status" "$(value '"\(.exit_status) \({genuine: 0, unknown: 5, "not-genuine": 6}[.verdict])"')" "the verdict on $1"
	expect_contains "$(value .headline.ja)" "$(head -n 1 face.txt)"
	[ "$status" != 0 ] || expect_equal "checked" "$(value '[.findings[].result] | unique | join(" ")')" "the findings about $1"
	expect_lacks "$(expected my-number)" "$(cat face.json)"
}

test_refused_values_are_not_in_it() {
	require_json
	with_code
	variant tamper-name
	expect_json 6
	expect_equal "not-genuine null refused" "$(value '"\(.verdict) \(.values.name.value) \(.values.name.state)"')" "the name"
	expect_match 'card-face|text' "$(value '.findings[] | select(.result == "failed") | .code')"
	expect_equal "1" "$(value '[.findings[] | select(.code == "value-refused" and .application == null)] | length')" "the finding of the program"
	expect_equal "" "$(value '.values[] | select(.state == "checked")')" "the values that are called checked"
	variant tamper-photo
	expect_json 6
	expect_equal "not-genuine null refused" "$(value '"\(.verdict) \(.values.photo.value) \(.values.photo.state)"')" "the photo"
	expect_equal "" "$(value '.values[] | select(.state == "checked")')" "the values that are called checked"
}

# With verify_records = no the driver gives out values that failed their check.
test_values_that_failed_say_so() {
	require_json
	with_code
	conf_with "trusted_cv_keys = \"$VIRTUAL_CARD_DIR/trusted-cv-keys.txt\";" "verify_records = no;"
	variant tamper-photo
	expect_json 6
	expect_equal "failed card-face" "$(value '.values.photo | select(.value != null) | "\(.state) \(.reason)"')" "the photo"
	expect_equal "" "$(value '.values[] | select(.state == "checked")')" "the values that are called checked"
}

test_card_without_code_b_of_its_text() {
	require_json
	with_code
	variant drop=text:0015
	expect_json 6
	expect_equal "null absent" "$(value '"\(.values.name.value) \(.values.name.state)"')" "the name"
	expect_equal "failed" "$(value '.findings[] | select(.code == "code-b-missing") | .result')" "the finding"
	expect_equal "checked" "$(value .values.photo.state)" "the photo"
}

test_unknown_ca_leaves_values_unchecked() {
	require_json
	with_code
	conf_with
	expect_json 5
	expect_equal "not-checked card-face" "$(value '.values | [.name, .photo, .sex][] | "\(.state) \(.reason)"' | sort -u)" "the states"
	expect_equal "$(expected name)" "$(value .values.name.value)" "the name"
}

# The card face is checked even if the text may be that of another person.
test_text_of_another_person() {
	require_json
	with_code
	variant text-other-birth
	expect_json 5
	expect_equal "not-checked text-link" "$(value '.values.name | "\(.state) \(.reason)"')" "the name"
	expect_equal "checked" "$(value .values.birth_date.state)" "the date of birth"
}

test_dates_that_are_partly_known() {
	require_json
	with_code
	variant birth-unknown
	expect_json 0
	expect_equal "1989 1989年（月日不詳）" "$(value '.values.birth_date | "\(.value) \(.text.ja)"')" "the date of birth"
}

test_languages_change_words_and_no_codes() {
	require_json
	with_code
	expect_json 0 --lang ja
	expect_equal "ja" "$(value '[.. | objects | keys_unsorted[] | select(. == "ja" or . == "en")] | unique | join(" ")')" "the languages"
	expect_match '署名があります' "$(value '.findings[0].text.ja')"
	jq -S 'del(.. | .ja?, .en?) | del(.read_at)' face.json >codes-ja.json
	expect_json 0 --lang en
	expect_equal "en" "$(value '[.. | objects | keys_unsorted[] | select(. == "ja" or . == "en")] | unique | join(" ")')" "the languages"
	cmp codes-ja.json <(jq -S 'del(.. | .ja?, .en?) | del(.read_at)' face.json)
}

test_licence() {
	require_json
	with_licence licence
	expect_json 5 --licence
	expect_equal "licence signed" "$(value '.licence | "\(.kind) \(.state)"')" "kind and state"
	expect_equal "$(expected licence-number) 2031-03-12" "$(value '.licence.values | "\(.number.value) \(.expiry_date.value)"')" "number and last day"
	expect_equal "$(cat "$VIRTUAL_CARD_DIR/expected/licence-classes.txt")" "$(value '.licence.values.classes.value[]')" "the classes"
	expect_equal "2015-04-01 2016-05-20 null" "$(value '[.licence.values.dates.value[].date] | map(tostring) | join(" ")')" "the dates"
	# no signature ties it to the card
	expect_equal "not-checked licence-holder" "$(value '.licence.values[] | select(.value != null) | "\(.state) \(.reason)"' | sort -u)" "the states"
	expect_equal "1" "$(value '[.limits[] | select(.code == "screen")] | length')" "the limit of a licence"
	variant licence-history
	expect_json 5 --licence --lang en
	expect_equal "history 2025-04-01" "$(value '.licence | "\(.kind) \(.values.history_date.value)"')" "kind and date"
}

test_licence_that_was_changed() {
	require_json
	with_licence tamper-licence
	expect_json 6 --licence
	expect_equal "wrong" "$(value .licence.state)" "the state"
	expect_equal "null refused" "$(value '.licence.values[] | "\(.value) \(.state)"' | sort -u)" "the values"
	expect_lacks "$(expected licence-number)" "$output"
}

test_licence_only_if_asked_for() {
	require_json
	with_licence licence
	expect_json 0
	expect_equal "null" "$(value .licence)" "the licence"
	expect_equal 0 "$(count_apdus '> 0020008604')" "the number of licence PINs sent"
}

test_output_and_wrong_command_lines() {
	require_json
	with_code
	expect_status 0 "$card_face" --json --output face.json
	expect_equal 600 "$(stat -c %a face.json)" "the mode of the file"
	expect_valid_json
	expect_status 2 "$card_face" --json --text
	expect_contains "--text and --json" "$errors"
	MYNUMBER_CODE_B=$WRONG_CODE expect_status 4 "$card_face" --json
	expect_equal "" "$output" "the output"
	if [ -e /dev/full ]; then
		expect_status 1 "$card_face" --json --output /dev/full
		expect_contains "No space left" "$errors"
	fi
}
