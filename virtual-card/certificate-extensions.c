/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "certificate-extensions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/x509v3.h>

void
certificate_must(int done, const char *what)
{
	if (done <= 0) {
		fprintf(stderr, "virtual card: certificate: %s failed; make the persona by `virtual-card --make` first\n", what);
		abort();
	}
}

void
certificate_name_add(X509_NAME *name, const char *part)
{
	char field[4];
	const char *value = strchr(part, '=') + 1;

	snprintf(field, sizeof(field), "%.*s", (int)(value - 1 - part), part);
	certificate_must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)value, -1, -1, 0), part);
}

void
extension_add(X509 *certificate, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *extension;

	if (value == NULL)
		return;
	X509V3_set_ctx(&ctx, issuer, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	certificate_must(extension != NULL && X509_add_ext(certificate, extension, -1), OBJ_nid2sn(nid));
	X509_EXTENSION_free(extension);
}

/* OpenSSL accepts a policy with the address of its statement only from a configuration. */
void
extension_add_policy(X509 *certificate, const char *oid)
{
	CONF *conf = NCONF_new(NULL);
	BIO *text = BIO_new(BIO_s_mem());
	X509_EXTENSION *extension;
	X509V3_CTX ctx;

	if (oid == NULL)
		goto out;
	BIO_printf(text, "[policy]\npolicyIdentifier = %s\nCPS.1 = http://www.jpki.example/cps.html\n", oid);
	certificate_must(NCONF_load_bio(conf, text, NULL), "policy");
	X509V3_set_ctx(&ctx, NULL, certificate, NULL, NULL, 0);
	X509V3_set_nconf(&ctx, conf);
	extension = X509V3_EXT_nconf_nid(conf, &ctx, NID_certificate_policies, "critical,@policy");
	certificate_must(extension != NULL && X509_add_ext(certificate, extension, -1), "policy");
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
		certificate_name_add(directory, *parts);
	GENERAL_NAME_set0_value(name, GEN_DIRNAME, directory);
	sk_GENERAL_NAME_push(names, name);
	return names;
}

void
extension_add_alternative(X509 *certificate, int nid, const char *const *parts)
{
	GENERAL_NAMES *names = directory_name(parts);

	certificate_must(X509_add1_ext_i2d(certificate, nid, names, 0, 0), "alternative name");
	GENERAL_NAMES_free(names);
}

void
extension_add_distribution_point(X509 *certificate, size_t padding)
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
	certificate_must(X509_add1_ext_i2d(certificate, NID_crl_distribution_points, points, 0, 0), "CRL distribution points");
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
	certificate_must(ASN1_STRING_set(text, value, -1), "other name");
	ASN1_TYPE_set(type, V_ASN1_UTF8STRING, text);
	certificate_must(GENERAL_NAME_set0_othername(name, OBJ_txt2obj(oid, 1), type), oid);
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

/* Name, birth date, sex, address, and the flags for substituted characters, in the order seen on cards. */
void
extension_add_four_data(X509 *certificate, const struct persona *persona)
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
	certificate_must(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, 0), "subject alternative name");
	GENERAL_NAMES_free(names);
}

/* The padding goes into the address of the status service, which no test opens, and brings the certificate to the real size. */
void
extension_add_ocsp(X509 *certificate, const char *address, size_t padding)
{
	char text[512];
	size_t len = (size_t)snprintf(text, sizeof(text), "OCSP;URI:%s", address);

	while (padding-- > 0 && len + 1 < sizeof(text))
		text[len++] = 'x';
	text[len] = '\0';
	extension_add(certificate, NULL, NID_info_access, text);
}
