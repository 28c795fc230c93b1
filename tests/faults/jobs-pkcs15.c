/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs of PKCS#15 programs: bind, list, read, log in, sign, change PINs. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "truth.h"

#define KEYPAD	       "VIRTUAL_CARD_PINPAD"
#define OBJECTS_MAX    64
#define SIGNATURE_ROOM 512
#define PKCS1	       (SC_ALGORITHM_RSA_PAD_PKCS1 | SC_ALGORITHM_RSA_HASH_SHA256)
#define WRONG_PIN      "WRONG1"
#define OTHER_DIGITS   "2109"
#define OTHER_LETTERS  "XYZ789"

static const u8 hash[32] = "thirty-two bytes that are signed";

static const unsigned object_types[] = {SC_PKCS15_TYPE_AUTH_PIN, SC_PKCS15_TYPE_PRKEY, SC_PKCS15_TYPE_PUBKEY, SC_PKCS15_TYPE_CERT, SC_PKCS15_TYPE_DATA_OBJECT};

static struct sc_pkcs15_id
id_of(unsigned value)
{
	struct sc_pkcs15_id id = {.len = 1};

	id.value[0] = (u8)value;
	return id;
}

static int
list_type(struct sc_pkcs15_card *p15card, unsigned type, FILE *out)
{
	struct sc_pkcs15_object *objects[OBJECTS_MAX];
	int i, count = sc_pkcs15_get_objects(p15card, type, objects, OBJECTS_MAX);

	for (i = 0; i < count; i++)
		fprintf(out, "%x %.*s %x %x\n", objects[i]->type, (int)sizeof(objects[i]->label), objects[i]->label, objects[i]->flags, objects[i]->auth_id.value[0]);
	return count < 0 ? count : SC_SUCCESS;
}

int
job_list(const struct job *job)
{
	struct connection connection = {0};
	FILE *out = truth_text_begin();
	size_t i;
	int r = job_connect(&connection, true);

	(void)job;
	for (i = 0; i < sizeof(object_types) / sizeof(object_types[0]) && r == SC_SUCCESS; i++)
		r = list_type(connection.p15card, object_types[i], out);
	if (!truth_text_end(out, r == SC_SUCCESS))
		r = JOB_PARTIAL;
	connection_end(&connection);
	return r;
}

/* If VALUE is NULL, the PIN is typed at the reader's keypad. */
static int
verify_value(struct connection *connection, enum job_pin pin, const char *value)
{
	struct sc_pkcs15_id id = id_of(pin);
	struct sc_pkcs15_object *object = NULL;
	int r;

	if (pin == PIN_IS_NONE)
		return SC_SUCCESS;
	r = sc_pkcs15_find_pin_by_auth_id(connection->p15card, &id, &object);
	return r < 0 ? r : sc_pkcs15_verify_pin(connection->p15card, object, (const u8 *)value, value == NULL ? 0 : strlen(value));
}

static int
open_verified(struct connection *connection, enum job_pin pin)
{
	int r = job_connect(connection, true);

	return r < 0 ? r : verify_value(connection, pin, pin == PIN_IS_NONE ? "" : truth_pin(pin));
}

static int
read_certificate(struct connection *connection, unsigned key, const char *expected)
{
	struct sc_pkcs15_id id = id_of(key);
	struct sc_pkcs15_object *object = NULL;
	struct sc_pkcs15_cert *certificate = NULL;
	int r = sc_pkcs15_find_cert_by_id(connection->p15card, &id, &object);

	if (r == SC_SUCCESS)
		r = sc_pkcs15_read_certificate(connection->p15card, object->data, (object->flags & SC_PKCS15_CO_FLAG_PRIVATE) != 0, &certificate);
	if (r == SC_SUCCESS && !truth_is(expected, certificate->data.value, certificate->data.len))
		r = JOB_WRONG;
	if (certificate != NULL)
		sc_pkcs15_free_certificate(certificate);
	return r;
}

int
job_certificate(const struct job *job)
{
	struct connection connection = {0};
	int r = open_verified(&connection, job->pin);

	if (r == SC_SUCCESS)
		r = read_certificate(&connection, job->key, job->expected);
	connection_end(&connection);
	return r;
}

