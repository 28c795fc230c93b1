# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Every application, object and value of the card, by pkcs15-tool, pkcs11-tool and opensc-explorer.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# Of pkcs15-tool's lists a line for each object: class, label, id, auth id, and of data the application.
objects() {
	awk 'function flush() {
			if (class != "")
				print class " [" label "] " id " " auth (application == "" ? "" : " " application)
			class = application = ""
			id = auth = "-"
		}
		/^(PIN|Private|Public|X.509) / { flush(); label = $0; gsub(/^[^[]*\[|\].*$/, "", label); class = $1 }
		/^Data object / { flush(); label = $0; gsub(/^[^\047]*\047|\047$/, "", label); class = "Data" }
		$1 == "applicationName:" { application = $0; sub(/.*: */, "", application) }
		$1 == "ID" { id = $NF }
		$1 == "Auth" { auth = $NF }
		END { flush() }'
}

# pkcs15-tool of 0.23 does not say which PIN a certificate needs: - for all.
declare -A objects_of=(
	[JPKI]="PIN [User Authentication PIN] 01 -
PIN [Digital Signature PIN] 02 -
Private [User Authentication Key] 01 01
Private [Digital Signature Key] 02 02
Public [User Authentication Public Key] 01 -
Public [Digital Signature Public Key] 02 02
X.509 [User Authentication Certificate] 01 -
X.509 [Digital Signature Certificate] 02 -
X.509 [User Authentication Certificate CA] 03 -
X.509 [Digital Signature Certificate CA] 04 -
Data [Card number] - - JPKI
Data [Card expiry date] - - JPKI
Data [Municipality code] - - JPKI
Data [Token information] - - JPKI
Data [JPKI certificate report] - - JPKI"
	["Input Support"]="PIN [Input Support PIN] 03 -
PIN [Input Support Code B] 05 -
Private [Input Support Card Key] 11 -
Public [Input Support Card Key] 11 03
Data [Name] - 03 Input Support
Data [Address] - 03 Input Support
Data [Date of birth] - 03 Input Support
Data [Sex] - 03 Input Support
Data [Basic four data] - 03 Input Support
Data [Input Support card key record] - 03 Input Support
Data [Input Support CV certificate] - - Input Support
Data [Input Support AP information] - - Input Support
Data [Input Support authenticity] - 03 Input Support"
	["Card Surface"]="PIN [Card Surface Code B] 07 -
PIN [Card Surface Birth Date Code] 08 -
Private [Card Surface Card Key] 12 -
Public [Card Surface Card Key] 12 07
Data [Face date of birth] - 07 Card Surface
Data [Face sex] - 07 Card Surface
Data [Face name image] - 07 Card Surface
Data [Face address image] - 07 Card Surface
Data [Face photo] - 07 Card Surface
Data [Face expiry date] - 07 Card Surface
Data [Face security code image] - 07 Card Surface
Data [Card face record] - 07 Card Surface
Data [Age record] - 08 Card Surface
Data [Age date of birth] - 08 Card Surface
Data [Card Surface CV certificate] - - Card Surface
Data [Card Surface AP information] - - Card Surface
Data [Card Surface authenticity] - 07 Card Surface"
	["Resident Registry"]="PIN [Resident Registry PIN] 09 -"
)

# Values of the persona: label, auth id, and the file that holds what the object must.
decoded="Card number|-|card-number.txt
Card expiry date|-|card-expiry.txt
Municipality code|-|municipality.txt
Name|03|name.txt
Address|03|address.txt
Date of birth|03|birth.txt
Sex|03|sex.txt
Face date of birth|07|birth.txt
Face sex|07|sex.txt
Face name image|07|name.png
Face address image|07|address.png
Face photo|07|photo.jp2
Face expiry date|07|card-expiry.txt
Face security code image|07|security-code.png
Age date of birth|08|birth.txt"

# Files of the card: label, auth id, application, file, and a size that it does not exceed.
raw="Token information|-|JPKI|0006|256
Basic four data|03|Input Support|0002|512
Input Support card key record|03|Input Support|0007|1024
Input Support CV certificate|-|Input Support|0004|1024
Input Support AP information|-|Input Support|0005|256
Card face record|07|Card Surface|0002|32768
Age record|08|Card Surface|0001|1024
Card Surface CV certificate|-|Card Surface|0004|1024
Card Surface AP information|-|Card Surface|0003|512"

test_each_application_lists_its_own_objects() {
	local application
	for application in "${!objects_of[@]}"; do
		output=$(pkcs15-tool --aid "${application_aid[$application]}" --dump)
		expect_contains "PKCS#15 Card [$application]" "$output"
		expect_match "^	Serial number  : $(card_number)$" "$output"
		expect_equal "${objects_of[$application]}" "$(objects <<<"$output")" "the list of $application"
	done
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}

