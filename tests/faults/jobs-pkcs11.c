/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs that use PKCS#11, as most programs do. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include <openssl/sha.h>
#include <p11-kit/pkcs11.h>

#include "truth.h"

#define MODULE	       "opensc-pkcs11.so"
#define SLOTS_MAX      16
#define OBJECTS_MAX    64
#define LABEL_ROOM     64
#define VALUE_ROOM     4096
#define SIGNATURE_ROOM 512
#define OTHER_PIN      "2109"

static CK_FUNCTION_LIST *
module(void)
{
	static CK_FUNCTION_LIST *functions;
	void *library = functions == NULL ? dlopen(MODULE, RTLD_NOW) : NULL;
	CK_C_GetFunctionList get = NULL;

	if (library != NULL)
		*(void **)&get = dlsym(library, "C_GetFunctionList");
	if (get != NULL && get(&functions) != CKR_OK)
		functions = NULL;
	return functions;
}

static bool
has_label(const CK_TOKEN_INFO *info, const char *label)
{
	return memcmp(info->label, label, strlen(label)) == 0;
}

/* Opens a session with the job's token. */
static CK_RV
open_session(CK_FUNCTION_LIST *p11, const char *label, CK_SESSION_HANDLE *session)
{
	CK_SLOT_ID slots[SLOTS_MAX];
	CK_ULONG count = SLOTS_MAX, i;
	CK_TOKEN_INFO info;
	CK_RV rv = p11->C_GetSlotList(CK_TRUE, slots, &count);

	if (rv != CKR_OK)
		return rv;
	for (i = 0; i < count; i++) {
		rv = p11->C_GetTokenInfo(slots[i], &info);
		if (rv == CKR_OK && has_label(&info, label))
			return p11->C_OpenSession(slots[i], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, session);
	}
	return rv == CKR_OK ? CKR_TOKEN_NOT_PRESENT : rv;
}

static CK_RV
log_in(CK_FUNCTION_LIST *p11, CK_SESSION_HANDLE session, enum job_pin pin)
{
	char value[32];

	snprintf(value, sizeof(value), "%s", truth_pin(pin));
	return p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *)value, strlen(value));
}

static CK_RV
find(CK_FUNCTION_LIST *p11, CK_SESSION_HANDLE session, CK_ATTRIBUTE *wanted, CK_ULONG wanted_count, CK_OBJECT_HANDLE *objects, CK_ULONG *count)
{
	CK_RV rv = p11->C_FindObjectsInit(session, wanted, wanted_count);

	if (rv == CKR_OK)
		rv = p11->C_FindObjects(session, objects, *count, count);
	(void)p11->C_FindObjectsFinal(session);
	return rv;
}

static CK_RV
list_objects(CK_FUNCTION_LIST *p11, CK_SESSION_HANDLE session, FILE *out)
{
	CK_OBJECT_HANDLE objects[OBJECTS_MAX];
	CK_ULONG count = OBJECTS_MAX, i, class;
	CK_RV rv = find(p11, session, NULL, 0, objects, &count);

	for (i = 0; i < count && rv == CKR_OK; i++) {
		char label[64] = "";
		CK_ATTRIBUTE attributes[] = {{CKA_CLASS, &class, sizeof(class)}, {CKA_LABEL, label, sizeof(label) - 1}};

		rv = p11->C_GetAttributeValue(session, objects[i], attributes, 2);
		if (rv == CKR_ATTRIBUTE_TYPE_INVALID) /* OpenSC adds an object of its own, which has no label */
			rv = CKR_OK;
		fprintf(out, "%lu %s\n", class, label);
	}
	return rv;
}

static CK_RV
list(CK_FUNCTION_LIST *p11, const struct job *job)
{
	FILE *out = truth_text_begin();
	CK_SESSION_HANDLE session = 0;
	CK_RV rv = open_session(p11, job->label, &session);

	if (rv == CKR_OK)
		rv = list_objects(p11, session, out);
	if (!truth_text_end(out, rv == CKR_OK))
		rv = JOB_PARTIAL;
	return rv;
}