static int
find_data(struct sc_pkcs15_card *p15card, const char *label, struct sc_pkcs15_object **out)
{
	struct sc_pkcs15_object *objects[OBJECTS_MAX];
	int i, count = sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_DATA_OBJECT, objects, OBJECTS_MAX);

	for (i = 0; i < count; i++)
		if (strncmp(objects[i]->label, label, sizeof(objects[i]->label)) == 0) {
			*out = objects[i];
			return SC_SUCCESS;
		}
	return count < 0 ? count : SC_ERROR_OBJECT_NOT_FOUND;
}

static bool
contains(const struct sc_pkcs15_data *data, const char *words)
{
	return data->data_len > 0 && memmem(data->data, data->data_len, words, strlen(words)) != NULL;
}

/* A report may differ from the one without faults only by saying "unknown"; any other difference accuses the card wrongly. */
static int
judge_report(const struct sc_pkcs15_data *data)
{
	if (truth_is_as_learnt(data->data, data->data_len))
		return JOB_DONE;
	fprintf(stderr, "%.*s", (int)data->data_len, (const char *)data->data);
	return contains(data, "FAIL: ") || !contains(data, "unknown: ") ? JOB_PARTIAL : JOB_DOUBT;
}

static int
judge_data(const struct job *job, const struct sc_pkcs15_data *data)
{
	if (job->expected == NULL)
		return judge_report(data);
	return truth_is(job->expected, data->data, data->data_len) ? JOB_DONE : JOB_WRONG;
}

int
job_data(const struct job *job)
{
	struct connection connection = {0};
	struct sc_pkcs15_object *object = NULL;
	struct sc_pkcs15_data *data = NULL;
	int r = open_verified(&connection, job->pin);

	if (r == SC_SUCCESS)
		r = find_data(connection.p15card, job->label, &object);
	if (r == SC_SUCCESS)
		r = sc_pkcs15_read_data_object(connection.p15card, object->data, (object->flags & SC_PKCS15_CO_FLAG_PRIVATE) != 0, &data);
	if (r == SC_SUCCESS)
		r = judge_data(job, data);
	if (data != NULL)
		sc_pkcs15_free_data_object(data);
	connection_end(&connection);
	return r;
}

static int
log_in(struct connection *connection, enum job_pin pin, const char *value)
{
	int r = verify_value(connection, pin, value);

	return r == SC_SUCCESS && !(truth_state().verified & 1u << truth_pin_number(pin)) ? JOB_WRONG : r;
}

int
job_login(const struct job *job)
{
	struct connection connection = {0};
	int r = job_connect(&connection, true);

	if (r == SC_SUCCESS)
		r = log_in(&connection, job->pin, truth_pin(job->pin));
	connection_end(&connection);
	return r;
}

int
job_login_at_keypad(const struct job *job)
{
	struct connection connection = {0};
	int r;

	setenv(KEYPAD, truth_pin(job->pin), 1);
	r = job_connect(&connection, true);
	if (r == SC_SUCCESS)
		r = log_in(&connection, job->pin, NULL);
	connection_end(&connection);
	unsetenv(KEYPAD);
	return r;
}

static bool
tries_are_used(enum job_pin pin)
{
	size_t number = truth_pin_number(pin);

	return truth_state().pins[number].tries_left < vc_pin_get(number)->max_tries;
}

/* This job sends a wrong PIN. "Wrong PIN" counts as success only if the card has really used a try. */
int
job_wrong_login(const struct job *job)
{
	struct connection connection = {0};
	int r = job_connect(&connection, true);

	if (r == SC_SUCCESS) {
		r = verify_value(&connection, job->pin, WRONG_PIN);
		if (r == SC_SUCCESS)
			r = JOB_WRONG;
	}
	connection_end(&connection);
	return r == SC_ERROR_PIN_CODE_INCORRECT && tries_are_used(job->pin) ? JOB_DONE : r;
}

