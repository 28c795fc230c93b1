# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# opensc-mynumber-config when a step fails: the configuration is then what it was, to the byte, with mode and owner, and the program says so.
# namespace

# shellcheck source=tests/lib/config-tool.sh
. "$srcdir/tests/lib/config-tool.sh"

# A configuration of some size, which is not the reader's own, in the folder $1.
make_configuration() {
	local i
	mkdir -p "$1"
	{
		printf 'app default {\n\t%s\n}\n' "$test_reader"
		for ((i = 0; i < 800; i++)); do
			printf '# line %s of a configuration that somebody has written\n' "$i"
		done
	} >"$1/opensc.conf"
	chmod 640 "$1/opensc.conf"
	[ "$(id -u)" != 0 ] || chown 7:9 "$1/opensc.conf"
}

# All that must stay of the file $1.
state() {
	stat -c '%a %u:%g %h %F' "$1"
	sha256sum <"$1"
}

# is_enabled FILE: OpenSC loads the driver with it.
is_enabled() {
	[ "$(OPENSC_CONF=$1 opensc-tool --list-drivers | sed -n '2s/^ *\([^ ]*\).*/\1/p')" = mynumber ]
}

# check_job JOB FILE COMMAND...: what the COMMAND does of the job is all of it or nothing, and its status is true. Sets $status.
check_job() {
	local job=$1 file=$2 before
	before=$(state "$file")
	shift 2
	status=0
	output=$("$@" 2>&1) || status=$?
	if [ "$status" = 0 ]; then
		[ "$job" = enable ] && wanted=0 || wanted=1
		is_enabled "$file" && enabled=0 || enabled=1
		expect_equal "$wanted" "$enabled" "whether it is enabled after $job, which said: $output"
		expect_equal "$(head -n 1 <<<"$before")" "$(state "$file" | head -n 1)" "mode, owner and names after $job"
	else
		expect_equal "$before" "$(state "$file")" "the state of the file after $job, which said: $output"
		expect_match 'opensc-mynumber-config: ' "$output"
	fi
}

