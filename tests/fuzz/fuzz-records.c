/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the driver with a card whose files have arbitrary content: their layouts, the decoded values, authenticity, reports
 * and signatures. The card itself follows the protocol; only the content of its files comes from the input, one chunk a file,
 * in any order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#include "card-driver/content/authentic.h"
#include "card-driver/content/fields.h"
#include "card-driver/operations/files.h"
#include "card-driver/session/application.h"
#include "card-driver/session/load.h"
#include "card-driver/content/identity.h"
#include "card-driver/operations/sign.h"
#include "keys-file.h"
#include "tests/unit/own-card.h"

/* A chunk's type has the number of an application in the upper bits and the id of its file in the lower ones, or is one of
 * these. */
#define FILE_BITS	5
#define FILE_MASK	0x1F
#define CHUNK_KEYS	0xF0 /* the content of the file that both trusted_cv_keys and trusted_licence_keys name */
#define CHUNK_SIGNATURE 0xE0 /* plus the number of an application: the signature that this application returns */
#define CHUNK_SETTINGS	0xF2
#define CHUNK_PHONE	0xF3

#define INS_SELECT	0xA4
#define INS_READ_BINARY 0xB0
#define INS_READ_RECORD 0xB2
#define INS_SIGN	0x2A
#define INS_VERIFY	0x20
#define SELECT_BY_NAME	0x04
#define BY_SFI		0x80
#define EXCHANGES_MAX	5000

static struct {
	struct chunk files[APP_COUNT][FILE_MASK + 1], signatures[APP_COUNT];
	const struct application *selected;
	unsigned ef, exchanges;
} fake;

static struct session *session;
static const char *keys_path;

/* --- replacements for functions of OpenSC and OpenSSL */

static int
answer(sc_apdu_t *apdu, const struct chunk *chunk, size_t offset, unsigned sw)
{
	size_t len = chunk == NULL || offset >= chunk->len ? 0 : chunk->len - offset;

	if (len > apdu->resplen)
		len = apdu->resplen;
	if (len > 0)
		memcpy(apdu->resp, chunk->data + offset, len);
	apdu->resplen = len;
	apdu->sw1 = sw >> 8;
	apdu->sw2 = sw & 0xFF;
	return SC_SUCCESS;
}

static int
do_select(sc_apdu_t *apdu)
{
	const struct application *app = application_by_aid(apdu->data, apdu->datalen);

	if (apdu->p1 != SELECT_BY_NAME) {
		fake.ef = apdu->data[1] & FILE_MASK;
		return answer(apdu, NULL, 0, 0x9000);
	}
	fake.ef = 0;
	fake.selected = app;
	return answer(apdu, NULL, 0, app == NULL ? 0x6A82 : 0x9000);
}

/* A file without a chunk does not exist. */
static int
do_read(sc_apdu_t *apdu)
{
	bool by_sfi = apdu->p1 & BY_SFI;
	unsigned ef = by_sfi ? apdu->p1 & FILE_MASK : fake.ef;
	const struct chunk *file = fake.selected == NULL ? NULL : &fake.files[fake.selected->id][ef];

	if (file == NULL || file->data == NULL)
		return answer(apdu, NULL, 0, 0x6A82);
	fake.ef = ef;
	return answer(apdu, file, by_sfi ? apdu->p2 : (size_t)(apdu->p1 << 8 | apdu->p2), 0x9000);
}

int
sc_transmit_apdu(sc_card_t *used, sc_apdu_t *apdu)
{
	PROMISE(used == &own_card && ++fake.exchanges < EXCHANGES_MAX);
	switch (apdu->ins) {
	case INS_SELECT:
		return do_select(apdu);
	case INS_READ_BINARY:
		return do_read(apdu);
	case INS_READ_RECORD:
		return answer(apdu, &fake.files[fake.selected->id][apdu->p2 >> 3], 0, 0x9000);
	case INS_SIGN:
		return answer(apdu, &fake.signatures[fake.selected->id], 0, 0x9000);
	case INS_VERIFY:
		return answer(apdu, NULL, 0, apdu->datalen > 0 ? 0x9000 : 0x63C3);
	default:
		return answer(apdu, NULL, 0, 0x6D00);
	}
}

/* --- what each run does */

