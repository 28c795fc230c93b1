# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The RPM packages, as far as they can be built and installed where there are no other RPM packages.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

install_rpm() {
	install_build_depends /build
	apt-get install -q -y --no-install-recommends cpio rpm rpmlint
}

# Debian's rpm knows no installed opensc whose version it could ask for.
build_packages() {
	local upstream
	# shellcheck disable=SC2016 # dpkg-query expands it
	upstream=$(dpkg-query -W -f '${source:Upstream-Version}' opensc)
	rpmbuild -ba --nodeps --define "opensc_version $upstream" --define '_topdir /build' --define '_sourcedir /shared/rpm' \
		/shared/rpm/opensc-mynumber.spec
	find /build/RPMS /build/SRPMS -name '*.rpm' -exec cp -t /shared/rpm {} +
	expect_match "^opensc.* = $upstream$" "$(rpm --query --requires --package /shared/rpm/opensc-mynumber-[0-9]*.x86_64.rpm)"
}

use_mirror
need "rpm and what the build needs can be installed" install_rpm
need "rpmbuild -ba, with its tests" build_packages
