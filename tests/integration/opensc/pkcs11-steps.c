/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A PKCS#11 program that does the steps on its command line in one process, with one session for each token. It prints the
 * result of each step, and continues after a failure.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <p11-kit/pkcs11.h>

#define TOKENS_MAX  16
#define OBJECTS_MAX 64
#define VALUE_MAX   65536
#define LABEL_MAX   32
#define HEX_MARK    "hex:"

static const struct {
	CK_RV value;
	const char *name;
} names[] = {
		{CKR_OK, "CKR_OK"},
		{CKR_GENERAL_ERROR, "CKR_GENERAL_ERROR"},
		{CKR_DEVICE_ERROR, "CKR_DEVICE_ERROR"},
		{CKR_DEVICE_REMOVED, "CKR_DEVICE_REMOVED"},
		{CKR_FUNCTION_FAILED, "CKR_FUNCTION_FAILED"},
		{CKR_FUNCTION_NOT_SUPPORTED, "CKR_FUNCTION_NOT_SUPPORTED"},
		{CKR_KEY_HANDLE_INVALID, "CKR_KEY_HANDLE_INVALID"},
		{CKR_OBJECT_HANDLE_INVALID, "CKR_OBJECT_HANDLE_INVALID"},
		{CKR_PIN_INCORRECT, "CKR_PIN_INCORRECT"},
		{CKR_PIN_INVALID, "CKR_PIN_INVALID"},
		{CKR_PIN_LEN_RANGE, "CKR_PIN_LEN_RANGE"},
		{CKR_PIN_LOCKED, "CKR_PIN_LOCKED"},
		{CKR_SLOT_ID_INVALID, "CKR_SLOT_ID_INVALID"},
		{CKR_USER_ALREADY_LOGGED_IN, "CKR_USER_ALREADY_LOGGED_IN"},
		{CKR_USER_NOT_LOGGED_IN, "CKR_USER_NOT_LOGGED_IN"},
};

static CK_FUNCTION_LIST_PTR p11;
static struct {
	const char *label;
	CK_SESSION_HANDLE session;
} sessions[TOKENS_MAX];

static void
give_up(const char *what)
{
	fprintf(stderr, "pkcs11-steps: %s\n", what);
	exit(2);
}

static void
load_module(const char *path)
{
	void *module = dlopen(path, RTLD_NOW);
	CK_C_GetFunctionList get_functions = NULL;

	if (module != NULL)
		*(void **)&get_functions = dlsym(module, "C_GetFunctionList");
	if (get_functions == NULL)
		give_up(dlerror());
	if (get_functions(&p11) != CKR_OK || p11->C_Initialize(NULL) != CKR_OK)
		give_up("the module does not start");
}

static int
has_label(CK_SLOT_ID slot, const char *label)
{
	CK_TOKEN_INFO info;
	size_t len = strlen(label);

	return p11->C_GetTokenInfo(slot, &info) == CKR_OK && len <= LABEL_MAX && memcmp(info.label, label, len) == 0 &&
	       strspn((const char *)info.label + len, " ") >= LABEL_MAX - len;
}

/* Returns the session with the token LABEL, and opens it at the first use. */
static CK_SESSION_HANDLE
session_of(const char *label)
{
	CK_SLOT_ID slots[TOKENS_MAX];
	CK_ULONG count = TOKENS_MAX, i;
	size_t n;

	for (n = 0; n < TOKENS_MAX && sessions[n].label != NULL; n++)
		if (strcmp(sessions[n].label, label) == 0)
			return sessions[n].session;
	if (n == TOKENS_MAX || p11->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK)
		give_up("no list of tokens");
	for (i = 0; i < count && !has_label(slots[i], label); i++)
		;
	if (i == count)
		give_up(label);
	if (p11->C_OpenSession(slots[i], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &sessions[n].session) != CKR_OK)
		give_up("no session");
	sessions[n].label = label;
	return sessions[n].session;
}

