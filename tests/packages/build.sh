# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Builds the Debian packages with nothing but Build-Depends installed: once as root, once as another user, elsewhere.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

one=/build/one two=/home/builder/the/second/of/two

build_first() {
	cp /shared/deb/*.orig* "$one"
	cd "$one/source"
	umask 022
	TZ=UTC dpkg-buildpackage --unsigned-source --unsigned-changes
	mkdir /shared/packages
	cp "$one"/*.* /shared/packages
}

# What building left must be gone, or be no reason for another source package.
clean_and_pack() {
	cd "$one/source"
	debian/rules clean
	dpkg-source --build .
	cmp "$one"/*.debian.tar.xz /shared/deb/*.debian.tar.xz
}

# With the user's name, folder, umask, time zone, language and number of processes of somebody else.
build_second() {
	apt-get install -q -y --no-install-recommends locales
	localedef -i ja_JP -f UTF-8 ja_JP.UTF-8
	useradd --create-home builder
	mkdir -p "$two"
	dpkg-source --extract /shared/deb/*.dsc "$two/source"
	chown -R builder /home/builder
	cd "$two/source"
	setpriv --reuid=builder --regid=builder --clear-groups env HOME=/home/builder TZ=Asia/Tokyo LC_ALL=ja_JP.UTF-8 \
		DEB_BUILD_OPTIONS=parallel=2 sh -c 'umask 002 && dpkg-buildpackage --build=binary --unsigned-changes'
}

expect_same_packages() {
	(cd "$one" && sha256sum ./*.deb) >sums
	cat sums
	[ "$(wc -l <sums)" -ge 2 ]
	(cd "$two" && sha256sum --check) <sums
}

# Every program and library: no search path, all relocations done and locked at the start, loaded anywhere.
expect_hardened() {
	local deb file output count=0
	mkdir unpacked
	for deb in $(debs); do
		dpkg-deb --extract "$deb" "unpacked/$(basename "$deb")"
	done
	while read -r file; do
		readelf -h "$file" >header 2>/dev/null || continue
		count=$((count + 1))
		expect_match 'Type: *DYN' "$(<header)"
		output=$(readelf -d -l -W "$file")
		expect_lacks 'PATH)' "$output"
		expect_match 'BIND_NOW|FLAGS.* NOW' "$output"
		expect_contains GNU_RELRO "$output"
		expect_match 'GNU_STACK.* RW ' "$output"
	done < <(find unpacked -type f)
	expect_equal 6 "$count" "the number of programs and libraries"
}

use_mirror
need "Build-Depends can be installed" install_build_depends "$one"
need "dpkg-buildpackage, with its tests" build_first
check "after debian/rules clean the source package is the same again" clean_and_pack
check "every program and library is hardened, without a search path" expect_hardened
need "dpkg-buildpackage as another user, elsewhere" build_second
check "both builds gave the same bytes" expect_same_packages
