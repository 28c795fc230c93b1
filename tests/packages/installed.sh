# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The installed packages at work with a card in pcscd, until they are purged.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

install_and_see() {
	install_packages
	dpkg --status pcscd libccid vsmartcard-vpcd >/dev/null
}

enable_twice() {
	opensc-mynumber-config enable
	opensc-mynumber-config status
	cp /etc/opensc/opensc.conf enabled.conf
	opensc-mynumber-config enable
	expect_same_file enabled.conf /etc/opensc/opensc.conf
}

# Two files that name the same module would show every token twice.
expect_one_p11_kit_module() {
	local files
	files=$(grep -l '^module: *\(.*/\)\?opensc-pkcs11\.so' /usr/share/p11-kit/modules/*)
	expect_equal 1 "$(wc -l <<<"$files")" "the number of p11-kit's files for OpenSC"
	expect_match '^opensc-pkcs11:' "$(dpkg --search "$files")"
}

reinstall() {
	# shellcheck disable=SC2046 # one argument each
	apt-get install -q -y --reinstall $(debs)
	expect_same_file enabled.conf /etc/opensc/opensc.conf
}

disable() {
	opensc-mynumber-config disable
	expect_configuration_as_before
}

purge() {
	dpkg --listfiles opensc-mynumber mynumber-virtual-card | grep mynumber >files
	apt-get purge -q -y opensc-mynumber mynumber-virtual-card
	expect_configuration_as_before
	expect_equal "" "$(xargs -d '\n' ls -d <files 2>/dev/null)" "what is left"
}

cd /root || exit
use_mirror
need "apt installs the packages and what they recommend" install_and_see
check "the installation leaves opensc.conf alone" expect_configuration_as_before
check "p11-kit knows OpenSC's module once, by its own package" expect_one_p11_kit_module
check "enable, and once more" enable_twice
apt-get install -q -y --no-install-recommends iproute2 openssl # for the tests' own use
IN_NAMESPACE=1 unshare --mount --net bash "$srcdir/tests/packages/with-card.sh" || trap 'exit 1' EXIT
check "installed again it stays enabled" reinstall
check "disable leaves opensc.conf as it was" disable
check "purge leaves opensc.conf as it was, and no file" purge
