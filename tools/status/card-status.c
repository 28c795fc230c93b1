/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "card-status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "card-driver/base/compat.h"
#include "card-driver/trust/x509-certificate.h"
#include "card-driver/trust/x509-time.h"
#include "tools/common/date.h"

#define SIGNATURE_PIN_ID 0x02
#define ONE_DAY		 (24 * 60 * 60)
#define TRIES_SAFE	 2
#define FILE_MAX	 32767 /* a file of the card holds no more bytes */

/* The certificates of the holder, by the ids that opensc-mynumber gives them. */
static const struct {
	struct sc_pkcs15_id id;
	enum status_subject subject;
} certificates[] = {
		{{{0x01}, 1}, STATUS_AUTHENTICATION},
		{{{0x02}, 1}, STATUS_SIGNATURE},
};

static void
copy_label(char label[STATUS_LABEL_MAX], const char *from)
{
	snprintf(label, STATUS_LABEL_MAX, "%.*s", STATUS_LABEL_MAX - 1, from);
}

static time_t
noon_of(const struct date *date)
{
	struct tm tm = {.tm_year = date->year - 1900, .tm_mon = date->month - 1, .tm_mday = date->day, .tm_hour = 12};

	return timegm(&tm);
}

static void
read_card_expiry(struct card_status *status)
{
	struct status_date *last = &status->subjects[STATUS_CARD].last_day;
	struct date date, today = date_today();
	const char *digits = status->name.expiry;

	status->subjects[STATUS_CARD].present = status->name.number[0] != '\0';
	if (!date_parse((const uint8_t *)digits, strlen(digits), &date))
		return;
	last->known = true;
	last->days_left = (noon_of(&date) - noon_of(&today)) / ONE_DAY;
	snprintf(last->day, sizeof(last->day), "%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
}

static void
read_pin_status(struct card_status *status, struct sc_pkcs15_card *p15card, struct sc_pkcs15_object *object, const char *application)
{
	struct sc_pkcs15_auth_info *info = object->data;
	struct status_pin *pin = &status->pins[status->pin_count];

	if (status->pin_count == STATUS_PINS_MAX)
		return;
	status->pin_count++;
	pin->id = info->auth_id.len > 0 ? info->auth_id.value[0] : 0;
	copy_label(pin->label, object->label);
	copy_label(pin->application, application);
	pin->tries_left = sc_pkcs15_get_pin_info(p15card, object) == SC_SUCCESS ? info->tries_left : -1;
	pin->tries_max = info->max_tries;
}

static void
read_pins_status(struct card_status *status, struct sc_pkcs15_card *p15card, const char *application)
{
	struct sc_pkcs15_object *objects[STATUS_PINS_MAX];
	int i, count = sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_AUTH_PIN, objects, STATUS_PINS_MAX);

	for (i = 0; i < count; i++)
		read_pin_status(status, p15card, objects[i], application);
}

static void
read_last_day(struct status_date *last, const u8 *data, size_t len)
{
	struct x509_certificate certificate;
	struct x509_time time;

	if (x509_certificate_parse(data, len, &certificate) < 0 || !x509_time_read(&time, &certificate.not_after))
		return;
	last->known = true;
	last->days_left = x509_time_days_left(&time) - (time.seconds_left < 0);
	memcpy(last->day, time.date, sizeof(last->day));
}

/* Reads the file without OpenSC's certificate functions, which keep copies that nobody clears. */
static void
read_certificate_file(struct status_date *last, struct sc_card *card, const struct sc_path *path)
{
	struct sc_file *file = NULL;
	u8 *data = NULL;
	size_t size = 0;
	int len = 0;

	if (sc_select_file(card, path, &file) == SC_SUCCESS && file != NULL && file->size <= FILE_MAX) {
		size = file->size;
		data = malloc(size + 1);
	}
	if (data != NULL)
		len = sc_read_binary(card, 0, data, size, 0);
	if (len > 0)
		read_last_day(last, data, (size_t)len);
	if (data != NULL)
		sc_mem_clear(data, size);
	free(data);
	sc_file_free(file);
}