test_the_whole_card_lists_all_objects() {
	output=$(pkcs15-tool --dump)
	expect_contains "PKCS#15 Card [My Number Card]" "$output"
	expect_equal "$(printf '%s\n' "${objects_of[@]}" | sort)" "$(objects <<<"$output" | sort)" "the list"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}

test_pin_formats() {
	output=$(pkcs15-tool --list-pins)
	expect_equal "4 4 3|6 16 5|4 4 3|14 14 10|14 14 10|6 6 10|4 4 3|" "$(sed -n -E '
		s/.*min_len:([0-9]+), max_len:([0-9]+),.*/\1 \2/p
		s/.*Tries left *: ([0-9]+)/\1/p' <<<"$output" | paste -d ' ' - - | tr '\n' '|')"
}

test_pkcs15_tool_reads_each_decoded_value() {
	local label id file
	trusting_conf_with
	while IFS='|' read -r label id file; do
		read_data "$label" value "$id"
		expect_same_file "$(expected "$file")" value
	done <<<"$decoded"
	expect_equal "$(cat "$(expected name.txt)")" "$(pkcs15-tool --read-data-object Name --raw --pin "$(pin 03)")" "Name by --raw"
}

test_pkcs15_tool_reads_each_raw_file() {
	local label id application file size
	while IFS='|' read -r label id application file size; do
		raw_file "$application" "$file" "$id" raw "$size"
		read_data "$label" value "$id" --aid "${application_aid[$application]}"
		expect_content value raw
	done <<<"$raw"
}

# pkcs11_read LABEL APPLICATION AUTH-ID: makes the file "value". Free objects are in the application's first token.
pkcs11_read() {
	local id=$3 login=()
	declare -A first=([JPKI]=01 ["Input Support"]=03 ["Card Surface"]=07)
	if [ "$id" = - ]; then
		id=${first[$2]}
	else
		login=(--login --pin "$(pin "$id")")
	fi
	rm -f value
	pkcs11-tool --read-object --type data --label "$1" --token-label "${pin_token[$id]}" --output-file value "${login[@]}"
}

test_pkcs11_tool_reads_each_decoded_value() {
	local label id file
	all_applications_conf_with
	while IFS='|' read -r label id file; do
		pkcs11_read "$label" "${pin_application[$id]-JPKI}" "$id"
		expect_same_file "$(expected "$file")" value
	done <<<"$decoded"
}

test_pkcs11_tool_reads_each_raw_file() {
	local label id application file size
	all_applications_conf_with
	while IFS='|' read -r label id application file size; do
		raw_file "$application" "$file" "$id" raw "$size"
		pkcs11_read "$label" "$application" "$id"
		expect_content value raw
	done <<<"$raw"
}

# get_with PIN-ID FOLDER FILE...: opensc-explorer verifies the PIN and writes each file or value to a file of its name.
get_with() {
	local id=$1 commands=("verify CHV${1#0} \"$(pin "$1")\"" "cd $2") file
	shift 2
	rm -f "$@"
	for file; do
		commands+=("get $file $file")
	done
	explore "${commands[@]}"
}

# Values have file ids of their own beside the card's (docs/objects.md).
test_code_b_of_input_support_opens_what_its_pin_opens() {
	trusting_conf_with
	raw_file "Input Support" 0002 05 four-data.raw
	raw_file "Input Support" 0007 05 card-key.raw
	get_with 05 DF02 C011 C012 C013 C014 C0FF 0002 0007
	expect_same_file "$(expected name.txt)" C011
	expect_same_file "$(expected address.txt)" C012
	expect_same_file "$(expected birth.txt)" C013
	expect_same_file "$(expected sex.txt)" C014
	expect_content 0002 four-data.raw
	expect_content 0007 card-key.raw
	expect_equal "ok" "$(sed 's/:.*//' C0FF | sort -u)" "what the report says"
	expect_equal "${application_aid["Input Support"]}:0015" "$(verified_pins)" "the PINs that were sent"
}

test_no_pin_opens_more_than_it_does_on_the_card() {
	trusting_conf_with
	get_with 08 DF03 C028 0001
	expect_same_file "$(expected birth.txt)" C028
	get_with 08 DF03 0002
	expect_equal 0 "$(stat -c %s 0002)" "the size of a file that stays closed"
	fails get_with 08 DF03 C023
	expect_contains "Security status not satisfied" "$output"
	fails get_with 07 DF03 C028
	expect_contains "Security status not satisfied" "$output"
	fails get_with 03 DF03 C023
	expect_contains "Security status not satisfied" "$output"
}

test_the_tool_refuses_a_pin_of_another_format() {
	fails pkcs15-tool --read-data-object Name --raw --pin "$(pin 05)"
	expect_contains "Invalid PIN length" "$output"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}

