# shellcheck shell=bash disable=SC2119,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The card as a tree of folders and files, for opensc-tool and opensc-explorer.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# Of opensc-tool --list-files a line for each file: path, name, type, structure, who reads it, and size where it is known.
files() {
	awk '/ type: / {
			path = $1
			name = structure = "-"
			if (match($0, /\[.*\]/)) name = substr($0, RSTART, RLENGTH)
			type = $0; sub(/.* type: /, "", type); sub(/,.*/, "", type)
			if (match($0, /structure: [^,]*/)) structure = substr($0, RSTART + 11, RLENGTH - 11)
			size = $NF
		}
		/ (read|select)\[/ { match($0, /\[[^]]*\]/)
			print path, name, type, structure, substr($0, RSTART, RLENGTH), size }
		/^select\[/ { print path, "MF", type, substr($0, 7, 6) }'
}

tree="3f00 MF DF [NONE]
3f002f00 - wEF transparent [NONE] 110
3f00df01 [JPKI] DF - [NONE] 0
3f00df010001 [Sign certificate] wEF transparent [CHV2] 0
3f00df010002 [Sign CA cert] wEF transparent [NONE] N
3f00df010006 [Token info] wEF transparent [NONE] 160
3f00df010008 [Availability] wEF transparent [NONE] 3
3f00df010009 [Unknown] wEF transparent [NEVR] 0
3f00df01000a [Auth certificate] wEF transparent [NONE] N
3f00df01000b [Auth CA cert] wEF transparent [NONE] N
3f00df010016 [Terminal CA ref] iEF unknown [NEVR] 0
3f00df010017 [Auth key] iEF unknown [NEVR] 0
3f00df010018 [Auth PIN] iEF unknown [NEVR] 0
3f00df01001a [Sign key] iEF unknown [NEVR] 0
3f00df01001b [Sign PIN] iEF unknown [NEVR] 0
3f00df02 [Input Support] DF - [NONE] 0
3f00df020002 [Four data] wEF transparent [CHV3 CHV5] 0
3f00df020004 [CV certificate] wEF transparent [NONE] 568
3f00df020005 [AP information] wEF transparent [NONE] 164
3f00df020006 [Session key] wEF transparent [CHV3 CHV4 CHV5] 0
3f00df020007 [Card key record] wEF transparent [CHV3 CHV4 CHV5] 0
3f00df020011 [PIN] iEF unknown [NEVR] 0
3f00df020012 [Blocked key] iEF unknown [NEVR] 0
3f00df020013 [Card key] iEF unknown [NEVR] 0
3f00df020015 [Code B] iEF unknown [NEVR] 0
3f00df03 [Card Surface] DF - [NONE] 0
3f00df030001 [Age record] wEF transparent [CHV8] 0
3f00df030002 [Card face] wEF transparent [CHV6 CHV7] 0
3f00df030003 [AP information] wEF transparent [NONE] 320
3f00df030004 [CV certificate] wEF transparent [NONE] 568
3f00df030011 [Birth code] iEF unknown [NEVR] 0
3f00df030012 [Code B] iEF unknown [NEVR] 0
3f00df03001a [Card key] iEF unknown [NEVR] 0
3f00df04 [Resident Registr] DF - [NONE] 0
3f00df040002 [Key reference] wEF linear-variable (TLV) [NONE] 0
3f00df04001c [PIN] iEF unknown [NEVR] 0
3f00df05 [Common] DF - [NONE] 0
3f00df050001 [Card number] wEF linear-variable (TLV) [NONE] 0
3f00df050002 [Key reference] wEF linear-variable (TLV) [NONE] 0
3f00df050019 [Internal auth] iEF unknown [NEVR] 0
3f00df05001c [Registry PIN 2] iEF unknown [NEVR] 0"

test_opensc_tool_lists_all_files() {
	output=$(opensc-tool --list-files)
	# the sizes of certificates are those of the persona's
	expect_equal "$tree" "$(files <<<"$output" | sed -E 's/^(.* \[(Sign CA cert|Auth certificate|Auth CA cert)\] .*) [0-9]+$/\1 N/')" "the tree"
	expect_match "^3f00df01000a .* $(stat -c %s "$(certificate_file 01)")$" "$(files <<<"$output")"
	expect_equal 0 "$(count_verify)" "the number of PINs sent"
	expect_equal 0 "$(count_apdus '< 6982')" "the number of refused reads"
}

test_with_my_number_its_files_are_listed() {
	conf_with "my_number = yes;"
	expect_equal "3f00df020001 [My Number] wEF transparent [CHV3 CHV4] 0
3f00df020003 [Integrity] wEF transparent [CHV3 CHV4 CHV5] 0
3f00df020014 [Code A] iEF unknown [NEVR] 0
3f00df030005 [Number image] wEF transparent [CHV6] 0
3f00df030013 [Code A] iEF unknown [NEVR] 0" "$(opensc-tool --list-files | files | grep -F -v -x -e "$tree" | grep -v 'JPKI\|cert')"
}