void
fuzz_prepare(void)
{
	keys_path = keys_file_make();
	PROMISE(own_ctx_without_log());
	own_reader.max_recv_size = SHORT_ANSWER_MAX;
}

static void
apply_settings(const struct chunk *chunk)
{
	uint8_t bits = chunk->len > 0 ? chunk->data[0] : 0;

	session->settings.verify_records = (enum verify_records)(bits % 3);
	session->settings.accept_test_cards = bits & 0x10;
	session->settings.my_number = !(bits & 0x20);
}

static void
apply(const struct chunk *chunk)
{
	switch (chunk->type) {
	case CHUNK_KEYS:
		keys_file_write(chunk->data, chunk->len);
		break;
	case CHUNK_SETTINGS:
		apply_settings(chunk);
		break;
	case CHUNK_PHONE:
		own_card.type = CARD_TYPE_PHONE;
		break;
	default:
		if (chunk->type >> FILE_BITS < APP_COUNT)
			fake.files[chunk->type >> FILE_BITS][chunk->type & FILE_MASK] = *chunk;
		else if (chunk->type >= CHUNK_SIGNATURE && chunk->type < CHUNK_SIGNATURE + APP_COUNT)
			fake.signatures[chunk->type - CHUNK_SIGNATURE] = *chunk;
		break;
	}
}

static void
read_fields(enum app_id app)
{
	struct secret value = {0};
	unsigned id;

	for (id = FIELD_CARD_NUMBER; id <= FIELD_REPORT; id++) {
		const struct card_field *field = card_field_find(app, (uint16_t)id);

		if (field != NULL && field_read(session, field, &value) == SC_SUCCESS)
			PROMISE(value.data != NULL);
		secret_clear(&value);
	}
}

static void
read_files(enum app_id app)
{
	const struct loaded_file *loaded;
	size_t i;

	for (i = 0; i < card_files_count; i++)
		if (card_files[i].app == app && load_file(session, &card_files[i], FILE_WHOLE, &loaded) == SC_SUCCESS)
			PROMISE(loaded->content.len == 0 || loaded->content.data != NULL);
}

static void
sign_with(const struct card_key *key, unsigned long flags)
{
	sc_security_env_t env = {.operation = SC_SEC_OPERATION_SIGN, .flags = SC_SEC_ENV_KEY_REF_PRESENT, .key_ref_len = 1};
	uint8_t hash[32] = {0}, signature[SHORT_ANSWER_MAX];

	env.key_ref[0] = (u8)key->id;
	env.algorithm_flags = flags;
	if (sign_set_environment(session, &env) == SC_SUCCESS)
		PROMISE(sign_compute(session, hash, sizeof(hash), signature, sizeof(signature)) <= (int)sizeof(signature));
}

/* Reads everything in an application whose PINs are verified. */
static void
use_application(enum app_id app)
{
	size_t i;

	if (application_ensure(session, app) < 0)
		return;
	for (i = 0; i < card_pins_count; i++)
		if (card_pins[i].app == app)
			session->pin_states[card_pins[i].id].verified = true;
	read_fields(app);
	read_files(app);
	for (i = 0; i < card_keys_count; i++)
		if (card_keys[i].app == app) {
			sign_with(&card_keys[i], COMPAT_RSA_PAD_PKCS1_SIGN);
			sign_with(&card_keys[i], SC_ALGORITHM_RSA_PAD_PSS | SC_ALGORITHM_MGF1_SHA256 | SC_ALGORITHM_RSA_HASH_SHA256);
		}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chunk chunk;
	size_t i;

	memset(&fake, 0, sizeof(fake));
	own_card = (sc_card_t){.ctx = &own_ctx, .reader = &own_reader, .type = CARD_TYPE_MYNUMBER};
	session = session_new(&own_card);
	PROMISE(session != NULL);
	session->confirm = identity_confirm;
	session->settings = (struct settings){.my_number = true, .licence = true, .verify_records = VERIFY_YES, .pss = true, .trusted_cv_keys = strdup(keys_path), .trusted_licence_keys = strdup(keys_path)};
	keys_file_write((const uint8_t *)"", 0);
	while (chunk_next(&data, &size, &chunk))
		apply(&chunk);
	(void)identity_load(session);
	for (i = 0; i < APP_COUNT; i++)
		use_application((enum app_id)i);
	(void)application_logout(session);
	session_free(session);
	return 0;
}