/* Finds the first object of a class whose attribute is VALUE; CK_INVALID_HANDLE if the session does not see one. */
static CK_OBJECT_HANDLE
find(CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, CK_ATTRIBUTE_TYPE type, void *value, size_t len)
{
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof(class)}, {type, value, len}};
	CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;
	CK_ULONG count = 0;

	if (p11->C_FindObjectsInit(session, wanted, 2) != CKR_OK)
		return CK_INVALID_HANDLE;
	if (p11->C_FindObjects(session, &object, 1, &count) != CKR_OK || count == 0)
		object = CK_INVALID_HANDLE;
	p11->C_FindObjectsFinal(session);
	return object;
}

static CK_RV
write_file(const char *path, const void *data, size_t len)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL || fwrite(data, 1, len, file) != len || fclose(file) != 0)
		give_up(path);
	return CKR_OK;
}

/* Decodes a PIN, which is given as text, or in hexadecimal after "hex:". Overwrites the word with the bytes and returns
 * their number. */
static size_t
pin_of(char *word)
{
	size_t len = 0;
	unsigned byte;
	int used;

	if (strncmp(word, HEX_MARK, strlen(HEX_MARK)) != 0)
		return strlen(word);
	for (const char *digits = word + strlen(HEX_MARK); sscanf(digits, "%2x%n", &byte, &used) == 1; digits += used)
		word[len++] = (char)byte;
	return len;
}

/* login TOKEN PIN */
static CK_RV
step_login(char **arg)
{
	return p11->C_Login(session_of(arg[0]), CKU_USER, (CK_UTF8CHAR_PTR)arg[1], pin_of(arg[1]));
}

/* set-pin TOKEN OLD NEW */
static CK_RV
step_set_pin(char **arg)
{
	size_t old_len = pin_of(arg[1]), new_len = pin_of(arg[2]);

	return p11->C_SetPIN(session_of(arg[0]), (CK_UTF8CHAR_PTR)arg[1], old_len, (CK_UTF8CHAR_PTR)arg[2], new_len);
}

/* logout TOKEN */
static CK_RV
step_logout(char **arg)
{
	return p11->C_Logout(session_of(arg[0]));
}

/* read TOKEN LABEL FILE: writes the value of a data object */
static CK_RV
step_read(char **arg)
{
	static unsigned char data[VALUE_MAX];
	CK_SESSION_HANDLE session = session_of(arg[0]);
	CK_OBJECT_HANDLE object = find(session, CKO_DATA, CKA_LABEL, arg[1], strlen(arg[1]));
	CK_ATTRIBUTE value = {CKA_VALUE, data, sizeof(data)};
	CK_RV rv;

	if (object == CK_INVALID_HANDLE)
		return CKR_OBJECT_HANDLE_INVALID;
	rv = p11->C_GetAttributeValue(session, object, &value, 1);
	return rv == CKR_OK ? write_file(arg[2], data, value.ulValueLen) : rv;
}

/* attributes TOKEN FILE: queries each attribute of each object, first its size, and writes all values that the module
 * returns */
static CK_RV
step_attributes(char **arg)
{
	static const CK_ATTRIBUTE_TYPE types[] = {CKA_LABEL, CKA_ID, CKA_VALUE, CKA_SUBJECT, CKA_ISSUER, CKA_SERIAL_NUMBER, CKA_MODULUS, CKA_PUBLIC_EXPONENT, CKA_MODULUS_BITS, CKA_APPLICATION};
	static unsigned char data[VALUE_MAX];
	CK_SESSION_HANDLE session = session_of(arg[0]);
	CK_OBJECT_HANDLE objects[OBJECTS_MAX];
	CK_ULONG count = 0, i;
	FILE *file = fopen(arg[1], "wb");
	size_t type;
	CK_RV rv = p11->C_FindObjectsInit(session, NULL, 0);

	if (file == NULL)
		give_up(arg[1]);
	if (rv == CKR_OK)
		rv = p11->C_FindObjects(session, objects, OBJECTS_MAX, &count);
	p11->C_FindObjectsFinal(session);
	for (i = 0; i < count; i++)
		for (type = 0; type < sizeof(types) / sizeof(types[0]); type++) {
			CK_ATTRIBUTE size = {types[type], NULL, 0}, value = {types[type], data, sizeof(data)};

			if (p11->C_GetAttributeValue(session, objects[i], &size, 1) == CKR_OK && p11->C_GetAttributeValue(session, objects[i], &value, 1) == CKR_OK)
				fwrite(data, 1, value.ulValueLen, file);
		}
	return fclose(file) == 0 ? rv : CKR_FUNCTION_FAILED;
}

