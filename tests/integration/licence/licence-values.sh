# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The values of the driving licence by pkcs15-tool and by PKCS#11: those of the persona, in each form that a record may have.

# shellcheck source=tests/lib/licence-steps.sh
. "$srcdir/tests/lib/licence-steps.sh"

# The data objects of the licence: label, and the name of a file in the folder "right".
objects="Licence number|number
Licence expiry date|expiry
Licence colour class|colour
Licence classes|classes
Licence dates|dates
Licence conditions|conditions
Licence remarks|remarks
Licence photo|photo
Driving history number|history
Licence record|record
Licence signature record|signature
Licence PIN setting|setting
Licence authenticity|report"

dates="二・小・原 20150401
他 20160520
二種 none"

report="ok: licence record (免許情報): signed by a key of trusted_licence_keys, without the padding of the file
ok: expiry date of the licence (有効期間の末日): not expired, by the clock of this computer"

# raw_licence_file FILE OUT SIZE: the file as it is on the card, read by another program's APDUs
raw_licence_file() {
	local apdus offset
	mapfile -t apdus < <(select_application Licence
		printf '00200086043%s3%s3%s3%s\n' 2 4 6 8
		select_file "$1"
		for ((offset = 0; offset < $3; offset += 256)); do printf '00B0%04X00\n' "$offset"; done)
	VIRTUAL_CARD_LOG=$PWD/raw.log opensc-tool --card-driver default "${apdus[@]/#/--send-apdu=}" >/dev/null
	awk '$2 == ">" { reading = $3 ~ /^00B0/ } $2 == "<" && reading { print substr($3, 1, length($3) - 4) }' raw.log |
		basenc --base16 --decode >"$2"
	rm raw.log
}

# Prints the file $1 without the zeros at its end.
without_padding() {
	basenc --base16 --wrap=0 "$1" | sed 's/\(00\)*$//' | basenc --base16 --decode
}

