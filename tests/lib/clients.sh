# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# What the tests of client programs share. A client's file first says `client NAME VERSION`; its functions test_* are its jobs.
# A job whose name begins with "control" does the same with SoftHSM: what fails there as well is the script's fault.

# shellcheck source=tests/lib/jobs.sh
. "$srcdir/tests/lib/jobs.sh"

# client NAME VERSION: for tests/bin/clients-table. With a sanitizer no client runs: most have faults of their own, and some hang.
client() {
	printf '# client: %s | %s\n' "$1" "$2"
	if [ -n "${TEST_PRELOAD-}" ]; then
		echo "1..0 # SKIP client programs are not for sanitizers"
		exit 0
	fi
}

# Prints names and versions of Debian packages. A name may end with *, as some suites add t64 to it.
packages() {
	local package list=
	for package; do
		list+=", ${package%\*} $(cat "$test_programs/packages/$package" 2>/dev/null ||
			dpkg-query -W -f '${Version}' "$package" 2>/dev/null || echo missing)"
	done
	printf '%s\n' "${list:2}"
}

# The folder of the PKCS#11 modules: that of libopensc, for programs that take no bare name.
module_folder() {
	local library
	library=$(ldconfig -p | sed -n 's|.* => \(.*/libopensc\.so\.[0-9]*\)$|\1|p' | head -n 1)
	[ -n "$library" ] || fail "ldconfig knows no libopensc"
	printf '%s\n' "$(realpath "${library%/*}")"
}

# Writes the persona's certificates for the client and its peer, and says which module is to be used.
use_card() {
	module=$(module_folder)/opensc-pkcs11.so
	[ -f "$module" ] || skip "opensc-pkcs11 is not installed"
	openssl x509 -inform DER -in "$(certificate_file 01)" -out auth.pem
	openssl x509 -inform DER -in "$(certificate_file 03)" -out auth-ca.pem
	openssl x509 -inform DER -in "$(certificate_file 02)" -out sign.pem
	openssl x509 -inform DER -in "$(certificate_file 04)" -out sign-ca.pem
	export PKCS11_MODULE_PATH=$module
}

# The same certificates, and the authentication key, in a token of SoftHSM that has the same label, PIN and ids.
use_softhsm() {
	local add
	require softhsm2-util pkcs11-tool
	use_card
	module=$(module_folder)/softhsm/libsofthsm2.so
	[ -f "$module" ] || skip "SoftHSM's module is not at $module"
	export PKCS11_MODULE_PATH=$module SOFTHSM2_CONF=$PWD/softhsm2.conf
	mkdir tokens
	printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$PWD/tokens" >"$SOFTHSM2_CONF"
	add=(pkcs11-tool --module "$module" --token-label "${key_token[01]}" --login --pin "$AUTH_PIN" --write-object)
	softhsm2-util --init-token --free --label "${key_token[01]}" --so-pin 12345678 --pin "$AUTH_PIN"
	softhsm2-util --import "$VIRTUAL_CARD_DIR/keys/auth.pem" --token "${key_token[01]}" --pin "$AUTH_PIN" \
		--label "User Authentication Key" --id 01
	"${add[@]}" "$(certificate_file 01)" --type cert --id 01 --label "User Authentication Certificate"
	"${add[@]}" "$(certificate_file 03)" --type cert --id 03 --label "User Authentication Certificate CA"
}

# The card was sent no PIN at all.
expect_no_pin_sent() {
	expect_equal "" "$(verified_pins)" "the list of PINs sent"
}

# The card was sent the user authentication PIN and no other, and never a wrong one.
expect_only_auth_pin_sent() {
	expect_equal "$JPKI_AID:0018" "$(verified_pins)" "the list of PINs sent"
	expect_equal 9000 "$(awk '$2 == "<" && pin { print $3 } { pin = $2 == ">" && $3 ~ /^002000..04/ }' "$VIRTUAL_CARD_LOG" |
		sort -u | xargs)" "the card's answers to PINs"
}

# A port of this machine that nobody listens to.
free_port() {
	require python3
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# await_server PATTERN [COUNT]: waits until that many lines (one) of what the server says match. The last is then in $line.
await_server() {
	local missing=${2-1}
	while [ "$missing" != 0 ]; do
		IFS= read -r -u "$server_output" line || fail "the server ended: $(cat server.log)"
		printf '%s\n' "$line" >>server.log
		if [[ $line =~ $1 ]]; then
			missing=$((missing - 1))
		fi
	done
}

# start_server READY COMMAND...: returns as soon as a line of its output matches READY. It ends if nobody ends it.
start_server() {
	: >server.log
	exec {server_output}< <(exec timeout 120 "${@:2}" 2>&1)
	server_pid=$!
	at_exit "kill $server_pid"
	await_server "$1"
}

# Ends the server. All that it said is then in server.log.
stop_server() {
	kill "$server_pid" || true
	cat <&"$server_output" >>server.log
	exec {server_output}<&-
}

# make_certificate NAME SUBJECT OPTIONS...: NAME.pem and NAME.key, valid today.
make_certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj "$2" "${@:3}" \
		2>>openssl.err
}

# For the name localhost, by the CA in server-ca.pem.
make_server_certificate() {
	make_certificate server-ca "/CN=CA of a test"
	make_certificate server /CN=localhost -CA server-ca.pem -CAkey server-ca.key -addext subjectAltName=DNS:localhost \
		-addext basicConstraints=critical,CA:FALSE -addext keyUsage=digitalSignature -addext extendedKeyUsage=serverAuth
}

# start_tls_server 1_2|1_3: on $port of this machine. It demands a client certificate of the authentication CA and tells what
# it got as a page.
start_tls_server() {
	make_server_certificate
	start_server '^ACCEPT ' openssl s_server -accept 0 -www "-tls$1" -cert server.pem -key server.key \
		-Verify 1 -verify_return_error -CAfile auth-ca.pem
	port=${line##*:}
}

# The server, which has then ended, verified the card's certificate.
expect_server_verified_card() {
	stop_server
	expect_contains "depth=0 $(openssl x509 -in auth.pem -noout -subject | sed 's/^subject=//')
verify return:1" "$(cat server.log)"
}

# expect_page 1_2|1_3 FILE: the page of the TLS server names this version of TLS and the certificate that it got.
expect_page() {
	expect_match "TLSv${1/_/.}" "$(cat "$2")"
	expect_contains "CN=$(openssl x509 -in auth.pem -noout -subject -nameopt multiline | sed -n 's/.*commonName *= //p')" \
		"$(tr -d ' ' <"$2")"
}