static CK_RV
sign_document(char **arg, char *pin)
{
	static unsigned char document[VALUE_MAX], signature[VALUE_MAX];
	CK_SESSION_HANDLE session = session_of(arg[0]);
	unsigned char id = (unsigned char)strtoul(arg[1], NULL, 16);
	CK_OBJECT_HANDLE key = find(session, CKO_PRIVATE_KEY, CKA_ID, &id, sizeof(id));
	CK_MECHANISM mechanism = {CKM_SHA256_RSA_PKCS, NULL, 0};
	CK_ULONG len = sizeof(signature);
	FILE *file = fopen(arg[2], "rb");
	size_t size;
	CK_RV rv;

	if (file == NULL)
		give_up(arg[2]);
	size = fread(document, 1, sizeof(document), file);
	fclose(file);
	if (key == CK_INVALID_HANDLE)
		return CKR_KEY_HANDLE_INVALID;
	rv = p11->C_SignInit(session, &mechanism, key);
	if (rv == CKR_OK && pin != NULL)
		rv = p11->C_Login(session, CKU_CONTEXT_SPECIFIC, (CK_UTF8CHAR_PTR)pin, pin_of(pin));
	if (rv == CKR_OK)
		rv = p11->C_Sign(session, document, size, signature, &len);
	return rv == CKR_OK ? write_file(arg[3], signature, len) : rv;
}

/* sign TOKEN ID DOCUMENT FILE: signs with the private key whose id is ID in hexadecimal, and writes the signature */
static CK_RV
step_sign(char **arg)
{
	return sign_document(arg, NULL);
}

/* sign-with-pin TOKEN ID DOCUMENT FILE PIN: the same with a key that needs the PIN for each signature */
static CK_RV
step_sign_with_pin(char **arg)
{
	return sign_document(arg, arg[4]);
}

/* run COMMAND: runs another program through the shell while this one keeps its sessions open */
static CK_RV
step_run(char **arg)
{
	fflush(stdout);
	return system(arg[0]) /* NOLINT(cert-env33-c): running a command is the purpose */ == 0 ? CKR_OK : CKR_FUNCTION_FAILED;
}

static const struct {
	const char *verb;
	int args;
	CK_RV(*run)
	(char **arg);
} steps[] = {
		{"login", 2, step_login},
		{"logout", 1, step_logout},
		{"set-pin", 3, step_set_pin},
		{"read", 3, step_read},
		{"attributes", 2, step_attributes},
		{"sign", 4, step_sign},
		{"sign-with-pin", 5, step_sign_with_pin},
		{"run", 1, step_run},
};

static void
print_result(const char *verb, CK_RV rv)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].value == rv) {
			printf("%s %s\n", verb, names[i].name);
			return;
		}
	printf("%s 0x%lX\n", verb, rv);
}

/* Does the step that starts at ARG. Returns how many words it used. */
static int
do_step(char **arg, int left)
{
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (strcmp(arg[0], steps[i].verb) == 0 && left > steps[i].args) {
			print_result(arg[0], steps[i].run(arg + 1));
			return 1 + steps[i].args;
		}
	give_up(arg[0]);
	return left;
}

int
main(int argc, char **argv)
{
	int i;

	if (argc < 2)
		give_up("MODULE STEP...");
	load_module(argv[1]);
	for (i = 2; i < argc;)
		i += do_step(argv + i, argc - i);
	return p11->C_Finalize(NULL) == CKR_OK ? 0 : 1;
}
