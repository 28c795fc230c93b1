# shellcheck shell=bash disable=SC2154,SC2317
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSC's own log at each level: what it holds of PINs, and of what they open. The table in docs/security.md says so, job by job
# and level by level, and is exact: a secret that is not in it is a fault, and so is one that is no longer to be found.

# shellcheck source=tests/lib/secrets-steps.sh
. "$srcdir/tests/lib/secrets-steps.sh"

scan_conf() {
	all_applications_conf_with "my_number = yes;"
}

# --- the table

# Prints the rows of the table in docs/security.md as "JOB CELL CELL CELL", for the levels below that at which OpenSC writes PINs,
# 8, and 9.
documented() {
	# shellcheck disable=SC2016 # backquotes of the table
	sed -n '/^| job | what it does | 0 to 7 | 8 | 9 |$/,/^$/p' "$srcdir/docs/security.md" |
		sed -n 's/^| `\([a-z0-9-]*\)` | [^|]* | \([^|]*\) | \([^|]*\) | \([^|]*\) |$/\1;\2;\3;\4/p'
}

# cell JOB LEVEL: what the table says.
documented_cell() {
	local column=2
	[ "$2" -lt 8 ] || column=$(($2 - 5))
	[ "$column" != 3 ] || ! opensc_since 0.26 || column=2
	documented | awk -F ';' -v job="$1" -v column="$column" '$1 == job { print $column }'
}

# found_cell FILE: the same of what was found.
found_cell() {
	local found
	found=$(secrets_in "$1" | sed 's/^pin-.*/PIN/; /^PIN$/!s/.*/data/' | sort -u | xargs | sed 's/ /, /')
	case $found in
	"PIN, data" | "data, PIN") echo "PIN, data" ;;
	"") echo - ;;
	*) echo "$found" ;;
	esac
}

test_the_table_names_all_jobs() {
	expect_equal "$(all_jobs | tr _ - | sort)" "$(documented | cut -d ';' -f 1 | sort)" "the jobs in docs/security.md"
}

# expect_table LEVEL...
expect_table() {
	local level job
	scan_conf
	prepare_secrets
	for level; do
		for job in $(all_jobs); do
			do_job "$job" "$level"
			expect_equal "$(documented_cell "${job//_/-}" "$level")" "$(found_cell "job-$job/log")" \
				"what is in the log of ${job//_/-} at level $level: $(secrets_in "job-$job/log" | xargs) "
		done
		[ "$(cat job-*/log | wc -c)" -gt 100000 ] || [ "$level" -lt 3 ] || fail "there was hardly a log at level $level"
	done
}

test_levels_0_to_2() {
	expect_table 0 1 2
}

test_levels_3_to_5() {
	expect_table 3 4 5
}

test_levels_6_and_7() {
	expect_table 6 7
}

test_levels_8_and_9() {
	expect_table 8 9
}

# --- other programs

# To see which application is selected, the driver reads the first bytes of EF 0003 of Card Surface. If another program has opened
# Input Support meanwhile, they are those of its integrity record: a part of the hash of the My Number, which finds the number.
test_a_read_in_another_application_is_not_in_the_log() {
	local hash
	scan_conf
	hash=$(printf '\xff\x10\x0c%s\xff\xff' "$(cat "$(expected my-number.txt)")" | openssl dgst -sha256 -binary | head -c 4 | write_upper_hex /dev/stdin)
	OPENSC_DEBUG=7 VIRTUAL_CARD_FAULT="T*:open=${application_aid["Input Support"]}" \
		steps login "${pin_token[07]}" "$(pin 07)" read "${pin_token[07]}" "Face sex" sex >out 2>log
	grep -q "DF3120$hash" "$VIRTUAL_CARD_LOG" || fail "the driver did not read the hash"
	[ "$(wc -l <log)" -gt 1000 ] || fail "there was hardly a log"
	! tr -d ' \n' <log | grep -q "$hash" || fail "the hash is in the log"
}

# --- the search itself

# The forms in which a log may write bytes, each of the file $1.
write_bytes() {
	cat "$1"
}
write_hex() {
	od -A n -t x1 -v "$1" | tr -d ' \n'
}
write_upper_hex() {
	write_hex "$1" | tr a-f A-F
}
write_separated_hex() {
	write_hex "$1" | sed 's/../&:/g'
}
write_c_array() {
	write_hex "$1" | sed 's/../0x&, /g'
}
write_dump_of_opensc() {
	printf '\n'
	printf 'x%.0s' {1..13} | cat - "$1" | od -A n -t x1 -v | tr a-f A-F | sed 's/^ //; s/$/ ................/'
}
write_pkcs11_dump() {
	write_upper_hex "$1" | sed 's/.\{32\}/& /g'
}
write_base64() {
	base64 --wrap=64 "$1"
}
write_base64_second() {
	printf x | cat - "$1" | base64 --wrap=0
}
write_base64_third() {
	printf xx | cat - "$1" | base64 --wrap=64
}
write_decimal() {
	od -A n -t u1 -v "$1" | xargs
}
write_decimal_list() {
	od -A n -t u1 -v "$1" | xargs | sed 's/ /, /g'
}

# A secret is found in each form, in the middle of a longer text, and only this secret.
test_each_form_of_each_secret_is_found() {
	local form secret name
	prepare_secrets
	for form in $(declare -F | sed -n 's/^declare -f write_/write_/p'); do
		for secret in secrets/*; do
			name=${secret#secrets/}
			[ "$form" != write_bytes ] || [[ $name != *.png && $name != *.jp2 && $name != *.der ]] || continue
			{
				printf 'P:17; T:0x139 12:00:00.000 [tool] card.c:1234:sc_read: value: '
				"$form" "$secret"
				printf ' (a value)\n'
			} >log
			expect_match "^($name|${name/pin-04/my-number.txt}|${name/pin-06/my-number.txt}|${name/pin-07/pin-05}) " "$(secrets_in log)"
		done
	done
}

# Pieces, too: the first 32 bytes of an attribute, the end of a value, six bytes of its middle.
test_pieces_are_found() {
	prepare_secrets
	head -c 6 secrets/address.txt >log
	expect_match '^address.txt bytes$' "$(secrets_in log)"
	tail -c 9 secrets/address.txt | od -A n -t x1 -v >log
	expect_match '^address.txt hexadecimal$' "$(secrets_in log)"
	tail -c 7 secrets/certificate.der | od -A n -t x1 -v | tr a-f A-F >log
	expect_match '^certificate.der hexadecimal$' "$(secrets_in log)"
	printf 'x%sx' "$(cut -c 3-10 secrets/my-number.txt)" >log
	expect_match '^my-number.txt bytes$' "$(secrets_in log)"
	printf 'a PIN: %s.' "$AUTH_PIN" >log
	expect_match '^pin-01 bytes$' "$(secrets_in log)"
	printf 'file.c:1234: 12345 bytes, x1234' >log
	expect_equal "" "$(secrets_in log)"
}

# OpenSC's log of an APDU is one that the search can read.
test_the_search_finds_a_pin_where_opensc_writes_it() {
	scan_conf
	prepare_secrets
	do_job verify 9
	for id in $pin_ids; do
		case $id in
		04 | 06) expect_match '^my-number.txt hexadecimal$' "$(secrets_in job-verify/log)" ;;
		07) ;;
		*) expect_match "^pin-$id hexadecimal$" "$(secrets_in job-verify/log)" ;;
		esac
	done
}
