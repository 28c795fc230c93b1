# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The values of the driving licence by pkcs15-tool and by PKCS#11: those of the persona, in each form that a record may have.

# shellcheck source=tests/lib/licence-steps.sh
. "$srcdir/tests/lib/licence-steps.sh"

dates="二・小・原 20150401
他 20160520
二種 none"

test_every_value_is_the_personas() {
	variant licence
	licence_conf_with
	expect_equal "$(persona_value licence_number)" "$(read_value "Licence number")"
	expect_equal "$(persona_value licence_expiry)" "$(read_value "Licence expiry date")"
	read_value "Licence colour class" >colour
	expect_same_file "$(expected licence-colour.txt)" colour
	read_value "Licence classes" >classes
	expect_same_file "$(expected licence-classes.txt)" classes
	expect_equal "$dates" "$(read_value "Licence dates")"
	read_value "Licence conditions" >conditions
	expect_same_file "$(expected licence-conditions.txt)" conditions
	expect_equal "" "$(read_value "Licence remarks")"
	read_data "Licence photo" photo 0A
	expect_same_file "$(expected licence-photo.jp2)" photo
	fails read_data "Driving history number" history 0A
}

test_every_value_by_pkcs11() {
	local token=${pin_token[0A]}
	variant licence
	licence_conf_with 'pkcs11_applications = JPKI, Licence;'
	expect_equal "login CKR_OK
read CKR_OK
read CKR_OK
read CKR_OK
read CKR_OK" "$(steps login "$token" "$(pin 0A)" read "$token" "Licence number" number read "$token" "Licence classes" classes \
		read "$token" "Licence photo" photo read "$token" "Licence authenticity" report)"
	expect_same_file "$(expected licence-number.txt)" number
	expect_same_file "$(expected licence-classes.txt)" classes
	expect_same_file "$(expected licence-photo.jp2)" photo
	expect_match '^ok: licence record' "$(cat report)"
	expect_equal 1 "$(count_verify)" "the number of PINs that were sent"
}

test_raw_files_are_those_of_the_card() {
	variant licence
	read_data "Licence record" record 0A
	read_data "Licence signature record" signature 0A
	read_data "Licence PIN setting" setting -
	expect_equal C10101 "$(basenc --base16 setting)"
	tail -c 3 "$(expected licence-photo.jp2)" >photo-end
	tail -c 3 record >record-end
	expect_same_file photo-end record-end # without the padding
	expect_equal 0108820100 "$(head -c 5 signature | basenc --base16)"
	raw_licence_file 001B record.raw 5845
	cmp -n "$(stat -c %s record)" record record.raw || fail "the record is not that of the card"
}
# raw_licence_file FILE OUT SIZE: read by another program's APDUs
raw_licence_file() {
	local apdus offset
	mapfile -t apdus < <(select_application Licence
		printf '00200086043%s3%s3%s3%s\n' 2 4 6 8
		select_file "$1"
		for ((offset = 0; offset < $3; offset += 256)); do printf '00B0%04X00\n' "$offset"; done)
	VIRTUAL_CARD_LOG=$PWD/raw.log opensc-tool --card-driver default "${apdus[@]/#/--send-apdu=}" >/dev/null
	awk '$2 == ">" { reading = $3 ~ /^00B0/ } $2 == "<" && reading { print substr($3, 1, length($3) - 4) }' raw.log |
		basenc --base16 --decode >"$2"
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

# 12 conditions, 8 remarks, characters that JIS X 0208 lacks, a photo of 2000 bytes, all with lengths of two bytes.
test_full_record() {
	variant licence-full
	licence_conf_with
	expect_equal 12 "$(read_value "Licence conditions" | grep -c '')" "the number of conditions"
	expect_equal 8 "$(read_value "Licence remarks" | grep -c '')" "the number of remarks"
	expect_match '※1と※欠' "$(read_value "Licence conditions")"
	expect_equal 15 "$(read_value "Licence classes" | grep -c '')" "the number of classes"
	read_data "Licence record" record 0A
	raw_licence_file 001B record.raw 5845
	cmp -n "$(stat -c %s record)" record record.raw || fail "the record is not that of the card"
	expect_match '^ok: licence record' "$(read_value "Licence authenticity")"
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
