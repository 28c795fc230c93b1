# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2317
# An upgrade of OpenSC alone: apt must not go there, and where it was forced doctor must say what is wrong.

# shellcheck source=tests/packages/checks.sh
. /shared/source/tests/packages/checks.sh

# Other OpenSCs are this one, its packages changed by one of these functions.
new_revision() { version=$upstream-99; }

# OpenSC tells modules its version by this text.
new_version() {
	version=0.99.9-1
	find usr -type f -exec env LC_ALL=C sed -i "s/${upstream//./\\.}/0.99.9/g" {} +
}

# With another ABI it has another soname, too.
new_library() {
	new_version
	version=0.99.9-2
	find usr -type f -exec env LC_ALL=C sed -i "s/${library//./\\.}/$other_library/g" {} +
	for link in usr/lib/*/"$library"; do
		[ ! -L "$link" ] || mv "$link" "${link%/*}/$other_library"
	done
}

# repack FUNCTION: puts opensc and opensc-pkcs11, changed by it, into the folder FUNCTION, with a list of them for apt.
repack() {
	local package file
	mkdir "$1"
	for package in opensc opensc-pkcs11; do
		dpkg-deb --raw-extract originals/"$package"_*.deb unpacked
		cd unpacked
		"$1"
		rm DEBIAN/md5sums
		sed -i "s/$installed/$version/" DEBIAN/control
		cd ..
		file=$1/$package.deb
		dpkg-deb --build unpacked "$file"
		dpkg-deb --field "$file" >>"$1/Packages"
		printf 'Filename: ./%s.deb\nSize: %s\nSHA256: %s\n\n' "$package" "$(stat -c %s "$file")" \
			"$(sha256sum "$file" | cut -d ' ' -f 1)" >>"$1/Packages"
		rm -r unpacked
	done
}

make_other_versions() {
	mkdir originals
	(cd originals && apt-get download opensc opensc-pkcs11)
	repack new_revision
	repack new_version
	repack new_library
}

# What apt would do with what the folder $1 offers: apt-get $2...
simulate() {
	echo "deb [trusted=yes] file:/root/$1 ./" >/etc/apt/sources.list.d/other.list
	apt-get update -q >/dev/null
	shift
	apt-get --simulate -q "$@" || true
}

expect_accepts_revision() {
	output=$(simulate new_revision upgrade)
	expect_match "^Inst opensc .*\\($upstream-99 " "$output"
	expect_lacks "Remv" "$output"
}

expect_keeps_version() {
	output=$(simulate new_version upgrade)
	expect_lacks "Inst opensc" "$output"
	# the control: that version was offered, and only the module is in its way
	output=$(simulate new_version upgrade opensc-mynumber-)
	expect_match '^Inst opensc .*\(0\.99\.9-1 ' "$output"
}

expect_removes_or_refuses() {
	output=$(simulate new_version "$@")
	printf '%s\n' "$output"
	[[ $output != *"Inst opensc"* ]] || expect_match '^Remv opensc-mynumber ' "$output"
}

# expect_finds FINDING: doctor, after OpenSC was replaced by force by that in the folder $2; other programs go on.
expect_finds() {
	dpkg --force-depends --install "$2"/*.deb
	opensc-tool --list-drivers >/dev/null
	fails opensc-mynumber-config doctor
	printf '%s\n' "$output"
	expect_contains "[$1]" "$output"
}

restore() {
	rm /etc/apt/sources.list.d/other.list
	apt-get update -q
	apt-get install -q -y --allow-downgrades "opensc=$installed" "opensc-pkcs11=$installed"
	expect_match '^ +mynumber ' "$(opensc-tool --list-drivers | sed -n 2p)"
	opensc-mynumber-config status
}

cd /root || exit
use_mirror
need "the packages are installed and enabled" install_and_enable
# shellcheck disable=SC2016 # dpkg-query expands it
installed=$(dpkg-query -W -f '${Version}' opensc) upstream=$(dpkg-query -W -f '${source:Upstream-Version}' opensc)
library=$(opensc-mynumber-config status | sed -n 's/^module: *\([^,]*\),.*/\1/p' | xargs ldd | sed -n 's/^\s*\(libopensc\.so\.[0-9]*\) .*/\1/p')
other_library=${library%?}0
need "other versions of opensc are made" make_other_versions
check "apt accepts a new revision of the same OpenSC" expect_accepts_revision
check "apt upgrade keeps OpenSC as it is" expect_keeps_version
check "apt full-upgrade, too, or it removes the module" expect_removes_or_refuses dist-upgrade
check "apt install of a new OpenSC removes the module or refuses" expect_removes_or_refuses install /root/new_version/opensc.deb /root/new_version/opensc-pkcs11.deb
check "a new version put in by force: doctor finds it" expect_finds wrong-version new_version
check "a new library put in by force: doctor finds it" expect_finds library-missing new_library
check "with its OpenSC again all is well" restore
