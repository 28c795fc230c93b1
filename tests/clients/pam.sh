# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# PAM: pam_p11 and pam_pkcs11, asked by sudo, by the screen lock i3lock, and by pamtester. docs/clients/pam.md
# namespace

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
# shellcheck source=tests/lib/pcscd-steps.sh
. "$srcdir/tests/lib/pcscd-steps.sh"
# shellcheck source=tests/lib/screen.sh
. "$srcdir/tests/lib/screen.sh"

client PAM "$(packages libpam-p11 libpam-pkcs11 sudo i3lock pamtester)"

# in_place_of FILE NEW: in this namespace, NEW is at the place of FILE.
in_place_of() {
	mount --bind "$2" "$1"
	at_exit "umount '$1'"
}

# add_user UID [first]: the user cardholder beside those that exist. The first line of a uid names it.
add_user() {
	local line="cardholder:x:$1:$1::$PWD/cardholder:/bin/sh"
	mkdir -m 755 cardholder
	if [ "${2-}" = first ]; then
		cat <(echo "$line") /etc/passwd >passwd
	else
		cat /etc/passwd <(echo "$line") >passwd
	fi
	in_place_of /etc/passwd "$PWD/passwd"
}

# The system's own services, to be changed by the page's commands. The page's sudo is root already, and its home that of cardholder.
use_pam_page() {
	pam_module=$(compgen -G "/lib/*/security/$1.so" || compgen -G "$test_programs/lib/*/security/$1.so" || compgen -G "$test_programs/usr/lib/*/security/$1.so") ||
		skip "$1 is not installed"
	cp -R /etc/pam.d pam.d
	in_place_of /etc/pam.d "$PWD/pam.d"
	use_page pam "s|sudo sed|sed|; s|sudo mkdir|mkdir|; s|sudo tee|tee|; s|sudo openssl|openssl|" "s|taro|cardholder|" "s|~/|$PWD/cardholder/|g" \
		"s|/[^ ]*/opensc-pkcs11.so|$module|g" "s|/etc/pam_pkcs11|$PWD/pam_pkcs11|g; s|sufficient $1.so|sufficient $pam_module|"
}

