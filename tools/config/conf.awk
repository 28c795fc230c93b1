# SPDX-License-Identifier: LGPL-2.1-or-later
# Parses an opensc.conf. job=facts prints one finding or value about the driver per line. job=enable and job=disable print the file with and
# without the lines that opensc-mynumber needs. Exit status 3: the file has an error, with the reason on standard error.
# Run it with LC_ALL=C, so that columns are bytes. Variables: job, unterminated (1: the last line has no end of line); MODULE in the environment.
# The parser of OpenSC (scconf) cannot replace this one: it gives no line and no column of what it has read, which enable needs to change the
# file, and doctor must work where libopensc cannot be loaded.

BEGIN {
	module = ENVIRON["MODULE"] # awk -v would interpret \\
	BEGIN_MARK = "# opensc-mynumber begin: opensc-mynumber-config disable takes this out"
	END_MARK = "# opensc-mynumber end"
	OLD_MARK = "#~"
	OPEN_END = " (no end of line follows)"
	blocks = 0
	statements = 0
	depth = 0
	words = 0
}

{ line[NR] = $0 }

END {
	if (job == "disable")
		disable()
	else {
		for (n = 1; n <= NR && !failed; n++)
			read_line(n)
		if (!failed && depth > 0)
			fail(bline[stack[depth]], "the block that begins here does not end")
		if (!failed && words > 0)
			fail(NR, "a ; is missing")
		if (!failed && job == "facts")
			print_facts()
		if (!failed && job == "enable")
			enable()
	}
	if (failed)
		exit 3
}

function fail(n, why) {
	if (!failed)
		print "line " n ": " why >"/dev/stderr"
	failed = 1
}

# --- the grammar: KEY NAME... { ... } and KEY = VALUE, VALUE; OpenSC ignores the case of keys and names

function read_line(n,    rest, at, token) {
	rest = line[n]
	at = 1
	while (!failed) {
		match(rest, /^[ \t\r]*/)
		at += RLENGTH
		rest = substr(rest, RLENGTH + 1)
		if (rest ~ /^#/ && words > 0)
			return fail(n, "a comment inside a statement")
		if (rest == "" || rest ~ /^#/)
			return
		if (match(rest, /^"[^"]*"/) || match(rest, /^[{};,=]/) || match(rest, /^[^ \t\r"#{};,=]+/))
			token = substr(rest, 1, RLENGTH)
		else
			return fail(n, "this is not understood: " rest)
		read_token(n, at, token)
		at += length(token)
		rest = substr(rest, length(token) + 1)
	}
}

function read_token(n, at, token) {
	if (token == "{")
		open_block(n, at)
	else if (token == "}")
		close_block(n)
	else if (token == "=" || token == ",") {
		if (words == 0 || (token == "=") == assigned || (token == "," && separated))
			return fail(n, "unexpected " token)
		if (token == "=" && words != 1)
			return fail(n, "unexpected = after " word[words])
		assigned = 1
		separated = 1
	} else if (token == ";")
		end_statement(n)
	else
		add_word(n, at, token)
}

function add_word(n, at, token) {
	if (assigned && !separated)
		return fail(n, "a , or ; is missing before " token)
	word[++words] = token
	word_line[words] = n
	word_at[words] = at
	separated = 0
}

function clear_words() {
	words = 0
	assigned = 0
	separated = 0
}

function unquote(token) {
	return token ~ /^"/ ? substr(token, 2, length(token) - 2) : token
}

function open_block(n, at) {
	if (words == 0 || assigned)
		return fail(n, "unexpected {")
	blocks++
	bkey[blocks] = tolower(unquote(word[1]))
	bname[blocks] = words > 1 ? tolower(unquote(word[2])) : ""
	bparent[blocks] = stack[depth]
	bline[blocks] = n
	bat[blocks] = at + 1
	bdepth[blocks] = depth + 1
	stack[++depth] = blocks
	clear_words()
}

function close_block(n) {
	if (words > 0)
		return fail(n, "a ; is missing before }")
	if (depth == 0)
		return fail(n, "a } too many")
	depth--
}

function end_statement(n,    i) {
	if (words > 0 && (!assigned || separated))
		return fail(n, "no value before ;")
	if (words == 0)
		return
	statements++
	skey[statements] = tolower(unquote(word[1]))
	sblock[statements] = stack[depth]
	scount[statements] = words - 1
	slines[statements] = n - word_line[1] + 1
	sline[statements] = word_line[2]
	sat[statements] = word_at[2]
	for (i = 2; i <= words; i++)
		svalue[statements, i - 1] = unquote(word[i])
	clear_words()
}

# --- look-ups; they return 0 if there is nothing

function find_block(parent, key, name,    i) {
	for (i = 1; i <= blocks; i++)
		if (bparent[i] + 0 == parent + 0 && bkey[i] == key && bname[i] == name)
			return i
	return 0
}

function find_statement(block, key,    i) {
	for (i = 1; i <= statements; i++)
		if (block && sblock[i] == block && skey[i] == key)
			return i
	return 0
}

function value(block, key,    s) {
	s = find_statement(block, key)
	return s ? svalue[s, 1] : ""
}
