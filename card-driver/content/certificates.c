/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "certificates.h"

#include <openssl/err.h>

#include "card-driver/session/load.h"
#include "card-driver/trust/certificate-role.h"
#include "card-driver/trust/crypto.h"
#include "card-driver/trust/x509-time.h"

#define TEXT_MAX 256

static const struct finding signed_by_ca = {FINDING_OK, "signed by the CA certificate on the card"};
static const struct finding not_signed_by_ca = {FINDING_FAIL, "not signed by the CA certificate on the card"};
static const struct finding signer_unreadable = {FINDING_UNKNOWN, "who signed it is not known, as the CA certificate cannot be read"};
static const struct finding unreadable = {FINDING_FAIL, "not a certificate"};
static const struct finding no_dates = {FINDING_FAIL, "its dates cannot be read"};
static const struct finding torn = {FINDING_UNKNOWN, "cannot be read"};
static const struct finding closed = {FINDING_UNKNOWN, "its PIN must be verified first"};
static const struct finding absent = {FINDING_UNKNOWN, "not on this card"};
static const struct finding ca_absent = {FINDING_FAIL, "not on this card, so that nothing shows who signed the certificate"};
static const struct finding published = {FINDING_OK, "its SHA-256 fingerprint is one that J-LIS publishes"};

static const struct pair {
	enum certificate_role role;
	uint16_t certificate, ca;
	const char *name, *ca_name;
} pairs[] = {
		{ROLE_AUTHENTICATION, EF_AUTH_CERTIFICATE, EF_AUTH_CA_CERTIFICATE, "user authentication certificate (利用者証明用電子証明書)", "its CA certificate"},
		{ROLE_SIGNATURE, EF_SIGN_CERTIFICATE, EF_SIGN_CA_CERTIFICATE, "digital signature certificate (署名用電子証明書)", "its CA certificate"},
};

static void
report_text(FILE *out, const char *what, enum finding_kind kind, const char *text)
{
	const struct finding finding = {kind, text};

	finding_write(out, what, &finding);
}

static void
report_dates(FILE *out, const char *what, const struct x509_certificate *certificate)
{
	struct x509_time from, to;
	char text[TEXT_MAX];

	if (!x509_time_read(&from, &certificate->not_before) || !x509_time_read(&to, &certificate->not_after)) {
		finding_write(out, what, &no_dates);
		return;
	}
	if (from.seconds_left > 0)
		snprintf(text, sizeof(text), "not valid before %s (check this computer's clock), until %s", from.date, to.date);
	else if (to.seconds_left < 0)
		snprintf(text, sizeof(text), "expired on %s: renew it at the municipal office", to.date);
	else
		snprintf(text, sizeof(text), "valid until %s (days left: %lld)", to.date, x509_time_days_left(&to));
	report_text(out, what, from.seconds_left > 0 || to.seconds_left < 0 ? FINDING_FAIL : FINDING_OK, text);
}

static void
report_fingerprint(FILE *out, const struct pair *pair, const struct x509_certificate *ca)
{
	char text[TEXT_MAX], hex[2 * SHA256_LEN + 1];
	uint8_t hash[SHA256_LEN];

	if (crypto_hash(ca->whole.start, ca->whole.header + ca->whole.len, hash) < 0) {
		report_text(out, pair->ca_name, FINDING_UNKNOWN, "its fingerprint could not be computed");
		return;
	}
	if (certificate_role_published(hash, pair->role)) {
		finding_write(out, pair->ca_name, &published);
		return;
	}
	sc_bin_to_hex(hash, sizeof(hash), hex, sizeof(hex), 0);
	snprintf(text, sizeof(text), "no published fingerprint of it is known here: compare its SHA-256 %s with the one that J-LIS publishes", hex);
	report_text(out, pair->ca_name, FINDING_UNKNOWN, text);
}

static int
load_certificate(struct session *session, uint16_t id, const struct loaded_file **loaded)
{
	return load_file(session, card_file_find(APP_JPKI, id), FILE_WHOLE, loaded);
}

