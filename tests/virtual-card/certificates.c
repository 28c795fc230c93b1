/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "certificates.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <openssl/x509v3.h>

#include "keys.h"
#include "own-openssl.h"

#define NAME_PARTS 5

/* One kind of certificate: who, by whom, with what. Sizes in bytes are those seen on cards. */
static const struct profile {
	const char *key, *renewed_key, *issuer_key;
	const char *issuer_unit; /* OU of the issuer */
	bool is_ca;
	size_t size;
	const char *key_usage, *extended_usage, *policy;
	const char *alternative[NAME_PARTS + 1]; /* issuer (subject for CAs) in Japanese, as "FIELD=value" */
	const char *ocsp;
} profiles[] = {
		[CERTIFICATE_AUTH] = {"auth", "auth-renewed", "auth-ca", "JPKI for user authentication", false, 1559, "critical,digitalSignature", "clientAuth",
				"1.2.392.200149.8.5.1.3.30", {"C=JP", "O=公的個人認証サービス", "OU=公的個人認証サービス利用者証明用", "OU=地方公共団体情報システム機構", NULL},
				"http://ocspauthnorm.jpki.example/"},
		[CERTIFICATE_SIGN] = {"sign", "sign-renewed", "sign-ca", "JPKI for digital signature", false, 1726, "critical,digitalSignature,nonRepudiation", NULL,
				"1.2.392.200149.8.5.1.1.20", {"C=JP", "O=公的個人認証サービス", "OU=公的個人認証サービス署名用", "OU=地方公共団体情報システム機構", NULL},
				"http://ocspsignnorm.jpki.example/"},
		[CERTIFICATE_AUTH_CA] = {"auth-ca", "auth-ca", "auth-ca", "JPKI for user authentication", true, 1322, "critical,keyCertSign,cRLSign", NULL, NULL,
				{"C=JP", "O=公的個人認証サービス", "OU=公的個人認証サービス利用者証明用", "OU=地方公共団体情報システム機構", NULL}, NULL},
		[CERTIFICATE_SIGN_CA] = {"sign-ca", "sign-ca", "sign-ca", "JPKI for digital signature", true, 1318, "critical,keyCertSign,cRLSign", NULL, NULL,
				{"C=JP", "O=公的個人認証サービス", "OU=公的個人認証サービス署名用", "OU=地方公共団体情報システム機構", NULL}, NULL},
};

static void
must(int done, const char *what)
{
	if (done <= 0) {
		fprintf(stderr, "virtual card: certificate: %s failed; make the persona by `virtual-card --make` first\n", what);
		abort();
	}
}

static void
name_add(X509_NAME *name, const char *part)
{
	char field[4];
	const char *value = strchr(part, '=') + 1;

	snprintf(field, sizeof(field), "%.*s", (int)(value - 1 - part), part);
	must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)value, -1, -1, 0), part);
}

static void
set_names(X509 *certificate, const struct profile *profile, const struct persona *persona)
{
	const char *const common[] = {"C=JP", "O=JPKI", NULL, "OU=Japan Agency for Local Authority Information Systems"};
	X509_NAME *issuer = X509_NAME_new(), *subject = X509_NAME_new();
	char text[128];
	size_t i;

	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++) {
		snprintf(text, sizeof(text), "OU=%s", profile->issuer_unit);
		name_add(issuer, common[i] != NULL ? common[i] : text);
	}
	if (!profile->is_ca) {
		/* 14 letters and digits, the municipality, 003A: no personal data */
		snprintf(text, sizeof(text), "CN=%.10sVCRD%.5s003A", persona->serial + 5, persona->municipality);
		name_add(subject, "C=JP");
		name_add(subject, text);
	}
	must(X509_set_issuer_name(certificate, issuer), "issuer");
	must(X509_set_subject_name(certificate, profile->is_ca ? issuer : subject), "subject");
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

	must(ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), from), "notBefore");
	must(ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), to), "notAfter");
}

static void
add_text_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *extension;

	if (value == NULL)
		return;
	X509V3_set_ctx(&ctx, issuer, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	must(extension != NULL && X509_add_ext(certificate, extension, -1), OBJ_nid2sn(nid));
	X509_EXTENSION_free(extension);
}

