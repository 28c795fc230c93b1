/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * pkcs11-sign MODULE TOKEN-LABEL PIN KEY-ID [SIGNATURES [SESSIONS [STACK]]] <document >signature
 * Signs as any PKCS#11 host does: it loads the module with RTLD_LOCAL, uses no symbol of OpenSC, and reaches the module only
 * through C_GetFunctionList. KEY-ID is one byte in hex; the mechanism is SHA256-RSA-PKCS. After one login it makes SIGNATURES
 * signatures, taking turns between SESSIONS sessions, and writes the last one. With STACK, a thread with that many KiB of
 * stack does all this, and continues to exist until the module is unloaded.
 */
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <p11-kit/pkcs11.h>

#define SLOTS_MAX     16
#define SESSIONS_MAX  64
#define DOCUMENT_MAX  65536
#define SIGNATURE_MAX 512

static CK_FUNCTION_LIST *p11;

static void
must(const char *what, CK_RV rv)
{
	if (rv == CKR_OK)
		return;
	fprintf(stderr, "%s: 0x%lx\n", what, rv);
	exit(1);
}

static void *
load(const char *path)
{
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	CK_C_GetFunctionList get_list = NULL;

	if (module != NULL)
		*(void **)&get_list = dlsym(module, "C_GetFunctionList");
	if (get_list == NULL) {
		fprintf(stderr, "%s\n", dlerror());
		exit(1);
	}
	must("C_GetFunctionList", get_list(&p11));
	return module;
}

/* PKCS#11 pads labels with spaces to their full size. */
static int
has_label(CK_SLOT_ID slot, const char *label)
{
	CK_TOKEN_INFO info;
	size_t len = strlen(label);

	must("C_GetTokenInfo", p11->C_GetTokenInfo(slot, &info));
	if (len > sizeof(info.label) || memcmp(info.label, label, len) != 0)
		return 0;
	for (; len < sizeof(info.label); len++)
		if (info.label[len] != ' ')
			return 0;
	return 1;
}

static CK_SLOT_ID
find_slot(const char *label)
{
	CK_SLOT_ID slots[SLOTS_MAX];
	CK_ULONG i, count = SLOTS_MAX;

	must("C_GetSlotList", p11->C_GetSlotList(CK_TRUE, slots, &count));
	for (i = 0; i < count; i++)
		if (has_label(slots[i], label))
			return slots[i];
	fprintf(stderr, "no token \"%s\"\n", label);
	exit(1);
}

static CK_OBJECT_HANDLE
find_key(CK_SESSION_HANDLE session, unsigned char id)
{
	CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof(class)}, {CKA_ID, &id, sizeof(id)}};
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
	CK_ULONG count = 0;

	must("C_FindObjectsInit", p11->C_FindObjectsInit(session, wanted, 2));
	must("C_FindObjects", p11->C_FindObjects(session, &key, 1, &count));
	must("C_FindObjectsFinal", p11->C_FindObjectsFinal(session));
	must("looking for the key", count == 1 ? CKR_OK : CKR_KEY_HANDLE_INVALID);
	return key;
}

static void
login(CK_SESSION_HANDLE session, CK_USER_TYPE user, const char *pin)
{
	CK_UTF8CHAR copy[64];
	size_t len = strlen(pin);

	must("length of the PIN", len <= sizeof(copy) ? CKR_OK : CKR_PIN_LEN_RANGE);
	memcpy(copy, pin, len); /* NOLINT(bugprone-not-null-terminated-result): with its length */
	must("C_Login", p11->C_Login(session, user, copy, len));
}

static CK_ULONG
sign(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key, const char *pin, CK_BYTE *document, CK_ULONG len, CK_BYTE *signature)
{
	CK_MECHANISM mechanism = {CKM_SHA256_RSA_PKCS, NULL, 0};
	CK_BBOOL always_authenticate = CK_FALSE;
	CK_ATTRIBUTE asked = {CKA_ALWAYS_AUTHENTICATE, &always_authenticate, sizeof(always_authenticate)};
	CK_ULONG signature_len = SIGNATURE_MAX;

	must("C_GetAttributeValue", p11->C_GetAttributeValue(session, key, &asked, 1));
	must("C_SignInit", p11->C_SignInit(session, &mechanism, key));
	if (always_authenticate)
		login(session, CKU_CONTEXT_SPECIFIC, pin);
	must("C_Sign", p11->C_Sign(session, document, len, signature, &signature_len));
	return signature_len;
}

