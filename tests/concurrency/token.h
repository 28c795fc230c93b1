/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of PKCS#11 that the programs of these tests share. Functions return CKR_OK or the module's error. */
#ifndef CONCURRENCY_TOKEN_H
#define CONCURRENCY_TOKEN_H

#include <p11-kit/pkcs11.h>

#include "holder.h"

#define TOKEN_AUTH "JPKI (User Authentication PIN)"
#define TOKEN_SIGN "JPKI (Digital Signature PIN)"
#define TOKEN_TEXT "Input Sup... (Input Support PIN)"

/* CKA_ID of keys and certificates. */
#define ID_AUTH 0x01
#define ID_SIGN 0x02

extern CK_FUNCTION_LIST_PTR p11;

/* Loads the module $PKCS11_MODULE and initialises it with FLAGS (CKF_*). Ends the program on failure. */
void token_start(CK_FLAGS flags);

/* Finds the slot whose token has the label; CKR_TOKEN_NOT_PRESENT if there is none. */
CK_RV token_find(const char *label, CK_SLOT_ID *slot);

/* The serial number of the token, without its padding. */
CK_RV token_serial(CK_SLOT_ID slot, char serial[WORD_MAX]);

/* Finds the first object of CLASS whose attribute TYPE has the value; CKR_OBJECT_HANDLE_INVALID if there is none. */
CK_RV token_object(CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, CK_ATTRIBUTE_TYPE type, const void *value, size_t len, CK_OBJECT_HANDLE *object);

/* Reads CKA_VALUE of an object that is found in this way. */
CK_RV token_read(CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, CK_ATTRIBUTE_TYPE type, const void *value, size_t len, struct value *out);

CK_RV token_login(CK_SESSION_HANDLE session, CK_USER_TYPE user, const char *pin);

/* Makes the PKCS#1 v1.5 signature with SHA-256 over DATA by key ID. If PIN is not NULL, the key needs a context-specific
 * login. */
CK_RV token_sign(CK_SESSION_HANDLE session, unsigned char id, const char *pin, const void *data, size_t len, struct value *signature);

#endif
