# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Debian suites in folders of their own, to build and test in. Needs root and debootstrap.

# The first Debian mirror of the system's apt.
mirror() {
	cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/debian.sources 2>/dev/null |
		sed -n 's/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' | grep '/debian/*$' | head -n 1
}

# make_root SUITE FOLDER [UBUNTU-MIRROR]: a minimal system, without daemons; one that is there already is kept.
make_root() {
	[ ! -e "$2.ready" ] || return 0
	rm -rf --one-file-system "$2"
	if [ -n "${3-}" ]; then # Debian's debootstrap need not know each name of Ubuntu
		debootstrap --variant=minbase --components=main,universe "$1" "$2" "$3" /usr/share/debootstrap/scripts/gutsy || return
	else
		debootstrap --variant=minbase "$1" "$2" "$(mirror)" || return
	fi
	# a mirror may be older than its own date of expiry
	printf 'Acquire::Check-%s "false";\n' Valid-Until Date >"$2/etc/apt/apt.conf.d/90tests"
	# as the installer of Debian does
	printf '127.0.0.1\tlocalhost\n' >"$2/etc/hosts"
	printf '#!/bin/sh\nexit 101\n' >"$2/usr/sbin/policy-rc.d"
	chmod 755 "$2/usr/sbin/policy-rc.d"
	touch "$2.ready"
}

# in_copy FOLDER SHARED COMMAND...: runs in a copy of the root in memory, with the folder SHARED as /shared. Afterwards the copy is
# gone, with its mounts and processes.
in_copy() {
	# shellcheck disable=SC2016 # the inner shell expands it
	unshare --mount --pid --fork --kill-child bash -e -c '
		lower=$1 shared=$2
		shift 2
		mount -t tmpfs copy /mnt
		mkdir /mnt/upper /mnt/work /mnt/root
		mount -t overlay copy -o "lowerdir=$lower,upperdir=/mnt/upper,workdir=/mnt/work" /mnt/root
		mkdir /mnt/root/shared
		mount --bind "$shared" /mnt/root/shared
		mount -t proc proc /mnt/root/proc
		mount --rbind /dev /mnt/root/dev
		exec chroot /mnt/root env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
	' in_copy "$@"
}
