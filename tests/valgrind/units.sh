# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The unit tests under valgrind, but for those that it cannot run. make check-valgrind

# shellcheck source=tests/lib/valgrind.sh
. "$srcdir/tests/lib/valgrind.sh"

# authentic and noise, which try thousands of inputs, take many minutes: make check-asan has them.
test_driver() {
	local unit
	for unit in crypto cv-keys reading session status tell tlv x509-certificate; do
		under_valgrind "$builddir/tests/unit/test-$unit"
	done
}

# Not face-pictures: valgrind does not let a process lower its limit of open files, and a decoder that cannot be confined is not run.
test_card_face() {
	local unit
	for unit in face-text face-verdict; do
		under_valgrind "$builddir/tests/unit/test-$unit"
	done
}

# Not the reader's: a thread that waits for a lock of a file (F_OFD_SETLKW) keeps valgrind's own lock, and all threads stand still.
test_virtual_card() {
	local unit
	for unit in content content-signatures virtual-card; do
		under_valgrind "$builddir/tests/unit/test-$unit"
	done
}
