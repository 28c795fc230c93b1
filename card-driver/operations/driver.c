/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "driver.h"

#include <string.h>

#include "card-driver/base/log-level.h"
#include "card-driver/card/historical-bytes.h"
#include "card-driver/content/identity.h"
#include "card-driver/content/public-key.h"
#include "card-driver/session/application.h"
#include "card-driver/session/exchange.h"
#include "card-driver/session/status.h"
#include "files.h"
#include "pin-command.h"
#include "pin.h"
#include "sign.h"

/* ATRs of the contact interface, and ATRs that readers report for Type B cards (pcsc-tools' list, OpenSC #3021 and
 * #3744). An ATR depends on the reader as much as on the card, so cards with other ATRs are recognized by selecting the
 * JPKI application. */
static const struct sc_atr_table known_atrs[] = {
		{"3B:E0:00:FF:81:31:FE:45:14", NULL, "contact, also 住基カード", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:DA:13:FF:81:31:FB:46:80:12:39:2F:31:C1:73:C6:01:C0:3B", NULL, "contact, since 2019 or earlier", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:C5:FF:81:31:FB:45:80:73:C6:01:00:00", NULL, "contact", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:F5:91:00:FF:91:81:71:FE:40:00:42:00:01:00:D1:D6", NULL, "Type B, made by the reader", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:F5:91:00:FF:91:81:71:FE:40:00:42:00:01:B3:A1:15", NULL, "Type B, made by the reader", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:88:80:01:00:00:05:E0:B3:81:A1:00:7F", NULL, "Type B", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:88:80:01:00:00:41:E0:B3:81:A1:00:3B", NULL, "Type B", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:88:80:01:00:4B:51:FF:00:81:D1:00:BC", NULL, "Type B", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:88:80:01:00:4B:51:FF:B3:81:D1:00:0F", NULL, "Type B", CARD_TYPE_MYNUMBER, 0, NULL},
		{"3B:88:80:01:00:00:14:E0:B3:81:91:00:5E", NULL, "Type B, 住基カード", CARD_TYPE_MYNUMBER, 0, NULL},
		{NULL, NULL, NULL, 0, 0, NULL},
};

static struct sc_card_operations operations;
static struct sc_card_driver driver = {"My Number Card (JPKI, 券面, 住基)", DRIVER_SHORT_NAME, &operations, NULL, 0, NULL};

struct session *
driver_session(const sc_card_t *card)
{
	return card->driver == &driver ? card->drv_data : NULL;
}

/* Recognizes a card with an unknown ATR by one SELECT of the whole AID of JPKI (a partial AID would match other cards'
 * applications), and then determines whether it is a card or a phone. */
static int
match_by_selecting(sc_card_t *card)
{
	struct session *session = session_new(card);
	int r = session == NULL ? SC_ERROR_OUT_OF_MEMORY : session_begin(session);

	if (r == SC_SUCCESS) {
		r = application_select(session, APP_JPKI);
		if (r == SC_SUCCESS)
			card->type = identity_is_phone(session) ? CARD_TYPE_PHONE : CARD_TYPE_MYNUMBER;
		session_end(session);
	}
	session_free(session);
	return r == SC_SUCCESS;
}

static int
driver_match_card(sc_card_t *card)
{
	if (_sc_match_atr(card, known_atrs, &card->type) >= 0)
		return 1;
	return match_by_selecting(card);
}

static int
driver_init(sc_card_t *card)
{
	const sc_reader_t *reader = card->reader;
	struct session *session = session_new(card);
	int r;

	LOG_FUNC_CALLED(card->ctx);
	if (session == NULL)
		LOG_FUNC_RETURN(card->ctx, SC_ERROR_OUT_OF_MEMORY);
	session->confirm = identity_confirm;
	if (card->type != CARD_TYPE_PHONE)
		card->type = CARD_TYPE_MYNUMBER;
	card->name = card->type == CARD_TYPE_PHONE ? "My Number Card on a smartphone (JPKI)" : "My Number Card";
	card->caps |= SC_CARD_CAP_RNG;
	if (reader->max_recv_size > SHORT_ANSWER_MAX &&
			!historical_bytes_deny_extended_length(reader->atr_info.hist_bytes, reader->atr_info.hist_bytes_len))
		card->caps |= SC_CARD_CAP_APDU_EXT;
	r = settings_load(&session->settings, card->ctx, application_label);
	if (r == SC_SUCCESS)
		r = sign_add_algorithms(session);
	if (r < 0)
		session_free(session);
	else
		card->drv_data = session;
	LOG_FUNC_RETURN(card->ctx, r < 0 ? r : SC_SUCCESS);
}

static int
driver_finish(sc_card_t *card)
{
	struct session *session = card->drv_data;

	LOG_FUNC_CALLED(card->ctx);
	/* A forked child that closes its parent's connection must not change the state of the card. */
	if (session != NULL && !(card->ctx->flags & SC_CTX_FLAG_TERMINATE))
		(void)application_logout(session);
	session_free(session);
	card->drv_data = NULL;
	LOG_FUNC_RETURN(card->ctx, SC_SUCCESS);
}

