# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The virtual card's driving licence and residence applications, by raw APDUs and without the driver.

licence=00A4040C10A0000002310600000000000000000000
residence=00A4040C10D392F0004F0100000000000000000000

# The bytes of the files $@ or of the input in hexadecimal.
hex() {
	cat "$@" | od -A n -v -t x1 | tr -d ' \n' | tr a-f A-F
}

verify=0020008604$(printf 2468 | hex)

# The status words of the APDUs $@, one a line.
statuses() {
	send_apdus "$@" | sed -n 's/^Received (SW1=0x\(..\), SW2=0x\(..\)).*/\1\2/p'
}

# Sends the APDUs $@ in one connection.
send_apdus() {
	local apdu
	local -a sends=()
	for apdu; do
		sends+=(--send-apdu "$apdu")
	done
	OPENSC_DRIVER=default opensc-tool "${sends[@]}"
}

# The data of all answers to READ BINARY in the log, in hexadecimal.
data_read() {
	awk '$2 == ">" { reads = $3 ~ /^00B0/ } $2 == "<" && reads { printf "%s", substr($3, 1, length($3) - 4) }' "$VIRTUAL_CARD_LOG"
}

# Reads the licence record with the PIN, 256 bytes at a time, into $record in hexadecimal.
read_record() {
	local offset
	local -a reads=()
	for offset in {0..22}; do
		reads+=("$(printf '00B0%02X0000' "$offset")")
	done
	rm -f "$VIRTUAL_CARD_LOG"
	send_apdus "$licence" "$verify" 00A4020C02001B "${reads[@]}" >/dev/null
	record=$(data_read)
}

test_a_plain_card_has_neither_application() {
	expect_equal "6A82
6A82" "$(statuses "$licence" "$residence")" "the status words"
}

# The status words of READ of the records 001B and 001C, before and after a VERIFY of the PIN $1.
reads_around_verify() {
	statuses "$licence" 00B09B0001 00B09C0001 "0020008604$(printf %s "$1" | hex)" 00B09B0001 00B09C0001 | xargs
}

# Both records are opened by the PIN. Of a card whose PIN is not set it is not known whether they are free, or opened by the
# default PIN (card.md 11.5, 11.10): there are variants of both.
test_records_are_open_and_closed_together() {
	variant licence
	expect_equal "9000 6982 6982 9000 9000 9000" "$(reads_around_verify 2468)" "the status words if the PIN is set"
	variant licence-no-pin
	expect_equal "9000 9000 9000 9000 9000 9000" "$(reads_around_verify '****')" "the status words if no PIN is needed"
	variant licence-default-pin
	expect_equal "9000 6982 6982 9000 9000 9000" "$(reads_around_verify '****')" "the status words if the default PIN is needed"
}

# The file is free (card.md 11.4).
test_a_free_file_says_whether_the_pin_is_set() {
	local name
	for name in licence licence-no-pin licence-default-pin; do
		variant "$name"
		send_apdus "$licence" 00B09A0003 >/dev/null
	done
	expect_equal C10101C10100C10100 "$(data_read)" "the settings"
}

test_record_holds_the_values_of_the_persona() {
	local record
	variant licence
	read_record
	expect_equal $((2 * 5845)) "${#record}" "the length of the record in digits"
	expect_contains "E70C$(hex "$VIRTUAL_CARD_DIR/expected/licence-number.txt")" "$record"
	expect_contains "$(hex "$VIRTUAL_CARD_DIR/expected/licence-photo.jp2")" "$record"
}

test_persona_file_determines_the_record() {
	local record ini=$VIRTUAL_CARD_DIR/persona.ini
	variant licence
	sed -i -e 's/^\(licence_classes = \).*/\1EC FA/' -e 's/^\(licence_expiry = \).*/\119881231/' \
		-e 's/^    準中型.*/    普通車はＡＴ車に限る\n    眼鏡等/' -e 's/^\(licence_second_class_date = \).*/\120190430/' "$ini"
	read_record
	expect_contains EC0101ED0100 "$record"
	expect_contains FA0101FB00 "$record"
	expect_contains "C507$(printf 3631231 | hex)" "$record"
	expect_contains "EB07$(printf 4310430 | hex)" "$record"
	expect_contains C714 "$record"
	expect_contains C8063463364045 "$record"
}

test_text_that_a_licence_cannot_hold_is_refused() {
	variant licence
	sed -i 's/^\(licence_colour = \).*/\1gold/' "$VIRTUAL_CARD_DIR/persona.ini"
	fails send_apdus "$licence"
	expect_contains '"gold" is no text of the licence' "$output"
}

# Versions before the licence made no section for it.
test_folder_of_an_older_version_gets_the_default_licence() {
	local record
	variant licence
	sed -i '/^\[licence\]/,$d' "$VIRTUAL_CARD_DIR/persona.ini"
	rm -r "$VIRTUAL_CARD_DIR"/{trusted-licence-keys.txt,expected/licence-*,images/licence-*,keys/licence-*}
	read_record
	expect_contains "E70C$(printf 990912345670 | hex)" "$record"
	expect_contains "$(hex "$VIRTUAL_CARD_DIR/expected/licence-photo.jp2")" "$record"
	expect_match '^[0-9A-F]{64} [0-9A-F]{512}$' "$(cat "$VIRTUAL_CARD_DIR/trusted-licence-keys.txt")"
}

test_log_has_each_exchange_with_the_licence() {
	variant licence
	send_apdus "$licence" 00B09A0003 "$verify"
	expect_equal "$licence
9000
00B09A0003
C101019000
$verify
9000" "$(sed -n 's/^[0-9]* [<>] //p' "$VIRTUAL_CARD_LOG")" "the log"
}

# Another program can verify the licence's PIN, or select the licence.
test_faults_reach_the_licence() {
	variant licence,residence
	expect_equal "9000
9000" "$(VIRTUAL_CARD_FAULT=2:open=${licence:10} statuses "$licence" 00B09B0001)" "the status words"
	expect_equal "9000
9000
6982" "$(VIRTUAL_CARD_FAULT=3:select=${licence:10} statuses "$licence" "$residence" 00B09B0001)" "the status words"
	fails env VIRTUAL_CARD_FAULT=3:removed OPENSC_DRIVER=default opensc-tool --send-apdu "$licence" --send-apdu "$verify" --send-apdu 00B09B0001
}

test_tries_of_the_licence_are_kept_by_the_card() {
	variant licence
	expect_equal "9000
63C9" "$(statuses "$licence" 002000860430303030)" "the status words"
	expect_equal "9000
63C9
9000
63CA" "$(statuses "$licence" 00200086 "$verify" 00200086)" "the status words"
}

test_residence_application_says_which_card_it_is() {
	variant residence
	send_apdus "$residence" 00B08B0000 00B08A0000 >/dev/null
	expect_equal C00430303031C1023037 "$(data_read)" "version and card type"
	variant residence-special
	rm "$VIRTUAL_CARD_LOG"
	send_apdus "$residence" 00B08A0000 >/dev/null
	expect_equal C1023038 "$(data_read)" "the card type"
}