# Where the connection itself needs no exchange, all that follows is the tree's.
test_master_file_and_ef_dir_cost_no_exchange() {
	explore 'cat 2F00' 'asn1 2F00' 'info 2F00' 'cd 3F00' 'info' 'get 2F00 ef-dir'
	expect_equal 110 "$(stat -c %s ef-dir)" "the size of EF.DIR"
	expect_equal 0 "$(count_apdus '>')" "the number of exchanges"
	# ISO 7816-4, 8.2.1.1: an application template of AID and label each
	expect_match "^61124F0A${JPKI_AID}50044A504B49611B4F0A${application_aid["Input Support"]}500D" "$(basenc --base16 -w 0 ef-dir)"
}

test_unknown_names_are_refused_without_an_exchange() {
	local command
	for command in 'cd DF99' 'cd 0001' 'cat 1234' 'info 0006' 'cd aid:A0000000031010' 'cd aid:D392F00026' \
		"cd aid:${JPKI_AID}00" 'get 2F01 file' 'cd 7F10'; do
		fails explore "$command"
		expect_contains "File not found" "$output"
	done
	expect_equal 0 "$(count_apdus '>')" "the number of exchanges"
}

test_unknown_files_of_an_application_are_not_asked_for() {
	local file
	for file in 0003 0010 001E C011 FFFF 3F00; do
		fails explore 'cd DF01' "cat $file"
	done
	expect_equal 0 "$(count_apdus '> 00A4020C|> 00B0')" "the number of files that were asked for"
}

test_explorer_walks_by_id_and_by_name() {
	output=$(explore 'cd DF02' 'info 0005' 'cd ..' 'cd DF04' ls 'cd ..' "cd aid:${application_aid["Card Surface"]}" 'cat 0003')
	expect_match 'File size: *164 bytes' "$output"
	expect_match '^ 001C .*iEF .*Name: PIN$' "$output"
	raw_file "Card Surface" 0003 - raw 512
	expect_match "$(head -c 16 raw | od -A n -t x1 -v | tr '[:lower:]' '[:upper:]' | sed 's/^ //')" "$output"
}

test_explorer_shows_structure() {
	output=$(explore 'cd DF01' 'asn1 000A')
	expect_match '^30 SEQUENCE' "$output"
	expect_match 'UTF8String \([0-9]+ bytes\): JPKI for user authentication$' "$output"
	output=$(explore 'cd DF02' 'asn1 0004')
	expect_match '7F21 ' "$output"
	expect_match '5F4E .*\(297 bytes\)' "$output"
	expect_match '7000033' "$output"
}

test_explorer_reads_records() {
	output=$(explore 'cd DF05' 'cat 0001' 'get_record 0001 1 record')
	expect_contains "Record 1:" "$output"
	expect_equal "$(card_number)" "$(tail -c +3 record | head -c 15)" "the card number in its record"
	fails explore 'cd DF05' 'get_record 0001 2 record2'
}

test_explorer_gets_files_after_verify() {
	explore 'cd DF01' "verify CHV2 \"$(pin 02)\"" 'get 0001 certificate' 'cd ..' 'cd DF02' "verify CHV3 \"$(pin 03)\"" 'get 0002 four-data' 'get C012 address'
	expect_same_file "$(certificate_file 02)" certificate
	raw_file "Input Support" 0002 03 raw
	expect_content four-data raw
	expect_same_file "$(expected address.txt)" address
	expect_equal "${application_aid["Input Support"]}:0011
$JPKI_AID:001B" "$(verified_pins)" "the PINs that were sent"
}

test_explorer_says_what_went_wrong() {
	fails explore "verify CHV3 \"0000\""
	expect_contains "Incorrect code, 2 tries left" "$output"
	fails explore 'cd DF02' 'cat 0015'
	expect_contains "only working EFs may be read" "$output"
	fails explore 'cd DF02' 'cat C011'
	expect_contains "Security status not satisfied" "$output"
	fails explore "verify CHV7 \"$(pin 07)\"" 'delete 2F00'
	fails explore "verify CHV99 \"1234\""
	expect_contains "Invalid PIN reference" "$output"
}

# What the explorer says of a PIN needs no VERIFY, and leaving the explorer leaves nothing verified on the card.
test_explorer_shows_tries_and_logs_out() {
	output=$(explore 'pin_info CHV9' "verify CHV9 \"$(pin 09)\"" 'pin_info CHV9')
	expect_match '^3 tries left' "$output"
	expect_match '^[[:space:]]*Logged in' "$output"
	expect_equal "${application_aid["Resident Registry"]}:001C" "$(verified_pins)" "the PINs that were sent"
	expect_equal "00A4040C07A0000001510000" "$(sed -n 's/^[0-9]* > //p' "$VIRTUAL_CARD_LOG" | tail -n 1)" "the last command"
}

test_a_phone_has_one_folder() {
	variant android,atr-unknown
	expect_equal "3f00
3f002f00
3f00df01" "$(opensc-tool --list-files | files | cut -d ' ' -f 1 | cut -c 1-8 | sort -u)" "the folders"
	expect_match '^3f00df01000a .* \[CHV1\] 0$' "$(opensc-tool --list-files | files)"
	fails explore 'cd DF02'
}

test_absent_applications_have_no_folder() {
	local missing
	for missing in text:df02 surface:df03 juki:df04 common:df05; do
		variant "no-${missing%:*}"
		output=$(opensc-tool --list-files 2>&1)
		expect_lacks "3f00${missing#*:}" "$(files <<<"$output" | grep -v '^3f00$')"
		expect_equal 4 "$(files <<<"$output" | grep -c ' DF - ')" "the number of applications without ${missing%:*}"
	done
}
