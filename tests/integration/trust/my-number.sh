# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The My Number: nothing that holds or reveals it is to be had unless the configuration says so.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# Lines that reveal the number, as hexadecimal digits: itself (also code A), the hash of its record, and of its picture the
# middle.
secrets() {
	od -A n -t x1 -v "$(expected my-number.txt)" | tr -d ' \n'
	echo
	{
		printf '\377\020\014'
		cat "$(expected my-number.txt)"
		printf '\377\377'
	} | sha256sum | cut -d ' ' -f 1
	tail -c +41 "$(expected my-number.png)" | head -c 16 | od -A n -t x1 -v | tr -d ' \n'
	echo
}

# expect_no_secret FILE: neither as it stands there, nor in any way of writing bytes as hexadecimal digits.
expect_no_secret() {
	local found
	basenc --base16 -w 0 "$1" >hex
	# a dump of bytes: offsets and the column of letters go, then all white space
	sed -E 's/^[0-9A-Fa-f]{8}: //; s/ {2,}.{1,16}$//; s/^(([0-9A-Fa-f]{2} ){16}).*/\1/' "$1" | tr -d ' :\n\t' >digits
	while IFS= read -r secret; do
		found=$(grep -l -i -a -F -- "$secret" hex digits || true)
		[ -z "$found" ] || fail "$1 reveals the My Number: $secret in $found"
	done < <(secrets)
	if grep -q -a -F "$(cat "$(expected my-number.txt)")" "$1"; then
		fail "$1 holds the My Number"
	fi
}

# Every PIN object that the tools list, logged in to, and all that is then listed; the files that it opens.
look_at_everything() {
	local id
	pkcs15-tool --dump --verbose
	opensc-tool --list-files --verbose
	for id in 01 02 03 05 07 08 09; do
		pkcs11-tool --list-objects --token-label "${pin_token[$id]}" --login --pin "$(pin "$id")"
		pkcs15-tool --dump --verify-pin --auth-id "$id" --pin "$(pin "$id")"
	done
	explore ls 'cd DF02' "verify CHV3 \"$(pin 03)\"" ls 'cat 0002' 'cat 0007'
	explore 'cd DF03' "verify CHV7 \"$(pin 07)\"" ls 'cat 0002' 'get C023 image'
}

# The test would be worth nothing if it found nothing where there is something.
test_the_search_finds_what_it_looks_for() {
	local file
	raw_file "Input Support" 0001 03 number
	raw_file "Input Support" 0003 03 integrity
	cp "$(expected my-number.png)" image
	for file in number integrity image; do
		fails expect_no_secret "$file"
		basenc --base16 -w 0 "$file" >log
		fails expect_no_secret log
		od -A n -t x1 -v "$file" >dump
		fails expect_no_secret dump
	done
	conf_with "my_number = yes;"
	explore "verify CHV3 \"$(pin 03)\"" 'cd DF02' 'cat 0003' >dump
	fails expect_no_secret dump
}

test_nothing_reveals_it_by_default() {
	all_applications_conf_with
	look_at_everything >seen 2>&1
	expect_contains "Name" "$(cat seen)"
	expect_no_secret seen
	expect_no_secret "$VIRTUAL_CARD_LOG"
}

# Where the name is asked for, the driver itself reads the signed hash of the number's record, which stands beside that of the
# name in one file. It is in the talk of card and driver then, and nowhere else.
test_checking_the_name_reads_the_integrity_record_and_keeps_it() {
	trusting_conf_with
	read_data Name name 03
	expect_same_file "$(expected name.txt)" name
	expect_no_secret name
	fails expect_no_secret "$VIRTUAL_CARD_LOG"
	secrets | while IFS= read -r secret; do
		grep -i -o -F "$secret" "$VIRTUAL_CARD_LOG" || true
	done >found
	expect_equal "$(secrets | sed -n 2p)" "$(tr '[:upper:]' '[:lower:]' <found)" "what the log reveals"

	# without the check it is not read
	rm "$VIRTUAL_CARD_LOG"
	conf_with "verify_records = no;"
	read_data Name name 03
	expect_no_secret "$VIRTUAL_CARD_LOG"
}

test_opensc_log_does_not_hold_it() {
	local level
	trusting_conf_with "my_number = yes;"
	for level in 3 7; do
		OPENSC_DEBUG=$level read_data Name name 03 2>log
		[ -s log ] || fail "no log"
		expect_no_secret log
		OPENSC_DEBUG=$level read_data "My Number" number 03 2>log
		expect_same_file "$(expected my-number.txt)" number
		expect_no_secret log
		OPENSC_DEBUG=$level read_data "My Number image" image 06 2>log
		expect_same_file "$(expected my-number.png)" image
		expect_no_secret log
	done
}