# The user whom pam_p11 lets in by the card's key, or by that in the file $1.
use_pam_p11() {
	use_pam_page pam_p11
	if [ $# = 0 ]; then
		run_page 'mkdir -p -m 700 ~/.ssh'
	else
		mkdir cardholder/.ssh
		cp "$1" cardholder/.ssh/authorized_keys
	fi
}

# ask_for_the_card_in SERVICE: the page's line for sudo, in that service.
ask_for_the_card_in() {
	page_examples+=(-e "s|/etc/pam.d/sudo|/etc/pam.d/$1|")
	run_page "sudo sed -i '1i auth sufficient pam_p11.so"
}

# pam_pkcs11, which may be only unpacked, with the page's configuration in a folder of the test.
use_pam_pkcs11() {
	use_pam_page pam_pkcs11
	run_page 'sudo mkdir -p'
}

# pamtester as the page says, with the answer $1.
authenticate() {
	run_page 'pamtester' <<<"$1" 2>&1
}

# A card in the real pcscd, which root uses as well, with the system's own configuration.
use_card_of_the_system() {
	start_pcscd
	insert_card
	in_place_of /etc/opensc/opensc.conf "$OPENSC_CONF"
}

# run_sudo ANSWER: as cardholder, whose environment says nothing of the test.
run_sudo() {
	setpriv --reuid=4711 --regid=4711 --clear-groups env -i PATH="$PATH" sudo -S -k id <<<"$1"
}

# sudo and its user, who may run everything. The page's line is on top of sudo's own file.
use_sudo() {
	require sudo setpriv
	grep -q 4294967295 /proc/self/uid_map || skip "only root can test sudo"
	add_user 4711
	cat /etc/shadow <(echo 'cardholder:*:19000:0:99999:7:::') >shadow
	in_place_of /etc/shadow "$PWD/shadow"
	cat /etc/sudoers <(echo 'cardholder ALL=(ALL) ALL') >sudoers
	chmod 440 sudoers
	in_place_of /etc/sudoers "$PWD/sudoers"
	chmod 755 .. .
}

test_sudo_takes_the_card() {
	use_card
	use_sudo
	use_card_of_the_system
	use_pam_p11
	chown -R 4711 cardholder
	cp /etc/pam.d/sudo sudo.before
	fails run_sudo "$AUTH_PIN"
	expect_no_pin_sent
	ask_for_the_card_in sudo
	expect_contains "uid=0(root)" "$(run_sudo "$AUTH_PIN")"
	expect_only_auth_pin_sent
	run_page "sudo sed -i '/pam_p11"
	expect_same_file /etc/pam.d/sudo sudo.before
}

test_sudo_keeps_another_card_out() {
	use_card
	use_sudo
	use_card_of_the_system
	ssh-keygen -q -t rsa -N '' -f other
	use_pam_p11 other.pub
	chown -R 4711 cardholder
	ask_for_the_card_in sudo
	fails run_sudo "$AUTH_PIN"
	expect_no_pin_sent
}

# The lock is open as soon as i3lock has ended. A password typed there goes to pam_p11, and not to the card.
test_i3lock_opens_with_the_card() {
	local lock
	require i3lock
	use_card
	add_user "$(id -u)" first
	use_pam_p11
	ask_for_the_card_in i3lock
	start_screen
	timeout 120 i3lock --nofork &
	lock=$!
	await_lock
	type_at_lock "a password"
	expect_no_pin_sent
	kill -0 "$lock" || fail "the lock opened without the PIN"
	type_at_lock "$AUTH_PIN"
	wait "$lock"
	expect_only_auth_pin_sent
}

# The lock covers the screen.
await_lock() {
	local end=$((SECONDS + 60))
	until [ -n "$(find_window i3lock)" ]; do
		[ "$SECONDS" -lt "$end" ] || fail "i3lock does not lock"
	done
}

type_at_lock() {
	xdotool type "$1"
	xdotool key Return
}

test_pam_p11_lets_the_card_in() {
	require pamtester
	use_card
	add_user "$(id -u)"
	use_pam_p11
	ask_for_the_card_in sudo
	expect_contains "successfully authenticated" "$(authenticate "$AUTH_PIN")"
	expect_only_auth_pin_sent
}

test_pam_p11_keeps_another_card_out() {
	require pamtester
	use_card
	add_user "$(id -u)"
	ssh-keygen -q -t rsa -N '' -f other
	use_pam_p11 other.pub
	ask_for_the_card_in sudo
	fails authenticate "$AUTH_PIN"
	expect_no_pin_sent
}

test_pam_pkcs11_lets_the_card_in() {
	require pamtester
	use_card
	add_user "$(id -u)"
	use_pam_pkcs11
	expect_contains "successfully authenticated" "$(authenticate "$AUTH_PIN")"
	expect_only_auth_pin_sent
}

test_pam_pkcs11_keeps_another_card_out() {
	require pamtester
	use_card
	add_user "$(id -u)"
	use_pam_pkcs11
	echo "/C=JP/CN=SOMEBODY ELSE -> cardholder" >pam_pkcs11/subject_mapping
	fails authenticate "$AUTH_PIN"
	expect_contains "No matching certificate found" "$output"
}

test_control_pam_p11() {
	require pamtester
	use_softhsm
	add_user "$(id -u)"
	public_key 01 >public.pem
	ssh-keygen -i -m PKCS8 -f public.pem >key.pub
	use_pam_p11 key.pub
	ask_for_the_card_in sudo
	expect_contains "successfully authenticated" "$(authenticate "$AUTH_PIN")"
}
