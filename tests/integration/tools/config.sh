# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config: what it does to opensc.conf is undone to the byte.

# shellcheck source=tests/lib/config-tool.sh
. "$srcdir/tests/lib/config-tool.sh"

# expect_reversible: enable makes OpenSC load the driver first, twice is once, and disable makes system.conf what it was.
expect_reversible() {
	chmod 640 system.conf
	cp system.conf before.conf
	config -c system.conf enable
	expect_equal mynumber "$(OPENSC_CONF=system.conf opensc-tool --list-drivers | sed -n '2s/^ *\([^ ]*\).*/\1/p')" "the first driver"
	expect_equal 640 "$(stat -c %a system.conf)" "the mode"
	config -c system.conf status
	cp system.conf enabled.conf
	config -c system.conf enable
	cmp system.conf enabled.conf || fail "enabled twice is not enabled once"
	config -c system.conf disable
	cmp system.conf before.conf || fail "not what it was: $(diff before.conf system.conf)"
	fails config -c system.conf status
	config -c system.conf disable
	cmp system.conf before.conf || fail "disabled twice is not disabled once"
}

# expect_refused REASON: enable leaves system.conf alone and says why.
expect_refused() {
	cp system.conf before.conf
	fails config -c system.conf enable
	expect_contains "$1" "$output"
	cmp system.conf before.conf || fail "a refused file was changed"
}

test_file_of_debian() {
	printf 'app default {\n\t# debug = 3;\n\t# debug_file = opensc-debug.txt;\n\tframework pkcs15 {\n\t\t# use_file_caching = public;\n\t}\n}\n' >system.conf
	expect_reversible
}

test_empty_file() {
	: >system.conf
	expect_reversible
}

test_comments_alone() {
	printf '# nothing is set\n\n' >system.conf
	expect_reversible
	printf '# no end of line' >system.conf
	expect_reversible
}

test_file_without_end_of_line() {
	printf 'app default {\n}' >system.conf
	expect_reversible
	printf 'app default { }' >system.conf
	expect_reversible
}

test_file_with_carriage_returns() {
	printf 'app default {\r\n\tdebug = 0;\r\n}\r\n' >system.conf
	expect_reversible
}

test_drivers_and_blocks_of_others() {
	[ -z "${TEST_PRELOAD-}" ] || skip "mawk itself reads past its buffer here, which ends it with a sanitizer preloaded"
	cat >system.conf <<-END
	# 設定
	app default {
		card_drivers = npa, internal; # mine
		card_driver npa { module = /nowhere/npa.so; }
		reader_driver pcsc { enable_pinpad = false; }
		framework pkcs15 { use_file_caching = public; emulate other { module = /nowhere/other.so; } }
	}
	app opensc-pkcs11 { pkcs11 { slots_per_card = 16; } }
	END
	expect_reversible
	expect_contains 'card_drivers = mynumber, npa, internal; # mine' "$(cat enabled.conf)"
}

# OpenSC does not tell A from a there.
test_keys_and_names_in_capitals() {
	printf 'App Default {\n\tCard_Drivers = npa, internal;\n\tFramework PKCS15 {\n\t}\n}\n' >system.conf
	expect_reversible
	expect_contains 'Card_Drivers = mynumber, npa, internal;' "$(cat enabled.conf)"
}

test_list_over_several_lines() {
	printf 'app default {\n\tcard_drivers =\n\t\topenpgp,\n\t\tinternal;\n}\n' >system.conf
	expect_refused "write card_drivers in one line"
}

# OpenSC takes the first framework pkcs15, so the block of the program needs the emulation, too.
test_block_that_would_hide_the_emulation() {
	printf 'app default {\n}\napp opensc-pkcs11 {\n\tframework pkcs15 {\n\t\tuse_pin_caching = false;\n\t}\n}\n' >system.conf
	expect_reversible
	sed "/^app default {/a\\	$test_reader" enabled.conf >"$OPENSC_CONF"
	expect_match 'JPKI \(User Authentication PIN\)' "$(pkcs11-tool --list-slots)"
}

test_changes_beside_ours_stay() {
	printf 'app default {\n\tdebug = 0;\n}\n' >system.conf
	config -c system.conf enable
	sed -i 's/debug = 0/debug = 1/' system.conf
	config -c system.conf disable
	expect_equal "$(printf 'app default {\n\tdebug = 1;\n}')" "$(cat system.conf)" "the file"
}

# What somebody wrote between the marks goes with them, and is named.
test_changes_inside_ours_are_named() {
	printf 'app default {\n\tcard_drivers = npa, internal; # mine\n\tframework pkcs15 { use_file_caching = public; }\n}\n' >system.conf
	cp system.conf before.conf
	config -c system.conf enable
	expect_lacks 'taken out' "$(config -c system.conf disable 2>&1)"
	config -c system.conf enable
	sed -i '/card_driver mynumber/a\		last_try = yes;\n\n\t\tpss = no; # slow' system.conf
	output=$(config -c system.conf disable 2>&1)
	expect_match '^these lines were removed, too' "$output"
	expect_equal 'last_try = yes; pss = no; # slow' "$(sed -n 's/^    //p' <<<"$output" | xargs)" "what is named"
	cmp system.conf before.conf || fail "not what it was"
}

