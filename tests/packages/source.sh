# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Makes the source packages: for Debian in /shared/deb, for RPM in /shared/rpm.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

# Where a mirror lacks a part of OpenSC's source package but has upstream's archive: its headers will do.
archive_of_opensc() {
	local version folder
	# shellcheck disable=SC2016 # dpkg-query expands it
	version=$(dpkg-query -W -f '${source:Version}' opensc)
	version=${version#*:} folder=.opensc-source/opensc-$version
	sed 's/^deb /deb-src /' /etc/apt/sources.list >/etc/apt/sources.list.d/source.list
	apt-get update -q
	apt-get source --download-only --tar-only "opensc=$version"
	mkdir -p "$folder"
	tar -C "$folder" --strip-components=1 -xf "opensc_${version%-*}".orig.tar.*
	echo "OpenSC's headers are those of upstream's archive alone: the mirror lacks the source package"
}

make_source_packages() {
	cd "$srcdir"
	./bootstrap || { archive_of_opensc && ./bootstrap; }
	make deb-source rpm-source
	mv deb rpm /shared
}

use_mirror
# what make dist and dpkg-source need beyond bootstrap
apt-get install -q -y --no-install-recommends debhelper xz-utils
need "the source packages are made" make_source_packages
