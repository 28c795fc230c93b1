/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "certificates.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <openssl/x509v3.h>

#include "certificate-extensions.h"
#include "keys.h"
#include "own-openssl.h"

#define NAME_PARTS 5

/* One kind of certificate: subject, issuer, extensions. The sizes, in bytes, are those seen on cards. */
static const struct profile {
	const char *key, *renewed_key, *issuer_key;
	const char *issuer_unit; /* OU of the issuer */
	bool is_ca;
	size_t size;
	const char *key_usage, *extended_usage, *policy;
	const char *alternative[NAME_PARTS + 1]; /* name of the issuer (for CAs: the subject) in Japanese, as "FIELD=value" */
	const char *ocsp;
	const char *named_key; /* the key that the key identifiers name; NULL: issuer_key */
} profiles[] = {
		[CERTIFICATE_AUTH] = {"auth", "auth-renewed", "auth-ca", "JPKI for user authentication", false, 1559, "critical,digitalSignature", "clientAuth",
				"1.2.392.200149.8.5.1.3.30", {"C=JP", "O=公的個人認証サービス", "OU=公的個人認証サービス利用者証明用", "OU=地方公共団体情報システム機構", NULL},
				"http://ocspauthnorm.jpki.example/", NULL},
		[CERTIFICATE_SIGN] = {"sign", "sign-renewed", "sign-ca", "JPKI for digital signature", false, 1726, "critical,digitalSignature,nonRepudiation", NULL,
				"1.2.392.200149.8.5.1.1.20", {"C=JP", "O=公的個人認証サービス", "OU=公的個人認証サービス署名用", "OU=地方公共団体情報システム機構", NULL},
				"http://ocspsignnorm.jpki.example/", NULL},
		[CERTIFICATE_AUTH_CA] = {"auth-ca", "auth-ca", "auth-ca", "JPKI for user authentication", true, 1322, "critical,keyCertSign,cRLSign", NULL, NULL,
				{"C=JP", "O=公的個人認証サービス", "OU=公的個人認証サービス利用者証明用", "OU=地方公共団体情報システム機構", NULL}, NULL, NULL},
		[CERTIFICATE_SIGN_CA] = {"sign-ca", "sign-ca", "sign-ca", "JPKI for digital signature", true, 1318, "critical,keyCertSign,cRLSign", NULL, NULL,
				{"C=JP", "O=公的個人認証サービス", "OU=公的個人認証サービス署名用", "OU=地方公共団体情報システム機構", NULL}, NULL, NULL},
};

static void
set_names(X509 *certificate, const struct profile *profile, const struct persona *persona)
{
	const char *const common[] = {"C=JP", "O=JPKI", NULL, "OU=Japan Agency for Local Authority Information Systems"};
	X509_NAME *issuer = X509_NAME_new(), *subject = X509_NAME_new();
	char text[128];
	size_t i;

	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++) {
		snprintf(text, sizeof(text), "OU=%s", profile->issuer_unit);
		certificate_name_add(issuer, common[i] != NULL ? common[i] : text);
	}
	if (!profile->is_ca) {
		/* The common name consists of 14 letters and digits, the municipality code, and 003A. It contains no
		 * personal data. */
		snprintf(text, sizeof(text), "CN=%.10sVCRD%.5s003A", persona->serial + 5, persona->municipality);
		certificate_name_add(subject, "C=JP");
		certificate_name_add(subject, text);
	}
	certificate_must(X509_set_issuer_name(certificate, issuer), "issuer");
	certificate_must(X509_set_subject_name(certificate, profile->is_ca ? issuer : subject), "subject");
	X509_NAME_free(issuer);
	X509_NAME_free(subject);
}

static void
set_dates(X509 *certificate, const struct profile *profile, bool renewed)
{
	const char *from = profile->is_ca ? "20230716000000Z" : renewed ? "20260101000000Z"
									: "20250703000000Z";
	const char *to = profile->is_ca ? "20430715145959Z" : renewed ? "20360703145959Z"
								      : "20350703145959Z";

	certificate_must(ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), from), "notBefore");
	certificate_must(ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), to), "notAfter");
}

