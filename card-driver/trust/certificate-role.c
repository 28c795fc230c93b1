/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "certificate-role.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The bits of a key usage (RFC 5280, 4.2.1.3), by their numbers. */
#define USAGE(bit)	  (1U << (bit))
#define DIGITAL_SIGNATURE USAGE(0)
#define NON_REPUDIATION	  USAGE(1)
#define CERT_SIGN	  USAGE(5)
#define CRL_SIGN	  USAGE(6)
#define USAGE_BITS	  9

/* OIDs, as the content of their DER encoding: 2.5.29.15, .19 and .32. */
static const uint8_t oid_key_usage[] = {0x55, 0x1D, 0x0F};
static const uint8_t oid_basic_constraints[] = {0x55, 0x1D, 0x13};
static const uint8_t oid_policies[] = {0x55, 0x1D, 0x20};

/* JPKI's policies are below 1.2.392.200149.8.5.1: each kind of certificate has a branch, and the policies of a branch
 * are numbered. */
static const uint8_t policy_root[] = {0x2A, 0x83, 0x08, 0x8C, 0x9B, 0x55, 0x08, 0x05, 0x01};
#define BRANCH_TEST 0

/* The properties of the certificates of each role (docs/card.md 8.1, 8.6, 8.7). A policy number of 0 ends the list of
 * numbers. */
static const struct role {
	const char *unit; /* OU of the CA */
	unsigned usage;
	uint8_t branch, numbers[2];
	struct finding fits, issued;
} roles[] = {
		[ROLE_AUTHENTICATION] = {"JPKI for user authentication", DIGITAL_SIGNATURE, 3, {30, 0},
				{FINDING_OK, "made for user authentication (key usage, policy)"},
				{FINDING_OK, "issued by the CA for user authentication (name)"}},
		[ROLE_SIGNATURE] = {"JPKI for digital signature", DIGITAL_SIGNATURE | NON_REPUDIATION, 1, {20, 40},
				{FINDING_OK, "made for digital signatures (key usage, policy)"},
				{FINDING_OK, "issued by the CA for digital signatures (name)"}},
};

/* J-LIS publishes SHA-256 fingerprints of its CA certificates. This table contains those of the signature CA of 2019 and
 * 2023 (docs/card.md 8.9); no fingerprint of the authentication CA is known. */
static const struct {
	enum certificate_role role;
	uint8_t hash[SHA256_LEN];
} published[] = {
		{ROLE_SIGNATURE, {0x79, 0x67, 0x9C, 0x33, 0xE4, 0xCC, 0x93, 0x19, 0x44, 0x0F, 0x1A, 0xD1, 0x20, 0xA5, 0x97, 0xFF,
						 0x18, 0x44, 0xE2, 0xEF, 0x21, 0x70, 0x63, 0xAD, 0xB1, 0x76, 0x96, 0x6F, 0xD5, 0xE6, 0xFB, 0xEB}},
		{ROLE_SIGNATURE, {0xD2, 0x27, 0xF6, 0xCD, 0xE1, 0x1D, 0x35, 0xC5, 0x25, 0x21, 0x78, 0xF1, 0x06, 0xF8, 0x43, 0xD2,
						 0x46, 0x51, 0x94, 0x49, 0x75, 0x41, 0x3B, 0x53, 0x9F, 0xA2, 0xFB, 0x68, 0xDB, 0xFA, 0x36, 0x5F}},
};

static const struct finding usage_fits = {FINDING_OK, "key usage"};
static const struct finding no_usage = {FINDING_FAIL, "its key usage is missing"};
static const struct finding other_usage = {FINDING_FAIL, "its key usage is that of another kind of certificate"};
static const struct finding odd_usage = {FINDING_UNKNOWN, "its key usage is not quite the one that such certificates are known to have"};
static const struct finding policy_fits = {FINDING_OK, "policy"};
static const struct finding no_policy = {FINDING_FAIL, "its policy is missing"};
static const struct finding other_policy = {FINDING_FAIL, "its policy is that of another kind of certificate"};
static const struct finding test_policy = {FINDING_UNKNOWN, "its policy is one of JPKI's test certificates"};
static const struct finding odd_policy = {FINDING_UNKNOWN, "its policy is not known here"};
static const struct finding no_ca = {FINDING_OK, "not a CA"};
static const struct finding is_ca = {FINDING_FAIL, "it is the certificate of a CA"};
static const struct finding other_issuer = {FINDING_FAIL, "names another issuer than the CA certificate on the card"};
static const struct finding other_role = {FINDING_FAIL, "issued by the CA for another kind of certificate (name)"};
static const struct finding odd_issuer = {FINDING_UNKNOWN, "issued by a CA whose name is not known here"};
static const struct finding ca_fits = {FINDING_OK, "a CA, and signed by its own key"};
static const struct finding ca_is_none = {FINDING_FAIL, "not the certificate of a CA (basic constraints, key usage)"};
static const struct finding ca_not_self_signed = {FINDING_FAIL, "not signed by its own key"};

