/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs of the card driver alone. */
#include <stdio.h>
#include <string.h>

#include "libopensc/cardctl.h"

#include "connection.h"
#include "truth.h"

#define CARD_NAME   "My Number Card"
#define RANDOM_LEN  300
#define SLICE_LEN   20
#define LIST_ROOM   512
#define HASH_DIGITS 16

int
job_connect(struct connection *connection, bool bind)
{
	sc_context_param_t parameters = {.app_name = "fault-matrix"};
	int r = sc_context_create(&connection->context, &parameters);

	if (r == SC_SUCCESS)
		r = sc_ctx_get_reader_count(connection->context) == 0 ? SC_ERROR_NO_READERS_FOUND : connection_open(connection);
	if (r == SC_SUCCESS && strcmp(connection->card->name, CARD_NAME) != 0)
		r = SC_ERROR_INVALID_CARD;
	if (r == SC_SUCCESS && bind)
		r = sc_pkcs15_bind(connection->card, NULL, &connection->p15card);
	return r;
}

/* Where the card number cannot be read, the serial number is a hash of the token information. */
int
job_serial(const struct job *job)
{
	struct connection connection = {0};
	sc_serial_number_t serial = {0};
	int r = job_connect(&connection, false);

	if (r == SC_SUCCESS)
		r = sc_card_ctl(connection.card, SC_CARDCTL_GET_SERIALNR, &serial);
	if (r == SC_SUCCESS && !truth_is(job->expected, serial.value, serial.len))
		r = serial.len == HASH_DIGITS ? JOB_PARTIAL : JOB_WRONG;
	connection_end(&connection);
	return r;
}

int
job_random(const struct job *job)
{
	static const u8 nothing[SLICE_LEN];
	struct connection connection = {0};
	u8 bytes[RANDOM_LEN] = {0};
	size_t i;
	int r = job_connect(&connection, false);

	(void)job;
	if (r == SC_SUCCESS)
		r = sc_get_challenge(connection.card, bytes, sizeof(bytes));
	for (i = 0; r == SC_SUCCESS && i < sizeof(bytes); i += SLICE_LEN)
		if (memcmp(bytes + i, nothing, SLICE_LEN) == 0)
			r = JOB_WRONG;
	connection_end(&connection);
	return r;
}

/* Writes everything below a DF as text: each file with its type and size. */
static int
describe(sc_card_t *card, unsigned df, FILE *out) /* NOLINT(misc-no-recursion): one level */
{
	char text[16];
	u8 ids[LIST_ROOM];
	sc_path_t path;
	sc_file_t *file = NULL;
	int i, len, r;

	snprintf(text, sizeof(text), "3F00%04X", df);
	sc_format_path(df == 0 ? "3F00" : text, &path);
	r = sc_select_file(card, &path, &file);
	if (r < 0)
		return r;
	fprintf(out, "%s %.*s %d %zu\n", text, (int)file->namelen, (const char *)file->name, (int)file->type, (size_t)file->size);
	if (file->type != SC_FILE_TYPE_DF) {
		sc_file_free(file);
		return SC_SUCCESS;
	}
	sc_file_free(file);
	len = sc_list_files(card, ids, sizeof(ids));
	for (i = 0; i + 1 < len && r == SC_SUCCESS; i += 2) {
		fprintf(out, "%02X%02X ", ids[i], ids[i + 1]);
		r = df == 0 ? describe(card, (unsigned)ids[i] << 8 | ids[i + 1], out) : SC_SUCCESS;
	}
	return len < 0 ? len : r;
}

int
job_file_tree(const struct job *job)
{
	struct connection connection = {0};
	FILE *out = truth_text_begin();
	int r = job_connect(&connection, false);

	(void)job;
	if (r == SC_SUCCESS)
		r = describe(connection.card, 0, out);
	if (!truth_text_end(out, r == SC_SUCCESS))
		r = JOB_PARTIAL;
	connection_end(&connection);
	return r;
}
