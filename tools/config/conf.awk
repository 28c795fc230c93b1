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

# --- facts

function print_fact(name, what) {
	print name "\t" what
}

function print_facts(    app, i) {
	app = find_block(0, "app", "default")
	if (!app)
		return print_fact("no-app-default", "")
	if (value(app, "force_card_driver") != "" && value(app, "force_card_driver") != "mynumber")
		print_fact("force-driver", value(app, "force_card_driver"))
	driver_facts(app)
	block_facts(app)
	for (i = 1; i <= blocks; i++)
		if (i != app && bparent[i] + 0 == 0 && bkey[i] == "app")
			app_facts(app, i)
}

function driver_facts(app,    s, i, place, internal) {
	s = find_statement(app, "card_drivers")
	if (!s)
		return print_fact("not-in-card-drivers", "")
	for (i = 1; i <= scount[s]; i++) {
		if (svalue[s, i] ~ /[ ,]/)
			print_fact("card-drivers-quoted", svalue[s, i])
		if (svalue[s, i] == "internal")
			internal = i
		if (svalue[s, i] == "mynumber" && !place)
			place = i
	}
	if (!place)
		print_fact("not-in-card-drivers", "")
	else if (place > 1)
		print_fact("not-first", svalue[s, 1])
	if (place && !internal)
		print_fact("no-internal", "")
}

function block_facts(app,    driver, framework, emulate) {
	driver = find_block(app, "card_driver", "mynumber")
	framework = find_block(app, "framework", "pkcs15")
	emulate = framework ? find_block(framework, "emulate", "mynumber") : 0
	if (!driver)
		print_fact("no-card-driver", "")
	else if (value(driver, "module") == "")
		print_fact("no-module", "card_driver mynumber")
	else
		print_fact("=module", value(driver, "module"))
	if (driver)
		key_facts(driver)
	if (!emulate)
		print_fact("no-emulate", "")
	else if (value(emulate, "module") == "")
		print_fact("no-module", "emulate mynumber")
	else if (driver && value(driver, "module") != "" && value(emulate, "module") != value(driver, "module"))
		print_fact("modules-differ", value(emulate, "module"))
	if (value(framework, "enable_pkcs15_emulation") ~ /^(no|false)$/)
		print_fact("emulation-off", "")
	if (value(framework, "use_file_caching") ~ /^(yes|true)$/)
		print_fact("cache-private", "")
	if (driver)
		slot_facts(app, driver)
}

function key_facts(driver,    i) {
	for (i = 1; i <= statements; i++) {
		if (sblock[i] != driver)
			continue
		if (skey[i] !~ /^(module|my_number|pkcs11_applications|ca_certificates|signature_certificate|verify_records|accept_test_cards|trusted_cv_keys|last_try|pss)$/)
			print_fact("unknown-key", skey[i])
		else if (!value_is_valid(i))
			print_fact("bad-value", skey[i] " = " join_values(i))
		else if (skey[i] == "trusted_cv_keys")
			print_fact("=trusted_cv_keys", svalue[i, 1])
	}
}

# The same rules as in settings.c: pkcs11_applications takes any number of labels, every other key one word.
function value_is_valid(s,    i) {
	if (skey[s] == "pkcs11_applications") {
		for (i = 1; i <= scount[s]; i++)
			if (tolower(svalue[s, i]) !~ /^(all|jpki|input support|card surface|resident registry)$/)
				return 0
		return 1
	}
	if (scount[s] != 1)
		return 0
	return skey[s] ~ /^(module|trusted_cv_keys)$/ || tolower(svalue[s, 1]) ~ (skey[s] == "verify_records" ? "^(yes|no|true|false|strict)$" : "^(yes|no|true|false)$")
}

function join_values(s,    i, text) {
	for (i = 1; i <= scount[s]; i++)
		text = text (i > 1 ? ", " : "") svalue[s, i]
	return text
}

# Each PIN needs a slot. OpenSC creates four, unless the first block pkcs11 (of the program, or of app default) has slots_per_card.
function slot_facts(app, driver,    block, slots, pins) {
	block = find_block(find_block(0, "app", "opensc-pkcs11"), "pkcs11", "")
	slots = value(block ? block : find_block(app, "pkcs11", ""), "slots_per_card")
	pins = pins_shown(driver)
	if (pins > (slots == "" ? 4 : slots + 0))
		print_fact("few-slots", pins)
}

# Counts the PINs of the applications that pkcs11_applications names.
function pins_shown(driver,    s, i, pins, shown, application, number) {
	s = find_statement(driver, "pkcs11_applications")
	for (i = 1; s && i <= scount[s]; i++)
		shown[tolower(svalue[s, i])] = 1
	pins["jpki"] = tolower(value(driver, "signature_certificate")) ~ /^(no|false)$/ ? 1 : 2
	pins["input support"] = pins["card surface"] = tolower(value(driver, "my_number")) ~ /^(yes|true)$/ ? 3 : 2
	pins["resident registry"] = 1
	for (application in pins)
		if (application in shown || "all" in shown)
			number += pins[application]
	return number + 0
}

# A block of a program hides the one of app default: OpenSC uses only the first one that it finds.
function app_facts(app, other,    framework) {
	if (bname[other] == "default")
		return print_fact("second-app-default", bline[other])
	framework = find_block(other, "framework", "pkcs15")
	if (framework && !find_block(framework, "emulate", "mynumber"))
		print_fact("emulate-hidden", "app " bname[other])
	if (find_block(other, "card_driver", "mynumber"))
		print_fact("driver-hidden", "app " bname[other])
}
