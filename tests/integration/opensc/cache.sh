# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# OpenSC's file cache: whatever somebody put into it, the card that is in the reader shows its own certificates, and works.

# shellcheck source=tests/lib/pin-jobs.sh
. "$srcdir/tests/lib/pin-jobs.sh"

# With OpenSC's cache for public files, in the folder "cache".
caching_conf() {
	conf_with ""
	sed -i "s/framework pkcs15 {/&\n\t\tuse_file_caching = public;\n\t\tfile_cache_dir = \"${PWD//\//\\/}\/cache\";/" "$OPENSC_CONF"
}

# The cache of a card that has been read once.
fill_cache() {
	caching_conf
	pkcs15-tool --read-certificate 01 >/dev/null
	pkcs15-tool --read-certificate 03 >/dev/null
	pkcs15-tool --read-certificate 04 >/dev/null
	[ "$(find cache -type f | wc -l)" = 3 ] || fail "not all was cached: this test shows nothing"
}

jpki_report() {
	pkcs15-tool --read-data-object "JPKI certificate report" --raw
}

# expect_own_certificates: every program sees what is on the card, and signs with it.
expect_own_certificates() {
	local id
	echo document >document
	for id in 01 03 04; do
		expect_reads_certificate "$id"
	done
	pkcs15-tool --dump >dump
	pkcs11_sign 01 SHA256-RSA-PKCS document
	expect_signature 01 sha256 document signature
	pkcs11-tool --read-object --type cert --id 01 --output-file read.der
	expect_same_file "$(certificate_file 01)" read.der
	output=$(jpki_report)
	expect_lacks FAIL "$output"
	expect_match '^ok: user authentication .*: signed by the CA certificate on the card$' "$output"
	command -v ssh-keygen >/dev/null || return 0
	public_key 01 >public.pem
	expect_contains "$(ssh-keygen -i -m PKCS8 -f public.pem)" "$(ssh-keygen -D "$(pkcs11_path)")"
}

# read_hostile VARIANT: the certificates of a card with the same number, which begin as the right ones do.
read_hostile() {
	conf_with ""
	variant "$1"
	pkcs15-tool --read-certificate 01 --output hostile.pem
	pkcs15-tool --read-certificate 03 --output hostile-ca.pem
	! cmp -s <(openssl x509 -in hostile.pem -pubkey -noout) <(public_key 01) || fail "the hostile card has the same key: this test shows nothing"
	cmp -n 256 "$(certificate_file 01)" <(openssl x509 -in hostile.pem -outform DER) || fail "it does not begin in the same way"
	variant ""
}

test_a_hostile_card_leaves_nothing_to_the_genuine_one() {
	read_hostile other-certificates
	variant other-certificates
	fill_cache
	variant ""
	expect_own_certificates
}

# The CA itself would never sign two keys under one serial number; a test hierarchy may.
test_another_key_by_the_same_ca() {
	local genuine=$VIRTUAL_CARD_DIR
	cp -r "$genuine" other
	rm other/keys/auth.pem other/certificates/auth.der
	VIRTUAL_CARD_DIR=$PWD/other
	fill_cache
	cp other/certificates/auth.der hostile.der
	VIRTUAL_CARD_DIR=$genuine
	cmp -n 256 "$(certificate_file 01)" hostile.der || fail "it does not begin in the same way"
	! cmp -s "$(certificate_file 01)" hostile.der || fail "it is the same"
	expect_own_certificates
}

# What a program of the same user can write under the names of the genuine card's entries: both certificates, or one of them.
test_hostile_copies_under_the_right_names() {
	local card name
	for card in other-certificates other-certificates,forged-key-names; do
		read_hostile "$card"
		for name in 000A 000B "000A 000B"; do
			rm -rf cache
			fill_cache
			[[ $name != *A* ]] || openssl x509 -in hostile.pem -outform DER -out "$(find cache -name '*_000A')"
			[[ $name != *B* ]] || openssl x509 -in hostile-ca.pem -outform DER -out "$(find cache -name '*_000B')"
			expect_own_certificates
		done
	done
}

# flip FILE OFFSET: changes one bit; an offset below 0 counts from the end.
flip() {
	local offset=$2 byte
	[ "$offset" -ge 0 ] || offset=$(($(stat -c %s "$1") + offset))
	byte=$(od -A n -t u1 -j "$offset" -N 1 "$1")
	# shellcheck disable=SC2059
	printf "\\x$(printf %x $((byte ^ 1)))" | dd of="$1" bs=1 seek="$offset" conv=notrunc status=none
}