static CK_RV
sign(CK_FUNCTION_LIST *p11, const struct job *job)
{
	static const CK_BYTE text[] = "what is signed";
	CK_BYTE id = (CK_BYTE)job->key, signature[SIGNATURE_ROOM], hash[SHA256_DIGEST_LENGTH];
	CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof(class)}, {CKA_ID, &id, sizeof(id)}};
	CK_MECHANISM mechanism = {CKM_SHA256_RSA_PKCS, NULL, 0};
	CK_ULONG count = 1, len = sizeof(signature);
	CK_OBJECT_HANDLE key = 0;
	CK_SESSION_HANDLE session = 0;
	CK_RV rv = open_session(p11, job->label, &session);

	if (rv == CKR_OK)
		rv = log_in(p11, session, job->pin);
	if (rv == CKR_OK)
		rv = find(p11, session, wanted, 2, &key, &count);
	if (rv == CKR_OK && count == 0)
		rv = CKR_KEY_HANDLE_INVALID;
	if (rv == CKR_OK)
		rv = p11->C_SignInit(session, &mechanism, key);
	if (rv == CKR_OK)
		rv = p11->C_Sign(session, (CK_BYTE *)(uintptr_t)text, sizeof(text), signature, &len);
	SHA256(text, sizeof(text), hash);
	if (rv == CKR_OK && !truth_signed(job->expected, false, hash, signature, len))
		rv = JOB_WRONG;
	return rv == CKR_OK ? p11->C_Logout(session) : rv;
}

static CK_RV
read_object(CK_FUNCTION_LIST *p11, const struct job *job)
{
	CK_OBJECT_CLASS class = CKO_DATA;
	char label[LABEL_ROOM];
	CK_BYTE value[VALUE_ROOM];
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof(class)}, {CKA_LABEL, label, strlen(job->object)}}, got = {CKA_VALUE, value, sizeof(value)};
	CK_ULONG count = 1;
	CK_OBJECT_HANDLE object = 0;
	CK_SESSION_HANDLE session = 0;
	CK_RV rv = open_session(p11, job->label, &session);

	snprintf(label, sizeof(label), "%s", job->object);
	if (rv == CKR_OK)
		rv = log_in(p11, session, job->pin);
	if (rv == CKR_OK)
		rv = find(p11, session, wanted, 2, &object, &count);
	if (rv == CKR_OK && count == 0)
		rv = CKR_OBJECT_HANDLE_INVALID;
	if (rv == CKR_OK)
		rv = p11->C_GetAttributeValue(session, object, &got, 1);
	if (rv == CKR_OK && !truth_is(job->expected, value, got.ulValueLen))
		rv = JOB_WRONG;
	return rv;
}

static CK_RV
set_pin(CK_FUNCTION_LIST *p11, const struct job *job)
{
	char old[32], new[] = OTHER_PIN;
	CK_SESSION_HANDLE session = 0;
	CK_RV rv = open_session(p11, job->label, &session);

	snprintf(old, sizeof(old), "%s", truth_pin(job->pin));
	if (strcmp(old, new) == 0)
		memcpy(new, "9876", strlen(new));
	if (rv == CKR_OK)
		rv = p11->C_SetPIN(session, (CK_UTF8CHAR *)old, strlen(old), (CK_UTF8CHAR *)new, strlen(new));
	if (rv == CKR_OK && strcmp(truth_pin(job->pin), new) != 0)
		rv = JOB_WRONG;
	return rv;
}

static int
run(const struct job *job, CK_RV (*steps)(CK_FUNCTION_LIST *, const struct job *))
{
	CK_FUNCTION_LIST *p11 = module();
	CK_RV rv = p11 == NULL ? CKR_LIBRARY_LOAD_FAILED : p11->C_Initialize(NULL);

	if (rv != CKR_OK)
		return (int)rv;
	rv = steps(p11, job);
	(void)p11->C_Finalize(NULL);
	return (int)rv;
}

int
job_p11_list(const struct job *job)
{
	return run(job, list);
}

int
job_p11_sign(const struct job *job)
{
	return run(job, sign);
}

int
job_p11_data(const struct job *job)
{
	return run(job, read_object);
}

int
job_p11_set_pin(const struct job *job)
{
	return run(job, set_pin);
}
