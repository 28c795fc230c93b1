# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What must not come to light: PINs and what they open, in OpenSC's log below the level at which it writes PINs itself, and
# in its file cache at no time.

# shellcheck source=tests/pin-jobs.sh
. "$srcdir/tests/pin-jobs.sh"

# The highest level that is safe; OpenSC 0.23 to 0.25 write PINs at 8, later ones at 9 (docs/security.md).
safe_level=7

# Prints what is secret, one hexadecimal number a line: whole PINs, and pieces of what PINs open.
secrets() {
	local id file
	for id in $pin_ids; do
		pin "$id" | tr -d '\n' | od -A n -t x1 -v
	done
	for file in name.txt address.txt my-number.txt photo.jp2 name.png address.png security-code.png my-number.png; do
		head -c 12 "$(expected "$file")" | od -A n -t x1 -v
		tail -c 12 "$(expected "$file")" | od -A n -t x1 -v
	done
	tail -c 300 "$(certificate_file 02)" | head -c 12 | od -A n -t x1 -v
}

# Makes the patterns: the secret's bytes in hexadecimal with anything but letters and digits between them, or as text. Four
# digits as text are no secret's only if more letters or digits stand beside them.
prepare_patterns() {
	local secret
	secrets | tr -d ' ' | sort -u >secrets.hex
	sed 's/../&[^0-9a-z]*/g; s/\[^0-9a-z\]\*$//; s/^/(^|[^0-9a-z])/; s/$/($|[^0-9a-z])/' secrets.hex >patterns
	while IFS= read -r secret; do
		basenc --base16 --decode <<<"${secret^^}"
		echo
	done < <(grep -x -E '(2[0-9a-f]|[3-7][0-9a-f]|e[0-9a-f]|[89ab][0-9a-f])+' secrets.hex) >texts
	grep -v -x '[0-9]\{4\}' texts >long-texts
	grep -x '[0-9]\{4\}' texts | sed 's/.*/(^|[^0-9A-Za-z])&($|[^0-9A-Za-z])/' >short-texts
}

# found_in FILE: prints which secrets FILE holds.
found_in() {
	export LC_ALL=C
	tr 'A-F' 'a-f' <"$1" | grep -a -o -E -f patterns || true
	grep -a -o -F -f long-texts "$1" || true
	sed 's/\.c:[0-9]*:/:/' "$1" | grep -a -n -E -f short-texts || true # a line of OpenSC's source may have that number
}

# Every kind of job that has to do with secrets, each in its own log.
jobs_with_secrets() {
	new_card
	printf 'a document' >document
	logged list pkcs15-tool --dump
	logged verify pkcs15-tool --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	logged wrong wrong_entry 05
	logged codes pkcs15-tool --verify-pin --auth-id 06 --pin "$(pin 06)"
	logged certificate pkcs15-tool --read-certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN" --output certificate.out
	logged name read_data Name name.out 03
	logged number read_data "My Number" number.out 03
	logged photo read_data "Face photo" photo.out 07
	logged report read_data "Card Surface authenticity" report.out 07
	logged image read_data "My Number image" image.out 06
	logged change pkcs15-tool --change-pin --auth-id 09 --pin "$(pin 09)" --new-pin 8765
	logged sign pkcs11_sign 02 SHA256-RSA-PKCS document
	logged crypt pkcs15-crypt --sign --key 01 --pin "$AUTH_PIN" --sha-256 --pkcs1 --input patterns.hash --output signature
	logged pkcs11 steps login "${pin_token[03]}" "$(pin 03)" read "${pin_token[03]}" Name name.out logout "${pin_token[03]}" \
		login "${pin_token[04]}" "$(pin 04)" read "${pin_token[04]}" "My Number" number.out set-pin "${pin_token[01]}" "$AUTH_PIN" 4321
	expect_same_file "$(expected name.txt)" name.out
	expect_same_file "$(expected my-number.txt)" number.out
	logged viewer env MYNUMBER_CODE_B="$(pin 05)" "$builddir/tools/mynumber-card-face" --output page.html
}

wrong_entry() {
	! pkcs15-tool --verify-pin --auth-id "$1" --pin "$(wrong_pin "$1")"
}

# logged NAME COMMAND...: its errors and OpenSC's log go to log.NAME, its output is not looked at.
logged() {
	"${@:2}" >/dev/null 2>"log.$1" || fail "no success of ${*:2}: $(tail -n 3 "log.$1")"
}

test_the_search_finds_secrets_where_opensc_writes_them() {
	all_applications_conf_with "my_number = yes;"
	prepare_patterns
	OPENSC_DEBUG=9 pkcs15-tool --verify-pin --auth-id 02 --pin "$SIGN_PIN" 2>log.pin
	expect_match '41.?42.?43.?31.?32.?33' "$(found_in log.pin)"
	printf 'a PIN: %s.\n' "$SIGN_PIN" >log.text
	expect_equal ABC123 "$(found_in log.text)"
	printf '名前は%sです\n' "$(cat "$(expected name.txt)")" >log.name
	expect_contains "$(head -c 12 "$(expected name.txt)")" "$(found_in log.name)"
	OPENSC_DEBUG=9 read_data "My Number" number.out 03 2>log.number
	expect_match '31.?32.?33.?34.?35.?36.?37.?38.?39.?30.?31.?38' "$(found_in log.number)"
}

