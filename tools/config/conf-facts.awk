# SPDX-License-Identifier: LGPL-2.1-or-later
# The part of conf.awk that prints facts: what the configuration says of the driver, one finding or value per line.

BEGIN {
	# docs/objects.md
	label["d392f000260100000001"] = "JPKI"
	label["d3921000310001010408"] = "Input Support"
	label["d3921000310001010402"] = "Card Surface"
	label["d3921000310001010401"] = "Resident Registry"
	label["a0000002310600000000000000000000"] = "Licence"
}

function print_fact(name, what) {
	print name "\t" what
}

# Prints a fact that does not keep OpenSC from using the driver.
function print_advice(name, what) {
	print_fact("+" name, what)
}

function print_facts(    app, i) {
	app = find_block(0, "app", "default")
	if (!app)
		return print_fact("no-app-default", "")
	if (value(app, "force_card_driver") != "" && value(app, "force_card_driver") != "mynumber")
		print_fact("force-driver", value(app, "force_card_driver"))
	if (is_mentioned(app)) {
		driver_facts(app)
		block_facts(app)
	} else
		print_fact("not-enabled", "")
	for (i = 1; i <= blocks; i++)
		if (bparent[i] + 0 == 0 && bkey[i] == "app") {
			if (i != app)
				app_facts(app, i)
			if (i == app || bname[i] != "default")
				opensc_facts(i)
		}
}

# True if one of the three entries exists that the driver needs.
function is_mentioned(app,    s, i, framework) {
	s = find_statement(app, "card_drivers")
	for (i = 1; s && i <= scount[s]; i++)
		if (svalue[s, i] ~ /mynumber/)
			return 1
	framework = find_block(app, "framework", "pkcs15")
	return find_block(app, "card_driver", "mynumber") || (framework && find_block(framework, "emulate", "mynumber"))
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
	if (driver)
		slot_facts(app, driver)
}

function key_facts(driver,    i) {
	for (i = 1; i <= statements; i++) {
		if (sblock[i] != driver)
			continue
		if (skey[i] !~ /^(module|my_number|pkcs11_applications|ca_certificates|signature_certificate|verify_records|accept_test_cards|trusted_cv_keys|trusted_licence_keys|licence|last_try|pss)$/)
			print_advice("unknown-key", skey[i])
		else if (!value_is_valid(i))
			print_advice("bad-value", skey[i] " = " join_values(i))
		else if (skey[i] ~ /^trusted_/)
			print_advice("=" skey[i], svalue[i, 1])
	}
}

# The same rules as in settings.c: pkcs11_applications takes any number of labels, every other key one word.
function value_is_valid(s,    i) {
	if (skey[s] == "pkcs11_applications") {
		for (i = 1; i <= scount[s]; i++)
			if (tolower(svalue[s, i]) !~ /^(all|jpki|input support|card surface|resident registry|licence|residence)$/)
				return 0
		return 1
	}
	if (scount[s] != 1)
		return 0
	return skey[s] ~ /^(module|trusted_cv_keys|trusted_licence_keys)$/ || tolower(svalue[s, 1]) ~ (skey[s] == "verify_records" ? "^(yes|no|true|false|strict)$" : "^(yes|no|true|false)$")
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
		print_advice("few-slots", pins)
}

# Counts the PINs of the applications that pkcs11_applications names. A licence takes the place of the Resident Registry in "all".
function pins_shown(driver,    s, i, pins, shown, application, number) {
	s = find_statement(driver, "pkcs11_applications")
	for (i = 1; s && i <= scount[s]; i++)
		shown[tolower(svalue[s, i])] = 1
	pins["jpki"] = tolower(value(driver, "signature_certificate")) ~ /^(no|false)$/ ? 1 : 2
	pins["input support"] = pins["card surface"] = tolower(value(driver, "my_number")) ~ /^(yes|true)$/ ? 3 : 2
	pins["resident registry"] = pins["licence"] = 1
	for (application in pins)
		if (application in shown || ("all" in shown && application != "licence"))
			number += pins[application]
	return number + 0
}

# A block of a program hides the one of app default: OpenSC uses only the first one that it finds.
function app_facts(app, other,    framework) {
	if (bname[other] == "default")
		return print_fact("second-app-default", bline[other])
	if (!is_mentioned(app))
		return
	framework = find_block(other, "framework", "pkcs15")
	if (framework && !find_block(framework, "emulate", "mynumber"))
		print_fact("emulate-hidden", "app " bname[other])
	if (find_block(other, "card_driver", "mynumber"))
		print_fact("driver-hidden", "app " bname[other])
}

# What other settings of an app block do to the card, whether the driver is enabled or not.
function opensc_facts(app,    framework, pcsc, action, i) {
	if (value(app, "disable_colors") ~ /^[TtYy]/)
		print_advice("disable-colors", "app " bname[app])
	pcsc = find_block(app, "reader_driver", "pcsc")
	action = value(pcsc, "transaction_end_action")
	if (action == "reset" || action == "unpower")
		print_advice("transaction-end", action)
	framework = find_block(app, "framework", "pkcs15")
	if (value(framework, "use_file_caching") == "yes")
		print_advice("cache-private", "")
	for (i = 1; framework && i <= blocks; i++)
		if (bparent[i] == framework && bkey[i] == "application" && (bname[i] in label) && find_statement(i, "disable"))
			print_advice(value(i, "disable") ~ /^[TtYy]/ ? "application-disabled" : "application-disabled-by-no", label[bname[i]])
}
