# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The JPKI certificate report: what it says of certificates that are what they should be, and of those that are not.

# shellcheck source=tests/lib/whole-card-steps.sh
. "$srcdir/tests/lib/whole-card-steps.sh"

# jpki_report [OPTIONS]
jpki_report() {
	pkcs15-tool --read-data-object "JPKI certificate report" --raw "$@"
}

auth="user authentication certificate (利用者証明用電子証明書)"
sign="digital signature certificate (署名用電子証明書)"
ca="its CA certificate"

# fingerprint ID
fingerprint() {
	openssl dgst -sha256 -r "$(certificate_file "$1")" | cut -d ' ' -f 1
}

# days_to DATE: whole days from now to the end of that day in Japan.
days_to() {
	echo $((($(date -d "$1 23:59:59 +0900" +%s) - $(date +%s)) / 86400))
}

# genuine_pair NAME CA_ID USE: the findings about a genuine certificate and its CA's.
genuine_pair() {
	cat <<-END
		ok: $1: signed by the CA certificate on the card
		ok: $1: made for $3 (key usage, policy)
		ok: $1: issued by the CA for $3 (name)
		ok: $1: valid until 2035-07-03 (days left: $(days_to 2035-07-03))
		ok: $ca: a CA, and signed by its own key
		unknown: $ca: no published fingerprint of it is known here: compare its SHA-256 $(fingerprint "$2") with the one that J-LIS publishes
		ok: $ca: valid until 2043-07-15 (days left: $(days_to 2043-07-15))
	END
}

test_certificate_report() {
	local both
	both=$(genuine_pair "$auth" 03 "user authentication" && genuine_pair "$sign" 04 "digital signatures")
	expect_equal "$(genuine_pair "$auth" 03 "user authentication")" "$(jpki_report)" "the report of the authentication certificate"
	expect_equal "$both" "$(jpki_report --verify-pin --auth-id 02 --pin "$SIGN_PIN")" "the report of both"
}

# What is genuine is said to be, whatever a card, its reader or its holder is like.
test_certificate_report_of_genuine_variants() {
	local card
	for card in child juki-card long-names long-form no-common old-card renewed no-extended extended-broken no-sfi short-reads no-pss reselect-drops; do
		variant "$card"
		output=$(jpki_report)
		expect_lacks FAIL "$output"
		expect_equal 6 "$(grep -c ^ok: <<<"$output")" "the good findings of $card"
	done
	for card in android iphone; do
		variant "$card"
		output=$(jpki_report --verify-pin --auth-id 01 --pin "$AUTH_PIN")
		expect_lacks FAIL "$output"
		expect_equal 6 "$(grep -c ^ok: <<<"$output")" "the good findings of $card"
	done
}

# expect_found VARIANT LINE: exactly one thing is wrong with the card of that variant, and the report says what.
expect_found() {
	variant "$1"
	expect_equal "$2" "$(jpki_report | grep ^FAIL)" "what is wrong with $1"
}

test_certificates_for_another_purpose_are_told() {
	expect_found posing-certificate "FAIL: $auth: its key usage is that of another kind of certificate"
	expect_found other-policy "FAIL: $auth: its policy is that of another kind of certificate"
	expect_found ca-no-ca "FAIL: $ca: not the certificate of a CA (basic constraints, key usage)"
	expect_found other-issuer "FAIL: $auth: names another issuer than the CA certificate on the card"
}

# The signature certificate itself, with its CA's, in the place of the authentication certificate.
test_a_signature_pair_in_the_place_of_the_other_is_told() {
	cp "$(certificate_file 02)" "$(certificate_file 01)"
	cp "$(certificate_file 04)" "$(certificate_file 03)"
	expect_equal "ok: $auth: signed by the CA certificate on the card
FAIL: $auth: its key usage is that of another kind of certificate
FAIL: $auth: issued by the CA for another kind of certificate (name)" "$(jpki_report | head -n 3)" "what is said of the certificate"
}

# What runs the openssl that makes a certificate.
when=()

