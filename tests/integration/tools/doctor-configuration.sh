# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config doctor finds what is wrong in opensc.conf, and nothing in the files of distributions.

# shellcheck source=tests/lib/config-tool.sh
. "$srcdir/tests/lib/config-tool.sh"

# The file that Debian installs, with the reader of the test.
conf_of_debian() {
	cat >"$OPENSC_CONF" <<-END
	app default {
		# debug = 3;
		# debug_file = opensc-debug.txt;
		framework pkcs15 {
			# use_file_caching = public;
		}
		$test_reader
	}
	END
}

# The file that Fedora and RHEL install, likewise.
conf_of_fedora() {
	cat >"$OPENSC_CONF" <<-END
	app default {
		# debug = 3;
		# debug_file = opensc-debug.txt;
		framework pkcs15 {
			use_file_caching = true;
		}
		reader_driver pcsc {
			# The pinpad is disabled by default,
			# because of many broken readers out there
			enable_pinpad = false;
			${test_reader#*\{ }
	}
	END
}

test_doctor_fresh_installation() {
	local distribution
	for distribution in debian fedora; do
		"conf_of_$distribution"
		expect_found not-enabled
		expect_contains "Run: sudo opensc-mynumber-config enable -c $OPENSC_CONF" "$output"
		expect_contains 'run doctor again' "$output"
		config enable
		expect_nothing_found
	done
}

test_doctor_names_the_plain_command_for_the_system_file() {
	sed "s|^system_conf=.*|system_conf=$OPENSC_CONF|" "$builddir/tools/opensc-mynumber-config" >config-tool
	conf_of_debian
	fails sh ./config-tool doctor
	expect_match 'Run: sudo opensc-mynumber-config enable$' "$output"
}

test_doctor_no_configuration() {
	rm "$OPENSC_CONF"
	fails config doctor
	expect_contains '[no-configuration]' "$output"
}

test_doctor_syntax() {
	change 's/card_drivers = mynumber, internal;/card_drivers = mynumber, internal/'
	fails config doctor
	expect_contains '[configuration-not-understood]' "$output"
	expect_contains 'is missing before card_driver' "$output"
}

test_doctor_no_app_default() {
	change 's/^app default/app opensc-tool/'
	fails config doctor
	expect_contains '[no-app-default]' "$output"
}

test_doctor_second_app_default() {
	printf 'app default {\n}\n' >>"$OPENSC_CONF"
	expect_found second-app-default
}

test_doctor_forced_driver() {
	change '/card_drivers/a\	force_card_driver = jpki;'
	expect_found force-driver
}

test_doctor_not_in_the_list() {
	change '/card_drivers/d'
	expect_found not-in-card-drivers
}

test_doctor_list_in_quotes() {
	change 's/card_drivers = .*/card_drivers = "mynumber, internal";/'
	fails config doctor
	expect_contains '[card-drivers-quoted]' "$output"
}

test_doctor_not_first() {
	change 's/card_drivers = .*/card_drivers = internal, mynumber;/'
	expect_found not-first
}

test_doctor_no_internal() {
	change 's/card_drivers = .*/card_drivers = mynumber;/'
	expect_found no-internal
}

test_doctor_no_card_driver_block() {
	change '/card_driver mynumber/,/}/d'
	expect_found no-card-driver
}

test_doctor_block_without_module() {
	change '/card_driver mynumber/,/}/{ /module/d }'
	expect_found no-module
}

test_doctor_no_emulation() {
	change '/emulate mynumber/,/}/d'
	expect_found no-emulate
}

test_doctor_hidden_emulation() {
	printf 'app opensc-pkcs11 {\n\tframework pkcs15 {\n\t}\n}\n' >>"$OPENSC_CONF"
	expect_found emulate-hidden
}

test_doctor_hidden_driver() {
	printf 'app opensc-pkcs11 {\n\tcard_driver mynumber {\n\t\tmodule = "%s";\n\t}\n}\n' "$module" >>"$OPENSC_CONF"
	expect_found driver-hidden
}

test_doctor_two_modules() {
	cp "$module" copy.so
	change "/emulate mynumber/,/}/s|$module|$PWD/copy.so|"
	expect_found modules-differ
}

test_doctor_emulation_switched_off() {
	change '/framework pkcs15/a\		enable_pkcs15_emulation = no;'
	expect_found emulation-off
}

test_doctor_private_cache() {
	change '/framework pkcs15/a\		use_file_caching = yes;'
	expect_found cache-private
}

# OpenSC keeps private files only for "yes".
test_doctor_other_values_of_the_cache() {
	local value
	change '/framework pkcs15/a\		use_file_caching = VALUE;'
	cp "$OPENSC_CONF" with-value.conf
	for value in true public no false; do
		sed "s/VALUE/$value/" with-value.conf >"$OPENSC_CONF"
		expect_nothing_found
	done
}

# expect_application_hidden LABEL AID VALUE
expect_application_hidden() {
	conf_with
	change "/framework pkcs15 {/a\\		application $2 { disable = $3; }"
	expect_lacks "'$1'" "$(pkcs15-tool --list-applications)"
	expect_found application-disabled
	expect_contains "hides $1 from" "$output"
}

test_doctor_disabled_application() {
	expect_application_hidden JPKI D392F000260100000001 true
	expect_application_hidden 'Input Support' d3921000310001010408 yes
	expect_application_hidden 'Card Surface' D3921000310001010402 true
	expect_application_hidden 'Resident Registry' D3921000310001010401 true
}

test_doctor_application_disabled_by_false() {
	if opensc_since 0.26; then
		change '/framework pkcs15 {/a\		application D3921000310001010408 { disable = false; }'
		expect_nothing_found
	else
		expect_application_hidden 'Input Support' D3921000310001010408 false
	fi
}

test_doctor_application_of_another_card() {
	change '/framework pkcs15 {/a\		application E828BD080FD25047656E65726963 { disable = true; }'
	expect_nothing_found
}

test_doctor_disabled_colors() {
	change '/^app default/a\	disable_colors = true;'
	if opensc_since 0.24; then
		expect_nothing_found
	else
		expect_found disable-colors
		fails timeout 3 pkcs11-tool --list-slots
	fi
	change 's/disable_colors = true/disable_colors = false/'
	expect_nothing_found
}

test_doctor_reset_after_a_transaction() {
	change 's/reader_driver pcsc {/& transaction_end_action = reset;/'
	expect_found transaction-end
	head -c 32 /dev/zero >digest
	fails pkcs15-crypt --sign --key 02 --pin "$SIGN_PIN" --sha-256 --pkcs1 --input digest
	change 's/= reset/= unpower/'
	expect_found transaction-end
	change 's/= unpower/= leave/'
	expect_nothing_found
}

# expect_slots N LINE...: with these lines in card_driver mynumber OpenSC needs N slots, and doctor asks for no more and no fewer.
expect_slots() {
	conf_with "${@:2}"
	cp "$OPENSC_CONF" without.conf
	slots_per_card 16
	expect_equal "$1" "$(pkcs11-tool --list-slots | grep -c 'token label ')" "the number of tokens with ${*:2}"
	slots_per_card "$1"
	expect_match '^nothing wrong was found' "$(config doctor)"
	slots_per_card $(($1 - 1))
	expect_found few-slots
	expect_contains "$1 PINs" "$output"
}
slots_per_card() {
	cp without.conf "$OPENSC_CONF"
	printf 'app opensc-pkcs11 {\n\tpkcs11 {\n\t\tslots_per_card = %s;\n\t}\n}\n' "$1" >>"$OPENSC_CONF"
}

test_doctor_too_few_slots() {
	conf_with 'pkcs11_applications = all;'
	expect_found few-slots
	change 's/^app default {/&\n\tpkcs11 { slots_per_card = 7; }/'
	expect_match '^nothing wrong was found' "$(config doctor)"
}

test_doctor_counts_slots_of_all_applications() {
	expect_slots 7 'pkcs11_applications = All;'
	expect_slots 9 'pkcs11_applications = all;' 'My_Number = YES;'
	expect_slots 6 'pkcs11_applications = all;' 'signature_certificate = no;'
}

test_doctor_counts_slots_of_some_applications() {
	expect_slots 2 'pkcs11_applications = JPKI, jpki;'
	expect_slots 5 'pkcs11_applications = "Input Support", "Card Surface", "Resident Registry";'
	expect_slots 5 'pkcs11_applications = JPKI, "Card Surface";' 'my_number = true;'
}

test_doctor_unknown_key() {
	conf_with 'my_nunber = yes;'
	expect_found unknown-key
}

# The keys are listed twice, in conf-facts.awk and in settings.c.
test_doctor_knows_every_key_of_the_driver() {
	local driver
	driver=$(find "$srcdir/card-driver" -name settings.c -exec sed -n 's/^\t\t{"\([a-z0-9_]*\)", read_.*/\1/p' {} + | sort)
	expect_contains pkcs11_applications "$driver"
	expect_equal "$driver" "$(sed -n '/unknown-key/!s/.*skey\[i\] !~ \/^(\(.*\))\$\/).*/\1/p' "$srcdir/tools/config/conf-facts.awk" | tr '|' '\n' | sort)" "the keys that doctor knows"
}

# The driver also reports a bad value for each of these.
test_doctor_bad_value() {
	local line
	for line in 'my_number = please;' 'verify_records = strickt;' 'pkcs11_applications = "JPKI, Input Support";' 'pss = yes, no;'; do
		conf_with "$line"
		expect_found bad-value
		expect_contains "$(tr -d '";' <<<"$line")" "$output"
		expect_contains 'bad value for' "$(opensc-tool --name 2>&1)"
	done
}

test_doctor_good_values() {
	conf_with 'Last_Try = No;' 'verify_records = Strict;' 'PKCS11_Applications = JPKI, "input support";' 'pss = true;'
	expect_lacks 'card_driver mynumber' "$(opensc-tool --name 2>&1)"
	expect_match '^nothing wrong was found' "$(config doctor)"
}

test_doctor_no_trusted_keys() {
	local key
	for key in trusted_cv_keys trusted_licence_keys; do
		conf_with "$key = /nowhere/keys.txt;"
		expect_found no-trusted-keys
		expect_match "$key .*/nowhere/keys.txt" "$output"
	done
}
