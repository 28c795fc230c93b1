# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The RPM packages, as far as they can be built and installed where there are no other RPM packages.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

install_rpm() {
	install_build_depends /build
	apt-get install -q -y --no-install-recommends cpio rpm rpmlint
}

# Debian's rpm knows no installed opensc whose version it could ask for, and makes no packages of debugging symbols.
build_packages() {
	local upstream
	# shellcheck disable=SC2016 # dpkg-query expands it
	upstream=$(dpkg-query -W -f '${source:Upstream-Version}' opensc)
	rpmbuild -ba --nodeps --define "opensc_version $upstream" --define 'debug_package %{nil}' \
		--define '_topdir /build' --define '_sourcedir /shared/rpm' /shared/rpm/opensc-mynumber.spec
	find /build/RPMS /build/SRPMS -name '*.rpm' -exec cp -t /shared/rpm {} +
	expect_match "^opensc.* = $upstream$" "$(rpm --query --requires --package "$module_rpm")"
}

run_rpmlint() {
	rpmlint --config "$srcdir/tests/packages/rpmlint.toml" /shared/rpm/*.rpm /shared/rpm/*.spec | tee rpmlint.out
	expect_match ' 0 errors, 0 warnings' "$(<rpmlint.out)"
}

# The files of package $1, but for documents and what rpm itself adds.
files() {
	rpm2cpio "$1" | cpio --list --quiet | grep -v -e '^\./usr/share/\(doc\|licenses\)/' -e '^\./usr/lib/\.build-id' | sort
}

expect_files() {
	expect_equal "./usr/bin/mynumber-card-face
./usr/bin/mynumber-card-status
./usr/bin/opensc-mynumber-config
./usr/lib64/opensc
./usr/lib64/opensc/opensc-mynumber.so
./usr/libexec/opensc-mynumber
./usr/libexec/opensc-mynumber/opensc-mynumber-report
./usr/share/bash-completion/completions/mynumber-card-face
./usr/share/bash-completion/completions/mynumber-card-status
./usr/share/bash-completion/completions/opensc-mynumber-config
./usr/share/fish/vendor_completions.d/mynumber-card-face.fish
./usr/share/fish/vendor_completions.d/mynumber-card-status.fish
./usr/share/fish/vendor_completions.d/opensc-mynumber-config.fish
./usr/share/man/ja/man1/mynumber-card-face.1.gz
./usr/share/man/ja/man1/mynumber-card-status.1.gz
./usr/share/man/ja/man5/opensc-mynumber.conf.5.gz
./usr/share/man/ja/man7/opensc-mynumber.7.gz
./usr/share/man/ja/man8/opensc-mynumber-config.8.gz
./usr/share/man/man1/mynumber-card-face.1.gz
./usr/share/man/man1/mynumber-card-status.1.gz
./usr/share/man/man5/opensc-mynumber.conf.5.gz
./usr/share/man/man7/opensc-mynumber.7.gz
./usr/share/man/man8/opensc-mynumber-config.8.gz
./usr/share/zsh/site-functions/_opensc-mynumber" "$(files "$module_rpm")" "the list of opensc-mynumber's files"
	expect_equal "./usr/bin/mynumber-virtual-card
./usr/lib64/mynumber-virtual-card
./usr/lib64/mynumber-virtual-card/libvirtual-card-pcsc.so
./usr/share/man/ja/man1/mynumber-virtual-card.1.gz
./usr/share/man/man1/mynumber-virtual-card.1.gz" "$(files "$card_rpm")" "the list of mynumber-virtual-card's files"
}

# Where OpenSC's configuration is Fedora's: enabled, and as before when the package has gone.
install_and_erase() {
	mv /etc/opensc/opensc.conf /etc/opensc.conf
	cp -p /etc/opensc.conf before.conf
	rpm --install --nodeps "$module_rpm" "$card_rpm"
	OPENSC_CONF=/etc/opensc.conf opensc-mynumber-config enable
	OPENSC_CONF=/etc/opensc.conf opensc-mynumber-config status
	rpm --erase --nodeps opensc-mynumber mynumber-virtual-card
	expect_same_file before.conf /etc/opensc.conf
	[ ! -e /usr/lib64/opensc ] || fail "left: $(ls /usr/lib64/opensc)"
}

version=$(sed -n 's/^Version: *//p' /shared/rpm/opensc-mynumber.spec)-1.$(uname -m)
module_rpm=/shared/rpm/opensc-mynumber-$version.rpm
card_rpm=/shared/rpm/mynumber-virtual-card-$version.rpm
cd /root || exit
use_mirror
need "rpm and what the build needs can be installed" install_rpm
need "rpmbuild -ba, with its tests" build_packages
check "rpmlint finds no error and no warning" run_rpmlint
check "the packages hold the right files" expect_files
check "installed and enabled, then erased: opensc.conf is as it was" install_and_erase