static bool
may_sign(const struct profile *profile)
{
	return strstr(profile->key_usage, "keyCertSign") != NULL;
}

static void
add_extensions(X509 *certificate, const struct profile *profile, const struct persona *persona, EVP_PKEY *issuer_key, size_t padding)
{
	X509 *issuer = X509_new_ex(vc_own_openssl(), NULL);

	certificate_must(X509_set_pubkey(issuer, issuer_key), "issuer key");
	extension_add(issuer, issuer, NID_subject_key_identifier, "hash");
	extension_add(certificate, issuer, NID_key_usage, profile->key_usage);
	extension_add(certificate, issuer, NID_ext_key_usage, profile->extended_usage);
	extension_add_policy(certificate, profile->policy);
	if (persona != NULL)
		extension_add_four_data(certificate, persona);
	extension_add_alternative(certificate, profile->is_ca ? NID_subject_alt_name : NID_issuer_alt_name, profile->alternative);
	if (profile->is_ca)
		extension_add(certificate, issuer, NID_basic_constraints, may_sign(profile) ? "critical,CA:TRUE" : "critical,CA:FALSE");
	extension_add_distribution_point(certificate, profile->is_ca ? padding : 0);
	if (!profile->is_ca)
		extension_add_ocsp(certificate, profile->ocsp, padding);
	if (!profile->is_ca)
		extension_add(certificate, issuer, NID_authority_key_identifier, "keyid:always");
	extension_add(certificate, issuer, NID_subject_key_identifier, "hash");
	X509_free(issuer);
}

static struct bytes
encode(X509 *certificate)
{
	struct bytes der = {0};
	unsigned char *buf = NULL;
	int len = i2d_X509(certificate, &buf);

	certificate_must(len, "encoding");
	bytes_add(&der, buf, (size_t)len);
	OPENSSL_free(buf);
	return der;
}

/* The arguments for making a certificate, besides its profile. */
struct order {
	const char *dir;
	const struct persona *persona;
	enum certificate_kind kind;
	bool renewed;
};

static struct bytes
make_here(const struct order *order, const struct profile *profile, size_t padding)
{
	EVP_PKEY *key = key_get(order->dir, order->renewed ? profile->renewed_key : profile->key);
	EVP_PKEY *issuer_key = key_get(order->dir, profile->issuer_key);
	EVP_PKEY *named_key = key_get(order->dir, profile->named_key != NULL ? profile->named_key : profile->issuer_key);
	X509 *certificate = X509_new_ex(vc_own_openssl(), NULL);
	struct bytes der;

	certificate_must(X509_set_version(certificate, X509_VERSION_3), "version");
	certificate_must(ASN1_INTEGER_set(X509_get_serialNumber(certificate), 0x01020300 + (order->renewed ? 0x10 : 0) + (int)order->kind), "serial");
	certificate_must(X509_set_pubkey(certificate, key), "key");
	set_names(certificate, profile, order->persona);
	set_dates(certificate, profile, order->renewed);
	add_extensions(certificate, profile, order->kind == CERTIFICATE_SIGN ? order->persona : NULL, named_key, padding);
	certificate_must(X509_sign(certificate, issuer_key, vc_own_sha256()), "signature");
	der = encode(certificate);
	X509_free(certificate);
	EVP_PKEY_free(key);
	EVP_PKEY_free(issuer_key);
	EVP_PKEY_free(named_key);
	return der;
}

/* Some X.509 functions take no context argument and use the thread's default context. */
static struct bytes
make(const struct order *order, const struct profile *profile, size_t padding)
{
	OSSL_LIB_CTX *before = OSSL_LIB_CTX_set0_default(vc_own_openssl());
	struct bytes der = make_here(order, profile, padding);

	OSSL_LIB_CTX_set0_default(before);
	vc_own_openssl_rest();
	return der;
}