static int
driver_select_file(sc_card_t *card, const sc_path_t *path, sc_file_t **file_out)
{
	return files_select(card->drv_data, path, file_out);
}

static int
driver_read_binary(sc_card_t *card, unsigned int idx, u8 *buf, size_t count, compat_read_flags flags)
{
	(void)flags;
	return files_read_binary(card->drv_data, idx, buf, count);
}

static int
driver_read_record(sc_card_t *card, unsigned int rec_nr, COMPAT_RECORD_IDX_PARAM u8 *buf, size_t count, unsigned long flags)
{
	if (!(flags & SC_RECORD_BY_REC_NR))
		return SC_ERROR_NOT_SUPPORTED;
	return files_read_record(card->drv_data, rec_nr, COMPAT_RECORD_IDX, buf, count);
}

static int
driver_list_files(sc_card_t *card, u8 *buf, size_t buflen)
{
	return files_list(card->drv_data, buf, buflen);
}

static int
driver_pin_cmd(sc_card_t *card, struct sc_pin_cmd_data *data COMPAT_TRIES_LEFT_PARAM)
{
	int r;

	LOG_FUNC_CALLED(card->ctx);
	r = pin_command(card->drv_data, data);
	COMPAT_TELL_TRIES_LEFT(data);
	LOG_FUNC_RETURN(card->ctx, r);
}

static int
driver_logout(sc_card_t *card)
{
	return application_logout(card->drv_data);
}

static int
driver_set_security_env(sc_card_t *card, const sc_security_env_t *env, int se_num)
{
	(void)se_num;
	return sign_set_environment(card->drv_data, env);
}

static int
driver_compute_signature(sc_card_t *card, const u8 *data, size_t datalen, u8 *out, size_t outlen)
{
	LOG_FUNC_CALLED(card->ctx);
	LOG_FUNC_RETURN(card->ctx, pin_note_signature(card->drv_data, sign_compute(card->drv_data, data, datalen, out, outlen)));
}

static int
driver_read_public_key(sc_card_t *card, unsigned algorithm, sc_path_t *path, unsigned key_reference, unsigned modulus_length, unsigned char **out, size_t *out_len)
{
	const struct card_key *key = card_key_find(key_reference);
	struct rsa_numbers numbers;
	struct secret encoded = {0};
	int r;

	(void)path;
	(void)modulus_length;
	if (algorithm != SC_ALGORITHM_RSA || key == NULL)
		return SC_ERROR_NOT_SUPPORTED;
	r = public_key_numbers(card->drv_data, key, &numbers);
	if (r == SC_SUCCESS && !rsa_numbers_encode(&numbers, &encoded))
		r = SC_ERROR_OUT_OF_MEMORY;
	if (r < 0)
		return r;
	if (session_openers(card->drv_data, card_file_find(key->app, key->public_key)) != FREE)
		log_level_lower(card->ctx);
	*out = encoded.data;
	*out_len = encoded.len;
	return SC_SUCCESS;
}

static int
driver_get_challenge(sc_card_t *card, u8 *buf, size_t count)
{
	return apdu_get_challenge(card->drv_data, buf, count);
}

static int
copy_serial_number(sc_card_t *card, sc_serial_number_t *serial)
{
	struct session *session = card->drv_data;
	int r = identity_load(session);

	if (r < 0)
		return r;
	serial->len = strlen(identity_of(session)->serial);
	memcpy(serial->value, identity_of(session)->serial, serial->len);
	return SC_SUCCESS;
}

static int
driver_card_ctl(sc_card_t *card, unsigned long request, void *data)
{
	if (request == SC_CARDCTL_GET_SERIALNR && data != NULL)
		return copy_serial_number(card, data);
	return SC_ERROR_NOT_SUPPORTED;
}

/* OpenSC calls this at the start of every transaction, even while it still tries drivers. If it returned an error,
 * OpenSC 0.23 would end the transaction without the caller's knowledge. */
static int
driver_lock_obtained(sc_card_t *card, int was_reset)
{
	struct session *session = card->drv_data;

	if (session == NULL)
		return SC_SUCCESS;
	application_unconfirm(session);
	pin_note_transaction(session);
	if (was_reset > 0)
		session_forget(session);
	return SC_SUCCESS;
}

struct sc_card_driver *
driver_get(void)
{
	operations = (struct sc_card_operations){
			.match_card = driver_match_card,
			.init = driver_init,
			.finish = driver_finish,
			.select_file = driver_select_file,
			.read_binary = driver_read_binary,
			.read_record = driver_read_record,
			.list_files = driver_list_files,
			.check_sw = status_check,
			.get_response = sc_get_iso7816_driver()->ops->get_response,
			.get_challenge = driver_get_challenge,
			.pin_cmd = driver_pin_cmd,
			.logout = driver_logout,
			.set_security_env = driver_set_security_env,
			.compute_signature = driver_compute_signature,
			.read_public_key = driver_read_public_key,
			.card_ctl = driver_card_ctl,
			.card_reader_lock_obtained = driver_lock_obtained,
	};
	return &driver;
}
