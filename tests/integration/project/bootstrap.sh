# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# bootstrap on systems that lack packages, made of scripts that answer as apt and dpkg do.

# answers PROGRAM SCRIPT
answers() {
	printf '#!/bin/bash\n%s\n' "$2" >"bin/$1"
	chmod +x "bin/$1"
}

# A system that has the packages $1 in its archive, of which those that begin with "broken" cannot be installed.
# Nothing comes after the packages: the source of OpenSC is not to be had.
prepare_system() {
	mkdir bin
	cp "$srcdir/bootstrap" .
	touch installed
	# shellcheck disable=SC2016 # the scripts expand it
	{
		answers sudo 'exec "$@"'
		answers dpkg-query 'case $3 in *source*) echo 1.0-1 ;; *) ! grep -q -x "$4" installed || echo installed ;; esac'
		answers apt-cache "case ' $1 ' in *\" \$2 \"*) echo '  Candidate: 1.0' ;; *) echo '  Candidate: (none)' ;; esac"
		answers apt-get 'set -- " $* "
			[[ $1 == *" install "* ]] || exit 0
			[[ $1 != *" broken"* ]] || exit 100
			tr " " "\n" <<<"${1#*recommends}" >>installed'
	}
	printf '%s\n' "build compiler - compiles" "tests client - a job" "tests broken-client - another job" "tests unknown - a third job" \
		>bootstrap.packages
}

# What packages bring that starts by itself, or adds a reader to pcscd.
starts_by_itself='^(/usr)?/lib/systemd/system/[^/]*[.](service|socket|timer)$|^/etc/(init[.]d|reader[.]conf[.]d|cron[.][a-z]*)/.'

# pcscd is needed by each user of a card; util-linux is there before.
# sudo runs no service: its script only removes its old tickets at boot.
test_what_is_installed_starts_nothing_but_pcscd() {
	local package
	command -v dpkg >/dev/null || skip "not a system with dpkg"
	awk '!/^#/ && NF && $1 != "unpack" { print $2 }' "$srcdir/bootstrap.packages" | while read -r package; do
		{ dpkg -L "$package" 2>/dev/null | grep -E "$starts_by_itself" || true; } | sed "s/^/$package /"
	done >found
	expect_contains "pcscd " "$(cat found)"
	expect_equal "" "$(grep -v -E '^(pcscd|util-linux|sudo) ' found || true)" "what starts by itself or adds a reader"
}

# A package of the set "unpack" is never installed, only the libraries that it needs.
test_services_are_unpacked_only() {
	prepare_system "compiler server libserver"
	mkdir -p package/DEBIAN package/usr/sbin
	printf '%s\n' 'Package: server' 'Version: 1.0' 'Architecture: all' 'Maintainer: none <none@localhost>' 'Description: none' >package/DEBIAN/control
	touch package/usr/sbin/server
	dpkg-deb -b package server.deb
	answers apt-get "set -- \" \$* \"
		case \$1 in
		*' -s '*server*) echo 'Inst libserver (1.0)'; echo 'Inst server (1.0)' ;;
		*' download '*) cp '$PWD/server.deb' . ;;
		*' install '*) tr ' ' '\n' <<<\"\${1#*recommends}\" >>'$PWD/installed' ;;
		esac"
	echo "unpack server server a service" >>bootstrap.packages
	echo "build compiler - compiles" >>bootstrap.packages
	PATH=$PWD/bin:$PATH fails ./bootstrap --tests
	[ -f .test-programs/usr/sbin/server ] || fail "the service was not unpacked: $output"
	expect_equal "compiler libserver" "$(grep . installed | sort -u | xargs)" "what was installed"
	PATH=$PWD/bin:$PATH fails ./bootstrap --tests
	expect_lacks "unpacking" "$output"
}

test_test_programs_that_are_lacking_are_named() {
	prepare_system "compiler client broken-client"
	PATH=$PWD/bin:$PATH fails ./bootstrap --tests
	expect_equal "client compiler" "$(grep . installed | sort | xargs)" "what was installed"
	expect_equal "broken-client (another job)
unknown (a third job)" "$(sed -n 's/^bootstrap: this system lacks \(.*\): its tests will be skipped$/\1/p' <<<"$output")" "what is lacking"
	expect_contains "no source package of OpenSC 1.0" "$output"
}

test_what_the_build_needs_must_be_there() {
	prepare_system "client"
	answers apt-get '[[ " $* " != *" compiler "* ]] || { echo "E: Unable to locate package compiler"; exit 100; }'
	PATH=$PWD/bin:$PATH fails ./bootstrap --tests
	expect_match 'Unable to locate package compiler$' "$(tail -n 1 <<<"$output")"
}

test_no_install_goes_on_without_what_the_system_lacks() {
	prepare_system "compiler client broken-client"
	printf '%s\n' compiler client broken-client >installed
	PATH=$PWD/bin:$PATH fails ./bootstrap --tests --no-install
	expect_contains "this system lacks unknown (a third job): its tests will be skipped" "$output"
	expect_contains "no source package of OpenSC 1.0" "$output"
}

# Another source's program, without Debian's package, is enough for a test, and not for the build.
test_a_program_of_another_source_is_enough_for_a_test() {
	prepare_system "compiler client"
	printf '%s\n' "build compiler cc compiles" "tests client client a job" >bootstrap.packages
	answers client true
	answers cc true
	PATH=$PWD/bin:$PATH fails ./bootstrap --tests
	expect_equal "compiler" "$(grep . installed | sort | xargs)" "what was installed"
}

test_no_install_stops_without_what_the_system_has() {
	local missing
	for missing in compiler client; do
		rm -rf bin
		prepare_system "compiler client broken-client"
		printf '%s\n' compiler client broken-client | grep -v -x "$missing" >installed
		PATH=$PWD/bin:$PATH fails ./bootstrap --tests --no-install
		expect_match "^$missing	" "$output"
		expect_match 'are missing' "$(tail -n 1 <<<"$output")"
		expect_equal "" "$(grep unknown <<<"$output" || true)" "what the system lacks"
	done
}
