/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the reader's features and attributes in the in-process PC/SC library, and the faults that tests can request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader-actor.h"
#include "virtual-card/fault.h"

static void
reader_without_features(void)
{
	BYTE features[64];
	DWORD len = 1;

	CHECK_RV(SCARD_S_SUCCESS, SCardControl(connect_shared(), CM_IOCTL_GET_FEATURE_REQUEST, NULL, 0, features, sizeof(features), &len));
	CHECK(len == 0);
}

static void
reader_for_extended_length(void)
{
	static const BYTE code[] = {FEATURE_GET_TLV_PROPERTIES, 4}, size[] = {PCSCv2_PART10_PROPERTY_dwMaxAPDUDataSize, 4, 0, 0, 1, 0};
	SCARDHANDLE handle;
	BYTE out[64];
	DWORD len, request;

	CHECK(setenv("VIRTUAL_CARD_EXTENDED", "1", 1) == 0);
	handle = connect_shared();
	CHECK_RV(SCARD_S_SUCCESS, SCardControl(handle, CM_IOCTL_GET_FEATURE_REQUEST, NULL, 0, out, sizeof(out), &len));
	CHECK(len == 6 && memcmp(out, code, sizeof(code)) == 0);
	request = (DWORD)out[2] << 24 | (DWORD)out[3] << 16 | (DWORD)out[4] << 8 | out[5];
	CHECK_RV(SCARD_S_SUCCESS, SCardControl(handle, request, NULL, 0, out, sizeof(out), &len));
	CHECK(len == sizeof(size) && memcmp(out, size, sizeof(size)) == 0);
	CHECK_RV(SCARD_E_INSUFFICIENT_BUFFER, SCardControl(handle, request, NULL, 0, out, 2, &len));
}

/* A request for a PIN with four digits, and the keypad's status word after one byte of the request was changed. */
static const BYTE pad_request[] = {30, 30, 0x82, 0, 0, 4, 4, 2, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0x00, 0x20, 0x00, 0x80, 0x00};
static const struct {
	const char *typed;
	DWORD at;
	BYTE value;
	DWORD len;
	int sw;
} pad_cases[] = {
		{"1234", 0, 30, sizeof(pad_request), SW_OK},
		{"9999", 0, 30, sizeof(pad_request), 0x63C2},
		{"123", 0, 30, sizeof(pad_request), 0x6403},
		{"12345", 0, 30, sizeof(pad_request), 0x6403},
		{"cancel", 0, 30, sizeof(pad_request), 0x6401},
		{"timeout", 0, 30, sizeof(pad_request), 0x6400},
		{"12a4", 0, 30, sizeof(pad_request), 0x6B80},
		{"1234", 2, 0x8A, sizeof(pad_request), 0x6B80},	       /* the PIN does not start at the first byte */
		{"1234", 2, 0x81, sizeof(pad_request), 0x6B80},	       /* the PIN format is BCD */
		{"1234", 3, 8, sizeof(pad_request), 0x6B80},	       /* the PIN is padded to 8 bytes */
		{"1234", 4, 4, sizeof(pad_request), 0x6B80},	       /* the length is inserted */
		{"1234", 5, 3, sizeof(pad_request), 0x6B80},	       /* the limits are reversed: 4 to 3 digits */
		{"1234", 15, 4, sizeof(pad_request), 0x6B80},	       /* the length of the command is wrong */
		{"1234", 22, 0x81, sizeof(pad_request), 0x6B80},       /* the command names another PIN */
		{"1234", 0, 30, sizeof(pad_request) - 1, 0x6B80},      /* a byte is missing */
		{"1234", 0, 30, sizeof(PIN_VERIFY_STRUCTURE), 0x6B80}, /* there is no command */
};

static DWORD
feature_request(SCARDHANDLE handle, BYTE feature)
{
	BYTE out[64];
	DWORD len;

	CHECK_RV(SCARD_S_SUCCESS, SCardControl(handle, CM_IOCTL_GET_FEATURE_REQUEST, NULL, 0, out, sizeof(out), &len));
	CHECK(len == 6 && out[0] == feature && out[1] == 4);
	return (DWORD)out[2] << 24 | (DWORD)out[3] << 16 | (DWORD)out[4] << 8 | out[5];
}

static void
reader_with_keypad(void)
{
	static const struct command select_auth_pin = {7, {0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x18}};
	BYTE request[sizeof(pad_request)], answer[2];
	SCARDHANDLE handle;
	DWORD len, code;
	size_t i;

	CHECK(setenv("VIRTUAL_CARD_PINPAD", "1234", 1) == 0);
	handle = connect_shared();
	code = feature_request(handle, FEATURE_VERIFY_PIN_DIRECT);
	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &select_auth_pin) == SW_OK);
	CHECK_RV(SCARD_E_NOT_TRANSACTED, SCardControl(handle, code, pad_request, sizeof(pad_request), answer, sizeof(answer), &len));
	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle));
	for (i = 0; i < sizeof(pad_cases) / sizeof(pad_cases[0]); i++) {
		memcpy(request, pad_request, sizeof(request));
		request[pad_cases[i].at] = pad_cases[i].value;
		CHECK(setenv("VIRTUAL_CARD_PINPAD", pad_cases[i].typed, 1) == 0);
		CHECK_RV(SCARD_S_SUCCESS, SCardControl(handle, code, request, pad_cases[i].len, answer, sizeof(answer), &len));
		CHECK(len == 2 && (answer[0] << 8 | answer[1]) == pad_cases[i].sw);
	}
	CHECK_RV(SCARD_S_SUCCESS, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
}

