# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSC's file cache contains no PIN and nothing that a PIN protects. (OpenSC's log: log-secrets.sh.)

# shellcheck source=tests/lib/secrets-steps.sh
. "$srcdir/tests/lib/secrets-steps.sh"

# caching_conf MODE [LINES]: OpenSC's file cache in that mode, in a folder of its own.
caching_conf() {
	all_applications_conf_with "my_number = yes;" "${@:2}"
	sed -i "s/framework pkcs15 {/&\n\t\tuse_file_caching = $1;\n\t\tfile_cache_dir = \"${PWD//\//\\/}\/cache\";/" "$OPENSC_CONF"
}

# expect_no_secret_in_files: neither in OpenSC's cache nor elsewhere at home.
expect_no_secret_in_files() {
	local file
	while IFS= read -r file; do
		expect_equal "" "$(secrets_in "$file")" "what is to be found in $file with $1"
	done < <(find cache "$HOME" -type f)
}

test_the_file_cache_holds_nothing_private() {
	local mode job
	prepare_secrets
	for mode in no public yes; do
		caching_conf "$mode"
		mkdir -p cache
		for job in $(all_jobs); do
			do_job "$job" 0
			do_job "$job" 0 # once from the cache, if it was
			expect_no_secret_in_files "$mode"
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