test_link_stays_a_link() {
	printf 'app default {\n}\n' >real.conf
	ln -s real.conf system.conf
	config -c system.conf enable
	[ -L system.conf ] || fail "the link was replaced by a file"
	config -c system.conf status
}

test_file_enabled_by_hand() {
	cp "$OPENSC_CONF" before.conf
	config enable
	fails config disable
	expect_contains "by hand" "$output"
	cmp before.conf "$OPENSC_CONF"
}

test_what_is_not_understood_is_refused() {
	printf 'app default {\n' >system.conf
	expect_refused "does not end"
	printf 'app default {\n}\n}\n' >system.conf
	expect_refused "a } too many"
	printf 'app default {\n\tdebug = 1\n}\n' >system.conf
	expect_refused "; is missing"
	printf 'app default {\n\tdebug 1;\n}\n' >system.conf
	expect_refused "line 2"
	printf 'app default {\n\tname = "open;\n}\n' >system.conf
	expect_refused "line 2"
	printf 'app default {\n\tdebug = 1;\000\n}\n' >system.conf
	expect_refused "not a text file"
	printf 'app default { framework pkcs15 { } }\n' >system.conf
	expect_refused "too much in one line"
}

test_what_would_fail_is_refused() {
	printf 'app default {\n}\napp default {\n\tframework pkcs15 {\n\t}\n}\n' >system.conf
	expect_refused "second app default"
	printf 'app default {\n\tcard_drivers = internal, mynumber;\n}\n' >system.conf
	expect_refused "put mynumber first"
	printf 'app default {\n\tcard_drivers = "mynumber, internal";\n}\n' >system.conf
	expect_refused "put mynumber first"
	printf 'app default {\n\tcard_driver mynumber { module = /other.so; }\n}\n' >system.conf
	expect_refused "already"
	rm system.conf
	fails config -c system.conf enable
	expect_contains "does not exist" "$output"
	[ ! -e system.conf ] || fail "a file was made"
}

# as_user COMMAND...: with the rights that a user has, also where root runs the tests.
as_user() {
	[ "$(id -u)" != 0 ] || config_runner=(setpriv '--bounding-set=-dac_override,-dac_read_search')
	"$@"
	config_runner=()
}

test_without_the_right_to_write() {
	mkdir etc
	printf 'app default {\n}\n' >etc/opensc.conf
	chmod a-w etc
	as_user fails config -c etc/opensc.conf enable
	expect_match "you have no permission to write in $PWD/etc. Run as root: sudo opensc-mynumber-config -c etc/opensc.conf enable \\(.*root で" "$output"
	expect_lacks mktemp "$output"
	as_user fails config -c etc/opensc.conf disable
	expect_contains 'sudo opensc-mynumber-config -c etc/opensc.conf disable' "$output"
	chmod u+w etc
}

test_status_before_enable() {
	printf '# mynumber is not here\napp default {\n}\n' >system.conf
	fails config -c system.conf status
	expect_match '^not enabled. Run as root: sudo opensc-mynumber-config enable' "$output"
	printf 'app default {\n\tcard_drivers = mynumber, internal;\n}\n' >system.conf
	fails config -c system.conf status
	expect_match '^not enabled. Find the reason with opensc-mynumber-config doctor' "$output"
}

# As after make install beside a configuration that names the module of the build: doctor finds nothing there.
test_status_with_another_module() {
	cp "$module" copy.so
	sed -i "s|$module|$PWD/copy.so|" "$OPENSC_CONF"
	expect_match '^nothing wrong was found' "$(config doctor)"
	expect_match "^enabled, with another module .*: $PWD/copy.so\$" "$(config status)"
	fails config enable
	expect_contains "not for $module" "$output"
}

test_broken_marks_are_refused() {
	printf 'app default {\n}\n' >system.conf
	config -c system.conf enable
	sed -i '/^# opensc-mynumber end/d' system.conf
	cp system.conf before.conf
	fails config -c system.conf disable
	expect_contains "by hand" "$output"
	cmp system.conf before.conf || fail "a refused file was changed"
}

test_command_line() {
	expect_contains Usage "$(config -h)"
	expect_match '^opensc-mynumber-config [0-9.]+$' "$(config -V)"
	fails config
	fails config cure
	fails config enable now
}

test_enable_says_what_to_do_next() {
	printf 'app default {\n}\n' >system.conf
	expect_match '^Next: .*opensc-mynumber-config doctor' "$(config -c system.conf enable)"
	expect_match '^Next: .*opensc-mynumber-config doctor' "$(config -c system.conf enable)"
}

test_help_and_version() {
	local option
	for option in -h --help; do
		expect_match '^Usage: opensc-mynumber-config' "$(config "$option")"
	done
	for option in -V --version; do
		expect_match '^opensc-mynumber-config [0-9]+\.' "$(config "$option")"
	done
	expect_match '^Usage: ' "$(config doctor --help)"
}

test_options_behind_the_command() {
	printf 'app default {\n}\n' >system.conf
	config enable -c system.conf
	config status -c system.conf
	fails config status now
	fails config status -c system.conf now
}
