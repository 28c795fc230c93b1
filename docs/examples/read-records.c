/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* read-records MODULE PIN-OBJECT REPORT LABEL...: writes each value to a file of that name, with one login.
 * PIN-OBJECT ends the label of the token, like "Input Support PIN". The PIN is the first line of the standard input.
 * REPORT is the label of the authenticity report. Unless all its lines are "ok", nothing is written. */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <p11-kit/pkcs11.h>

enum {
	LABEL_SIZE = 256,
	SLOTS = 64,
	PIN_SIZE = 64
};

struct value {
	unsigned char *data;
	CK_ULONG len;
};

static CK_FUNCTION_LIST *card;

static void
require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "read-records: %s\n", what);
	exit(EXIT_FAILURE);
}

static void
load_module(const char *path)
{
	void *module = dlopen(path, RTLD_NOW);
	CK_C_GetFunctionList get_list = NULL;

	require(module != NULL, "the PKCS#11 module cannot be loaded");
	*(void **)&get_list = dlsym(module, "C_GetFunctionList");
	require(get_list != NULL && get_list(&card) == CKR_OK, "this is no PKCS#11 module");
	require(card->C_Initialize(NULL) == CKR_OK, "the PKCS#11 module does not start");
}

/* The label of a token is padded with spaces and ends with the PIN's name, mostly in brackets. */
static bool
label_ends_with(const unsigned char *label, size_t len, const char *end)
{
	while (len > 0 && (label[len - 1] == ' ' || label[len - 1] == ')'))
		len--;
	return len >= strlen(end) && memcmp(label + len - strlen(end), end, strlen(end)) == 0;
}

static CK_SLOT_ID
find_token(const char *pin_object)
{
	CK_SLOT_ID slots[SLOTS];
	CK_ULONG count = SLOTS, i;
	CK_TOKEN_INFO info;

	require(card->C_GetSlotList(CK_TRUE, slots, &count) == CKR_OK, "the readers cannot be listed");
	for (i = 0; i < count; i++)
		if (card->C_GetTokenInfo(slots[i], &info) == CKR_OK && label_ends_with(info.label, sizeof(info.label), pin_object))
			return slots[i];
	require(false, "no such token; see pkcs11_applications in docs/configuration.md");
	return 0;
}

static CK_SESSION_HANDLE
log_in(CK_SLOT_ID slot)
{
	char pin[PIN_SIZE] = "";
	CK_SESSION_HANDLE session;
	CK_RV result;

	require(card->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &session) == CKR_OK, "the token cannot be opened");
	require(fgets(pin, sizeof(pin), stdin) != NULL, "no PIN was given");
	pin[strcspn(pin, "\n")] = '\0';
	result = card->C_Login(session, CKU_USER, (unsigned char *)pin, strlen(pin));
	explicit_bzero(pin, sizeof(pin));
	require(result == CKR_OK, "the PIN was refused, or not sent");
	return session;
}

static struct value
read_value(CK_SESSION_HANDLE session, const char *label)
{
	CK_OBJECT_CLASS data = CKO_DATA;
	char name[LABEL_SIZE] = "";
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &data, sizeof(data)}, {CKA_LABEL, name, strlen(label)}};
	CK_ATTRIBUTE value = {CKA_VALUE, NULL, 0};
	CK_OBJECT_HANDLE object;
	CK_ULONG count = 0;

	require(snprintf(name, sizeof(name), "%s", label) < (int)sizeof(name), "the label is too long");
	require(card->C_FindObjectsInit(session, wanted, 2) == CKR_OK, "the objects cannot be listed");
	require(card->C_FindObjects(session, &object, 1, &count) == CKR_OK && count == 1, "there is no such data object");
	card->C_FindObjectsFinal(session);
	require(card->C_GetAttributeValue(session, object, &value, 1) == CKR_OK, "the value cannot be read, or failed its check");
	value.pValue = malloc(value.ulValueLen + 1);
	require(value.pValue != NULL, "no memory");
	require(card->C_GetAttributeValue(session, object, &value, 1) == CKR_OK, "the value cannot be read");
	((char *)value.pValue)[value.ulValueLen] = '\0';
	return (struct value){value.pValue, value.ulValueLen};
}

static void
require_genuine(CK_SESSION_HANDLE session, const char *label)
{
	struct value report = read_value(session, label);
	char *line = strtok((char *)report.data, "\n");

	require(line != NULL, "there is no report");
	for (; line != NULL; line = strtok(NULL, "\n"))
		require(strncmp(line, "ok: ", 4) == 0, line);
	free(report.data);
}

static void
write_value(CK_SESSION_HANDLE session, const char *label)
{
	struct value value = read_value(session, label);
	FILE *file = fopen(label, "wb");
	bool written = file != NULL && fwrite(value.data, 1, value.len, file) == value.len;

	if (file != NULL && fclose(file) != 0)
		written = false;
	require(written, "the file cannot be written");
	explicit_bzero(value.data, value.len);
	free(value.data);
}

int
main(int argc, char **argv)
{
	CK_SESSION_HANDLE session;
	int i;

	require(argc > 4, "give MODULE PIN-OBJECT REPORT LABEL...");
	umask(077);
	load_module(argv[1]);
	session = log_in(find_token(argv[2]));
	require_genuine(session, argv[3]);
	for (i = 4; i < argc; i++)
		write_value(session, argv[i]);
	card->C_Logout(session);
	card->C_Finalize(NULL);
	return EXIT_SUCCESS;
}
