# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# The real pcscd with the virtual card in vpcd's reader. A test file that uses it holds the line "# namespace".

# Reads lines from file descriptor $1 until one matches $2, then lets the rest run into the file $3.
await_line() {
	local line
	while IFS= read -r -u "$1" line; do
		printf '%s\n' "$line" >>"$3"
		if [[ $line =~ $2 ]]; then
			cat <&"$1" >>"$3" &
			return 0
		fi
	done
	fail "it ended without a line like '$2': $(cat "$3")"
}

# Starts pcscd in the namespace of this test, without a card. OpenSC then uses it in place of the in-process reader.
start_pcscd() {
	require pcscd ip
	[ -n "${IN_NAMESPACE-}" ] || fail "a test with pcscd needs the line '# namespace'"
	mkdir -p /run/pcscd
	mount -t tmpfs none /run/pcscd
	at_exit "umount -l /run/pcscd"
	ip link set lo up
	run_pcscd
	cp "$builddir/opensc.conf" "$OPENSC_CONF"
}

# The reader driver of vpcd, unpacked by ./bootstrap or installed.
vpcd_driver() {
	local folder=$test_programs
	[ -d "$folder/usr/lib/pcsc" ] || folder=
	find "$folder/usr/lib/pcsc" -name 'libifdvpcd.so.*' -print -quit 2>/dev/null || true
}

# Each of them has two slots, which wait for cards on this port and the next.
vpcd_ports=(35963)

# The daemon itself, process $pcscd, with vpcd's readers alone.
run_pcscd() {
	local options=(--foreground --info --config "$PWD/reader.conf") driver port name="Virtual PCD"
	driver=$(vpcd_driver)
	[ -n "$driver" ] || skip "vsmartcard-vpcd is not there"
	: >reader.conf
	for port in "${vpcd_ports[@]}"; do
		cp "$driver" "vpcd-$port.so" # a file of its own, as the driver keeps its slots in static variables
		printf '%s %s\n' FRIENDLYNAME "\"$name\"" DEVICENAME "/dev/null:$port" LIBPATH "$PWD/vpcd-$port.so" CHANNELID "$port" >>reader.conf
		name="Another $name" # two readers of one name would be one to programs
	done
	if pcscd --help | grep -q -e --disable-polkit; then
		options+=(--disable-polkit)
	fi
	exec 8< <(LD_PRELOAD='' exec pcscd "${options[@]}" 2>&1)
	pcscd=$!
	at_exit "kill $pcscd; wait $pcscd"
	await_line 8 'daemon ready' "$PWD/pcscd.log"
}

# Puts the virtual card into the reader and waits until OpenSC sees it.
insert_card() {
	require opensc-tool
	"$builddir/virtual-card/virtual-card" --dir "$VIRTUAL_CARD_DIR" --log "$VIRTUAL_CARD_LOG" \
		--variant "${VIRTUAL_CARD_VARIANT-}" --wait 10 >virtual-card.out 2>&1 &
	at_exit "kill $!; wait $!"
	# OpenSC 0.23 may miss a card that comes while it starts, and then waits for ever
	timeout 30 opensc-tool --wait --atr || opensc-tool --wait --atr
}
