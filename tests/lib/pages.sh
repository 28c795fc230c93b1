# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# Runs the commands of a page of docs/clients, or of docs, as they stand there. A block of a page is a run of lines that begin with four spaces.

page=
page_examples=()

# page_file NAME: prints the path of the page docs/clients/NAME.md; if there is none, that of docs/NAME.md.
page_file() {
	local file=$srcdir/docs/clients/$1.md
	[ -f "$file" ] || file=$srcdir/docs/$1.md
	printf '%s\n' "$file"
}

# use_page NAME [SED-EXPRESSION...]: from now on the page of that name. The expressions replace what the page gives as an example
# (www.example.org, PROFILE) by what the test has. The folder of the PKCS#11 modules is always that of this machine.
use_page() {
	local expression
	page=$(page_file "$1")
	page_examples=(-e "s|/usr/lib/x86_64-linux-gnu/|$(module_folder)/|g")
	for expression in "${@:2}"; do
		page_examples+=(-e "$expression")
	done
}

# page_block START: prints the one block of the page whose first line begins with START.
page_block() {
	start="    $1" awk 'BEGIN { start = ENVIRON["start"] }
		!/^    / { inside = 0; next }
		!inside { inside = 1; wanted = index($0, start) == 1; found += wanted }
		wanted { print substr($0, 5) }
		END { exit found != 1 }' "$page" >page.block || fail "$page has no block, or several, that begin with: $1"
	sed "${page_examples[@]}" page.block
}

# run_page START: runs that block in this shell.
run_page() {
	page_block "$1" >page.commands
	# shellcheck source=/dev/null
	. ./page.commands
}
