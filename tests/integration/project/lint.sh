# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Style, and the mistakes that tools find: make lint, one check a test.

# lint CHECK
lint() {
	local status=0
	[ -z "${NO_LINT-}" ] || skip "style is checked where it is written (NO_LINT)"
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

test_commits() {
	lint commits
}

test_layers() {
	lint layers
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

# A git checkout that holds the checks alone: planted/.
plant_checks() {
	[ -z "${TEST_PRELOAD-}" ] || skip "AddressSanitizer stops awk at a fault of its own"
	require git
	rm -rf planted
	mkdir -p planted/tests/bin
	cp "$srcdir/tests/bin/lint" "$srcdir"/tests/bin/*.awk planted/tests/bin/
	git -C planted init -q
}

# plant TEXT FOLDER: plants the checks, and this line in a function of a file of that folder.
plant() {
	plant_checks
	mkdir -p "planted/$2"
	printf 'static void\nplanted(void)\n{\n\t/* a comment\n\t * of two lines */\n\t%s\n}\n' "${1//, /,
		}" >"planted/$2/planted.c"
	git -C planted add -A
}

test_own_context_finds_each_kind_of_call() {
	local line folders=(card-driver pkcs15-emu plugin tools tools/report virtual-card) folder i=0 bad=true
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

# plant_include FILE HEADER: FILE of planted/ includes HEADER.
plant_include() {
	mkdir -p "planted/${1%/*}"
	echo "#include \"$2\"" >>"planted/$1"
	git -C planted add -A
}

# Layers that are in order: each folder includes the one below it, and the tests and tools what they may.
plant_layers() {
	local below='' folder
	plant_checks
	for folder in card-driver/{base,card,trust,session,content,operations} pkcs15-emu plugin; do
		plant_include "$folder/x.h" libopensc/opensc.h
		plant_include "$folder/x.c" x.h
		[ -z "$below" ] || plant_include "$folder/x.c" "$below/x.h"
		below=$folder
	done
	plant_include virtual-card/y.h stdio.h
	plant_include tests/unit/x.c card-driver/content/x.h
	plant_include tests/unit/x.c virtual-card/y.h
	plant_include tools/report/x.c card-driver/trust/x.h
	planted/tests/bin/lint layers || fail "layers that are in order were refused"
}

test_layers_finds_an_include_of_a_higher_layer() {
	local file header
	while read -r file header; do
		plant_layers
		plant_include "$file" "$header"
		fails planted/tests/bin/lint layers
		expect_match "^$file:[0-9]+: ${file%/*} must not include ${header%/*}$" "$output"
	done <<-'END'
	card-driver/base/x.c card-driver/card/x.h
	card-driver/session/x.h card-driver/content/x.h
	card-driver/operations/x.c pkcs15-emu/x.h
	pkcs15-emu/x.c plugin/x.h
	card-driver/card/x.c virtual-card/y.h
	virtual-card/y.c card-driver/card/x.h
	tools/report/x.c pkcs15-emu/x.h
	tools/report/x.c virtual-card/y.h
	END
}

test_layers_finds_a_circle() {
	plant_layers
	plant_include card-driver/content/a.c b.h
	plant_include card-driver/content/b.c card-driver/content/c.h
	plant_include card-driver/content/c.h a.h
	plant_include card-driver/content/a.h x.h
	plant_include card-driver/content/b.h x.h
	fails planted/tests/bin/lint layers
	expect_equal "a -> b
b -> c
c -> a" "$(sed -n 's/^.*: a circle of includes: //; s|card-driver/content/||gp' <<<"$output" | sort)" "the circle"
}

test_layers_finds_a_part_of_the_session_that_another_file_uses() {
	local file line
	while read -r file line; do
		plant_layers
		echo "$line" >>"planted/$file"
		git -C planted add -A
		if [ "${file##*/}" = x.c ]; then
			fails planted/tests/bin/lint layers
			expect_match "^$file:[0-9]+: session->[a-z_]+ is used by its owner alone: " "$output"
		else
			planted/tests/bin/lint layers || fail "refused: $file: $line"
		fi
	done <<-'END'
	card-driver/content/x.c r = session->card == NULL || session->link.app == NULL;
	card-driver/operations/x.c session->pins.last_try_used = true;
	pkcs15-emu/x.c serial = session->who.identity.serial;
	card-driver/session/read.c session->link.ef = 0;
	card-driver/content/permit.c signer = &session->signers[app];
	card-driver/session/session.c session->who = (struct session_who){0};
	card-driver/operations/driver.c r = settings_load(&session->settings);
	tests/unit/test-x.c session->pins.last_try_used = true;
	END
}

# commit SUBJECT: a commit of planted/.
commit() {
	git -C planted -c user.name=test -c user.email=test@localhost -c commit.gpgsign=false commit -q --allow-empty -m "$1"
}

# Plants a project whose rules for subjects hold after its first commit.
plant_history() {
	plant_checks
	commit 'A long subject of the time before the rules, which is longer than the seventy-two characters'
	sed -i "s/^rules_since=[0-9a-f]*/rules_since=$(git -C planted rev-parse HEAD)/" planted/tests/bin/lint
}

test_commits_wants_a_part_and_an_imperative() {
	local subject
	plant_history
	for subject in 'pin: refuse a value that the card has refused' 'identity, emulator: work with less' 'tests/fuzz: embed seeds' \
		'card-face: process each picture' 'clients: feed the input' 'virtual card: bring back the log' 'OpenSC' \
		'pin: refuse a value that the card has refused before, and say so to users' 'pin: Refuse it' 'Pin: refuse it' \
		'pin: refused a value' 'pin: refuses a value' 'pin: refusing a value' 'pin: the value is refused' 'pin: refuse it.'; do
		[ "$subject" != OpenSC ] || { planted/tests/bin/lint commits || fail "good subjects were refused"; continue; }
		commit "$subject"
	done
	fails planted/tests/bin/lint commits
	expect_equal 8 "$(grep -c '^commit [0-9a-f]*: ' <<<"$output")" "the subjects refused"
}

test_commits_needs_no_history() {
	plant_history
	commit 'Not of the form'
	commit 'pin: refuse a value'
	fails planted/tests/bin/lint commits
	git clone -q --depth 1 "file://$PWD/planted" shallow
	cp planted/tests/bin/lint shallow/
	mkdir -p shallow/tests/bin
	mv shallow/lint shallow/tests/bin/
	shallow/tests/bin/lint commits || fail "the last commit was refused in a shallow clone"
	rm -rf planted/.git
	GIT_CEILING_DIRECTORIES=$PWD planted/tests/bin/lint commits || fail "refused without git"
}
