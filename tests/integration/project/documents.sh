# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Documents that a program can check: man pages, links, and that every key of the configuration is explained.

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"

test_man_pages_are_clean() {
	local page
	require mandoc
	for page in "$srcdir"/docs/man/*.[1-8]; do
		output=$(mandoc -T lint -W style "$page" | grep -v -e 'outdated mandoc.db' -e 'referenced manual not found' || true)
		expect_equal "" "$output" "what mandoc says of $page"
	done
}

# The items of lists in man page $1: options, commands, variables, exit statuses; of a table the first, second and last column.
man_items() {
	sed -n -E '/^\.It Em /d; s/^(\.It [0-9]+ Ta .* Ta ).* Ta /\1/; /^\.It [FCEP0-9]/p' "$1"
}

# mandoc knows the names of sections in English only, and counts bytes for characters.
test_japanese_man_pages_say_the_same() {
	local page
	require mandoc
	for page in "$srcdir"/docs/man/*.[1-8]; do
		page=$srcdir/docs/man/ja/${page##*/}
		output=$(mandoc -T lint -W style "$page" | grep -v -e 'outdated mandoc.db' -e 'referenced manual not found' -e 'trailing delimiter: [SN]' \
			-e 'first section is not "NAME"' -e 'outside NAME section' -e 'longer than 80 bytes' || true)
		expect_equal "" "$output" "what mandoc says of $page"
		expect_equal "$(man_items "$srcdir/docs/man/${page##*/}")" "$(man_items "$page")" "the items of $page"
	done
}

test_links_lead_somewhere() {
	local document link
	for document in "$srcdir"/*.md "$srcdir"/docs/*.md "$srcdir"/docs/clients/*.md; do
		while read -r link; do
			[ -e "${document%/*}/${link%%#*}" ] || fail "$document: no $link"
		done < <(grep -o ']([^)]*)' "$document" | sed 's/^](//; s/)$//; /^[a-z]*:/d')
	done
}

# docs/security.md names tests as `file`: `test`, `test`.
test_security_names_tests_that_exist() {
	local word file='' count=0
	while read -r word; do
		case $word in
		*/*.sh) file=$srcdir/tests/$word ;;
		*.sh) file=$(echo "$srcdir"/tests/integration/*/"$word") ;;
		*.c) file=$srcdir/tests/unit/$word ;;
		test_*)
			grep -q "^$word(" "$file" || fail "no $word in $file"
			count=$((count + 1))
			;;
		esac
	done < <(grep -o "\`[a-z0-9_/-]*\(\.sh\|\.c\)\?\`" "$srcdir/docs/security.md" | tr -d '`')
	[ "$count" -gt 50 ] || fail "only $count tests are named"
}

# Files, functions() and tables[] that docs/hacking.md names.
test_hacking_names_what_exists() {
	local name count=0
	find "$srcdir" -type f -printf '%f\n' | sort -u >files
	while read -r name; do
		grep -q -x -F -e "$name" files || fail "docs/hacking.md: there is no file $name"
		count=$((count + 1))
	done < <(grep -o -E '[a-z0-9][a-z0-9._-]*\.(c|h|sh|awk|am|m4|py|dict)\b' "$srcdir/docs/hacking.md" | sort -u)
	while read -r name; do
		grep -r -q -w --include='*.[ch]' --include='*.awk' -e "$name" "$srcdir"/{card-driver,pkcs15-emu,plugin,tools,virtual-card,tests} ||
			fail "docs/hacking.md: nothing is called $name"
		count=$((count + 1))
	done < <(grep -o -E "\`[a-z0-9_]+(\(\)|\[\])\`" "$srcdir/docs/hacking.md" | tr -d '`()[]' | sort -u)
	[ "$count" -gt 90 ] || fail "only $count names are checked"
}

# The keys that the driver reads.
keys() {
	sed -n 's/^[[:space:]]*{"\([a-z0-9_]*\)", read_[a-z]*, .*/\1/p' "$srcdir/card-driver/base/settings.c"
}

test_every_key_is_explained() {
	local key
	expect_match '^my_number$' "$(keys)"
	for key in $(keys); do
		expect_match "^\\.It Cm $key No = " "$(cat "$srcdir/docs/man/opensc-mynumber.conf.5")"
		expect_match "^\\| \`$key\` " "$(cat "$srcdir/docs/configuration.md")"
		expect_match "^\\| \`$key\` " "$(cat "$srcdir/docs/configuration.ja.md")"
	done
}