# make_certificate NAME LINES: NAME.pem by the key of its CA, with the lines as its extensions.
make_certificate() {
	local dir="$VIRTUAL_CARD_DIR"
	openssl x509 -inform DER -in "$(certificate_file 03)" -out ca.pem
	openssl req -new -key "$dir/keys/auth.pem" -subj "/C=JP/CN=nobody" -out request
	printf '%s\n' "$@" >extensions
	"${when[@]}" openssl x509 -req -in request -CA ca.pem -CAkey "$dir/keys/auth-ca.pem" -set_serial 99 -days "${days:-100}" -extfile extensions -outform DER \
		-out "$(certificate_file 01)" 2>/dev/null
}

# expect_said LINE EXTENSIONS: what the report says of a certificate with these extensions.
expect_said() {
	make_certificate "${@:2}"
	expect_contains "$1" "$(jpki_report)"
}

usage="keyUsage=critical,digitalSignature"
policy="certificatePolicies=critical,1.2.392.200149.8.5.1"

# What is missing is not better than what is wrong; what no source tells of is not known.
test_key_usage_and_policy() {
	expect_said "ok: $auth: made for user authentication (key usage, policy)" "$usage" "$policy.3.30"
	expect_said "FAIL: $auth: its key usage is missing" "$policy.3.30"
	expect_said "unknown: $auth: its key usage is not quite" "keyUsage=digitalSignature" "$policy.3.30"
	expect_said "unknown: $auth: its key usage is not quite" "$usage,keyEncipherment" "$policy.3.30"
	expect_said "FAIL: $auth: its key usage is that of another kind" "$usage,keyCertSign" "$policy.3.30"
	expect_said "FAIL: $auth: its key usage is that of another kind" "keyUsage=critical,keyEncipherment" "$policy.3.30"
	expect_said "FAIL: $auth: its policy is missing" "$usage"
	expect_said "FAIL: $auth: its policy is that of another kind" "$usage" "$policy.1.40"
	expect_said "FAIL: $auth: its policy is that of another kind" "$usage" "$policy.3.30,1.2.392.200149.8.5.1.1.20"
	expect_said "unknown: $auth: its policy is one of JPKI's test" "$usage" "$policy.0.20"
	expect_said "unknown: $auth: its policy is not known here" "$usage" "$policy.3.99"
	expect_said "unknown: $auth: its policy is not known here" "$usage" "$policy.3"
	expect_said "unknown: $auth: its policy is not known here" "$usage" "certificatePolicies=critical,1.2.3.4"
	expect_said "FAIL: $auth: it is the certificate of a CA" "$usage" "$policy.3.30" "basicConstraints=critical,CA:TRUE"
	expect_said "ok: $auth: made for user authentication" "$usage" "$policy.3.30" "basicConstraints=CA:FALSE"
}

test_the_last_days_of_a_certificate() {
	local days
	days=1
	expect_said "days left: " "$usage" "$policy.3.30"
	expect_match "^ok: user authentication .*: valid until [0-9-]{10} \(days left: [01]\)$" "$(jpki_report)"
	require faketime
	when=(env LD_PRELOAD= faketime '3 days ago')
	expect_said "FAIL: $auth: expired on " "$usage" "$policy.3.30"
}

# Without the CA's certificate, or with half of it, nothing is said to be signed; the rest is said all the same.
test_a_certificate_without_its_ca() {
	head -c 700 "$(certificate_file 03)" >half
	cp half "$(certificate_file 03)"
	output=$(jpki_report)
	expect_contains "unknown: $auth: who signed it is not known" "$output"
	expect_contains "unknown: $ca: cannot be read" "$output"
	expect_contains "ok: $auth: made for user authentication" "$output"
	cp "$(certificate_file 04)" "$(certificate_file 03)"
	output=$(jpki_report)
	expect_contains "FAIL: $auth: not signed by the CA certificate on the card" "$output"
	expect_contains "FAIL: $auth: names another issuer" "$output"
}