/* Before the second transaction, another program selects another application and verifies its PINs. */
static void
intruder_at_a_transaction(void)
{
	static const struct command read_name = {5, {0x00, 0xB0, 0x82, 0x00, 0x04}};
	SCARDHANDLE handle;

	CHECK(setenv("VIRTUAL_CARD_FAULT", "T2:open=D3921000310001010408", 1) == 0);
	handle = connect_shared();
	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle));
	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &read_label) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle)); /* a nested transaction is not a new one */
	CHECK_RV(SCARD_S_SUCCESS, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
	CHECK(status_word(handle, &read_label) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle));
	CHECK(status_word(handle, &read_name) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle));
	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &read_label) == SW_OK);
}

static void
attributes(void)
{
	SCARDHANDLE handle = connect_shared();
	BYTE value[64];
	DWORD len = sizeof(value);

	CHECK_RV(SCARD_S_SUCCESS, SCardGetAttrib(handle, SCARD_ATTR_ATR_STRING, value, &len));
	CHECK(value[0] == 0x3B);
	len = 1;
	CHECK_RV(SCARD_E_INSUFFICIENT_BUFFER, SCardGetAttrib(handle, SCARD_ATTR_ATR_STRING, value, &len));
	len = sizeof(value);
	CHECK_RV(SCARD_S_SUCCESS, SCardGetAttrib(handle, SCARD_ATTR_DEVICE_FRIENDLY_NAME, value, &len));
	CHECK(strcmp((char *)value, READER) == 0);
	CHECK_RV(SCARD_E_UNSUPPORTED_FEATURE, SCardGetAttrib(handle, SCARD_ATTR_VENDOR_IFD_VERSION, value, &len));
	CHECK_RV(SCARD_E_UNSUPPORTED_FEATURE, SCardSetAttrib(handle, SCARD_ATTR_ATR_STRING, value, 1));
}

/* What happens to the second exchange, a READ of 16 bytes, under a fault; and to the third, a signature after VERIFY, after
 * a reconnect. */
static const struct fault_case {
	const char *fault;
	LONG rv;
	DWORD len; /* length of the answer if rv is SCARD_S_SUCCESS */
	LONG next; /* what SCardStatus returns afterwards */
	int sign;  /* status word of a signature after reconnecting and selecting JPKI; 0: the card was removed */
} fault_cases[] = {
		{"3:mute", SCARD_E_NOT_TRANSACTED, 0, SCARD_S_SUCCESS, SW_OK},
		{"3:comm-error", SCARD_E_NOT_TRANSACTED, 0, SCARD_S_SUCCESS, SW_OK},
		{"3:timeout", SCARD_E_TIMEOUT, 0, SCARD_S_SUCCESS, SW_OK},
		{"3:timeout-after", SCARD_E_TIMEOUT, 0, SCARD_S_SUCCESS, SW_OK},
		{"3:removed", SCARD_W_REMOVED_CARD, 0, SCARD_W_REMOVED_CARD, 0},
		{"3:removed-after", SCARD_W_REMOVED_CARD, 0, SCARD_W_REMOVED_CARD, 0},
		{"3:reset-before", SCARD_W_RESET_CARD, 0, SCARD_W_RESET_CARD, SW_OK},
		{"3:reset-after", SCARD_W_RESET_CARD, 0, SCARD_W_RESET_CARD, SW_OK},
		{"3:power-before", SCARD_W_RESET_CARD, 0, SCARD_W_RESET_CARD, SW_SECURITY},
		{"3:power-after", SCARD_W_RESET_CARD, 0, SCARD_W_RESET_CARD, SW_SECURITY},
		{"3:empty", SCARD_S_SUCCESS, 0, SCARD_S_SUCCESS, SW_OK},
		{"3:truncate", SCARD_S_SUCCESS, 8 + 2, SCARD_S_SUCCESS, SW_OK},
		{"3:short", SCARD_S_SUCCESS, 16 - 1 + 2, SCARD_S_SUCCESS, SW_OK},
		{"3:overlong", SCARD_S_SUCCESS, 16 + 16 + 2, SCARD_S_SUCCESS, SW_OK},
		{"3:sw=6F00", SCARD_S_SUCCESS, 2, SCARD_S_SUCCESS, SW_OK},
		{"3:sw-after=6110", SCARD_S_SUCCESS, 2, SCARD_S_SUCCESS, SW_OK},
		{"1:mute,3:select=D3921000310001010408", SCARD_S_SUCCESS, 2, SCARD_S_SUCCESS, SW_SECURITY},
};

