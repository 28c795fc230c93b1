# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Whether a program that dies leaves a core dump.

# dies_after TEXT PROGRAM...: the program, without a terminal, is given the lines of the file "typed" and no end of input, and
# SIGABRT once its errors hold TEXT. Prints the shell's own word for how it ended: with a core dump or without.
dies_after() {
	rm -f never died.pid died.err
	mkfifo never
	# shellcheck disable=SC2016
	(
		ulimit -c unlimited
		exec 7<>never
		cat typed >&7
		(
			until grep -q -F -e "$1" died.err; do
				sleep 0.05
			done
			kill -ABRT "$(<died.pid)"
		) 2>/dev/null &
		bash -c 'bash -c "echo \$\$ >died.pid; exec setsid \"\$@\" <&7 >died.out 2>died.err" - "$@"; true' - "${@:2}"
	) 2>&1
}

# Skips the test where the system leaves no core dumps at all.
require_core_dumps() {
	: >typed
	[[ $(dies_after ready sh -c 'echo ready >&2; exec sleep 60') == *"core dumped"* ]] || skip "this system leaves no core dumps"
	rm -f core core.*
}
