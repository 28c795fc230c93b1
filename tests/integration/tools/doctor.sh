# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config doctor finds what keeps a card from being seen: the environment, the module. And what its texts are like.

# shellcheck source=tests/lib/config-tool.sh
. "$srcdir/tests/lib/config-tool.sh"

test_doctor_finds_nothing_on_a_good_one() {
	expect_match '^nothing wrong was found' "$(config doctor)"
	expect_equal 0 "$(count_apdus '> 002000..[0-9A-F]{4}')" "PINs sent"
}

test_doctor_finds_nothing_after_enable() {
	printf 'app default {\n\t%s\n}\n' "$test_reader" >"$OPENSC_CONF"
	config enable
	expect_nothing_found
}

test_doctor_other_driver_in_environment() {
	OPENSC_DRIVER=jpki expect_found env-driver
}

test_doctor_opensc_not_installed() {
	local program
	mkdir bin
	for program in awk cat find grep head ldd ls mktemp readlink sed sh tail tr wc xargs; do
		ln -s "$(type -P "$program")" bin/
	done
	PATH=$PWD/bin expect_found_without_opensc
}
expect_found_without_opensc() {
	fails config doctor
	expect_contains '[no-opensc]' "$output"
	expect_contains '(見つかった問題): 1' "$output"
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
	cp "$module" copy.so
	chmod a-r copy.so
	module_is "$PWD/copy.so"
	as_user expect_found module-unreadable
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
	expect_contains "OpenSC $version does not load the module, because it was built for OpenSC 0.99.0." "$output"
}

# An OpenSC whose version has a suffix.
test_doctor_names_both_full_versions() {
	local version
	version=$(sed -n 's/^#define OPENSC_VERSION "\(.*\)"/\1/p' "$builddir/config.h")
	LC_ALL=C sed "s/${version//./\\.}/0.9-r2/g" "$module" >copy.so
	module_is "$PWD/copy.so"
	mkdir bin
	cat >bin/opensc-tool <<-END
	#!/bin/sh
	[ "\$1" != --info ] || { echo 'OpenSC 0.23.1-rc1 [gcc]'; exit; }
	exec $(command -v opensc-tool) "\$@"
	END
	chmod +x bin/opensc-tool
	PATH=$PWD/bin:$PATH expect_found wrong-version
	expect_contains "OpenSC 0.23.1-rc1 does not load the module, because it was built for OpenSC 0.9-r2." "$output"
}

# OpenSC gives no reason if a module's sc_module_init returns nothing.
test_doctor_module_that_gives_no_driver() {
	local libopensc version
	libopensc=$(ldd "$module" | sed -n 's/.* => \(.*libopensc[^ ]*\) .*/\1/p')
	version=$(sed -n 's/^#define OPENSC_VERSION "\(.*\)"/\1/p' "$builddir/config.h")
	library copy.so "int sc_pkcs15_init_func_ex; void *sc_module_init(void); const char *sc_driver_version(void);
		void *sc_module_init(void) { return 0; } const char *sc_driver_version(void) { return \"$version\"; }" -Wl,--no-as-needed "$libopensc"
	module_is "$PWD/copy.so"
	expect_found not-loaded
}

test_doctor_module_cut_off() {
	head -c 20000 "$module" >copy.so
	grep -a -q sc_pkcs15_init_func_ex copy.so || printf sc_pkcs15_init_func_ex >>copy.so
	module_is "$PWD/copy.so"
	fails config doctor
	expect_match '^\[(not-loadable|no-libopensc)\]' "$output"
}

# --- the texts

test_each_finding_is_made_by_a_test() {
	local name names
	names=$(sed -n 's/^\t\([a-z-]*\))$/\1/p' "$srcdir"/tools/config/messages-*.sh)
	expect_contains wrong-version "$names"
	for name in $names; do
		grep -q -w -e "$name" "$srcdir"/tests/integration/tools/{doctor*,two-cards}.sh || fail "no test makes the finding $name"
	done
}

test_commands_for_root_begin_with_sudo() {
	local commands
	commands=$(grep -h -o -E '.{0,5}\b(apt install|dnf install|systemctl|modprobe -r|tee /etc|chmod a)' "$srcdir"/tools/config/messages-*.sh)
	expect_contains 'sudo systemctl' "$commands"
	expect_equal "" "$(grep -v '^sudo ' <<<"$commands")" "commands without sudo"
}