/* Parses an optional argument, a number from 1 to MAX. */
static unsigned long
number(const char *arg, unsigned long max)
{
	unsigned long n = arg == NULL ? 1 : strtoul(arg, NULL, 10);

	must("number of signatures, sessions or KiB", n >= 1 && n <= max ? CKR_OK : CKR_ARGUMENTS_BAD);
	return n;
}

struct job {
	const char *label, *pin;
	unsigned char key;
	CK_ULONG count, open; /* numbers of signatures and sessions */
	CK_BYTE document[DOCUMENT_MAX];
	CK_ULONG size;
	CK_BYTE signature[SIGNATURE_MAX];
	CK_ULONG len;
	sem_t done, unloaded;
};

static void
do_job(struct job *job)
{
	CK_SESSION_HANDLE sessions[SESSIONS_MAX];
	CK_OBJECT_HANDLE key;
	CK_SLOT_ID slot;
	CK_ULONG i;

	must("C_Initialize", p11->C_Initialize(NULL));
	slot = find_slot(job->label);
	for (i = 0; i < job->open; i++)
		must("C_OpenSession", p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &sessions[i]));
	login(sessions[0], CKU_USER, job->pin);
	key = find_key(sessions[0], job->key);
	for (i = 0; i < job->count; i++)
		job->len = sign(sessions[i % job->open], key, job->pin, job->document, job->size, job->signature);
	must("C_Logout", p11->C_Logout(sessions[0]));
	must("C_CloseAllSessions", p11->C_CloseAllSessions(slot));
}

static void *
run_thread(void *arg)
{
	struct job *job = arg;

	do_job(job);
	sem_post(&job->done);
	sem_wait(&job->unloaded);
	return NULL;
}

static void
unload(void *module)
{
	must("C_Finalize", p11->C_Finalize(NULL));
	dlclose(module);
}

/* STACK is in KiB. */
static void
do_in_thread(struct job *job, unsigned long stack, void *module)
{
	pthread_attr_t attributes;
	pthread_t thread;

	sem_init(&job->done, 0, 0);
	sem_init(&job->unloaded, 0, 0);
	pthread_attr_init(&attributes);
	must("size of the stack", pthread_attr_setstacksize(&attributes, stack * 1024) == 0 ? CKR_OK : CKR_ARGUMENTS_BAD);
	must("starting a thread", pthread_create(&thread, &attributes, run_thread, job) == 0 ? CKR_OK : CKR_HOST_MEMORY);
	sem_wait(&job->done);
	unload(module);
	sem_post(&job->unloaded);
	pthread_join(thread, NULL);
	pthread_attr_destroy(&attributes);
}

int
main(int argc, char **argv)
{
	static struct job job;
	void *module;

	if (argc < 5 || argc > 8) {
		fprintf(stderr, "usage: %s MODULE TOKEN-LABEL PIN KEY-ID [SIGNATURES [SESSIONS [STACK]]]\n", argv[0]);
		return 2;
	}
	job.label = argv[2];
	job.pin = argv[3];
	job.key = (unsigned char)strtoul(argv[4], NULL, 16);
	job.count = number(argv[5], ULONG_MAX);
	job.open = argc > 6 ? number(argv[6], SESSIONS_MAX) : 1;
	job.size = fread(job.document, 1, sizeof(job.document), stdin);
	module = load(argv[1]);
	if (argc > 7)
		do_in_thread(&job, number(argv[7], ULONG_MAX / 1024), module);
	else {
		do_job(&job);
		unload(module);
	}
	return fwrite(job.signature, 1, job.len, stdout) == job.len && fflush(stdout) == 0 ? 0 : 1;
}
