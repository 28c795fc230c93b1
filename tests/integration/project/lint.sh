# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Style, and the mistakes that tools find: make lint, one check a test.

# lint CHECK
lint() {
	local status=0
	[ -n "$(git -C "$srcdir" ls-files tests/bin/lint 2>/dev/null)" ] || skip "no git checkout"
	output=$("$srcdir/tests/bin/lint" "$1" 2>&1) || status=$?
	[ "$status" != 77 ] || skip "$(tail -n 1 <<<"$output")"
	[ "$status" = 0 ] || fail "$output"
}

test_clang_format() {
	lint clang-format
}

test_shellcheck() {
	lint shellcheck
}

test_codespell() {
	lint codespell
}

test_cppcheck() {
	lint cppcheck
}

test_clang_tidy() {
	lint clang-tidy
}

test_gcc() {
	lint gcc
}

test_scan_build() {
	lint scan-build
}

test_headers() {
	lint headers
}

test_rules() {
	lint rules
}

test_own_context() {
	lint own-context
}

# Each kind of a call in the default context, one a line, and after a line of "--" what looks like one and is none.
own_context_kinds() {
	cat <<-'END'
	digest = EVP_sha256();
	digest = EVP_get_digestbynid(nid);
	digest = EVP_get_digestbyname("SHA256");
	cipher = EVP_get_cipherbyname("AES-256-CBC");
	digest = EVP_MD_fetch(NULL, "SHA2-256", NULL);
	ctx = EVP_PKEY_CTX_new(key, NULL);
	ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
	ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	key = EVP_RSA_gen(2048);
	key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
	good = EVP_DigestVerifyInit(ctx, NULL, digest, NULL, key);
	good = EVP_DigestSignInit_ex(ctx, NULL, "SHA256", NULL, NULL, key, NULL);
	good = EVP_Q_digest(NULL, "SHA256", NULL, data, len, hash, NULL);
	key = d2i_PUBKEY(NULL, &der, len);
	key = d2i_PUBKEY_ex(NULL, &der, len, NULL, NULL);
	key = d2i_AutoPrivateKey(NULL, &der, len);
	certificate = d2i_X509(NULL, &der, len);
	certificate = X509_new();
	certificate = X509_new_ex(NULL, NULL);
	key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	key = PEM_read_bio_PUBKEY_ex(bio, NULL, NULL, NULL, NULL, NULL);
	decoder = OSSL_DECODER_CTX_new_for_pkey(&key, "DER", NULL, "RSA", selection, NULL, NULL);
	good = RAND_bytes(random, len);
	good = RAND_bytes_ex(NULL, random, len, 0);
	provider = OSSL_PROVIDER_load(NULL, "default");
	number = BN_CTX_new();
	SHA256(data, len, hash);
	SHA256_Init(&state);
	rsa = RSA_new();
	--
	good = EVP_MD_CTX_new() != NULL && EVP_DigestInit_ex(hash, crypto_sha256(), NULL);
	key = d2i_PUBKEY_ex(NULL, &der, len, crypto_context(), NULL);
	ctx = EVP_PKEY_CTX_new_from_pkey(crypto_context(), key, NULL);
	good = EVP_DigestVerifyInit_ex(ctx, NULL, digest, context, NULL, key, NULL);
	good = RAND_bytes_ex(context, buf, len, 0);
	/* EVP_sha256() is the program's */
	say("RAND_bytes(random)");
	END
}

# plant TEXT FOLDER: a git checkout with this line in a function of a file of that folder, and the checks.
plant() {
	rm -rf planted
	mkdir -p "planted/tests" "planted/$2"
	cp "$srcdir/tests/bin/lint" "$srcdir/tests/bin/own-context.awk" planted/tests/
	printf 'static void\nplanted(void)\n{\n\t/* a comment\n\t * of two lines */\n\t%s\n}\n' "${1//, /,
		}" >"planted/$2/planted.c"
	git -C planted init -q
	git -C planted add -A
}

test_own_context_finds_each_kind_of_call() {
	local line folders=(card-driver pkcs15-emu tools tools/report virtual-card) folder i=0 bad=true
	require git
	while IFS= read -r line; do
		if [ "$line" = -- ]; then
			bad=false
			continue
		fi
		folder=${folders[i++ % ${#folders[@]}]}
		plant "$line" "$folder"
		if [ "$bad" = true ]; then
			fails env builddir="$builddir" planted/tests/bin/lint own-context
			expect_match "^$folder/planted.c:6: [A-Za-z0-9_]+( without a context)?: in the default context" "$output"
		else
			builddir=$builddir planted/tests/bin/lint own-context || fail "refused: $line"
		fi
	done < <(own_context_kinds)
	expect_equal 37 "$i" "the number of kinds"
}
