/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "certificates.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/x509.h>

#include "crypto.h"
#include "files.h"
#include "report.h"
#include "x509-certificate.h"

#define PUBLISHED_START 6
#define PUBLISHED_END	2

static const struct finding signed_by_ca = {FINDING_OK, "signed by the CA certificate on the card"};
static const struct finding not_signed_by_ca = {FINDING_FAIL, "not signed by the CA certificate on the card"};
static const struct finding valid_now = {FINDING_OK, "within its period of validity"};
static const struct finding not_yet_valid = {FINDING_FAIL, "not valid yet (is this computer's clock right?)"};
static const struct finding expired = {FINDING_FAIL, "expired: renew it at the municipal office"};
static const struct finding unreadable = {FINDING_FAIL, "not a certificate"};
static const struct finding closed = {FINDING_UNKNOWN, "its PIN must be verified first"};
static const struct finding absent = {FINDING_UNKNOWN, "not on this card"};
static const struct finding published = {FINDING_OK, "fingerprint agrees with the one that J-LIS publishes (first 6 and last 2 bytes)"};
static const struct finding not_published = {FINDING_UNKNOWN, "none of the CA certificates whose fingerprints are known here"};

static const struct {
	uint16_t certificate, ca;
	const char *name, *ca_name;
} pairs[] = {
		{EF_AUTH_CERTIFICATE, EF_AUTH_CA_CERTIFICATE, "user authentication certificate (利用者証明用電子証明書)", "its CA certificate"},
		{EF_SIGN_CERTIFICATE, EF_SIGN_CA_CERTIFICATE, "digital signature certificate (署名用電子証明書)", "its CA certificate"},
};

/* SHA-256 fingerprints of the signature CA, generations 02 and 03, in the shortened form in which they were to be had
 * (jpki.go.jp, sign_fingerprint.pdf). */
static const struct {
	uint8_t start[PUBLISHED_START], end[PUBLISHED_END];
} fingerprints[] = {
		{{0x79, 0x67, 0x9C, 0x33, 0xE4, 0xCC}, {0xFB, 0xEB}},
		{{0xD2, 0x27, 0xF6, 0xCD, 0xE1, 0x1D}, {0x36, 0x5F}},
};

/* Below 0: past; above: yet to come; 0: no time. */
static int
compare_now(const struct tlv *time)
{
	const unsigned char *der = time->start;
	ASN1_TIME *parsed = d2i_ASN1_TIME(NULL, &der, (long)(time->header + time->len));
	int order = parsed == NULL ? 0 : X509_cmp_current_time(parsed);

	ASN1_TIME_free(parsed);
	return order;
}

static const struct finding *
judge_dates(const struct x509_certificate *certificate)
{
	int begun = compare_now(&certificate->not_before);
	int ended = compare_now(&certificate->not_after);

	if (begun == 0 || ended == 0)
		return &unreadable;
	if (begun > 0)
		return &not_yet_valid;
	return ended < 0 ? &expired : &valid_now;
}

static const struct finding *
judge_fingerprint(const struct x509_certificate *ca)
{
	uint8_t hash[SHA256_LEN];
	size_t i;

	if (crypto_hash(ca->whole.start, ca->whole.header + ca->whole.len, hash) < 0)
		return &not_published;
	for (i = 0; i < sizeof(fingerprints) / sizeof(fingerprints[0]); i++)
		if (memcmp(hash, fingerprints[i].start, PUBLISHED_START) == 0 &&
				memcmp(hash + sizeof(hash) - PUBLISHED_END, fingerprints[i].end, PUBLISHED_END) == 0)
			return &published;
	return &not_published;
}

/* What is known of a CA certificate. Nothing of it points into the session's memory, which reading another file may free. */
struct authority {
	EVP_PKEY *key;
	const struct finding *fingerprint, *dates; /* no dates: it is no certificate */
};

static int
load(struct session *session, uint16_t id, const struct loaded_file **loaded)
{
	return files_load(session, card_file_find(APP_JPKI, id), FILE_WHOLE, loaded);
}

static int
load_authority(struct session *session, uint16_t id, struct authority *authority)
{
	const struct loaded_file *loaded = NULL;
	struct x509_certificate certificate;
	int r = load(session, id, &loaded);

	if (r < 0)
		return r;
	if (x509_certificate_parse(loaded->data, loaded->have, &certificate) < 0)
		*authority = (struct authority){NULL, &unreadable, NULL};
	else
		*authority = (struct authority){x509_certificate_key(&certificate), judge_fingerprint(&certificate), judge_dates(&certificate)};
	return SC_SUCCESS;
}

static void
judge_pair(const struct loaded_file *loaded, const struct authority *authority, size_t i, FILE *out)
{
	struct x509_certificate certificate;
	bool is_signed;

	if (x509_certificate_parse(loaded->data, loaded->have, &certificate) < 0) {
		report_finding(out, pairs[i].name, &unreadable);
		return;
	}
	is_signed = authority->key != NULL && x509_certificate_signed_by(&certificate, authority->key);
	report_finding(out, pairs[i].name, is_signed ? &signed_by_ca : &not_signed_by_ca);
	report_finding(out, pairs[i].name, judge_dates(&certificate));
	report_finding(out, pairs[i].ca_name, authority->fingerprint);
	if (authority->dates != NULL)
		report_finding(out, pairs[i].ca_name, authority->dates);
}

/* A certificate that is closed or absent costs no reading of its CA's. It is looked at after that, again from the session. */
static int
report_pair(struct session *session, size_t i, FILE *out)
{
	const struct loaded_file *loaded = NULL;
	struct authority authority = {0};
	int r = load(session, pairs[i].certificate, &loaded);

	if (r == SC_SUCCESS)
		r = load_authority(session, pairs[i].ca, &authority);
	if (r == SC_SUCCESS)
		r = load(session, pairs[i].certificate, &loaded);
	if (r == SC_ERROR_FILE_NOT_FOUND)
		report_finding(out, pairs[i].name, &absent);
	else if (r == SC_SUCCESS)
		judge_pair(loaded, &authority, i, out);
	EVP_PKEY_free(authority.key);
	return r;
}

/* Something is said in any case: OpenSC takes a report without a line for a file that cannot be read, or loses what it read. */
int
certificates_report(struct session *session, FILE *out)
{
	bool any = false;
	size_t i;
	int r = SC_SUCCESS;

	ERR_set_mark();
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]) && r == SC_SUCCESS; i++) {
		r = report_pair(session, i, out);
		any = any || r != SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
		if (r == SC_ERROR_FILE_NOT_FOUND || r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED)
			r = SC_SUCCESS;
	}
	ERR_pop_to_mark();
	if (!any)
		report_finding(out, pairs[0].name, &closed);
	return r;
}
