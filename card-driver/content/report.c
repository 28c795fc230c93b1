/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report.h"

#include <stdio.h>
#include <stdlib.h>

#include "card-driver/session/load.h"
#include "authentic.h"
#include "certificates.h"
#include "licence-check.h"

/* The records of a report, in this order. */
static const struct {
	enum app_id app;
	uint16_t file;
	const char *name;
} checked_records[] = {
		{APP_TEXT, EF_FOUR_DATA, "name, address, birth date, sex (基本4情報)"},
		{APP_TEXT, EF_TEXT_KEY, "card key record (内部認証用公開鍵)"},
		{APP_TEXT, EF_NUMBER, "My Number (個人番号)"},
		{APP_SURFACE, EF_FACE, "card face: photo, images (券面情報)"},
		{APP_SURFACE, EF_AGE, "age record (生年月日情報)"},
		{APP_SURFACE, EF_NUMBER_IMAGE, "My Number image (個人番号画像)"},
};

static int
report_signer(struct session *session, enum app_id app, FILE *out)
{
	static const char what[] = "signer's certificate (CV証明書)";
	const struct signer *signer = NULL;
	struct finding finding;
	int r = authentic_signer(session, app, &signer);

	if (r < 0)
		return r;
	finding = signer->finding;
	if (finding.kind == FINDING_OK)
		finding.text = "signed by a trusted CA";
	finding_write(out, what, &finding);
	return SC_SUCCESS;
}

static bool
is_record_open(const struct session *session, const struct card_file *file)
{
	return settings_show(&session->settings, file->reveals_number) && session_opens(session, session_openers(session, file));
}

/* Reports all records that the verified PINs open. */
static int
report_records(struct session *session, enum app_id app, FILE *out)
{
	struct finding finding = {0};
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(checked_records) / sizeof(checked_records[0]) && r == SC_SUCCESS; i++) {
		const struct card_file *file = card_file_find(checked_records[i].app, checked_records[i].file);

		if (file->app != app || !is_record_open(session, file))
			continue;
		r = authentic_report(session, file, &finding);
		if (r == SC_SUCCESS)
			finding_write(out, checked_records[i].name, &finding);
	}
	return r;
}

static int
report_presence(struct session *session, enum app_id app, FILE *out)
{
	struct finding finding = {0};
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < card_keys_count && r == SC_SUCCESS; i++) {
		if (card_keys[i].app != app || !is_record_open(session, card_file_find(app, card_keys[i].public_key)))
			continue;
		r = authentic_presence(session, &card_keys[i], &finding);
		if (r == SC_SUCCESS)
			finding_write(out, "presence of the genuine card (内部認証)", &finding);
	}
	return r;
}

static bool
is_any_record_open(const struct session *session, enum app_id app)
{
	size_t i;

	for (i = 0; i < sizeof(checked_records) / sizeof(checked_records[0]); i++)
		if (checked_records[i].app == app && is_record_open(session, card_file_find(app, checked_records[i].file)))
			return true;
	return false;
}

/* Returns an error instead of a report if a PIN is no longer verified, because the card may have refused a record for
 * that reason. */
static int
report_application(struct session *session, enum app_id app, FILE *out)
{
	int r = report_records(session, app, out);

	if (r == SC_SUCCESS)
		r = report_signer(session, app, out);
	if (r == SC_SUCCESS)
		r = report_presence(session, app, out);
	return r < 0 || is_any_record_open(session, app) ? r : SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
}

int
report_write(struct session *session, enum app_id app, char **text)
{
	size_t len = 0;
	FILE *out = open_memstream(text, &len);
	int r;

	if (out == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	switch (app) {
	case APP_JPKI:
		r = certificates_report(session, out);
		break;
	case APP_LICENCE:
		r = licence_report(session, out);
		break;
	default:
		r = report_application(session, app, out);
	}
	if (fclose(out) != 0 && r == SC_SUCCESS)
		r = SC_ERROR_OUT_OF_MEMORY;
	return r;
}