test_japanese_documents_have_the_same_parts() {
	local document
	for document in README docs/configuration; do
		expect_equal "$(grep -c '^##* ' "$srcdir/$document.md")" "$(grep -c '^##* ' "$srcdir/$document.ja.md")" "headings of $document"
	done
}

# The steps of README $1 to a verified signature, as they stand there, changed by the sed script $2; but the PIN is given, as nobody types it.
expect_steps_lead_to_a_signature() {
	require openssl
	sed -n '/^ \{4,\}\(echo .*>document\|pkcs15-tool --read-certificate\)/,/openssl dgst/{ s/^ \{4,\}//p }' "$srcdir/$1" | sed "$2" >commands
	expect_match '^pkcs11-tool --sign ' "$(cat commands)"
	bash -e commands >steps.out 2>&1 || fail "$(cat commands steps.out)"
	expect_match '^Verified OK$' "$(cat steps.out)"
}

with_pin="s/--login/--login --pin $AUTH_PIN/"

test_readme_leads_to_a_signature() {
	expect_steps_lead_to_a_signature README.md "$with_pin"
}

test_japanese_readme_leads_to_a_signature() {
	expect_steps_lead_to_a_signature README.ja.md "$with_pin"
}

# Prints the lines of README $1 that begin with `$ `, or with "output" those that these commands printed.
readme_session() {
	awk -v wanted="$2" '/^    \$ / { commands++ } !/^    / { commands = 0 }
		commands { line = substr($0, 5); is_command = sub(/^\$ /, "", line); if (is_command == (wanted != "output")) print line }' "$srcdir/$1"
}

# The first screen, as it stands there; but the file to sign, its public key and code B come from elsewhere, and the key is another.
test_readmes_show_what_the_commands_print() {
	local readme
	require openssl ssh-keygen
	conf_with "trusted_cv_keys = \"$VIRTUAL_CARD_DIR/trusted-cv-keys.txt\";"
	public_key 01 >public.pem
	export MYNUMBER_CODE_B
	MYNUMBER_CODE_B=$(cat "$VIRTUAL_CARD_DIR/expected/code-b.txt")
	echo hello >document
	for readme in README.md README.ja.md; do
		readme_session "$readme" commands | sed "s|/usr/lib/x86_64-linux-gnu|$(module_folder)|; s|^mynumber-card|$builddir/tools/&|; /--raw/s/$/; echo/" >session
		expect_equal 6 "$(wc -l <session)" "the number of commands in $readme"
		expect_equal "$(readme_session "$readme" output | sed 's/^ssh-rsa .*/ssh-rsa/')" \
			"$(bash -e session 2>/dev/null | sed 's/^ssh-rsa .*/ssh-rsa/')" "the output of the commands in $readme"
	done
}

# What both say must be changed for the other key.
test_readmes_lead_to_a_signature_by_the_signature_key() {
	local readme
	for readme in README.md README.ja.md; do
		expect_contains "\`--verify-pin --auth-id 02\`" "$(cat "$srcdir/$readme")"
		expect_steps_lead_to_a_signature "$readme" "s/01/02/; s/User Authentication/Digital Signature/
			s/--read-certificate/--verify-pin --auth-id 02 --pin $SIGN_PIN &/; s/--login/--login --pin $SIGN_PIN/"
	done
}

# make docs-objects calls this with DOCS_OBJECTS, where the page then goes.
test_objects_page_is_up_to_date() {
	variant licence,residence
	conf_with
	mv "$OPENSC_CONF" without.conf
	conf_with 'my_number = yes;'
	"$srcdir/tests/objects/page" "$builddir/tests/objects/list-objects" without.conf "$OPENSC_CONF" >objects.md
	expect_equal 10 "$(grep -c '^| 0[0-9A] |.* tries\|^| 0[0-9A] |.* [0-9]* | \(yes\|no\) |' objects.md)" "the number of PINs"
	[ -z "${DOCS_OBJECTS-}" ] || cp objects.md "$DOCS_OBJECTS"
	diff "$srcdir/docs/objects.md" objects.md || fail "docs/objects.md is old: make docs-objects"
}

# The numbers of include lines may differ: each change of the code would change them. make docs-layers writes all.
test_table_of_layers_is_up_to_date() {
	[ -n "$(git -C "$srcdir" ls-files tests/bin/layers-page 2>/dev/null)" ] || skip "no git checkout"
	diff <(sed 's/ [0-9][0-9]*//g' "$srcdir/docs/hacking.md") <("$srcdir/tests/bin/layers-page" | sed 's/ [0-9][0-9]*//g') ||
		fail "the table of docs/hacking.md is old: make docs-layers"
}
