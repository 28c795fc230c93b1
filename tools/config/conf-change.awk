# SPDX-License-Identifier: LGPL-2.1-or-later
# The second part of conf.awk: adds the lines that opensc-mynumber needs, and removes them.

# --- enable

function indent(n,    text) {
	for (text = ""; n > 0; n--)
		text = text "\t"
	return text
}

# Inserts TEXT, whole lines, after the { of a block.
function insert_in_block(block, text,    n) {
	n = bline[block]
	if (n in behind_at && behind_at[n] != bat[block])
		return fail(n, "too much in one line: write each block on its own lines")
	behind[n] = behind[n] text
	behind_at[n] = bat[block]
}

function module_line(n) {
	return indent(n) "module = \"" module "\";\n"
}

function block_text(n, key, inner) {
	return indent(n) key " {\n" inner indent(n) "}\n"
}

function enable(    app, n, tail) {
	for (n = 1; n <= NR; n++)
		if (line[n] ~ /^# opensc-mynumber (begin|end)/ || substr(line[n], 1, 2) == OLD_MARK)
			return fail(n, "the driver was enabled before, and the file was changed since. Run opensc-mynumber-config disable first")
	app = find_block(0, "app", "default")
	if (app)
		enable_in(app)
	else
		tail = block_text(0, "app default", indent(1) "card_drivers = mynumber, internal;\n" driver_block() block_text(1, "framework pkcs15", emulate_block()))
	if (!failed)
		write_enabled(tail)
}

function driver_block() {
	return block_text(1, "card_driver mynumber", module_line(2))
}

function emulate_block() {
	return block_text(2, "emulate mynumber", module_line(3))
}

function enable_in(app,    s, i) {
	s = find_statement(app, "card_drivers")
	if (!s)
		insert_in_block(app, indent(1) "card_drivers = mynumber, internal;\n")
	else
		enable_in_list(s)
	i = find_block(app, "card_driver", "mynumber")
	if (!i)
		insert_in_block(app, driver_block())
	else
		check_module(i)
	if (!find_block(app, "framework", "pkcs15"))
		insert_in_block(app, block_text(1, "framework pkcs15", emulate_block()))
	for (i = 1; i <= blocks; i++)
		if (bkey[i] == "framework" && bname[i] == "pkcs15" && bdepth[i] == 2)
			enable_in_framework(i, app)
}

# OpenSC uses only the first block framework pkcs15 of each app.
function enable_in_framework(framework, app,    emulate) {
	if (bname[bparent[framework]] == "default" && bparent[framework] != app)
		return fail(bline[bparent[framework]], "OpenSC ignores a second app default: move its content into the first one")
	if (find_block(bparent[framework], "framework", "pkcs15") != framework)
		return
	emulate = find_block(framework, "emulate", "mynumber")
	if (emulate)
		check_module(emulate)
	else
		insert_in_block(framework, emulate_block())
}

function enable_in_list(s,    i) {
	for (i = 1; i <= scount[s]; i++)
		if (svalue[s, i] == "mynumber" || svalue[s, i] ~ /[ ,]/)
			if (i > 1 || svalue[s, i] != "mynumber")
				return fail(sline[s], "card_drivers: put mynumber first, and write each name without quotation marks")
	if (svalue[s, 1] == "mynumber")
		return
	if (slines[s] > 1)
		return fail(sline[s], "write card_drivers in one line")
	for (i = 1; i <= statements; i++)
		if (i != s && sblock[i] == sblock[s] && skey[i] == "card_drivers")
			return fail(sline[i], "card_drivers is repeated here: keep only one")
	first[sline[s]] = sat[s]
}

function check_module(block) {
	if (value(block, "module") != module)
		fail(bline[block], "there is a block " bkey[block] " mynumber already, but not for " module ": remove it, or name its module with -m")
}

# Puts marks around the added lines. Keeps a line that must change between them as a comment.
function write_enabled(tail,    n) {
	for (n = 1; n <= NR && !failed; n++) {
		if (n == NR && unterminated && (tail != "" || (n in behind) || (n in first)))
			print_marked(n, changed_line(n) "\n" tail, 1, OPEN_END)
		else if ((n in first) || (n in behind && substr(line[n], behind_at[n]) !~ /^[ \t\r]*(#.*)?$/))
			print_marked(n, changed_line(n) "\n", 1, "")
		else {
			printf "%s%s", line[n], n == NR && unterminated ? "" : "\n"
			if (n in behind)
				print_marked(n, behind[n], 0, "")
		}
	}
	if (tail != "" && !(NR > 0 && unterminated))
		print_marked(0, tail, 0, "")
}

function print_marked(n, text, replaces, note) {
	print BEGIN_MARK
	if (replaces)
		print OLD_MARK line[n]
	printf "%s", text
	print END_MARK note
}

# Returns line N with its additions, as one or more lines.
function changed_line(n,    text, at) {
	text = line[n]
	if (n in first && n in behind)
		return fail(n, "too much in one line: write each block on its own lines")
	if (n in first)
		return substr(text, 1, first[n] - 1) "mynumber, " substr(text, first[n])
	if (n in behind) {
		at = behind_at[n]
		return substr(text, 1, at - 1) "\n" behind[n] substr(text, at)
	}
	return text
}

# --- disable

function disable(    n, inside, note, restored, foreign) {
	for (n = 1; n <= NR && !failed; n++) {
		if (line[n] == BEGIN_MARK && !inside) {
			inside = n
			restored = ""
		} else if (inside && substr(line[n], 1, 2) == OLD_MARK)
			restored = restored substr(line[n], 3) "\n"
		else if (inside && index(line[n], END_MARK) == 1) {
			note = substr(line[n], length(END_MARK) + 1)
			printf "%s", note == OPEN_END ? substr(restored, 1, length(restored) - 1) : restored
			inside = 0
		} else if (index(line[n], "# opensc-mynumber begin") == 1 || index(line[n], END_MARK) == 1)
			fail(n, "the marks of opensc-mynumber-config were changed: remove by hand the lines between them")
		else if (inside && !is_ours(line[n], restored))
			foreign = foreign "    " trim(line[n]) "\n"
		else if (!inside)
			printf "%s%s", line[n], n == NR && unterminated ? "" : "\n"
	}
	if (inside)
		fail(inside, "the marks of opensc-mynumber-config were changed: remove by hand the lines between them")
	if (foreign && !failed)
		printf "these lines were removed, too. Add them again after the next enable (次の行も削除しました。次に enable を実行した後で、もう一度書いてください):\n%s", foreign >"/dev/stderr"
}

function trim(text) {
	gsub(/^[ \t\r]+|[ \t\r]+$/, "", text)
	return text
}

# True if enable wrote the line, or if it is a part of the line that enable kept.
function is_ours(text, kept) {
	text = trim(text)
	if (text ~ /^(app default \{|card_drivers = mynumber, internal;|card_driver mynumber \{|framework pkcs15 \{|emulate mynumber \{|module = "[^"]*";|\}|)$/)
		return 1
	sub(/mynumber, /, "", text)
	return index(kept, text)
}
