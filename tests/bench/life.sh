# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# Jobs that a person knows, done by the programs of tests/clients. What is prepared without the card is not part of the job.

# shellcheck source=tests/lib/clients.sh
. "$srcdir/tests/lib/clients.sh"
# shellcheck source=tests/lib/pages.sh
. "$srcdir/tests/lib/pages.sh"
# shellcheck source=tests/lib/ssh-steps.sh
. "$srcdir/tests/lib/ssh-steps.sh"
# shellcheck source=tests/lib/pdf-steps.sh
. "$srcdir/tests/lib/pdf-steps.sh"

life_jobs=(web_page ssh_login sign_pdf)

# The programs that each job needs.
declare -A life_programs=([web_page]=curl [ssh_login]="ssh sshd" [sign_pdf]="pdfsig certutil modutil")

can_live() {
	local program
	for program in ${life_programs[$1]}; do
		command -v "$program" >/dev/null || return 1
	done
}

# The job begins here: what the card did before was for the preparation.
begin_job() {
	: >"$VIRTUAL_CARD_LOG"
}

# A page of a server that demands the card's certificate. OpenSC's own driver has no PSS, without which it cannot do TLS 1.3.
job_web_page() {
	use_card
	make_server_certificate
	start_server '^ACCEPT ' openssl s_server -accept 0 -www -tls1_2 -client_sigalgs RSA+SHA256 -cert server.pem -key server.key \
		-Verify 1 -verify_return_error -CAfile auth-ca.pem
	port=${line##*:}
	begin_job
	curl --silent --cacert server-ca.pem --cert auth.pem --key "$(key_uri 01)" --output page "https://localhost:$port/"
	expect_page 1_2 page
}

# A login at OpenSSH's server.
job_ssh_login() {
	use_card
	public_key 01 >public.pem
	ssh-keygen -i -m PKCS8 -f public.pem >authorized_keys
	rm -f host_key host_key.pub sshd_config
	start_sshd
	answer_with_pin
	begin_job
	expect_equal "logged in" "$(log_in -I "$module")"
}

# A PDF that poppler signs with the signature key, by way of NSS. It sees this key's token alone.
job_sign_pdf() {
	local nickname="JPKI (Digital Signature PIN):Digital Signature Certificate"
	use_card
	! opensc_since 0.26 || nickname="JPKI:Digital Signature Certificate"
	use_page pdfsig
	rm -rf db signed.pdf
	run_page 'cp '
	run_page 'mkdir db'
	write_pdf
	begin_job
	OPENSC_CONF=$PWD/opensc-pdfsig.conf pdfsig document.pdf signed.pdf -nssdir sql:db -nss-pwd "$SIGN_PIN" -add-signature -nick "$nickname"
	expect_pdf_signed signed.pdf sign.pem sign-ca.pem
}
