# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# The jobs whose cost is measured, and the settings in which it is. tests/integration/files/exchanges.sh holds them to their
# counts, tests/bench/run makes a table of them. Each job is one program's run, and its result is checked.

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

jobs=(name list_pins read_certificate dump list_slots list_objects sign_auth sign_sign pkcs11_test ssh_keygen
	read_name read_address read_photo card_face)
many_jobs=(sign_auth_100 sign_sign_100)

jpki=(--aid "$JPKI_AID")
text=(--aid D3921000310001010408)
surface=(--aid D3921000310001010402)

job_name() {
	expect_equal "$expected_name" "$(opensc-tool --name)" "the name"
}

job_list_pins() {
	expect_equal "3 5" "$(pkcs15-tool "${jpki[@]}" --list-pins | sed -n 's/.*Tries left *: //p' | xargs)" "tries left"
}

job_read_certificate() {
	expect_reads_certificate 01 "${jpki[@]}"
}

job_dump() {
	expect_equal 10 "$(pkcs15-tool "${jpki[@]}" --dump | grep -c -E '^(PIN|Private|Public|X.509) ')" "the number of objects"
}

job_list_slots() {
	expect_equal 2 "$(pkcs11-tool --list-slots | grep -c 'token label')" "the number of tokens"
}

job_list_objects() {
	expect_contains "User Authentication Certificate" "$(pkcs11-tool --list-objects)"
}

job_sign_auth() {
	expect_signs 01
}

job_sign_sign() {
	expect_signs 02
}

job_pkcs11_test() {
	output=$(pkcs11-tool --test --login --pin "$AUTH_PIN" --token-label "${key_token[01]}" 2>&1) || fail "$output"
	expect_match '^No errors$' "$output"
}

job_ssh_keygen() {
	openssl x509 -inform DER -in "$(certificate_file 01)" -pubkey -noout | ssh-keygen -i -m PKCS8 -f /dev/stdin >key.pub
	expect_contains "$(<key.pub)" "$(ssh-keygen -D "$(pkcs11_module_path)")"
}

# read_value LABEL EXPECTED PIN OPTIONS...
read_value() {
	rm -f value
	pkcs15-tool "${@:4}" --read-data-object "$1" --raw --output value --pin "$3"
	expect_same_file "$VIRTUAL_CARD_DIR/expected/$2" value
}

job_read_name() {
	read_value Name name.txt 5678 "${text[@]}"
}

job_read_address() {
	read_value Address address.txt 5678 "${text[@]}"
}

job_read_photo() {
	read_value "Face photo" photo.jp2 "$(<"$VIRTUAL_CARD_DIR/expected/code-b.txt")" "${surface[@]}"
}

job_card_face() {
	rm -f face.html
	MYNUMBER_CODE_B=$(<"$VIRTUAL_CARD_DIR/expected/code-b.txt") "$builddir/tools/mynumber-card-face" --output face.html
	[ -s face.html ]
}

job_sign_auth_100() {
	sign_often 01 100 1
}

job_sign_sign_100() {
	sign_often 02 100 1
}

# The path of OpenSC's PKCS#11 module, for programs that do not look for it: it is where libopensc is.
pkcs11_module_path() {
	local library
	library=$(ldd "$(command -v opensc-tool)" | awk '$1 ~ /^libopensc\./ { print $3 }')
	printf '%s/opensc-pkcs11.so\n' "$(dirname "$(readlink -f "$library")")"
}

# --- settings

settings=(cold warm extended warm-extended contactless unknown in-tree in-tree-named)

# set_up SETTING [LINES]: what the next jobs have. LINES are for the driver's configuration.
#     cold           the configuration of the build, a reader of short APDUs, an ATR that is known
#     warm           and OpenSC's cache for public files, which an earlier run has filled
#     extended       cold, and a reader that carries extended length
#     warm-extended  both
#     contactless    cold, and an ATR as contactless readers make it of the card's answer to their request
#     unknown        cold, and an ATR that is not known
#     in-tree        OpenSC as it is without this module: its drivers ask the card one after the other, jpki is the last
#     in-tree-named  the same with OPENSC_DRIVER=jpki
set_up() {
	unset OPENSC_DRIVER VIRTUAL_CARD_VARIANT VIRTUAL_CARD_EXTENDED
	expected_name="My Number Card"
	jpki=(--aid "$JPKI_AID")
	conf_with "trusted_cv_keys = \"$VIRTUAL_CARD_DIR/trusted-cv-keys.txt\";" "${@:2}"
	case $1 in
	warm*) sed -i "/framework pkcs15 {/a\\ use_file_caching = public; file_cache_dir = \"$PWD/cache\";" "$OPENSC_CONF" ;;
	esac
	case $1 in
	*extended) export VIRTUAL_CARD_EXTENDED=1 ;;
	contactless) variant atr-type-b-1 ;;
	unknown) variant atr-unknown ;;
	in-tree*)
		printf 'app default {\n\t%s\n}\n' "$test_reader" >"$OPENSC_CONF"
		[ "$1" = in-tree ] || export OPENSC_DRIVER=jpki
		expected_name=jpki
		jpki=()
		;;
	esac
}

# True if the driver of the setting $2 can do the job $1 at all.
can_do() {
	case $2:$1 in
	in-tree*:read_* | in-tree*:card_face) [ "$1" = read_certificate ] ;;
	esac
}

# run_job JOB SETTING: does the job. What it made the card do is then in the log.
run_job() {
	[[ $2 != warm* ]] || "job_$1"
	: >"$VIRTUAL_CARD_LOG"
	"job_$1"
}

# How many commands the card has had.
count_exchanges() {
	count_apdus ' > '
}

# sign_often ID SIGNATURES SESSIONS: so many signatures after one login, by turns in the sessions.
sign_often() {
	[ -x "$builddir/tests/integration/opensc/pkcs11-sign" ] || skip "pkcs11-sign was not built: p11-kit's headers are not installed"
	printf 'a document' >document
	"$builddir/tests/integration/opensc/pkcs11-sign" "$(pkcs11_module_path)" "${key_token[$1]}" "${key_pin[$1]}" "$1" "$2" "$3" \
		<document >signature
	expect_signature "$1" sha256 document signature
}
