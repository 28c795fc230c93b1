/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optional.h"

#include <string.h>

#include "card-driver/session/application.h"
#include "card-driver/session/load.h"
#include "card-driver/session/status.h"

/* EF 001A of the licence application says whether the holder has set the PIN (docs/card.md 11.4). */
static const uint8_t pin_not_set[] = {0xC1, 0x01, 0x00};

/* Reads a free file. A card that refuses it is no error. */
static int
read_free_file(struct session *session, enum app_id app, uint16_t id, const struct loaded_file **loaded)
{
	int r = load_file(session, card_file_find(app, id), FILE_WHOLE, loaded);

	if (r < 0)
		*loaded = NULL;
	return status_is_answer(r) ? SC_SUCCESS : r;
}

static int
read_licence_setting(struct session *session)
{
	const struct loaded_file *setting = NULL;
	int r = read_free_file(session, APP_LICENCE, EF_LICENCE_SETTING, &setting);

	if (setting != NULL && setting->content.len == sizeof(pin_not_set) && memcmp(setting->content.data, pin_not_set, sizeof(pin_not_set)) == 0)
		session_note_not_set(session, PIN_LICENCE);
	return r;
}

/* The files are kept in memory: reading them later would end the verification of a PIN. */
static int
read_residence_files(struct session *session)
{
	static const uint16_t files[] = {EF_RESIDENCE_COMMON, EF_RESIDENCE_TYPE};
	const struct loaded_file *loaded = NULL;
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(files) / sizeof(files[0]) && r == SC_SUCCESS; i++) {
		r = read_free_file(session, APP_RESIDENCE, files[i], &loaded);
		if (r == SC_SUCCESS && (loaded == NULL || loaded->content.len == 0))
			session->residence_is_closed = true;
	}
	return r;
}

int
optional_find(struct session *session, enum app_id app)
{
	int r;

	if (!application_is_present(session, app) || application_is_found(session, app) || session_would_disturb(session, app))
		return SC_SUCCESS;
	r = session_begin(session);
	if (r < 0)
		return r;
	r = application_find(session, app);
	if (r == SC_SUCCESS)
		r = app == APP_LICENCE ? read_licence_setting(session) : read_residence_files(session);
	session_end(session);
	return r == SC_ERROR_FILE_NOT_FOUND ? SC_SUCCESS : r;
}

bool
optional_residence_is_readable(const struct session *session)
{
	return application_is_found(session, APP_RESIDENCE) && !session->residence_is_closed;
}
