/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cv.h"

#include <string.h>

#include "card-driver/trust/cv-certificate.h"
#include "card-driver/trust/cv-keys.h"
#include "facts.h"

#define EF_CV_CERTIFICATE 0x0004

/* docs/card.md 7.1 */
#define BODY_LEN 297
#define KEY_LEN	 256

/* A key id of a CA begins with seven digits. The last three name the application whose records it signs (docs/card.md 7.2). */
static const char *const issuers[] = {"5000020", "5000023", "5000033", "6000020", "6000023", "6000033"};
static const char for_surface[] = "023", for_text[] = "033";

/* Prints nothing of an unlisted key id, because its content is unknown. */
static void
report_cv_issuer(const struct cv_certificate *certificate, enum report_app app, const char *name)
{
	const char *for_other = app == REPORT_TEXT ? for_surface : for_text;
	size_t i;

	if (memcmp(certificate->issuer + CV_KEY_ID_PURPOSE, for_other, CV_PURPOSE_LEN) == 0)
		return report_fact(UNFIT, "7.2", "%s: signed under a CA key for the records of another application", name);
	for (i = 0; i < COUNT(issuers); i++)
		if (memcmp(certificate->issuer, issuers[i], strlen(issuers[i])) == 0)
			return report_fact(CONFIRMED, "7.2", "%s: signed under the CA key %s", name, issuers[i]);
	report_fact(ABSENT, "7.2", "%s: signed under a CA key that is not listed", name);
}

static void
report_cv_signature(struct report *report, const struct cv_certificate *certificate, const char *name)
{
	enum cv_trust trust;

	if (cv_keys_check(report->link.ctx, &report->settings, certificate, &trust) < 0)
		return report_fact(NOT_TRIED, "7.1", "%s: its signature could not be checked", name);
	if (trust == CV_UNKNOWN)
		return report_fact(NOT_TRIED, "7.1", "%s: its CA is not known here, so its signature cannot be checked", name);
	report_fact(result_of_record_check(trust == CV_TRUSTED), "7.1", "%s: %s by the CA that it names", name, trust == CV_TRUSTED ? "signed" : "not signed");
}

void
cv_report_certificate(struct report *report, enum report_app app, const char *name)
{
	const struct answer *answer = &report->link.answer;
	struct cv_certificate certificate;
	int r = cv_certificate_parse(answer->data, answer->len, &certificate), bits;

	if (r == SC_ERROR_OUT_OF_MEMORY)
		return report_fact(NOT_TRIED, "7.1", "%s: out of memory", name);
	if (r < 0)
		return report_fact(CONTRADICTED, "7.1", "%s: of another form", name);
	bits = EVP_PKEY_get_bits(certificate.key);
	report_fact(result_of_check(certificate.body_len == BODY_LEN && certificate.signature_len == KEY_LEN && bits == 8 * KEY_LEN), "7.1",
			"%s: a body of %zu bytes with a key of %d bits, and a signature of %zu bytes", name, certificate.body_len, bits,
			certificate.signature_len);
	report_cv_issuer(&certificate, app, name);
	report_cv_signature(report, &certificate, name);
	EVP_PKEY_free(certificate.key);
}

EVP_PKEY *
cv_read_signer_key(struct report *report)
{
	const struct answer *answer = &report->link.answer;
	struct cv_certificate certificate;

	if (link_select_ef(&report->link, EF_CV_CERTIFICATE) != SW_OK || !probe_read_all(report) ||
			cv_certificate_parse(answer->data, answer->len, &certificate) < 0)
		return NULL;
	return certificate.key;
}