/* A policy with the address of its statement has to come by way of a configuration. */
static void
add_policy(X509 *certificate, const char *oid)
{
	CONF *conf = NCONF_new(NULL);
	BIO *text = BIO_new(BIO_s_mem());
	X509_EXTENSION *extension;
	X509V3_CTX ctx;

	if (oid == NULL)
		goto out;
	BIO_printf(text, "[policy]\npolicyIdentifier = %s\nCPS.1 = http://www.jpki.example/cps.html\n", oid);
	must(NCONF_load_bio(conf, text, NULL), "policy");
	X509V3_set_ctx(&ctx, NULL, certificate, NULL, NULL, 0);
	X509V3_set_nconf(&ctx, conf);
	extension = X509V3_EXT_nconf_nid(conf, &ctx, NID_certificate_policies, "critical,@policy");
	must(extension != NULL && X509_add_ext(certificate, extension, -1), "policy");
	X509_EXTENSION_free(extension);
out:
	BIO_free(text);
	NCONF_free(conf);
}

static GENERAL_NAMES *
directory_name(const char *const *parts)
{
	GENERAL_NAMES *names = GENERAL_NAMES_new();
	GENERAL_NAME *name = GENERAL_NAME_new();
	X509_NAME *directory = X509_NAME_new();

	for (; *parts != NULL; parts++)
		name_add(directory, *parts);
	GENERAL_NAME_set0_value(name, GEN_DIRNAME, directory);
	sk_GENERAL_NAME_push(names, name);
	return names;
}

static void
add_alternative(X509 *certificate, int nid, const char *const *parts)
{
	GENERAL_NAMES *names = directory_name(parts);

	must(X509_add1_ext_i2d(certificate, nid, names, 0, 0), "alternative name");
	GENERAL_NAMES_free(names);
}

static void
add_distribution_point(X509 *certificate, size_t padding)
{
	char common_name[80] = "CN=Kakuu-ku CRLDP";
	const char *const parts[] = {"C=JP", "O=JPKI", "OU=CRL Distribution Points", "OU=Tokyo-to", common_name, NULL};
	CRL_DIST_POINTS *points = CRL_DIST_POINTS_new();
	DIST_POINT *point = DIST_POINT_new();
	size_t len = strlen(common_name);

	while (padding-- > 0 && len + 1 < sizeof(common_name))
		common_name[len++] = 'x';

	point->distpoint = DIST_POINT_NAME_new();
	point->distpoint->type = 0;
	point->distpoint->name.fullname = directory_name(parts);
	sk_DIST_POINT_push(points, point);
	must(X509_add1_ext_i2d(certificate, NID_crl_distribution_points, points, 0, 0), "CRL distribution points");
	CRL_DIST_POINTS_free(points);
}

static void
add_other_name(GENERAL_NAMES *names, const char *number, const char *value)
{
	GENERAL_NAME *name = GENERAL_NAME_new();
	ASN1_UTF8STRING *text = ASN1_UTF8STRING_new();
	ASN1_TYPE *type = ASN1_TYPE_new();
	char oid[64];

	snprintf(oid, sizeof(oid), "1.2.392.200149.8.5.5.%s", number);
	must(ASN1_STRING_set(text, value, -1), "other name");
	ASN1_TYPE_set(type, V_ASN1_UTF8STRING, text);
	must(GENERAL_NAME_set0_othername(name, OBJ_txt2obj(oid, 1), type), oid);
	sk_GENERAL_NAME_push(names, name);
}

static void
zeros_for(char *zeros, size_t size, const char *text)
{
	size_t n = 0;

	for (; *text != '\0' && n + 1 < size; text++)
		if (((unsigned char)*text & 0xC0) != 0x80)
			zeros[n++] = '0';
	zeros[n] = '\0';
}

/* Name, birth date, sex, address and the flags of substituted characters, in the order seen on cards. */
static void
add_four_data(X509 *certificate, const struct persona *persona)
{
	GENERAL_NAMES *names = GENERAL_NAMES_new();
	char birth[10], zeros[PERSONA_TEXT_MAX];

	snprintf(birth, sizeof(birth), "4%.8s", persona->birth);
	add_other_name(names, "1", persona->name);
	add_other_name(names, "4", birth);
	add_other_name(names, "3", persona->sex);
	add_other_name(names, "5", persona->address);
	zeros_for(zeros, sizeof(zeros), persona->name);
	add_other_name(names, "2", zeros);
	zeros_for(zeros, sizeof(zeros), persona->address);
	add_other_name(names, "6", zeros);
	must(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, 0), "subject alternative name");
	GENERAL_NAMES_free(names);
}

/* Padding letters, in an address that nobody opens, bring the certificate to its size. */
static void
add_ocsp(X509 *certificate, const char *address, size_t padding)
{
	char text[512];
	size_t len = (size_t)snprintf(text, sizeof(text), "OCSP;URI:%s", address);

	while (padding-- > 0 && len + 1 < sizeof(text))
		text[len++] = 'x';
	text[len] = '\0';
	add_text_extension(certificate, NULL, NID_info_access, text);
}

