/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "certificates.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/x509.h>

#include "files.h"
#include "report.h"

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

static int
load(struct session *session, uint16_t id, X509 **certificate)
{
	const struct loaded_file *loaded = NULL;
	const unsigned char *der;
	int r = files_load(session, card_file_find(APP_JPKI, id), FILE_WHOLE, &loaded);

	if (r < 0)
		return r;
	der = loaded->data;
	*certificate = d2i_X509(NULL, &der, (long)loaded->have);
	return SC_SUCCESS;
}

static const struct finding *
judge_signature(X509 *certificate, X509 *ca)
{
	EVP_PKEY *key = ca == NULL ? NULL : X509_get0_pubkey(ca);

	return key != NULL && X509_verify(certificate, key) == 1 ? &signed_by_ca : &not_signed_by_ca;
}

static const struct finding *
judge_dates(const X509 *certificate)
{
	int begun = X509_cmp_current_time(X509_get0_notBefore(certificate));
	int ended = X509_cmp_current_time(X509_get0_notAfter(certificate));

	if (begun == 0 || ended == 0)
		return &unreadable;
	if (begun > 0)
		return &not_yet_valid;
	return ended < 0 ? &expired : &valid_now;
}

static const struct finding *
judge_fingerprint(const X509 *ca)
{
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	size_t i;

	if (X509_digest(ca, EVP_sha256(), hash, &len) != 1)
		return &not_published;
	for (i = 0; i < sizeof(fingerprints) / sizeof(fingerprints[0]); i++)
		if (memcmp(hash, fingerprints[i].start, PUBLISHED_START) == 0 &&
				memcmp(hash + len - PUBLISHED_END, fingerprints[i].end, PUBLISHED_END) == 0)
			return &published;
	return &not_published;
}

static int
report_pair(struct session *session, size_t i, FILE *out)
{
	X509 *certificate = NULL, *ca = NULL;
	int r = load(session, pairs[i].certificate, &certificate);

	if (r == SC_SUCCESS)
		r = load(session, pairs[i].ca, &ca);
	if (r == SC_ERROR_FILE_NOT_FOUND)
		report_finding(out, pairs[i].name, &absent);
	if (r < 0)
		goto out;
	if (certificate == NULL) {
		report_finding(out, pairs[i].name, &unreadable);
		goto out;
	}
	report_finding(out, pairs[i].name, judge_signature(certificate, ca));
	report_finding(out, pairs[i].name, judge_dates(certificate));
	report_finding(out, pairs[i].ca_name, ca == NULL ? &unreadable : judge_fingerprint(ca));
	if (ca != NULL)
		report_finding(out, pairs[i].ca_name, judge_dates(ca));
out:
	X509_free(certificate);
	X509_free(ca);
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