/* Returns the worse finding. FAIL is worse than unknown, and unknown is worse than ok. */
static const struct finding *
worse_finding(const struct finding *a, const struct finding *b)
{
	static const int rank[] = {[FINDING_OK] = 0, [FINDING_UNKNOWN] = 1, [FINDING_FAIL] = 2};

	return rank[b->kind] > rank[a->kind] ? b : a;
}

/* Returns the bits of the key usage, or 0 if the certificate has no key usage, and sets *CRITICAL. */
static unsigned
decode_key_usage(const struct x509_certificate *certificate, bool *critical)
{
	struct x509_extension extension;
	ASN1_BIT_STRING *bits;
	const unsigned char *der;
	unsigned usage = 0;
	int i;

	if (x509_certificate_extension(certificate, oid_key_usage, sizeof(oid_key_usage), &extension) < 0)
		return 0;
	*critical = extension.critical;
	der = extension.value.value;
	bits = d2i_ASN1_BIT_STRING(NULL, &der, (long)extension.value.len);
	for (i = 0; bits != NULL && i < USAGE_BITS; i++)
		if (ASN1_BIT_STRING_get_bit(bits, i))
			usage |= USAGE(i);
	ASN1_BIT_STRING_free(bits);
	return usage;
}

static const struct finding *
verify_key_usage(const struct x509_certificate *certificate, const struct role *role)
{
	bool critical = false;
	unsigned usage = decode_key_usage(certificate, &critical);

	if (usage == 0)
		return &no_usage;
	if (usage == role->usage)
		return critical ? &usage_fits : &odd_usage;
	if ((usage & role->usage) != role->usage || (usage & ~role->usage & (NON_REPUDIATION | CERT_SIGN | CRL_SIGN)) != 0)
		return &other_usage;
	return &odd_usage;
}

/* Checks one policy. An unknown number may belong to other tokens such as phones; the branch still identifies the kind
 * of certificate. */
static const struct finding *
verify_policy(const uint8_t *oid, size_t len, const struct role *role)
{
	const uint8_t *branch = oid + sizeof(policy_root);
	size_t i;

	if (len != sizeof(policy_root) + 2 || memcmp(oid, policy_root, sizeof(policy_root)) != 0)
		return &odd_policy;
	if (branch[0] == BRANCH_TEST)
		return &test_policy;
	if (branch[0] != role->branch)
		for (i = 0; i < COUNT(roles); i++)
			if (roles[i].branch == branch[0])
				return &other_policy;
	for (i = 0; i < COUNT(role->numbers); i++)
		if (branch[0] == role->branch && branch[1] != 0 && branch[1] == role->numbers[i])
			return &policy_fits;
	return &odd_policy;
}

static const struct finding *
verify_policies(const struct x509_certificate *certificate, const struct role *role)
{
	const struct finding *finding = &policy_fits;
	struct x509_extension extension;
	CERTIFICATEPOLICIES *policies;
	const unsigned char *der;
	int i;

	if (x509_certificate_extension(certificate, oid_policies, sizeof(oid_policies), &extension) < 0)
		return &no_policy;
	der = extension.value.value;
	policies = d2i_CERTIFICATEPOLICIES(NULL, &der, (long)extension.value.len);
	if (sk_POLICYINFO_num(policies) <= 0)
		finding = &no_policy;
	for (i = 0; i < sk_POLICYINFO_num(policies); i++) {
		const ASN1_OBJECT *policy = sk_POLICYINFO_value(policies, i)->policyid;

		finding = worse_finding(finding, verify_policy(OBJ_get0_data(policy), OBJ_length(policy), role));
	}
	CERTIFICATEPOLICIES_free(policies);
	return finding;
}