/* Parses a certificate. Returns a finding if the certificate cannot be checked any further, otherwise NULL. */
static const struct finding *
parse_certificate(const struct loaded_file *loaded, int r, const struct finding *missing, struct x509_certificate *certificate)
{
	if (r == SC_ERROR_FILE_NOT_FOUND)
		return missing;
	if (r < 0 || !loaded->whole)
		return &torn;
	return x509_certificate_parse(loaded->content.data, loaded->content.len, certificate) < 0 ? &unreadable : NULL;
}

static const struct finding *
verify_issuer_signature(const struct x509_certificate *certificate, const struct x509_certificate *ca)
{
	EVP_PKEY *key = x509_certificate_key(ca);
	bool is_signed = key != NULL && x509_certificate_signed_by(certificate, key);

	EVP_PKEY_free(key);
	return is_signed ? &signed_by_ca : &not_signed_by_ca;
}

static void
report_ca_certificate(FILE *out, const struct pair *pair, const struct x509_certificate *ca)
{
	finding_write(out, pair->ca_name, certificate_role_authority(ca));
	report_fingerprint(out, pair, ca);
	report_dates(out, pair->ca_name, ca);
}

/* Reports a pair whose files are both in the session's memory. R is the result of reading the CA's certificate. */
static void
report_loaded_pair(struct session *session, const struct pair *pair, int r, FILE *out)
{
	const struct loaded_file *loaded = session_loaded(session, card_file_find(APP_JPKI, pair->certificate));
	const struct loaded_file *loaded_ca = session_loaded(session, card_file_find(APP_JPKI, pair->ca));
	struct x509_certificate certificate, ca;
	const struct finding *wrong = loaded == NULL ? &torn : parse_certificate(loaded, SC_SUCCESS, &absent, &certificate);
	const struct finding *wrong_ca = loaded_ca == NULL ? &torn : parse_certificate(loaded_ca, r, &ca_absent, &ca);

	if (wrong != NULL) {
		finding_write(out, pair->name, wrong);
	} else {
		finding_write(out, pair->name, wrong_ca != NULL ? &signer_unreadable : verify_issuer_signature(&certificate, &ca));
		finding_write(out, pair->name, certificate_role_purpose(&certificate, pair->role));
		if (wrong_ca == NULL)
			finding_write(out, pair->name, certificate_role_issuer(&certificate, &ca, pair->role));
		report_dates(out, pair->name, &certificate);
	}
	if (wrong_ca != NULL)
		finding_write(out, pair->ca_name, wrong_ca);
	else
		report_ca_certificate(out, pair, &ca);
}

/* Returns true if the error concerns a single file, which becomes a line of the report. An error of the connection ends
 * the report. */
static bool
is_error_of_file(int r)
{
	return r == SC_SUCCESS || r == SC_ERROR_FILE_NOT_FOUND || r == SC_ERROR_UNKNOWN_DATA_RECEIVED;
}

/* Does not read the CA's certificate if the holder's certificate is protected or absent. If the card is reset in
 * between, the holder's certificate is read again; if it is incomplete then, that is reported. */
static int
report_pair(struct session *session, const struct pair *pair, FILE *out)
{
	const struct loaded_file *loaded = NULL;
	int r_ca, r = load_certificate(session, pair->certificate, &loaded);

	if (r == SC_ERROR_FILE_NOT_FOUND)
		finding_write(out, pair->name, &absent);
	if (r == SC_ERROR_UNKNOWN_DATA_RECEIVED)
		finding_write(out, pair->name, &torn);
	if (r < 0)
		return r;
	r_ca = load_certificate(session, pair->ca, &loaded);
	if (!is_error_of_file(r_ca))
		return r_ca;
	r = load_certificate(session, pair->certificate, &loaded);
	if (r == SC_SUCCESS)
		report_loaded_pair(session, pair, r_ca, out);
	return r;
}

/* The report has at least one line: OpenSC treats an empty one as a file that cannot be read. */
int
certificates_report(struct session *session, FILE *out)
{
	bool any = false;
	size_t i;
	int r = SC_SUCCESS;

	ERR_set_mark();
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]) && r == SC_SUCCESS; i++) {
		r = report_pair(session, &pairs[i], out);
		any = any || r != SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
		if (is_error_of_file(r) || r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED)
			r = SC_SUCCESS;
	}
	ERR_pop_to_mark();
	if (!any)
		finding_write(out, pairs[0].name, &closed);
	return r;
}