test_no_secret_in_the_log_up_to_the_safe_level() {
	local level log
	all_applications_conf_with "my_number = yes;"
	prepare_patterns
	openssl dgst -sha256 -binary -out patterns.hash patterns
	for level in ${TEST_FULL:+1 2 3 4 5 6} $safe_level; do
		new_card
		export OPENSC_DEBUG=$level
		jobs_with_secrets
		unset OPENSC_DEBUG
		for log in log.*; do
			expect_equal "" "$(found_in "$log")" "what is to be found in $log at level $level"
		done
		[ "$(cat log.* | wc -c)" -gt 100000 ] || [ "$level" -lt 6 ] || fail "there was hardly a log at level $level"
	done
}

# caching_conf MODE [LINES]: OpenSC's file cache in that mode, in a folder of its own.
caching_conf() {
	all_applications_conf_with "my_number = yes;" "${@:2}"
	sed -i "s/framework pkcs15 {/&\n\t\tuse_file_caching = $1;\n\t\tfile_cache_dir = \"${PWD//\//\\/}\/cache\";/" "$OPENSC_CONF"
}

test_the_file_cache_holds_nothing_private() {
	local mode file files
	prepare_patterns
	openssl dgst -sha256 -binary -out patterns.hash patterns
	for mode in no public yes; do
		caching_conf "$mode"
		jobs_with_secrets
		jobs_with_secrets # once from the cache, if it was
		mkdir -p cache
		mapfile -t files < <(find cache "$HOME" -type f)
		for file in "${files[@]}"; do
			expect_equal "" "$(found_in "$file")" "what is to be found in $file with $mode"
			od -A n -t x1 -v "$file" | tr -d ' \n' >file.hex
			expect_equal "" "$(found_in file.hex)$(grep -o -F -f <(grep -E '.{20}' secrets.hex) file.hex)" "what is to be found in the bytes of $file with $mode"
		done
		case $mode in
		no) expect_equal "" "$(ls cache)" "a cache where none was wanted" ;;
		*) [ "$(find cache -type f | wc -l)" -gt 0 ] || fail "nothing was cached with $mode: this test shows nothing" ;;
		esac
	done
}

# A private file once read is not served to somebody without the PIN.
test_the_file_cache_opens_nothing() {
	caching_conf yes
	read_data Name name.out 03
	pkcs15-tool --read-certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN" --output certificate.out
	fails pkcs15-tool --read-certificate 02
	expect_lacks "BEGIN CERTIFICATE" "$output"
	fails pkcs15-tool --read-data-object Name --raw </dev/null
	expect_lacks "$(cat "$(expected name.txt)")" "$output"
}

# A renewal changes the certificate and not the card's number.
test_a_renewed_certificate_is_not_served_stale() {
	local mode
	for mode in public yes; do
		caching_conf "$mode"
		variant ""
		pkcs15-tool --read-certificate 01 --output old.pem
		pkcs15-tool --read-certificate 01 --output again.pem
		expect_same_file old.pem again.pem
		variant renewed
		pkcs15-tool --read-certificate 01 --output new.pem
		expect_equal "serial=01020310" "$(openssl x509 -in new.pem -noout -serial)" "the serial number of the renewed certificate"
		! cmp -s old.pem new.pem || fail "the old certificate was served"
		variant ""
		pkcs15-tool --read-certificate 01 --output old-again.pem
		expect_same_file old.pem old-again.pem
	done
}

# The signature certificate may be renewed alone, and then its CA can be of a new generation.
test_a_renewed_signature_ca_is_not_served_stale() {
	caching_conf public
	expect_reads_certificate 01
	expect_reads_certificate 04
	cp "$(certificate_file 03)" "$(certificate_file 04)"
	expect_reads_certificate 04
}

# expect_from_the_card: the authentication certificate and its CA's are served as they are on the card.
expect_from_the_card() {
	local id
	for id in 01 03; do
		expect_reads_certificate "$id"
	done
	output=$(pkcs15-tool --read-data-object "JPKI certificate report" --raw)
	expect_match '^ok: user authentication .*: signed by the CA certificate on the card$' "$output"
}

# Whatever stands in the cache under the right names: another certificate, or half of the right one.
test_the_cache_serves_what_is_on_the_card() {
	local name
	caching_conf public
	expect_from_the_card
	for name in 000A 000B; do
		cp "$(certificate_file 04)" cache/*_"$name"
		expect_from_the_card
		head -c 700 "$(certificate_file 01)" >part
		cp part cache/*_"$name"
		expect_from_the_card
	done
}

# A CA certificate in the cache that cannot be proved, as the one that it signed is not there, is read again.
test_the_cache_serves_no_ca_without_its_certificate() {
	caching_conf public
	expect_from_the_card
	cp "$(certificate_file 04)" cache/*_000B
	rm cache/*_000A
	expect_reads_certificate 03
}