int
job_logout(const struct job *job)
{
	struct connection connection = {0};
	int r = open_verified(&connection, job->pin);

	if (r == SC_SUCCESS)
		r = sc_logout(connection.card);
	if (r == SC_SUCCESS && truth_state().verified != 0)
		r = JOB_WRONG;
	connection_end(&connection);
	return r;
}

static int
sign_hash(struct connection *connection, const struct job *job, unsigned long flags, bool pss)
{
	struct sc_pkcs15_id id = id_of(job->key);
	struct sc_pkcs15_object *object = NULL;
	u8 signature[SIGNATURE_ROOM];
	int r = sc_pkcs15_find_prkey_by_id(connection->p15card, &id, &object);

	if (r == SC_SUCCESS)
		r = sc_pkcs15_compute_signature(connection->p15card, object, flags, hash, sizeof(hash), signature, sizeof(signature), NULL);
	if (r < 0)
		return r;
	return truth_signed(job->expected, pss, hash, signature, (size_t)r) ? JOB_DONE : JOB_WRONG;
}

static int
sign(const struct job *job, unsigned long flags, bool pss)
{
	struct connection connection = {0};
	int r = open_verified(&connection, job->pin);

	if (r == SC_SUCCESS)
		r = sign_hash(&connection, job, flags, pss);
	connection_end(&connection);
	return r;
}

int
job_sign(const struct job *job)
{
	return sign(job, PKCS1, false);
}

int
job_sign_pss(const struct job *job)
{
	return sign(job, SC_ALGORITHM_RSA_PAD_PSS | SC_ALGORITHM_RSA_HASH_SHA256 | SC_ALGORITHM_MGF1_SHA256, true);
}

/* Changes the PIN from its current value to another one, or back. */
int
job_change(const struct job *job)
{
	const char *other = job->pin == PIN_02 ? OTHER_LETTERS : OTHER_DIGITS;
	struct connection connection = {0};
	struct sc_pkcs15_id id = id_of(job->pin);
	struct sc_pkcs15_object *object = NULL;
	char *old = strdup(truth_pin(job->pin));
	int r = job_connect(&connection, true);

	if (strcmp(old, other) == 0)
		other = job->pin == PIN_02 ? "ABC123" : "9876";
	if (r == SC_SUCCESS)
		r = sc_pkcs15_find_pin_by_auth_id(connection.p15card, &id, &object);
	if (r == SC_SUCCESS)
		r = sc_pkcs15_change_pin(connection.p15card, object, (const u8 *)old, strlen(old), (const u8 *)other, strlen(other));
	if (r == SC_SUCCESS && (strcmp(truth_pin(job->pin), other) != 0 || !truth_copies_agree(job->pin)))
		r = JOB_WRONG;
	free(old);
	connection_end(&connection);
	return r;
}

/* Combines the results of the steps. One fault may make one step fail, and a failed login makes the signature fail as well.
 * In all other cases the result is the first error. */
static int
judge_steps(int certificate, int login, int signature)
{
	bool locked = login != JOB_DONE && signature == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	int failed = (certificate != JOB_DONE) + (login != JOB_DONE) + (signature != JOB_DONE && !locked);

	if (certificate == JOB_WRONG || login == JOB_WRONG || signature == JOB_WRONG)
		return JOB_WRONG;
	if (failed > 1)
		return JOB_STUCK;
	if (certificate != JOB_DONE)
		return certificate;
	return login != JOB_DONE ? login : signature;
}

/* Works as a browser does: after a step fails, it still tries the next one on the same connection. */
int
job_one_connection(const struct job *job)
{
	struct connection connection = {0};
	int certificate, login, signature, r = job_connect(&connection, true);

	if (r == SC_SUCCESS) {
		certificate = read_certificate(&connection, job->key, "../certificates/auth.der");
		login = log_in(&connection, job->pin, truth_pin(job->pin));
		signature = sign_hash(&connection, job, PKCS1, false);
		fprintf(stderr, "certificate %d, login %d, signature %d\n", certificate, login, signature);
		r = judge_steps(certificate, login, signature);
	}
	connection_end(&connection);
	return r;
}