/* True if the signature certificate may be read: its PIN was given and is right. */
static bool
open_signature_certificate(struct sc_pkcs15_card *p15card, const char *pin)
{
	const struct sc_pkcs15_id id = {{SIGNATURE_PIN_ID}, 1};
	struct sc_pkcs15_object *object = NULL;
	struct sc_pkcs15_auth_info *info;
	int r = pin == NULL ? SC_ERROR_OBJECT_NOT_FOUND : sc_pkcs15_find_pin_by_auth_id(p15card, &id, &object);

	if (r < 0)
		return false;
	info = object->data;
	(void)sc_pkcs15_get_pin_info(p15card, object); /* a list of PINs need not tell the tries */
	if (info->tries_left >= 0 && info->tries_left < TRIES_SAFE) {
		complain("the signature PIN was not sent, because a wrong one would block it");
		return false;
	}
	r = sc_pkcs15_verify_pin(p15card, object, (const u8 *)pin, strlen(pin));
	if (r < 0)
		complain("the signature PIN was refused: %s", sc_strerror(r));
	return r >= 0;
}

static void
read_certificates(struct card_status *status, struct sc_pkcs15_card *p15card, const char *signature_pin)
{
	size_t i;

	for (i = 0; i < sizeof(certificates) / sizeof(certificates[0]); i++) {
		struct sc_pkcs15_object *object = NULL;
		const struct sc_pkcs15_cert_info *info;
		enum status_subject subject = certificates[i].subject;

		if (sc_pkcs15_find_cert_by_id(p15card, &certificates[i].id, &object) < 0)
			continue;
		info = object->data;
		status->subjects[subject].present = true;
		if ((object->flags & SC_PKCS15_CO_FLAG_PRIVATE) == 0 ||
				(subject == STATUS_SIGNATURE && open_signature_certificate(p15card, signature_pin))) {
			read_certificate_file(&status->subjects[subject].last_day, p15card->card, &info->path);
			status->subjects[subject].unreadable = !status->subjects[subject].last_day.known;
		}
	}
}

static enum outcome
read_application(struct card_status *status, struct sc_card *card, struct sc_app_info *app, const char *signature_pin)
{
	struct sc_pkcs15_card *p15card = NULL;
	enum outcome outcome = OUTCOME_GENUINE;

	if (sc_pkcs15_bind(card, &app->aid, &p15card) < 0)
		return OUTCOME_GENUINE;			/* this card does not have the application */
	if (!card_name_is_of(&status->name, p15card)) { /* while the user typed the PIN */
		complain("the card was replaced. Restart the program.");
		outcome = OUTCOME_ERROR;
	} else if (status->application_count < STATUS_APPS_MAX) {
		copy_label(status->applications[status->application_count++], app->label);
		read_certificates(status, p15card, signature_pin);
		read_pins_status(status, p15card, app->label);
	}
	sc_pkcs15_unbind(p15card);
	return outcome;
}

/* In one transaction, so that no other program can select another application meanwhile. */
enum outcome
card_status_read(struct card_status *status, struct sc_card *card, const struct card_name *name, const char *signature_pin)
{
	enum outcome outcome = OUTCOME_GENUINE;
	int i, r = sc_lock(card);

	*status = (struct card_status){.name = *name};
	if (r < 0) {
		complain("the card does not answer: %s", sc_strerror(r));
		return OUTCOME_ERROR;
	}
	read_card_expiry(status);
	r = sc_enum_apps(card);
	for (i = 0; r >= 0 && i < card->app_count && outcome == OUTCOME_GENUINE; i++)
		outcome = read_application(status, card, card->app[i], signature_pin);
	sc_unlock(card);
	if (outcome == OUTCOME_GENUINE && status->application_count == 0) {
		complain("no application of a My Number Card was found. To find the reason, run opensc-mynumber-config doctor. "
			 "(マイナンバーカードのアプリケーションが見つかりません。原因は opensc-mynumber-config doctor で調べられます)");
		outcome = OUTCOME_ERROR;
	}
	return outcome;
}
