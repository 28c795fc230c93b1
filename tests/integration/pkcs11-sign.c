/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * pkcs11-sign MODULE TOKEN-LABEL PIN KEY-ID [SIGNATURES [SESSIONS]] <document >signature
 * Signs as any PKCS#11 host does: it loads the module with RTLD_LOCAL, has no symbol of OpenSC and knows the module by
 * C_GetFunctionList alone. KEY-ID is one byte in hex; the mechanism is SHA256-RSA-PKCS. With one login it signs as often
 * as SIGNATURES says, by turns in so many SESSIONS; the last signature is written.
 */
#include <dlfcn.h>
#include <limits.h>
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

/* An argument that may be left out, a number from 1 to MAX. */
static unsigned long
number(const char *arg, unsigned long max)
{
	unsigned long n = arg == NULL ? 1 : strtoul(arg, NULL, 10);

	must("number of signatures or sessions", n >= 1 && n <= max ? CKR_OK : CKR_ARGUMENTS_BAD);
	return n;
}

int
main(int argc, char **argv)
{
	static CK_BYTE document[DOCUMENT_MAX];
	CK_BYTE signature[SIGNATURE_MAX];
	CK_SESSION_HANDLE sessions[SESSIONS_MAX];
	CK_OBJECT_HANDLE key;
	CK_ULONG i, count, open, len = 0, size;
	CK_SLOT_ID slot;
	void *module;

	if (argc < 5 || argc > 7) {
		fprintf(stderr, "usage: %s MODULE TOKEN-LABEL PIN KEY-ID [SIGNATURES [SESSIONS]]\n", argv[0]);
		return 2;
	}
	count = number(argv[5], ULONG_MAX);
	open = argc == 7 ? number(argv[6], SESSIONS_MAX) : 1;
	size = fread(document, 1, sizeof(document), stdin);
	module = load(argv[1]);
	must("C_Initialize", p11->C_Initialize(NULL));
	slot = find_slot(argv[2]);
	for (i = 0; i < open; i++)
		must("C_OpenSession", p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &sessions[i]));
	login(sessions[0], CKU_USER, argv[3]);
	key = find_key(sessions[0], (unsigned char)strtoul(argv[4], NULL, 16));
	for (i = 0; i < count; i++)
		len = sign(sessions[i % open], key, argv[3], document, size, signature);
	must("C_Logout", p11->C_Logout(sessions[0]));
	must("C_CloseAllSessions", p11->C_CloseAllSessions(slot));
	must("C_Finalize", p11->C_Finalize(NULL));
	dlclose(module);
	return fwrite(signature, 1, len, stdout) == len && fflush(stdout) == 0 ? 0 : 1;
}