# Of pkcs11-tool -O the label of each object.
labels() {
	sed -n "s/^  label: *'\{0,1\}\(.*[^']\)'\{0,1\}$/\1/p"
}

test_pkcs11_shows_nothing_private_before_login() {
	local id
	all_applications_conf_with
	expect_equal "$(printf '%s\n' "${pin_token[01]}" "${pin_token[02]}" "${pin_token[03]}" "${pin_token[05]}" \
		"${pin_token[07]}" "${pin_token[08]}" "${pin_token[09]}")" \
		"$(pkcs11-tool --list-slots | sed -n 's/^  token label *: //p')" "the list of tokens"
	for id in 05 08 09; do
		expect_equal "" "$(pkcs11-tool --list-objects --token-label "${pin_token[$id]}" | labels)" "the objects of ${pin_token[$id]}"
	done
	expect_equal "Input Support Card Key
Input Support CV certificate
Input Support AP information" "$(pkcs11-tool --list-objects --token-label "${pin_token[03]}" | labels)" "the list"
	expect_equal "Card Surface Card Key
Card Surface CV certificate
Card Surface AP information" "$(pkcs11-tool --list-objects --token-label "${pin_token[07]}" | labels)" "the list"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
	expect_equal 0 "$(count_apdus '< 6982')" "the number of refused reads"
}

test_pkcs11_shows_all_after_login() {
	all_applications_conf_with
	expect_equal 11 "$(pkcs11-tool --list-objects --token-label "${pin_token[03]}" --login --pin "$(pin 03)" | labels | wc -l)" "the number of objects"
	expect_equal 13 "$(pkcs11-tool --list-objects --token-label "${pin_token[07]}" --login --pin "$(pin 07)" | labels | wc -l)" "the number of objects"
	expect_equal "Age record
Age date of birth" "$(pkcs11-tool --list-objects --token-label "${pin_token[08]}" --login --pin "$(pin 08)" | labels)" "the list"
}

# expect_tokens LABEL...: what PKCS#11 programs see with this configuration.
expect_tokens() {
	expect_equal "$(printf '%s\n' "$@")" "$(pkcs11-tool --list-slots | sed -n 's/^  token label *: //p')" "the list of tokens"
}

test_configuration_selects_applications_for_pkcs11() {
	expect_tokens "${pin_token[01]}" "${pin_token[02]}"
	conf_with 'pkcs11_applications = "Input Support";'
	expect_tokens "${pin_token[03]}" "${pin_token[05]}"
	conf_with 'pkcs11_applications = JPKI, "Card Surface";'
	expect_tokens "${pin_token[01]}" "${pin_token[02]}" "${pin_token[07]}" "${pin_token[08]}"
	conf_with 'pkcs11_applications = "Resident Registry";'
	expect_tokens "${pin_token[09]}"
	expect_contains "[Name]" "$(pkcs15-tool --dump | sed "s/^Data object '\(.*\)'/[\1]/")"
}

test_unknown_application_in_the_configuration_is_named() {
	conf_with 'pkcs11_applications = JPKI, "Driving Licence";'
	expect_contains "bad value for 'pkcs11_applications'" "$(pkcs11-tool --list-slots 2>&1)"
	expect_tokens "${pin_token[01]}" "${pin_token[02]}"
}

# OpenSC's own way to leave out an application, for every program.
test_opensc_disables_applications() {
	all_applications_conf_with
	sed -i "/framework pkcs15 {/a\\		application ${application_aid["Input Support"]} { disable = true; }" "$OPENSC_CONF"
	expect_equal "JPKI
Card Surface
Resident Registry" "$(pkcs15-tool --list-applications | sed -n "s/^Application '\(.*\)':/\1/p")" "the list of applications"
	expect_equal "$(printf '%s\n' "${objects_of[JPKI]}" "${objects_of["Card Surface"]}" "${objects_of["Resident Registry"]}" | sort)" \
		"$(pkcs15-tool --dump | objects | sort)" "the list"
	expect_tokens "${pin_token[01]}" "${pin_token[02]}" "${pin_token[07]}" "${pin_token[08]}" "${pin_token[09]}"
}

# If OpenSC disables every application that a PKCS#11 module may list, it binds the whole card, as one token.
test_whole_card_in_pkcs11_has_only_the_selected_applications() {
	sed -i "/framework pkcs15 {/a\\		application ${application_aid[JPKI]} { disable = true; }" "$OPENSC_CONF"
	expect_equal "User Authentication PIN
Digital Signature PIN" "$(pkcs11-tool --list-slots | sed -n 's/^  token label *: .*(\(.*\))$/\1/p')" "the PINs of the tokens"
	expect_lacks "Input Support" "$(pkcs11-tool --list-objects)"
	expect_contains "[Input Support PIN]" "$(pkcs15-tool --list-pins)"
}