static void
add_extensions(X509 *certificate, const struct profile *profile, const struct persona *persona, EVP_PKEY *issuer_key, size_t padding)
{
	X509 *issuer = X509_new_ex(vc_own_openssl(), NULL);

	must(X509_set_pubkey(issuer, issuer_key), "issuer key");
	add_text_extension(issuer, issuer, NID_subject_key_identifier, "hash");
	add_text_extension(certificate, issuer, NID_key_usage, profile->key_usage);
	add_text_extension(certificate, issuer, NID_ext_key_usage, profile->extended_usage);
	add_policy(certificate, profile->policy);
	if (persona != NULL)
		add_four_data(certificate, persona);
	add_alternative(certificate, profile->is_ca ? NID_subject_alt_name : NID_issuer_alt_name, profile->alternative);
	if (profile->is_ca)
		add_text_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE");
	add_distribution_point(certificate, profile->is_ca ? padding : 0);
	if (!profile->is_ca)
		add_ocsp(certificate, profile->ocsp, padding);
	if (!profile->is_ca)
		add_text_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always");
	add_text_extension(certificate, issuer, NID_subject_key_identifier, "hash");
	X509_free(issuer);
}

static struct bytes
encode(X509 *certificate)
{
	struct bytes der = {0};
	unsigned char *buf = NULL;
	int len = i2d_X509(certificate, &buf);

	must(len, "encoding");
	bytes_add(&der, buf, (size_t)len);
	OPENSSL_free(buf);
	return der;
}

static struct bytes
make_here(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed, size_t padding)
{
	const struct profile *profile = &profiles[kind];
	EVP_PKEY *key = key_get(dir, renewed ? profile->renewed_key : profile->key);
	EVP_PKEY *issuer_key = key_get(dir, profile->issuer_key);
	X509 *certificate = X509_new_ex(vc_own_openssl(), NULL);
	struct bytes der;

	must(X509_set_version(certificate, X509_VERSION_3), "version");
	must(ASN1_INTEGER_set(X509_get_serialNumber(certificate), 0x01020300 + (renewed ? 0x10 : 0) + (int)kind), "serial");
	must(X509_set_pubkey(certificate, key), "key");
	set_names(certificate, profile, persona);
	set_dates(certificate, profile, renewed);
	add_extensions(certificate, profile, kind == CERTIFICATE_SIGN ? persona : NULL, issuer_key, padding);
	must(X509_sign(certificate, issuer_key, vc_own_sha256()), "signature");
	der = encode(certificate);
	X509_free(certificate);
	EVP_PKEY_free(key);
	EVP_PKEY_free(issuer_key);
	return der;
}

/* Some calls for X.509 take no context, but that of the thread. */
static struct bytes
make(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed, size_t padding)
{
	OSSL_LIB_CTX *before = OSSL_LIB_CTX_set0_default(vc_own_openssl());
	struct bytes der = make_here(dir, persona, kind, renewed, padding);

	OSSL_LIB_CTX_set0_default(before);
	vc_own_openssl_rest();
	return der;
}

/* As large as the real one, if that is possible. */
struct bytes
certificate_build(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed)
{
	struct bytes der = make(dir, persona, kind, renewed, 0);
	size_t size = der.len, wanted = profiles[kind].size;

	if (size >= wanted)
		return der;
	bytes_free(&der);
	der = make(dir, persona, kind, renewed, wanted - size);
	if (der.len == wanted)
		return der;
	/* lengths that grew by a byte on the way */
	size = wanted - size - (der.len - wanted);
	bytes_free(&der);
	return make(dir, persona, kind, renewed, size);
}

static void
put_name(char *name, size_t size, enum certificate_kind kind, bool renewed)
{
	snprintf(name, size, "certificates/%s.der", renewed ? profiles[kind].renewed_key : profiles[kind].key);
}

struct bytes
certificate_make(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed)
{
	struct bytes der = certificate_build(dir, persona, kind, renewed);
	char name[PATH_MAX];

	snprintf(name, sizeof(name), "%s/certificates", dir);
	mkdir(name, 0700);
	put_name(name, sizeof(name), kind, renewed);
	must(bytes_write_file(dir, name, der.data, der.len) == 0, "writing");
	return der;
}

struct bytes
certificate_get(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed)
{
	struct bytes der;
	char name[PATH_MAX];

	put_name(name, sizeof(name), kind, renewed);
	der = bytes_read_file(dir, name);
	return der.data != NULL ? der : certificate_make(dir, persona, kind, renewed);
}