static const struct fault_case *current_fault;

static void
suffer_fault(void)
{
	BYTE answer[ANSWER_MAX];
	SCARDHANDLE handle;
	DWORD len;

	CHECK(setenv("VIRTUAL_CARD_FAULT", current_fault->fault, 1) == 0);
	handle = connect_shared();
	(void)transmit_rv(handle, &select_jpki);
	if (current_fault->fault[0] == '1') /* number 2, because the first exchange was lost */
		CHECK(status_word(handle, &select_jpki) == SW_OK);
	else
		CHECK(status_word(handle, &verify_auth) == SW_OK);
	CHECK_RV(current_fault->rv, transmit(handle, &read_label, answer, &len));
	CHECK(len == current_fault->len);
	CHECK_RV(current_fault->next, SCardStatus(handle, NULL, NULL, NULL, NULL, NULL, NULL));
	if (current_fault->sign == 0) {
		CHECK_RV(SCARD_E_NO_SMARTCARD, reconnect(handle, SCARD_LEAVE_CARD));
		return;
	}
	CHECK_RV(SCARD_S_SUCCESS, reconnect(handle, SCARD_LEAVE_CARD));
	CHECK(status_word(handle, &select_jpki) == SW_OK);
	CHECK(status_word(handle, &sign_short) == current_fault->sign);
}

static void
test_faults(void **state)
{
	static const struct actor sufferer = {"suffer_fault", suffer_fault};
	const void *actor = &sufferer;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(fault_cases) / sizeof(fault_cases[0]); i++) {
		current_fault = &fault_cases[i];
		print_message("fault %s\n", current_fault->fault);
		run_actor((void **)(uintptr_t)&actor);
	}
}

/* The card does not receive the command, but the log shows it. */
static void
log_of_a_lost_command(void)
{
	char path[] = "/tmp/mynumber-log.XXXXXX", line[256] = "", sign = 0;
	int fd = mkstemp(path);
	SCARDHANDLE handle;
	FILE *log;

	CHECK(fd >= 0 && setenv("VIRTUAL_CARD_LOG", path, 1) == 0 && setenv("VIRTUAL_CARD_FAULT", "1:mute", 1) == 0);
	handle = connect_shared();
	CHECK_RV(SCARD_E_NOT_TRANSACTED, transmit_rv(handle, &select_jpki));
	log = fdopen(fd, "r");
	while (fgets(line, sizeof(line), log) != NULL)
		CHECK(sscanf(line, "%*d %c", &sign) == 1 && sign != '>');
	CHECK(sign == '!' && strstr(line, "00A4040C0A") != NULL);
	fclose(log);
	CHECK(unlink(path) == 0);
}

/* After the restart, N counts from 1 again. */
static void
restarted_faults(void)
{
	SCARDHANDLE handle = connect_shared();

	CHECK(status_word(handle, &select_jpki) == SW_OK);
	CHECK(vc_fault_restart("2:mute"));
	CHECK(status_word(handle, &select_jpki) == SW_OK);
	CHECK_RV(SCARD_E_NOT_TRANSACTED, transmit_rv(handle, &select_jpki));
	CHECK(vc_fault_restart(NULL));
	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &select_jpki) == SW_OK);
}

static void
refused_environment(void)
{
	SCARDCONTEXT context;

	CHECK(setenv("VIRTUAL_CARD_FAULT", "3:explode", 1) == 0);
	CHECK_RV(SCARD_E_NO_SERVICE, SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context));
	CHECK(unsetenv("VIRTUAL_CARD_FAULT") == 0 && setenv("VIRTUAL_CARD_VARIANT", "adult", 1) == 0);
	CHECK_RV(SCARD_E_NO_SERVICE, SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context));
	CHECK(setenv("VIRTUAL_CARD_VARIANT", "child", 1) == 0);
	CHECK_RV(SCARD_S_SUCCESS, SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context));
}

static void
error_names(void)
{
	CHECK(strcmp(pcsc_stringify_error(SCARD_S_SUCCESS), "Command successful.") == 0);
	CHECK(strstr(pcsc_stringify_error(0x7654), "7654") != NULL);
}

int
main(void)
{
	static const struct actor actors[] = {
			{"reader_without_features", reader_without_features},
			{"reader_for_extended_length", reader_for_extended_length},
			{"reader_with_keypad", reader_with_keypad},
			{"intruder_at_a_transaction", intruder_at_a_transaction},
			{"attributes", attributes},
			{"log_of_a_lost_command", log_of_a_lost_command},
			{"restarted_faults", restarted_faults},
			{"refused_environment", refused_environment},
			{"error_names", error_names},
	};

	return run_actors(actors, sizeof(actors) / sizeof(actors[0]), test_faults);
}