# Writes into the folder "right" what the objects of the variant "licence" must be: the persona's values, and the files of the card.
write_right() {
	local name
	mkdir -p right
	rm -f right/*
	for name in number expiry colour classes conditions; do
		cp "$(expected "licence-$name.txt")" "right/$name"
	done
	cp "$(expected licence-photo.jp2)" right/photo
	printf '%s' "$dates" >right/dates
	: >right/remarks
	raw_licence_file 001B raw 5845
	without_padding raw >right/record
	raw_licence_file 001C raw 584
	without_padding raw >right/signature
	printf '\301\001\001' >right/setting
}

# fill COUNT TEXT: a text of COUNT characters, continued to the 40 that a record can have (virtual-card/README.md)
fill() {
	local i
	printf '%s' "$2"
	for ((i = $1; i < 40; i++)); do
		((i % 2 == 0)) && printf 見 || printf 本
	done
}

# The same for the variant "licence-full".
write_right_of_full() {
	local i conditions
	write_right
	mapfile -t conditions <"$(expected licence-conditions.txt)"
	printf その他 >right/colour
	printf '%s' "${dates/none/20200202}" >right/dates
	printf '%s' "大型 中型 準中型 普通 大特 大自二 普自二 小特 原付 け引 大二 中二 普二 大特二 け引二" | tr ' ' '\n' >right/classes
	{
		fill 3 "${conditions[0]}"
		printf '\n'
		fill 25 "${conditions[1]}"
		printf '\n'
		fill 6 '氏名の※1と※欠'
		for ((i = 4; i <= 12; i++)); do printf '\n%s' "$(fill 0 "")"; done
	} >right/conditions
	for ((i = 1; i <= 8; i++)); do fill 0 "" && printf '\n'; done | head -c -1 >right/remarks
	tail -c 2000 right/record >right/photo
	printf '%s\n%s' "$(persona_value licence_history_number)" "$(persona_value licence_history_date)" >right/history
}

# expect_right FOLDER: the values in FOLDER are those in "right", and there are no others.
expect_right() {
	local name
	expect_match "^ok: licence record" "$(cat "$1/report")"
	expect_equal "$report" "$(head -n 2 "$1/report")" "the report"
	cut -d '|' -f 2 <<<"$objects" | while read -r name; do
		if [ -e "right/$name" ]; then
			expect_same_file "right/$name" "$1/$name"
		elif [ "$name" != report ]; then
			[ ! -s "$1/$name" ] || fail "$1/$name has a value"
		fi
	done
}

# Reads each object by pkcs15-tool into the folder "tool".
read_by_pkcs15_tool() {
	local label name
	rm -rf tool
	mkdir tool
	while IFS='|' read -r label name <&3; do
		read_data "$label" "tool/$name" 0A || [ ! -e "right/$name" ] || fail "pkcs15-tool does not read $label"
	done 3<<<"$objects"
}

# The same by PKCS#11 into the folder "module", with one login.
read_by_pkcs11() {
	local token=${pin_token[0A]} label name
	local reads=()
	rm -rf module
	mkdir module
	while IFS='|' read -r label name; do
		reads+=(read "$token" "$label" "module/$name")
	done <<<"$objects"
	steps login "$token" "$(pin 0A)" "${reads[@]}" >results
}

test_table_has_each_object() {
	variant licence
	expect_equal "$(cut -d '|' -f 1 <<<"$objects" | sort)" \
		"$(pkcs15-tool --aid "${application_aid[Licence]}" --list-data-objects | sed -n "s/^Data object '\(.*\)'$/\1/p" | sort)" "the labels"
}

test_every_value_by_pkcs15_tool() {
	variant licence
	licence_conf_with
	write_right
	read_by_pkcs15_tool
	expect_right tool
	variant licence-full
	write_right_of_full
	read_by_pkcs15_tool
	expect_right tool
}

test_every_value_by_pkcs11() {
	variant licence
	licence_conf_with 'pkcs11_applications = JPKI, Licence;'
	write_right
	rm -f "$VIRTUAL_CARD_LOG"
	read_by_pkcs11
	expect_right module
	expect_equal 12 "$(grep -c '^read CKR_OK$' results)" "the number of values" # this person has no driving history
	expect_equal 1 "$(count_verify)" "the number of PINs that were sent"
	variant licence-full
	write_right_of_full
	read_by_pkcs11
	expect_right module
	expect_equal 13 "$(grep -c '^read CKR_OK$' results)" "the number of values"
}

test_driving_history_without_a_licence() {
	variant licence-history
	licence_conf_with
	expect_equal "$(persona_value licence_history_number)
$(persona_value licence_history_date)" "$(read_value "Driving history number")"
	fails read_data "Licence number" number 0A
	fails read_data "Licence expiry date" expiry 0A
	expect_match '^unknown: expiry date' "$(read_value "Licence authenticity")"
}

test_other_forms_of_the_record_give_the_same_values() {
	local form
	for form in licence-long-form licence-old-forms licence-unpadded licence-signed-ef; do
		variant "$form"
		licence_conf_with
		expect_equal "$(persona_value licence_number)" "$(read_value "Licence number")" "the number of $form"
		read_value "Licence conditions" >conditions
		expect_same_file "$(expected licence-conditions.txt)" conditions
		expect_equal "$dates" "$(read_value "Licence dates")" "the dates of $form"
		read_data "Licence photo" photo 0A
		expect_same_file "$(expected licence-photo.jp2)" photo
	done
}

# Each value is judged on its own where nothing can be verified. The raw record is given as far as the card gives it.
test_torn_record_gives_no_photo() {
	variant licence-torn
	fails read_data "Licence photo" photo 0A
	expect_equal "$(persona_value licence_number)" "$(read_value "Licence number")"
	read_data "Licence record" record 0A
	[ "$(stat -c %s record)" -gt 1000 ] || fail "the record is short"
	expect_match '^FAIL: form of the licence record' "$(read_value "Licence authenticity")"
	licence_conf_with
	fails read_data "Licence number" number 0A
}
