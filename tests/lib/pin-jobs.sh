# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# What tests of PINs share: right, wrong and malformed ones, and what the card itself says of its counters.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

pin_ids="01 02 03 04 05 06 07 08 09"
# Where all would take long: one of each application and kind.
some_pin_ids=${TEST_FULL:+$pin_ids}
some_pin_ids=${some_pin_ids:-01 03 06 08 09}

COMMON_AID=D3921000310001010100
CARD_MANAGER_AID=A0000001510000

# Each PIN's file, as AID:FILE, its label and its tries; c9 is the second copy of 09.
declare -A pin_place=(
	[01]=$JPKI_AID:0018
	[02]=$JPKI_AID:001B
	[03]=${application_aid["Input Support"]}:0011
	[04]=${application_aid["Input Support"]}:0014
	[05]=${application_aid["Input Support"]}:0015
	[06]=${application_aid["Card Surface"]}:0013
	[07]=${application_aid["Card Surface"]}:0012
	[08]=${application_aid["Card Surface"]}:0011
	[09]=${application_aid["Resident Registry"]}:001C
	[c9]=$COMMON_AID:001C
)
declare -A pin_label=(
	[01]="User Authentication PIN"
	[02]="Digital Signature PIN"
	[03]="Input Support PIN"
	[04]="Input Support Code A"
	[05]="Input Support Code B"
	[06]="Card Surface Code A"
	[07]="Card Surface Code B"
	[08]="Card Surface Birth Date Code"
	[09]="Resident Registry PIN"
)
declare -A pin_tries=([01]=3 [02]=5 [03]=3 [04]=10 [05]=10 [06]=10 [07]=10 [08]=10 [09]=3 [c9]=3)

# The module as a path, for programs that want one: it lies beside libopensc or in a folder there.
pkcs11_path() {
	local folder
	folder=$(dirname "$(ldd "$builddir/.libs/opensc-mynumber.so" | awk '/libopensc/ { print $3 }')")
	find "$folder" "$folder/pkcs11" -maxdepth 1 -name "$PKCS11_MODULE" 2>/dev/null | head -n 1
}

# raw_exchange APDU...: opensc-tool's own APDUs without our driver, another program's as it were; prints the answers.
raw_exchange() {
	VIRTUAL_CARD_FAULT='' VIRTUAL_CARD_PINPAD='' VIRTUAL_CARD_LOG=$PWD/raw.log \
		opensc-tool --card-driver default "${@/#/--send-apdu=}" >raw.out
	sed -n 's/^.* < //p' raw.log
	rm raw.log
}

# Where the PINs begin in the card's memory: 16 of 19 bytes, which ten numbers of four bytes follow up to the end (struct vc_card_state).
state_pins() {
	printf '%s\n' $(($(stat -c %s "$VIRTUAL_CARD_DIR/card.state") - 16 * 19 - 10 * 4))
}

# card_tries PIN-ID: the tries left, as the card's memory has them (struct vc_card_state).
card_tries() {
	local -A number=([01]=0 [02]=1 [03]=2 [04]=4 [05]=5 [08]=6 [07]=7 [06]=8 [c9]=9 [09]=10)
	if [ -e "$VIRTUAL_CARD_DIR/card.state" ]; then
		od -A n -t u1 -j $(($(state_pins) + 19 * ${number[$1]})) -N 1 "$VIRTUAL_CARD_DIR/card.state" | tr -d ' '
	else
		echo "${pin_tries[$1]}"
	fi
}

# card_word NAME: a number of the card's volatile memory (struct vc_card_state).
card_word() {
	local -A words=([powered]=0 [app]=2 [verified]=4)
	od -A n -t u4 -j $(($(state_pins) + 19 * 16 + 4 * ${words[$1]})) -N 4 "$VIRTUAL_CARD_DIR/card.state" | tr -d ' '
}

# Prints the status words that VERIFYs were answered with, one a line.
answers_to_verify() {
	awk '$2 == ">" { verify = $3 ~ /^002000../ && length($3) > 10 } $2 == "<" && verify { print $3 }' "$VIRTUAL_CARD_LOG"
}

