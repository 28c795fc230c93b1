# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# For the scripts that tests/packages/run runs in a root: each check is a line to file descriptor 3, all else goes to the log.

srcdir=/shared/source builddir=/shared/source
# shellcheck source=tests/lib/lib.sh
. "$srcdir/tests/lib/lib.sh"
# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

# check WHAT COMMAND...: the command is a function, each line of which must succeed. So call it never with && or ||, which would allow
# failures. The script ends with an error if one of its checks failed.
check() {
	echo "=== $1"
	(
		set -e
		"${@:2}"
	)
	status=$?
	if [ "$status" = 0 ]; then
		echo "ok: $1" >&3
	else
		echo "FAILED: $1" >&3
		trap 'exit 1' EXIT
	fi
}

# As check, for what all later checks need.
need() {
	check "$@"
	[ "$status" = 0 ] || exit 1
}

# Tells apt where its downloads are kept, and what the mirror has.
use_mirror() {
	printf '%s\n' 'Dir::Cache::archives "/shared/archives";' 'APT::Keep-Downloaded-Packages "true";' >/etc/apt/apt.conf.d/91downloads
	apt-get update -q
}

# Unpacks the Debian source package into the folder $1/source, and installs a compiler and its Build-Depends.
install_build_depends() {
	apt-get install -q -y --no-install-recommends build-essential
	mkdir -p "$1"
	dpkg-source --extract /shared/deb/*.dsc "$1/source"
	apt-get build-dep -q -y --no-install-recommends "$1/source"
}

# The packages that build.sh made.
debs() {
	ls /shared/packages/opensc-mynumber_*.deb /shared/packages/mynumber-virtual-card_*.deb
}

# OpenSC alone, whose configuration is kept to compare, then the packages with what they recommend, as apt does by default.
install_packages() {
	apt-get install -q -y opensc
	cp -p /etc/opensc/opensc.conf /root/opensc.conf
	# shellcheck disable=SC2046 # one argument each
	apt-get install -q -y $(debs)
}

install_and_enable() {
	install_packages
	opensc-mynumber-config enable
}

expect_configuration_as_before() {
	expect_same_file /root/opensc.conf /etc/opensc/opensc.conf
	expect_equal opensc.conf "$(ls /etc/opensc)" "what /etc/opensc holds"
}
