# SPDX-License-Identifier: LGPL-2.1-or-later
# The second part of conf.awk: the file with and without what opensc-mynumber needs.

# --- enable

function indent(n,    text) {
	for (text = ""; n > 0; n--)
		text = text "\t"
	return text
}

# Puts TEXT, whole lines, behind the { of a block.
function put_in(block, text,    n) {
	n = bline[block]
	if (n in behind_at && behind_at[n] != bat[block])
		return fail(n, "too much in one line: write each block on lines of its own")
	behind[n] = behind[n] text
	behind_at[n] = bat[block]
}

function module_line(n) {
	return indent(n) "module = \"" module "\";\n"
}

function named(n, key, inner) {
	return indent(n) key " {\n" inner indent(n) "}\n"
}

function enable(    app, n, tail) {
	for (n = 1; n <= NR; n++)
		if (line[n] ~ /^# opensc-mynumber (begin|end)/ || substr(line[n], 1, 2) == OLD_MARK)
			return fail(n, "it was enabled before, and changed since: disable it first")
	app = find_block(0, "app", "default")
	if (app)
		enable_in(app)
	else
		tail = named(0, "app default", indent(1) "card_drivers = mynumber, internal;\n" driver_block() named(1, "framework pkcs15", emulate_block()))
	if (!failed)
		write_enabled(tail)
}

function driver_block() {
	return named(1, "card_driver mynumber", module_line(2))
}

function emulate_block() {
	return named(2, "emulate mynumber", module_line(3))
}

function enable_in(app,    s, i) {
	s = find_statement(app, "card_drivers")
	if (!s)
		put_in(app, indent(1) "card_drivers = mynumber, internal;\n")
	else
		enable_in_list(s)
	i = find_block(app, "card_driver", "mynumber")
	if (!i)
		put_in(app, driver_block())
	else
		check_module(i)
	if (!find_block(app, "framework", "pkcs15"))
		put_in(app, named(1, "framework pkcs15", emulate_block()))
	for (i = 1; i <= blocks; i++)
		if (bkey[i] == "framework" && bname[i] == "pkcs15" && bdepth[i] == 2)
			enable_in_framework(i, app)
}

# Of each app the first framework pkcs15 counts.
function enable_in_framework(framework, app,    emulate) {
	if (bname[bparent[framework]] == "default" && bparent[framework] != app)
		return fail(bline[bparent[framework]], "OpenSC ignores a second app default: move what it says into the first")
	if (find_block(bparent[framework], "framework", "pkcs15") != framework)
		return
	emulate = find_block(framework, "emulate", "mynumber")
	if (emulate)
		check_module(emulate)
	else
		put_in(framework, emulate_block())
}

function enable_in_list(s,    i) {
	for (i = 1; i <= scount[s]; i++)
		if (svalue[s, i] == "mynumber" || svalue[s, i] ~ /[ ,]/)
			if (i > 1 || svalue[s, i] != "mynumber")
				return fail(sline[s], "card_drivers: put mynumber first, each name a word of its own")
	if (svalue[s, 1] == "mynumber")
		return
	if (slines[s] > 1)
		return fail(sline[s], "write card_drivers in one line")
	for (i = 1; i <= statements; i++)
		if (i != s && sblock[i] == sblock[s] && skey[i] == "card_drivers")
			return fail(sline[i], "card_drivers stands here a second time")
	first[sline[s]] = sat[s]
}

function check_module(block) {
	if (value(block, "module") != module)
		fail(bline[block], "there is a block " bkey[block] " mynumber already, and not for " module ": take it out, or name its module by -m")
}

# What is added stands between marks. A line that itself must change is kept in it as a comment.
function write_enabled(tail,    n) {
	for (n = 1; n <= NR && !failed; n++) {
		if (n == NR && unterminated && (tail != "" || (n in behind) || (n in first)))
			region(n, changed(n) "\n" tail, 1, OPEN_END)
		else if ((n in first) || (n in behind && substr(line[n], behind_at[n]) !~ /^[ \t\r]*(#.*)?$/))
			region(n, changed(n) "\n", 1, "")
		else {
			printf "%s%s", line[n], n == NR && unterminated ? "" : "\n"
			if (n in behind)
				region(n, behind[n], 0, "")
		}
	}
	if (tail != "" && !(NR > 0 && unterminated))
		region(0, tail, 0, "")
}

function region(n, text, replaces, note) {
	print BEGIN_MARK
	if (replaces)
		print OLD_MARK line[n]
	printf "%s", text
	print END_MARK note
}

# Line N with what it must hold, in one or more lines.
function changed(n,    text, at) {
	text = line[n]
	if (n in first && n in behind)
		return fail(n, "too much in one line: write each block on lines of its own")
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
			fail(n, "the marks of opensc-mynumber-config were changed: take out by hand what stands between them")
		else if (inside && !is_ours(line[n], restored))
			foreign = foreign "    " bare(line[n]) "\n"
		else if (!inside)
			printf "%s%s", line[n], n == NR && unterminated ? "" : "\n"
	}
	if (inside)
		fail(inside, "the marks of opensc-mynumber-config were changed: take out by hand what stands between them")
	if (foreign && !failed)
		printf "taken out, too; write it again after the next enable (次の行も削除しました。次に enable を実行した後で、もう一度書いてください):\n%s", foreign >"/dev/stderr"
}

function bare(text) {
	gsub(/^[ \t\r]+|[ \t\r]+$/, "", text)
	return text
}

# True if enable wrote the line: by itself, or as a part of the one that it kept.
function is_ours(text, kept) {
	text = bare(text)
	if (text ~ /^(app default \{|card_drivers = mynumber, internal;|card_driver mynumber \{|framework pkcs15 \{|emulate mynumber \{|module = "[^"]*";|\}|)$/)
		return 1
	sub(/mynumber, /, "", text)
	return index(kept, text)
}