# By a program of the same user, in each part: header, serial number, dates, subject, key, exponent, extensions, signature.
test_a_bit_changed_anywhere() {
	local name offset file
	for name in 000A 000B; do
		for offset in 3 16 190 250 300 500 538 700 1200 -300 -200 -1; do
			rm -rf cache
			fill_cache
			file=$(find cache -name "*_$name")
			cp "$file" before
			flip "$file" "$offset"
			! cmp -s before "$file" || fail "nothing was changed"
			echo "$name at $offset"
			expect_reads_certificate 01
			expect_reads_certificate 03
			pkcs11-tool --read-object --type cert --id 01 --output-file read.der
			expect_same_file "$(certificate_file 01)" read.der
		done
	done
}

# replace_cached FILE HOW: puts something in its place that OpenSC would wait for, read without end, or that is not its own.
replace_cached() {
	rm -r "$1"
	case $2 in
	pipe) mkfifo "$1" ;;
	huge) truncate -s 100G "$1" ;;
	device) ln -s /dev/zero "$1" ;;
	link) cp "$(certificate_file 01)" elsewhere && ln -s "$PWD/elsewhere" "$1" ;;
	owner) cp "$(certificate_file 01)" "$1" && chown 65534 "$1" ;;
	esac
}

# Another user's file can only be made by root.
test_what_is_no_file_of_the_cache_is_not_opened() {
	local name how file kinds=(pipe huge device link)
	[ "$(id -u)" != 0 ] || kinds+=(owner)
	for name in 000A 000B 0002; do
		for how in "${kinds[@]}"; do
			rm -rf cache
			fill_cache
			file=$(find cache -name "*_$name")
			replace_cached "$file" "$how"
			timeout 60 pkcs15-tool --read-certificate 01 --output read.pem 2>messages || fail "$how as $name: status $?"
			expect_certificate 01 read.pem
			expect_equal "opensc-mynumber: OpenSC's cache $PWD/cache contains a file that OpenSC has not written. The cache is not used. Delete this folder" \
				"$(grep opensc-mynumber messages)" "the message"
			rm -r cache
			fill_cache
			expect_equal 3 "$(find cache -type f | wc -l)" "the number of copies after the folder was deleted"
		done
	done
}

# change_length FILE HOW
change_length() {
	case $2 in
	empty) : >"$1" ;;
	short) truncate -s -1 "$1" ;;
	half) truncate -s 700 "$1" ;;
	beginning) truncate -s 256 "$1" ;;
	longer) echo more >>"$1" ;;
	folder) rm "$1" && mkdir "$1" ;;
	missing) rm "$1" ;;
	unreadable) rm "$1" && ln -s /nowhere/file "$1" ;;
	esac
}

test_a_copy_of_another_length() {
	local name how file
	for name in 000A 000B; do
		for how in empty short half beginning longer folder missing unreadable; do
			rm -rf cache
			fill_cache
			file=$(find cache -name "*_$name")
			change_length "$file" "$how"
			echo "$name $how"
			expect_reads_certificate 01
			expect_reads_certificate 03
		done
	done
}

# expect_not_served HOSTILE: a copy of the signature CA's certificate. The genuine one replaces it in the cache.
expect_not_served() {
	! cmp -s "$(certificate_file 04)" "$1" || fail "it is the same"
	cp "$1" "$(find cache -name '*_0002')"
	expect_reads_certificate 04
	expect_same_file "$(certificate_file 04)" "$(find cache -name '*_0002')"
}

# Certificates that a hostile CA has signed itself: with the identifier of its own key, and with that of the genuine key, where
# only the hash shows that the key is another one.
test_another_key_of_the_signature_ca() {
	local genuine=$VIRTUAL_CARD_DIR
	cp -r "$genuine" other
	rm other/keys/sign-ca.pem other/certificates/sign-ca.der
	VIRTUAL_CARD_DIR=$PWD/other pkcs15-tool --read-certificate 04 >/dev/null
	fill_cache
	cmp -n 256 "$(certificate_file 04)" other/certificates/sign-ca.der || fail "it does not begin in the same way: this test shows nothing"
	expect_not_served other/certificates/sign-ca.der
	openssl x509 -inform DER -in "$(certificate_file 04)" -signkey other/keys/sign-ca.pem -preserve_dates -outform DER -out forged.der
	expect_not_served forged.der
}