hidden_objects="My Number
My Number record
Integrity record
My Number image
My Number image record
Input Support Code A
Card Surface Code A"

test_no_object_of_it_by_default() {
	local label
	output=$(pkcs15-tool --dump)
	while IFS= read -r label; do
		expect_lacks "[$label]" "$output"
		expect_lacks "'$label'" "$output"
	done <<<"$hidden_objects"
	fails pkcs15-tool --read-data-object "My Number" --raw --pin "$(pin 03)"
	expect_contains "not found" "$output"
	fails pkcs15-tool --verify-pin --auth-id 04 --pin "$(pin 04)"
	expect_contains "not found" "$output"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
}

test_no_file_of_it_by_default() {
	local id file
	trusting_conf_with
	for file in 0001 0003 0014 C015; do
		fails explore "verify CHV3 \"$(pin 03)\"" "cd DF02" "get $file value"
		expect_contains "File not found" "$output"
	done
	for file in 0005 0013 C029; do
		fails explore "verify CHV7 \"$(pin 07)\"" "cd DF03" "get $file value"
		expect_contains "File not found" "$output"
	done
	for id in 4 6; do
		fails explore "verify CHV$id \"$(pin "0$id")\""
		expect_contains "Invalid PIN reference" "$output"
		fails explore "pin_info CHV$id"
		expect_contains "Invalid PIN reference" "$output"
	done
	[ ! -s value ] || fail "a hidden file was read"
	expect_equal "" "$(verified_pins | grep -E ':(0013|0014)$' || true)" "codes A that were sent"
	expect_no_secret "$VIRTUAL_CARD_LOG"
}

test_with_my_number_everything_of_it_works() {
	local label
	all_applications_conf_with "my_number = yes;"
	output=$(pkcs15-tool --dump)
	while IFS= read -r label; do
		expect_match "(\[|')$label(\]|')" "$output"
	done <<<"$hidden_objects"
	expect_match "^Data object 'Card Surface authenticity'$" "$output"

	read_data "My Number" value 03
	expect_same_file "$(expected my-number.txt)" value
	read_data "My Number image" value 06
	expect_same_file "$(expected my-number.png)" value
	raw_file "Input Support" 0001 04 raw
	read_data "My Number record" value 03
	expect_same_file raw value
	raw_file "Input Support" 0003 05 raw
	read_data "Integrity record" value 03
	expect_content value raw
	raw_file "Card Surface" 0005 06 raw
	read_data "My Number image record" value 06
	expect_content value raw
}

test_with_my_number_pkcs11_reads_it() {
	all_applications_conf_with "my_number = yes;"
	expect_equal "login CKR_OK
read CKR_OK
read CKR_OK
login CKR_OK
read CKR_OK" "$(steps login "${pin_token[03]}" "$(pin 03)" \
		read "${pin_token[03]}" "My Number" number \
		read "${pin_token[03]}" "Name" name \
		login "${pin_token[06]}" "$(pin 06)" \
		read "${pin_token[06]}" "My Number image" image)"
	expect_same_file "$(expected my-number.txt)" number
	expect_same_file "$(expected name.txt)" name
	expect_same_file "$(expected my-number.png)" image
}

# Code A opens the number, but not the name; of the surface it opens the face, too.
test_code_a_opens_what_it_opens_on_the_card() {
	trusting_conf_with "my_number = yes;"
	explore "verify CHV4 \"$(pin 04)\"" "cd DF02" "get C015 C015" "get 0001 0001" "get C0FF report"
	expect_same_file "$(expected my-number.txt)" C015
	expect_equal 17 "$(stat -c %s 0001)" "the size of the record"
	expect_match '^ok: My Number \(個人番号\): signed by the municipality$' "$(cat report)"
	expect_lacks "基本4情報" "$(cat report)"
	fails explore "verify CHV4 \"$(pin 04)\"" "cd DF02" "get C011 C011"
	expect_contains "Security status not satisfied" "$output"
	explore "verify CHV6 \"$(pin 06)\"" "cd DF03" "get C029 C029" "get C025 C025" "get C0FF report"
	expect_same_file "$(expected my-number.png)" C029
	expect_same_file "$(expected photo.jp2)" C025
	expect_match '^ok: My Number image \(個人番号画像\): signed by the municipality$' "$(cat report)"
	expect_equal "${application_aid["Card Surface"]}:0013
${application_aid["Input Support"]}:0014" "$(verified_pins)" "the PINs that were sent"
}
