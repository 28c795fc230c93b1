/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "token.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS_MAX  32
#define LABEL_MAX  32
#define SERIAL_LEN 16

/* PKCS#11 takes pointers without const even to data that it only reads. */
#define unconst(pointer) ((void *)(uintptr_t)(pointer))

CK_FUNCTION_LIST_PTR p11;

void
token_start(CK_FLAGS flags)
{
	CK_C_INITIALIZE_ARGS arguments = {.flags = flags};
	const char *path = getenv("PKCS11_MODULE");
	void *module = path == NULL ? NULL : dlopen(path, RTLD_NOW);
	CK_C_GetFunctionList get_functions = NULL;

	if (module != NULL)
		*(void **)&get_functions = dlsym(module, "C_GetFunctionList");
	if (get_functions == NULL || get_functions(&p11) != CKR_OK || p11->C_Initialize(&arguments) != CKR_OK)
		give_up("the module does not start");
}

/* Copies the text of a field without the blanks that pad it. */
static size_t
trimmed(const CK_UTF8CHAR *field, size_t len)
{
	while (len > 0 && (field[len - 1] == ' ' || field[len - 1] == '\0'))
		len--;
	return len;
}

CK_RV
token_find(const char *label, CK_SLOT_ID *slot)
{
	CK_SLOT_ID slots[SLOTS_MAX];
	CK_ULONG count = SLOTS_MAX, i;
	CK_TOKEN_INFO info;
	CK_RV rv = p11->C_GetSlotList(CK_TRUE, slots, &count);

	for (i = 0; rv == CKR_OK && i < count; i++)
		if (p11->C_GetTokenInfo(slots[i], &info) == CKR_OK && trimmed(info.label, LABEL_MAX) == strlen(label) && memcmp(info.label, label, strlen(label)) == 0) {
			*slot = slots[i];
			return CKR_OK;
		}
	return rv == CKR_OK ? CKR_TOKEN_NOT_PRESENT : rv;
}

CK_RV
token_serial(CK_SLOT_ID slot, char serial[WORD_MAX])
{
	CK_TOKEN_INFO info;
	CK_RV rv = p11->C_GetTokenInfo(slot, &info);
	size_t len = rv == CKR_OK ? trimmed(info.serialNumber, SERIAL_LEN) : 0;

	memcpy(serial, info.serialNumber, len);
	serial[len] = '\0';
	return rv;
}

CK_RV
token_object(CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, CK_ATTRIBUTE_TYPE type, const void *value, size_t len, CK_OBJECT_HANDLE *object)
{
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof(class)}, {type, unconst(value), len}};
	CK_ULONG count = 0;
	CK_RV rv = p11->C_FindObjectsInit(session, wanted, 2);

	if (rv != CKR_OK)
		return rv;
	rv = p11->C_FindObjects(session, object, 1, &count);
	p11->C_FindObjectsFinal(session);
	return rv == CKR_OK && count == 0 ? CKR_OBJECT_HANDLE_INVALID : rv;
}

CK_RV
token_read(CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, CK_ATTRIBUTE_TYPE type, const void *value, size_t len, struct value *out)
{
	CK_OBJECT_HANDLE object;
	CK_ATTRIBUTE wanted = {CKA_VALUE, out->bytes, sizeof(out->bytes)};
	CK_RV rv = token_object(session, class, type, value, len, &object);

	if (rv == CKR_OK)
		rv = p11->C_GetAttributeValue(session, object, &wanted, 1);
	out->len = rv == CKR_OK ? wanted.ulValueLen : 0;
	return rv;
}

CK_RV
token_login(CK_SESSION_HANDLE session, CK_USER_TYPE user, const char *pin)
{
	return p11->C_Login(session, user, unconst(pin), strlen(pin));
}

CK_RV
token_sign(CK_SESSION_HANDLE session, unsigned char id, const char *pin, const void *data, size_t len, struct value *signature)
{
	CK_MECHANISM mechanism = {CKM_SHA256_RSA_PKCS, NULL, 0};
	CK_ULONG signature_len = sizeof(signature->bytes);
	CK_OBJECT_HANDLE key;
	CK_RV rv_login = CKR_OK, rv = token_object(session, CKO_PRIVATE_KEY, CKA_ID, &id, sizeof(id), &key);

	if (rv == CKR_OK)
		rv = p11->C_SignInit(session, &mechanism, key);
	if (rv == CKR_OK && pin != NULL)
		rv_login = token_login(session, CKU_CONTEXT_SPECIFIC, pin);
	/* C_Sign() is called even if the login failed, because nothing else ends the operation */
	if (rv == CKR_OK)
		rv = p11->C_Sign(session, unconst(data), len, signature->bytes, &signature_len);
	signature->len = signature_len;
	return rv_login == CKR_OK ? rv : rv_login;
}
