# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# However the packages go, opensc.conf is then what it was before they came.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

purge_while_enabled() {
	install_and_enable
	apt-get purge -q -y opensc-mynumber
	expect_configuration_as_before
}

# With lines of the admin's own, which stay.
purge_after_changes() {
	install_and_enable
	printf '# by the admin\napp local {\n}\n' | tee -a /etc/opensc/opensc.conf >>/root/opensc.conf
	apt-get purge -q -y opensc-mynumber
	expect_configuration_as_before
	sed -i '/^# by the admin$/,$d' /etc/opensc/opensc.conf
}

remove_opensc_by_force() {
	install_and_enable
	dpkg --force-depends --remove opensc opensc-pkcs11
	apt-get purge -q -y opensc-mynumber
	expect_configuration_as_before
}

remove_opensc() {
	install_and_enable
	apt-get remove -q -y opensc
	expect_equal "" "$(dpkg-query -W -f '${db:Status-Status}' opensc-mynumber | grep -x installed)" "the module"
	expect_configuration_as_before
}

purge_opensc() {
	install_and_enable
	apt-get purge -q -y opensc opensc-mynumber
	[ ! -e /etc/opensc ] || fail "left: $(ls -R /etc/opensc)"
}

cd /root || exit
use_mirror
check "purge while enabled" purge_while_enabled
check "purge while enabled, with changes by the admin" purge_after_changes
check "opensc removed first, by force" remove_opensc_by_force
check "opensc removed first, and the module with it" remove_opensc
check "all purged at once leaves nothing" purge_opensc
