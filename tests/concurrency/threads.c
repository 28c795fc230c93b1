/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One PKCS#11 program with many threads (CKF_OS_LOCKING_OK). Each thread has its own session and repeats its own job. The
 * program checks all results against the files in the card's folder, $VIRTUAL_CARD_DIR.
 *     threads THREADS OPERATIONS
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "token.h"

#define THREADS_MAX	64
#define DOCUMENT_LEN	100
#define TRIES_MAX	1000
#define NUMBER_LABEL	"Card number"
#define expect_ok(call) expect_ok_(#call, call)

static struct holder holder;
static unsigned long operations;

struct thread {
	const struct job *job;
	pthread_t id;
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;
	unsigned lost;
};

struct job {
	const char *token;
	size_t pin; /* the holder's PIN */
	void (*once)(struct thread *thread, unsigned number);
};

static void
expect_ok_(const char *what, CK_RV rv)
{
	if (rv != CKR_OK)
		give_up("0x%lX from %s", rv, what);
}

static void
expect_true(const char *what, bool true_one)
{
	if (!true_one)
		give_up("%s: not the true one", what);
}

/* If one thread's signature fails because the login was lost, all sessions are logged out: they no longer see the key, and a
 * context-specific login fails. Another thread may also be the first to log in again. */
static bool
login_was_lost(CK_RV rv)
{
	return rv == CKR_USER_NOT_LOGGED_IN || rv == CKR_OBJECT_HANDLE_INVALID || rv == CKR_OPERATION_NOT_INITIALIZED;
}

static void
log_in(struct thread *thread)
{
	CK_RV rv = token_login(thread->session, CKU_USER, (const char *)&holder + thread->job->pin);

	if (rv != CKR_USER_ALREADY_LOGGED_IN)
		expect_ok(rv);
}

/* Signs a document that is different for each thread and each call. */
static void
sign(struct thread *thread, unsigned number, enum certificate certificate, unsigned char id, const char *pin)
{
	char document[DOCUMENT_LEN] = "";
	struct value signature;
	unsigned tries = 0;
	CK_RV rv;

	snprintf(document, DOCUMENT_LEN, "document %u of session %lu", number, thread->session);
	while (login_was_lost(rv = token_sign(thread->session, id, pin, document, sizeof(document), &signature)) && ++tries < TRIES_MAX) {
		thread->lost++;
		log_in(thread);
	}
	expect_ok(rv);
	expect_true("signature", holder_signed(&holder, certificate, document, sizeof(document), signature.bytes, signature.len));
}

static void
sign_auth(struct thread *thread, unsigned number)
{
	sign(thread, number, CERTIFICATE_AUTH, ID_AUTH, NULL);
}

static void
sign_sign(struct thread *thread, unsigned number)
{
	sign(thread, number, CERTIFICATE_SIGN, ID_SIGN, holder.sign_pin);
}

static void
read_certificate(struct thread *thread, unsigned number)
{
	const unsigned char id = ID_AUTH;
	struct value read;

	(void)number;
	expect_ok(token_read(thread->session, CKO_CERTIFICATE, CKA_ID, &id, sizeof(id), &read));
	expect_true("certificate", value_is(&holder.certificates[CERTIFICATE_AUTH], read.bytes, read.len));
}

static void
read_number(struct thread *thread, unsigned number)
{
	struct value read;

	(void)number;
	expect_ok(token_read(thread->session, CKO_DATA, CKA_LABEL, NUMBER_LABEL, strlen(NUMBER_LABEL), &read));
	expect_true("card number", value_is(&holder.card_number, read.bytes, read.len));
}

static void
ask_info(struct thread *thread, unsigned number)
{
	char serial[WORD_MAX];

	(void)number;
	expect_ok(token_serial(thread->slot, serial));
	expect_true("serial number", strcmp(serial, holder.serial) == 0);
}

static void
ask_random(struct thread *thread, unsigned number)
{
	unsigned char bytes[2][DOCUMENT_LEN];

	(void)number;
	expect_ok(p11->C_GenerateRandom(thread->session, bytes[0], DOCUMENT_LEN));
	expect_ok(p11->C_GenerateRandom(thread->session, bytes[1], DOCUMENT_LEN));
	expect_true("random bytes", memcmp(bytes[0], bytes[1], DOCUMENT_LEN) != 0);
}

static const struct job jobs[] = {
		{TOKEN_AUTH, offsetof(struct holder, auth_pin), sign_auth},
		{TOKEN_SIGN, offsetof(struct holder, sign_pin), sign_sign},
		{TOKEN_AUTH, offsetof(struct holder, auth_pin), read_certificate},
		{TOKEN_AUTH, offsetof(struct holder, auth_pin), read_number},
		{TOKEN_AUTH, offsetof(struct holder, auth_pin), ask_info},
		{TOKEN_AUTH, offsetof(struct holder, auth_pin), ask_random},
};

static void
start(struct thread *thread)
{
	expect_ok(token_find(thread->job->token, &thread->slot));
	expect_ok(p11->C_OpenSession(thread->slot, CKF_SERIAL_SESSION, NULL, NULL, &thread->session));
	log_in(thread);
}

static void *
run(void *argument)
{
	struct thread *thread = argument;
	unsigned number;

	for (number = 0; number < operations; number++)
		thread->job->once(thread, number);
	expect_ok(p11->C_CloseSession(thread->session));
	return NULL;
}

int
main(int argc, char **argv)
{
	static struct thread threads[THREADS_MAX];
	size_t i, count;
	unsigned lost = 0;

	if (argc != 3 || (count = strtoul(argv[1], NULL, 10)) > THREADS_MAX || getenv("VIRTUAL_CARD_DIR") == NULL)
		give_up("threads THREADS OPERATIONS");
	operations = strtoul(argv[2], NULL, 10);
	holder_load(&holder, getenv("VIRTUAL_CARD_DIR"));
	token_start(CKF_OS_LOCKING_OK);
	for (i = 0; i < count; i++) {
		threads[i].job = &jobs[i % (sizeof(jobs) / sizeof(jobs[0]))];
		start(&threads[i]);
	}
	for (i = 0; i < count; i++)
		if (pthread_create(&threads[i].id, NULL, run, &threads[i]) != 0)
			give_up("no thread");
	for (i = 0; i < count; i++) {
		pthread_join(threads[i].id, NULL);
		lost += threads[i].lost;
	}
	expect_ok(p11->C_Finalize(NULL));
	holder_unload(&holder);
	printf("threads operations %lu lost %u\n", (unsigned long)count * operations, lost);
	return 0;
}