# Prints a PIN in the syntax that pkcs11-steps has for any bytes.
as_hex() {
	printf 'hex:%s\n' "$(od -A n -t x1 -v | tr -d ' \n')"
}

# A well-formed PIN for the PIN object $1 that is not the right one; another one for each $2 from 1 to 99.
wrong_pin() {
	local right
	right=$(pin "$1")
	printf '%s%02d\n' "${right:0:-2}" "$(((10#${right: -2} + ${2:-1}) % 100))"
}

# Prints PINs that PIN object $1 cannot have: empty, short, long, with a NUL, a blank, a line's end, letters that are
# none in ASCII. All but the first, second and third have a length that would do.
malformed_pins() {
	local right start
	right=$(pin "$1")
	start=${right:0:-1}
	echo hex:
	printf '%s' "${right:0:3}" | as_hex
	printf '%s' "${right}0123456789abcdef" | as_hex
	printf '%0300d' 0 | as_hex
	printf '%s\0' "$start" | as_hex
	printf '\0%s' "$start" | as_hex
	printf '%s ' "$start" | as_hex
	printf '%s\n' "$start" | as_hex
	printf '%s-' "$start" | as_hex
	printf '%s\xe9' "$start" | as_hex
	printf '%s１' "${right:0:-3}" | as_hex # full width: three bytes
	printf '%s\xff' "$start" | as_hex
}

expect_verifies() {
	expect_equal "$1" "$(count_verify)" "the number of PINs sent${2:+ by $2}"
}

# Puts the counters back and empties the log.
new_card() {
	rm -f "$VIRTUAL_CARD_DIR/card.state" "$VIRTUAL_CARD_LOG"
	touch "$VIRTUAL_CARD_LOG"
}


# The tries of the PIN object $1 that pkcs15-tool --list-pins shows.
listed_tries() {
	local label=${pin_label[$1]}
	pkcs15-tool --list-pins | awk -v pin="PIN [$label]" '$0 == pin { found = 1 } found && /Tries left/ { print $NF; exit }'
}

# The flags that pkcs11-tool shows of the token of PIN object $1.
token_flags() {
	pkcs11-tool --list-slots | awk -v token="${pin_token[$1]}" 'index($0, "token label") { found = $0 ~ ": *" && substr($0, index($0, ": ") + 2) == token }
		found && /token flags/ { sub(/^.*: /, ""); print; exit }'
}

# DigestInfo of SHA-1 (RFC 8017), for COMPUTE DIGITAL SIGNATURE.
digest_info=3021300906052B0E03021A0500041400112233445566778899AABBCCDDEEFF00112233

# What only a verified PIN allows, by its id: file, and the command there.
declare -A privilege=(
	[01]="0017 802A008023${digest_info}00"
	[02]="001A 802A008023${digest_info}00"
	[03]="0002 00B0000010"
	[04]="0001 00B0000010"
	[05]="0002 00B0000010"
	[06]="0005 00B0000010"
	[07]="0002 00B0000010"
	[08]="0001 00B0000010"
	[09]="001C 803200800431313131"
)

# try_privilege_by_pcscd ID: another program tries it through pcscd, where the program virtual-card writes the log. Prints the
# status word.
try_privilege_by_pcscd() {
	local file command place=${pin_place[$1]}
	read -r file command <<<"${privilege[$1]}"
	opensc-tool --card-driver default -s "00A4040C0A${place%:*}" -s "00A4020C02$file" -s "$command" |
		sed -n 's/^Received (SW1=0x\(..\), SW2=0x\(..\)).*/\1\2/p' | tail -n 1
}

# Jobs of a PIN that end well or fail the test.
job_verify() {
	pkcs15-tool --verify-pin --auth-id "$1" --pin "$(pin "$1")"
}
job_login() {
	steps login "${pin_token[$1]}" "$(pin "$1")" | tee steps.out
	expect_match '^login CKR_OK$' "$(cat steps.out)"
}