/* Returns whether the basic constraints state that the certificate is one of a CA, or OTHERWISE if they cannot be read,
 * because unreadable constraints prove neither. */
static bool
claims_ca(const struct x509_certificate *certificate, bool otherwise)
{
	struct x509_extension extension;
	BASIC_CONSTRAINTS *constraints;
	const unsigned char *der;
	bool ca = otherwise;

	if (x509_certificate_extension(certificate, oid_basic_constraints, sizeof(oid_basic_constraints), &extension) < 0)
		return false;
	der = extension.value.value;
	constraints = d2i_BASIC_CONSTRAINTS(NULL, &der, (long)extension.value.len);
	if (constraints != NULL)
		ca = constraints->ca != 0;
	BASIC_CONSTRAINTS_free(constraints);
	return ca;
}

const struct finding *
certificate_role_purpose(const struct x509_certificate *certificate, enum certificate_role role)
{
	const struct finding *finding;

	ERR_set_mark();
	finding = claims_ca(certificate, true) ? &is_ca : &no_ca;
	finding = worse_finding(finding, verify_key_usage(certificate, &roles[role]));
	finding = worse_finding(finding, verify_policies(certificate, &roles[role]));
	ERR_pop_to_mark();
	return finding->kind == FINDING_OK ? &roles[role].fits : finding;
}

static X509_NAME *
decode_name(const struct tlv *name)
{
	const unsigned char *der = name->start;

	return d2i_X509_NAME(NULL, &der, (long)(name->header + name->len));
}

static bool
is_same_name(const struct tlv *a, const struct tlv *b)
{
	X509_NAME *first = decode_name(a), *second = decode_name(b);
	bool same = first != NULL && second != NULL && X509_NAME_cmp(first, second) == 0;

	X509_NAME_free(first);
	X509_NAME_free(second);
	return same;
}

static bool
has_unit(const X509_NAME *name, const char *unit)
{
	int i = -1;

	while ((i = X509_NAME_get_index_by_NID(name, NID_organizationalUnitName, i)) >= 0) {
		const ASN1_STRING *text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, i));

		if ((size_t)ASN1_STRING_length(text) == strlen(unit) && memcmp(ASN1_STRING_get0_data(text), unit, strlen(unit)) == 0)
			return true;
	}
	return false;
}

static const struct finding *
verify_issuer_unit(const struct tlv *issuer, enum certificate_role role)
{
	const struct finding *finding = &odd_issuer;
	X509_NAME *name = decode_name(issuer);
	size_t i;

	if (name != NULL && has_unit(name, roles[role].unit))
		finding = &roles[role].issued;
	for (i = 0; name != NULL && i < COUNT(roles); i++)
		if (i != role && has_unit(name, roles[i].unit))
			finding = &other_role;
	X509_NAME_free(name);
	return finding;
}

const struct finding *
certificate_role_issuer(const struct x509_certificate *certificate, const struct x509_certificate *ca, enum certificate_role role)
{
	const struct finding *finding;

	ERR_set_mark();
	finding = verify_issuer_unit(&certificate->issuer, role);
	if (!is_same_name(&certificate->issuer, &ca->subject))
		finding = worse_finding(&other_issuer, finding);
	ERR_pop_to_mark();
	return finding;
}

static bool
is_self_signed(const struct x509_certificate *ca)
{
	EVP_PKEY *key = x509_certificate_key(ca);
	bool self_signed = key != NULL && is_same_name(&ca->issuer, &ca->subject) && x509_certificate_signed_by(ca, key);

	EVP_PKEY_free(key);
	return self_signed;
}

const struct finding *
certificate_role_authority(const struct x509_certificate *ca)
{
	const struct finding *finding = &ca_fits;
	bool critical = false;

	ERR_set_mark();
	if (!is_self_signed(ca))
		finding = &ca_not_self_signed;
	if (!claims_ca(ca, false) || !(decode_key_usage(ca, &critical) & CERT_SIGN))
		finding = &ca_is_none;
	ERR_pop_to_mark();
	return finding;
}

bool
certificate_role_published(const uint8_t hash[SHA256_LEN], enum certificate_role role)
{
	size_t i;

	for (i = 0; i < COUNT(published); i++)
		if (published[i].role == role && memcmp(published[i].hash, hash, SHA256_LEN) == 0)
			return true;
	return false;
}