# stub FOLDER: of each program that the tool may call a copy which counts its calls and fails at number $FAIL_AT.
stub() {
	local program
	mkdir "$1"
	for program in awk cat chcon chmod chown cmp cp cut dd dirname grep head mktemp mv opensc-tool readlink sed stat sync tail tr truncate wc; do
		cat >"$1/$program" <<-END
			#!/bin/sh
			echo "$program" >>"$PWD/calls"
			[ "\$(wc -l <"$PWD/calls")" != "\$FAIL_AT" ] || { echo "$program: made to fail" >&2; exit 1; }
			PATH=$PATH exec $program "\$@"
		END
		chmod +x "$1/$program"
	done
	sed -i "s|\$(wc|\$($(command -v wc)|" "$1"/*
}

with_stubs() {
	: >calls
	PATH=$PWD/stubs:$PATH FAIL_AT=$1 "$builddir/tools/opensc-mynumber-config" -m "$module" -c etc/opensc.conf "$2"
}

# each_call_fails JOB: from a file like before.conf. Sets $refused to how many calls made the job fail.
each_call_fails() {
	local number=0
	refused=0
	while :; do
		number=$((number + 1))
		cat before.conf >etc/opensc.conf
		check_job "$1" etc/opensc.conf with_stubs "$number" "$1"
		[ "$(wc -l <calls)" -ge "$number" ] || break
		[ "$status" = 0 ] || refused=$((refused + 1))
		expect_equal opensc.conf "$(ls etc)" "what is in the folder when $(tail -n 1 calls) failed"
	done
	[ "$refused" -ge 8 ] || fail "only $refused of $number calls made $1 fail"
}

test_each_call_of_a_program_fails() {
	make_configuration etc
	stub stubs
	cp etc/opensc.conf before.conf
	each_call_fails enable
	config -c etc/opensc.conf enable
	cp etc/opensc.conf before.conf
	each_call_fails disable
}

test_each_call_fails_at_a_file_of_two_names() {
	[ -z "${TEST_PRELOAD-}" ] || skip "AddressSanitizer stops dd at a fault of its own"
	make_configuration etc
	ln etc/opensc.conf other-name
	stub stubs
	cp etc/opensc.conf before.conf
	each_call_fails enable
	config -c etc/opensc.conf enable
	cmp etc/opensc.conf other-name
	cp etc/opensc.conf before.conf
	each_call_fails disable
	cmp etc/opensc.conf other-name
}

# on_disk_with KILOBYTES: that are left beside the configuration.
on_disk_with() {
	head -c "$(($1 * 1024))" /dev/zero >etc/reserve
	cat /dev/zero >etc/filler 2>/dev/null || true
	rm etc/reserve
}

test_full_disk() {
	local job left
	mkdir etc
	mount -t tmpfs -o size=1m,mode=755 none etc
	at_exit "umount -l $PWD/etc"
	make_configuration etc
	for job in enable disable; do
		cp etc/opensc.conf before.conf
		for left in 0 4 8 16 32 48 64 128; do
			cat before.conf >etc/opensc.conf
			on_disk_with "$left"
			check_job "$job" etc/opensc.conf config -c etc/opensc.conf "$job"
			rm etc/filler
			expect_equal opensc.conf "$(ls etc)" "what is in the folder with $left kB left"
			[ "$left" != 0 ] || expect_contains "Check the free space" "$output"
		done
		expect_equal 0 "$status" "the status of $job with room enough"
	done
}

limited() {
	(
		ulimit -f "$1"
		config -c etc/opensc.conf "$2"
	)
}

test_limit_of_a_file_s_size() {
	local job limit
	make_configuration etc
	for job in enable disable; do
		cp etc/opensc.conf before.conf
		for limit in 0 1 4 32 40 44 45 64 128; do
			cat before.conf >etc/opensc.conf
			check_job "$job" etc/opensc.conf limited "$limit" "$job"
			expect_equal opensc.conf "$(ls etc)" "what is in the folder at the limit $limit"
		done
		expect_equal 0 "$status" "the status of $job with a limit that is wide enough"
	done
}

test_read_only_file_system() {
	make_configuration etc
	mount --bind etc etc
	at_exit "umount -l $PWD/etc"
	mount -o remount,bind,ro etc
	check_job enable etc/opensc.conf config -c etc/opensc.conf enable
	[ "$status" != 0 ] || fail "no error"
}

# attributes [FILE]: prints all extended attributes of the configuration, ACL and those of SELinux included; of FILE: gives it some.
attributes() {
	/usr/bin/python3 - "$@" <<-'END'
	import os, struct, sys
	if len(sys.argv) > 1:
	    entries = (1, 6, -1), (2, 4, 5), (4, 4, -1), (16, 4, -1), (32, 0, -1)
	    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
	    os.setxattr(sys.argv[1], "system.posix_acl_access", acl)
	    os.setxattr(sys.argv[1], "user.origin", b"somebody")
	for name in sorted(os.listxattr("etc/opensc.conf")):
	    print(name, os.getxattr("etc/opensc.conf", name))
	END
}

test_acl_and_attributes_stay() {
	make_configuration etc
	attributes etc/opensc.conf >before || skip "this file system has no ACL or no attributes"
	before=$(state etc/opensc.conf)
	config -c etc/opensc.conf enable
	attributes | cmp before -
	config -c etc/opensc.conf disable
	attributes | cmp before -
	expect_equal "$before" "$(state etc/opensc.conf)" "the state of the file"
}

# An empty module, one that is cut off, one of another kind: nothing is changed.
test_a_module_that_opensc_does_not_load() {
	local name
	make_configuration etc
	: >empty.so
	head -c 20000 "$module" >cut.so
	echo text >text.so
	for name in empty.so cut.so text.so; do
		check_job enable etc/opensc.conf config -m "$PWD/$name" -c etc/opensc.conf enable
		[ "$status" = 1 ] || fail "status $status with $name: $output"
		expect_contains "does not load" "$output"
	done
	# what was enabled and has become unusable since
	cp "$module" copy.so
	module=$PWD/copy.so
	config -c etc/opensc.conf enable
	config -c etc/opensc.conf status
	: >copy.so
	fails config -c etc/opensc.conf status
	expect_contains "does not load" "$output"
	fails config -c etc/opensc.conf enable
	config -c etc/opensc.conf disable
}

test_paths_of_modules() {
	local name
	make_configuration etc
	for name in 'back\nslash\\t' 'two  words' "it's" "#x" "a=b"; do
		mkdir -p "$name"
		cp "$module" "$name/m.so"
		cp etc/opensc.conf before.conf
		config -m "$PWD/$name/m.so" -c etc/opensc.conf enable
		is_enabled etc/opensc.conf || fail "not enabled with $name"
		config -m "$PWD/$name/m.so" -c etc/opensc.conf status | grep '^enabled (' || fail "status with $name"
		config -m "$PWD/$name/m.so" -c etc/opensc.conf disable
		cmp before.conf etc/opensc.conf
	done
	for name in 'quo"te' $'line\nend' $'carriage\rreturn' ; do
		cp "$module" "$name.so"
		check_job enable etc/opensc.conf config -m "$PWD/$name.so" -c etc/opensc.conf enable
		[ "$status" = 1 ] || fail "status $status with $name"
	done
	fails "$builddir/tools/opensc-mynumber-config" -m quo.so -c etc/opensc.conf enable
	expect_contains "begin with /" "$output"
}

test_names_of_configurations() {
	local name job
	mkfifo endless
	exec 6<>endless
	for name in x=y -n --help 'two  words' '#' "it's" 'a\nb' '*' -; do
		printf 'app default {\n\t%s\n}\n' "$test_reader" >./"$name"
		cp ./"$name" before
		for job in enable status disable; do
			timeout 60 "$builddir/tools/opensc-mynumber-config" -m "$module" -c "$name" "$job" <endless
		done
		cmp ./"$name" before
		rm ./"$name"
	done
	fails config -c $'line\nend' enable
	for name in endless /dev/zero; do
		for job in status enable disable; do
			status=0
			timeout 60 "$builddir/tools/opensc-mynumber-config" -m "$module" -c "$name" "$job" || status=$?
			expect_equal 1 "$status" "the status of $job with $name"
		done
	done
}

test_report_is_not_that_of_the_current_folder() {
	printf '#!/bin/sh\necho ran\n' >opensc-mynumber-report
	chmod +x opensc-mynumber-report
	cp "$builddir/tools/opensc-mynumber-config" .
	for shell in sh bash; do
		expect_lacks ran "$("$shell" opensc-mynumber-config report 2>&1 || true)"
	done
}
