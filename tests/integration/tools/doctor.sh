# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config doctor finds what keeps a card from being seen: the environment, opensc.conf, the module.

# shellcheck source=tests/lib/config-tool.sh
. "$srcdir/tests/lib/config-tool.sh"

test_doctor_finds_nothing_on_a_good_one() {
	expect_match '^nothing wrong was found' "$(config doctor)"
	expect_equal 0 "$(count_apdus '> 002000..[0-9A-F]{4}')" "PINs sent"
}

test_doctor_finds_nothing_after_enable() {
	printf 'app default {\n\t%s\n}\n' "$test_reader" >"$OPENSC_CONF"
	config enable
	expect_match '^nothing wrong was found' "$(config doctor)"
}

test_doctor_other_driver_in_environment() {
	OPENSC_DRIVER=jpki expect_found env-driver
}

test_doctor_opensc_not_installed() {
	local program
	mkdir bin
	for program in awk cat find grep head ldd ls mktemp readlink sed sh tail tr wc xargs; do
		ln -s "$(command -v "$program")" bin/
	done
	PATH=$PWD/bin expect_found_without_opensc
}
expect_found_without_opensc() {
	fails config doctor
	expect_contains '[no-opensc]' "$output"
	expect_contains '(見つかった問題): 1' "$output"
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
	conf_with 'trusted_cv_keys = /nowhere/keys.txt;'
	expect_found no-trusted-keys
}

test_doctor_relative_path() {
	module_is opensc-mynumber.so
	expect_found module-relative
}

test_doctor_module_missing() {
	module_is /nowhere/opensc-mynumber.so
	expect_found module-missing
}

test_doctor_module_unreadable() {
	# root, too, as one that may not read everything
	[ "$(id -u)" != 0 ] || config_runner=(setpriv '--bounding-set=-dac_override,-dac_read_search')
	cp "$module" copy.so
	chmod a-r copy.so
	module_is "$PWD/copy.so"
	expect_found module-unreadable
}

test_doctor_module_is_no_library() {
	echo 'no library' >copy.so
	module_is "$PWD/copy.so"
	expect_found module-no-library
}

test_doctor_module_is_another_library() {
	library other.so 'int nothing;'
	module_is "$PWD/other.so"
	expect_found module-other
}

# As after an upgrade of OpenSC: its new library has a new name.
test_doctor_library_missing() {
	library libopensc-old.so 'int sc_pkcs15_init_func_ex_old;' -Wl,-soname,libopensc.so.0
	library copy.so 'extern int sc_pkcs15_init_func_ex_old; int *sc_pkcs15_init_func_ex(void); int *sc_pkcs15_init_func_ex(void) { return &sc_pkcs15_init_func_ex_old; }' ./libopensc-old.so
	rm libopensc-old.so
	module_is "$PWD/copy.so"
	expect_found library-missing
}

test_doctor_module_without_libopensc() {
	[ -z "${TEST_PRELOAD-}" ] || skip "a module of this build needs the sanitizer's library"
	library copy.so 'int sc_pkcs15_init_func_ex;'
	module_is "$PWD/copy.so"
	expect_found no-libopensc
}

test_doctor_module_for_another_version() {
	local version
	version=$(sed -n 's/^#define OPENSC_VERSION "\(.*\)"/\1/p' "$builddir/config.h")
	LC_ALL=C sed "s/${version//./\\.}/0.99.0/g" "$module" >copy.so
	module_is "$PWD/copy.so"
	expect_found wrong-version
	expect_contains "OpenSC $version refuses" "$output"
}

test_doctor_module_cut_off() {
	head -c 20000 "$module" >copy.so
	grep -a -q sc_pkcs15_init_func_ex copy.so || printf sc_pkcs15_init_func_ex >>copy.so
	module_is "$PWD/copy.so"
	fails config doctor
	expect_match '^\[(not-loadable|no-libopensc)\]' "$output"
}
