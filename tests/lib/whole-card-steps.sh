# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2120,SC2154
# What tests of all applications share: who is who on the card, its PINs, and ways to read it.

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

declare -A application_aid=(
	[JPKI]=$JPKI_AID
	["Input Support"]=D3921000310001010408
	["Card Surface"]=D3921000310001010402
	["Resident Registry"]=D3921000310001010401
	[Licence]=A0000002310600000000000000000000
)

# By the id of its PIN object: where a PIN is on the card, and the PKCS#11 token that it opens.
declare -A pin_file=([03]=0011 [04]=0014 [05]=0015 [06]=0013 [07]=0012 [08]=0011)
declare -A pin_application=([03]="Input Support" [04]="Input Support" [05]="Input Support"
	[06]="Card Surface" [07]="Card Surface" [08]="Card Surface")
declare -A pin_token=(
	[01]=${key_token[01]}
	[02]=${key_token[02]}
	[03]="Input Sup... (Input Support PIN)"
	[04]="Input ... (Input Support Code A)"
	[05]="Input ... (Input Support Code B)"
	[06]="Card Su... (Card Surface Code A)"
	[07]="Card Su... (Card Surface Code B)"
	[08]="Card Surface Birth Date Code"
	[09]="Resid... (Resident Registry PIN)"
	[0A]="Licence (Driving Licence PIN)"
)
# Since OpenSC 0.26 a token that is alone in its application has the application's name.
if opensc_since 0.26; then
	pin_token[09]="Resident Registry"
	pin_token[0A]=Licence
fi

# The persona's value NAME, a file in the folder "expected".
expected() {
	printf '%s\n' "$VIRTUAL_CARD_DIR/expected/$1"
}

# Prints the persona's PIN $1, an entry of persona.ini.
persona_pin() {
	sed -n "s/^$1 = //p" "$VIRTUAL_CARD_DIR/persona.ini"
}

# Prints the PIN whose object has the id $1.
pin() {
	case $1 in
	01) persona_pin auth_pin ;;
	02) persona_pin sign_pin ;;
	03) persona_pin text_pin ;;
	04 | 06) cat "$(expected my-number.txt)" ;;
	05 | 07) cat "$(expected code-b.txt)" ;;
	08) cat "$(expected birth-code.txt)" ;;
	09) persona_pin juki_pin ;;
	0A) persona_pin licence_pin ;;
	esac
}

# The configuration that trusts the virtual card's own CA, so that its records can be checked, and has the lines $@ too.
trusting_conf_with() {
	conf_with "trusted_cv_keys = \"$VIRTUAL_CARD_DIR/trusted-cv-keys.txt\";" "$@"
}

# The same for PKCS#11 modules that show all applications: OpenSC gives a card four tokens if nobody asks for more.
all_applications_conf_with() {
	trusting_conf_with "pkcs11_applications = all;" "$@"
	printf 'app opensc-pkcs11 {\n\tpkcs11 {\n\t\tslots_per_card = 16;\n\t}\n}\n' >>"$OPENSC_CONF"
}

# read_data LABEL FILE AUTH-ID [OPTIONS]: what pkcs15-tool writes. AUTH-ID of free objects is -.
read_data() {
	local pin=()
	[ "$3" = - ] || pin=(--pin "$(pin "$3")")
	rm -f "$2"
	pkcs15-tool --read-data-object "$1" --raw --output "$2" "${pin[@]}" "${@:4}"
}

# explore COMMAND...: does the commands of opensc-explorer in one run.
explore() {
	printf '%s\n' "$@" >explorer.script
	opensc-explorer explorer.script
}

# Prints the APDU that SELECTs the application with the label $1, or the file $1.
select_application() {
	printf '00A4040C%02X%s\n' $((${#application_aid[$1]} / 2)) "${application_aid[$1]}"
}
select_file() {
	printf '00A4020C02%s\n' "$1"
}

# verify_apdu PIN-ID: prints the APDUs that select its file and verify it.
verify_apdu() {
	local value
	value=$(pin "$1")
	select_file "${pin_file[$1]}"
	printf '00200080%02X%s\n' "${#value}" "$(printf %s "$value" | od -A n -t x1 -v | tr -d ' \n')"
}

# raw_file APPLICATION FILE PIN-ID OUT: the file as it is on the card, padding included, read by opensc-tool's own APDUs
# without our driver. PIN-ID of free files is -. It must not be longer than $5 (default: 2048) bytes.
raw_file() {
	local apdus offset
	mapfile -t apdus < <(
		select_application "$1"
		[ "$3" = - ] || verify_apdu "$3"
		select_file "$2"
		for ((offset = 0; offset < ${5:-2048}; offset += 256)); do
			printf '00B0%04X00\n' "$offset"
		done
	)
	VIRTUAL_CARD_LOG=$PWD/raw.log opensc-tool --card-driver default "${apdus[@]/#/--send-apdu=}" >/dev/null
	awk '$2 == ">" { reading = $3 ~ /^00B0/ }
		$2 == "<" && reading { print substr($3, 1, length($3) - 4) }' raw.log | basenc --base16 --decode >"$4"
	rm raw.log
}

# expect_content FILE RAW: FILE is what RAW begins with, and nothing but padding follows there.
expect_content() {
	local size
	size=$(stat -c %s "$1")
	[ "$size" -gt 0 ] || fail "$1 is empty"
	cmp -n "$size" "$1" "$2" || fail "$1 is not what the card holds"
	expect_equal "" "$(tail -c "+$((size + 1))" "$2" | tr -d '\377')" "what follows in the file, without padding"
}

# steps STEP...: what tests/integration/opensc/pkcs11-steps prints.
steps() {
	[ -x "$builddir/tests/integration/opensc/pkcs11-steps" ] || skip "pkcs11-steps was not built: p11-kit's headers are not installed"
	"$builddir/tests/integration/opensc/pkcs11-steps" "$PKCS11_MODULE" "$@"
}

# expect_card_signature PUBLIC-PEM DOCUMENT SIGNATURE
expect_card_signature() {
	openssl dgst -sha256 -verify "$1" -signature "$3" "$2" || fail "wrong signature by the card's key"
}