test_a_changed_copy_of_the_signature_ca() {
	local offset how
	fill_cache
	for offset in 3 16 190 250 300 500 538 700 1100 -300 -200 -1; do
		cp "$(certificate_file 04)" changed.der
		flip changed.der "$offset"
		expect_not_served changed.der
	done
	for how in empty short half beginning longer; do
		cp "$(certificate_file 04)" changed.der
		change_length changed.der "$how"
		expect_not_served changed.der
	done
}

# The same key, certified once more: the serial number and the dates differ.
test_a_signature_ca_with_the_same_key() {
	fill_cache
	openssl x509 -inform DER -in "$(certificate_file 04)" -signkey "$VIRTUAL_CARD_DIR/keys/sign-ca.pem" -set_serial 0x010203FF -days 400 -outform DER -out renewed.der
	cp renewed.der "$(certificate_file 04)"
	expect_reads_certificate 04
	expect_reads_certificate 04
}

# The first bytes and one READ prove the copy, when it is read. No other job pays for it.
test_the_signature_ca_is_proven_when_it_is_read() {
	fill_cache
	: >"$VIRTUAL_CARD_LOG"
	pkcs11-tool --list-objects >/dev/null
	expect_reads_certificate 01
	expect_equal 0 "$(count_apdus '> 00B082')" "READs of the signature CA's certificate"
	: >"$VIRTUAL_CARD_LOG"
	expect_reads_certificate 04
	expect_equal "00B0820000" "$(sed -n 's/.* > //p' "$VIRTUAL_CARD_LOG" | grep -A 1 00B082 | head -n 1)" "the first READ"
	expect_match '^00B0....1F$' "$(sed -n 's/.* > //p' "$VIRTUAL_CARD_LOG" | grep -A 1 00B082 | tail -n 1)"
}

test_every_program_after_a_change() {
	local offset
	for offset in 300 700 -1; do
		rm -rf cache
		fill_cache
		flip "$(find cache -name '*_000A')" "$offset"
		flip "$(find cache -name '*_000B')" "$offset"
		expect_own_certificates
	done
}

# What stands in the cache under the names of the signature pair is not served unless it is the same.
test_nothing_of_the_signature_pair_is_served() {
	local name
	fill_cache
	for name in cache/*_000A; do
		cp "$(certificate_file 03)" "${name%000A}0002"
		cp "$(certificate_file 01)" "${name%000A}0001"
	done
	expect_reads_certificate 04
	expect_reads_certificate 02 --verify-pin --auth-id 02 --pin "$SIGN_PIN"
	expect_own_certificates
}

# OpenSC itself looks for nothing in the cache: an entry that changes after it was proven is not served.
test_opensc_has_no_way_to_the_cache() {
	fill_cache
	OPENSC_DEBUG=3 pkcs15-tool --read-certificate 01 >/dev/null 2>log
	expect_equal 3 "$(grep -c 'read cached file' log)" "how often the cache was looked into"
	expect_lacks "00B00000" "$(grep -A 1 'read cached file' log)"
}

# Beside the first bytes, which date the entries, one READ in the middle of the certificate proves both of them.
test_the_proof_is_one_read() {
	local id
	fill_cache
	for id in 01 03; do
		: >"$VIRTUAL_CARD_LOG"
		expect_reads_certificate "$id"
		expect_equal "1 0" "$(count_apdus '> 00B0[0-7]') $(count_apdus '> 00B08B')" "the numbers of READs of $id by offset, and of the CA's certificate"
	done
}

# A certificate for another purpose is reported even if the cache contains the genuine certificate.
test_the_report_judges_the_certificate_on_the_card() {
	fill_cache
	variant posing-certificate
	expect_match '^FAIL: user authentication .*: its key usage is that of another kind of certificate$' "$(jpki_report)"
}

# A certificate without key identifiers cannot prove a copy: nothing is cached, and everything works.
test_a_certificate_that_cannot_prove_a_copy() {
	openssl req -new -x509 -key "$VIRTUAL_CARD_DIR/keys/auth.pem" -subj /CN=nobody -days 100 -outform DER -out "$(certificate_file 01)" \
		-config <(printf '[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\nkeyUsage=critical,digitalSignature\n')
	caching_conf
	expect_reads_certificate 01
	expect_reads_certificate 01
	expect_equal "" "$(find cache -type f 2>/dev/null)" "what was cached"
}
