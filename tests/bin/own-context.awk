# SPDX-License-Identifier: LGPL-2.1-or-later
# Finds, in C, calls of OpenSSL that use the default context, which is that of the program: it may lead back into this very
# module, which then waits for itself (pkcs11-provider with default_properties). tests/bin/lint own-context
BEGIN {
	# what takes no context: each of these has another form that does, mostly of the same name with _ex
	without = "EVP_(md5|md5_sha1|ripemd160|sha(1|224|256|384|512|3_[0-9]+|512_2[0-9]+)|shake[0-9]+|sm3|blake2[a-z0-9]+|aes_[a-z0-9_]+|des_[a-z0-9_]+|chacha20[a-z0-9_]*|rc4)"
	without = without "|EVP_get_(digest|cipher)by(name|nid|obj)|EVP_PKEY_CTX_new(_id)?|EVP_Digest(Sign|Verify)Init|EVP_(Sign|Verify)Final"
	without = without "|EVP_(RSA|EC)_gen|EVP_PKEY_new_(raw_(private|public)|mac)_key"
	without = without "|d2i_((RSA_|DSA_|EC_)?PUBKEY|(Auto)?PrivateKey|PublicKey|RSAP[a-z]+Key|X509|PKCS8PrivateKey|PKCS7|CMS_ContentInfo)(_bio|_fp)?"
	without = without "|PEM_(read|write)(_bio)?_(PrivateKey|PUBKEY|X509|Parameters)"
	without = without "|X509(_REQ|_CRL|_STORE_CTX|_PUBKEY)?_new|X509(_REQ)?_verify|CMS_(sign|verify)|PKCS7_(sign|verify)"
	without = without "|RAND_(priv_|pseudo_)?bytes|BN_(priv_|pseudo_)?rand(_range)?|BN_generate_prime_ex|BN_CTX_(secure_)?new"
	without = without "|SHA(1|224|256|384|512)|MD5|RIPEMD160|HMAC|PKCS5_PBKDF2_HMAC(_SHA1)?"
	without = without "|(SHA(1|224|256|384|512)|MD5|HMAC(_CTX)?|RSA|EC_KEY|AES)_[A-Za-z0-9_]*(Init(_ex)?|new|new_by_curve_name|generate_key(_ex)?|sign|verify|encrypt|decrypt)"
	# what takes a context and is given none: as the first argument, the fourth, the last but one or two, the one that follows a selection
	first = "(EVP_[A-Z_]+_fetch|EVP_PKEY_CTX_new_from_(name|pkey)|EVP_PKEY_Q_keygen|EVP_Q_(digest|mac)|RAND_(priv_)?bytes_ex|X509[A-Z_0-9]*_new_ex|OSSL_(PROVIDER|DECODER|ENCODER|STORE_LOADER)_(load|try_load|fetch)|BN_CTX_(secure_)?new_ex|EVP_PKEY_new_raw_[a-z]+_key_ex|OSSL_PROVIDER_available|RAND_get0_[a-z]+) *[(] *(NULL|0) *,"
	fourth = "EVP_Digest(Sign|Verify)Init_ex *[(][^,]*,[^,]*,[^,]*, *(NULL|0) *,"
	late = "((d2i_|PEM_(read|write)_)[A-Za-z0-9_]*_ex|OSSL_(DECODER|ENCODER)_CTX_new_for_pkey) *[(].*, *(NULL|0) *, *(NULL|0) *[)]"
	failed = 0
}

function report(what) {
	printf "%s:%d: %s: in the default context\n", file, start, what
	failed = 1
}

# One statement, of whatever lines.
function look(text,    name) {
	while (match(text, "(^|[^A-Za-z0-9_])(" without ") *[(]")) {
		name = substr(text, RSTART, RLENGTH)
		gsub(/[^A-Za-z0-9_]/, "", name)
		report(name)
		text = substr(text, RSTART + RLENGTH)
	}
}

function end() {
	gsub(/[ \t]+/, " ", statement)
	if (match(statement, first) || match(statement, fourth) || match(statement, late))
		report(substr(statement, RSTART, index(substr(statement, RSTART), "(") - 1) " without a context")
	look(statement)
	statement = ""
}

FNR == 1 { file = FILENAME; statement = ""; comment = 0 }

{
	line = $0
	if (comment) {
		if (!index(line, "*/"))
			next
		line = substr(line, index(line, "*/") + 2)
		comment = 0
	}
	gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
	while (match(line, /\/\*/) && !comment) {
		rest = substr(line, RSTART + 2)
		line = substr(line, 1, RSTART - 1)
		if (index(rest, "*/"))
			line = line " " substr(rest, index(rest, "*/") + 2)
		else
			comment = 1
	}
	if (statement == "" && line ~ /[^ \t]/)
		start = FNR
	if (statement != "" || line ~ /[^ \t]/)
		statement = statement " " line
	if (line ~ /[;{}][ \t]*$/)
		end()
}

END { exit failed }