/* Pads the certificate to the size of the real one, unless it is already larger. */
static struct bytes
make_in_size(const struct order *order, const struct profile *profile)
{
	struct bytes der = make(order, profile, 0);
	size_t size = der.len, wanted = profile->size;

	if (size >= wanted)
		return der;
	bytes_free(&der);
	der = make(order, profile, wanted - size);
	if (der.len == wanted)
		return der;
	/* length fields may have grown by a byte because of the padding */
	size = wanted - size - (der.len - wanted);
	bytes_free(&der);
	return make(order, profile, size);
}

struct bytes
certificate_build(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed)
{
	const struct order order = {dir, persona, kind, renewed};

	return make_in_size(&order, &profiles[kind]);
}

/* The false certificates. Each variant changes one kind of certificate. */
static const struct {
	enum vc_variant_id variant;
	enum certificate_kind kind;
} false_ones[] = {
		{VC_V_POSING_CERTIFICATE, CERTIFICATE_AUTH},
		{VC_V_OTHER_POLICY, CERTIFICATE_AUTH},
		{VC_V_OTHER_ISSUER, CERTIFICATE_AUTH},
		{VC_V_CA_NO_CA, CERTIFICATE_AUTH_CA},
		{VC_V_OTHER_CERTIFICATES, CERTIFICATE_AUTH},
		{VC_V_OTHER_CERTIFICATES, CERTIFICATE_AUTH_CA},
};

/* Each false certificate differs from the genuine one in one property. */
static struct profile
false_profile(const struct vc_variant *variant, enum certificate_kind kind)
{
	struct profile profile = profiles[kind];

	if (vc_variant_has(variant, VC_V_POSING_CERTIFICATE))
		profile.key_usage = profiles[CERTIFICATE_SIGN].key_usage;
	if (vc_variant_has(variant, VC_V_POSING_CERTIFICATE) || vc_variant_has(variant, VC_V_OTHER_POLICY))
		profile.policy = profiles[CERTIFICATE_SIGN].policy;
	if (vc_variant_has(variant, VC_V_OTHER_ISSUER))
		profile.issuer_unit = profiles[CERTIFICATE_SIGN].issuer_unit;
	if (vc_variant_has(variant, VC_V_CA_NO_CA))
		profile.key_usage = profiles[CERTIFICATE_AUTH].key_usage;
	if (vc_variant_has(variant, VC_V_FORGED_KEY_NAMES))
		profile.named_key = profile.issuer_key;
	if (vc_variant_has(variant, VC_V_OTHER_CERTIFICATES)) {
		profile.issuer_key = "other-auth-ca";
		profile.key = profile.is_ca ? "other-auth-ca" : "other-auth";
	}
	return profile;
}

bool
certificate_build_false(const char *dir, const struct persona *persona, enum certificate_kind kind, const struct vc_variant *variant, struct bytes *der)
{
	const struct order order = {dir, persona, kind, false};
	struct profile profile = false_profile(variant, kind);
	bool wanted = false;
	size_t i;

	for (i = 0; i < sizeof(false_ones) / sizeof(false_ones[0]); i++)
		wanted = wanted || (false_ones[i].kind == kind && vc_variant_has(variant, false_ones[i].variant));
	if (wanted)
		*der = make_in_size(&order, &profile);
	return wanted;
}

#define NAME_LEN 64 /* of a certificate's file in the card's folder */

static void
put_name(char *name, size_t size, enum certificate_kind kind, bool renewed)
{
	snprintf(name, size, "certificates/%s.der", renewed ? profiles[kind].renewed_key : profiles[kind].key);
}

struct bytes
certificate_make(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed)
{
	struct bytes der = certificate_build(dir, persona, kind, renewed);
	char folder[PATH_MAX], name[NAME_LEN];

	snprintf(folder, sizeof(folder), "%s/certificates", dir);
	mkdir(folder, 0700);
	put_name(name, sizeof(name), kind, renewed);
	certificate_must(bytes_write_file(dir, name, der.data, der.len) == 0, "writing");
	return der;
}

struct bytes
certificate_get(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed)
{
	struct bytes der;
	char name[NAME_LEN];

	put_name(name, sizeof(name), kind, renewed);
	der = bytes_read_file(dir, name);
	return der.data != NULL ? der : certificate_make(dir, persona, kind, renewed);
}
