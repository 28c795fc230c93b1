/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pcsc-pinpad.h"

#include <stdlib.h>
#include <string.h>

#define PIN_MAX 16

#define FORMAT_ASCII_BYTES 0x82 /* bmFormatString: ASCII, left justified, PIN at byte 0 of the command's data */
#define NO_FRAME	   0x00 /* bmPINBlockString, bmPINLengthFormat: no fixed size, no length inserted */
#define VALIDATE_ON_KEY	   0x02 /* bEntryValidationCondition: the bit for the enter key */

#define SW_TIMEOUT   0x6400
#define SW_CANCELLED 0x6401
#define SW_LENGTH    0x6403
#define SW_STRUCTURE 0x6B80

/* The command that the reader completes: VERIFY, without data, of the PIN in the current EF. */
static const uint8_t verify[] = {0x00, 0x20, 0x00, 0x80, 0x00};

static const char *
typed(void)
{
	return getenv("VIRTUAL_CARD_PINPAD");
}

bool
vc_pinpad_present(void)
{
	return typed() != NULL && *typed() != '\0';
}

/* Accepts only a plain, unpadded ASCII PIN, because real readers handle the other formats differently. */
static bool
is_plain(const PIN_VERIFY_STRUCTURE *request, size_t len)
{
	return len == sizeof(*request) + sizeof(verify) && request->ulDataLength == sizeof(verify) &&
	       request->bmFormatString == FORMAT_ASCII_BYTES && request->bmPINBlockString == NO_FRAME &&
	       request->bmPINLengthFormat == NO_FRAME && (request->bEntryValidationCondition & VALIDATE_ON_KEY) != 0 &&
	       memcmp(request->abData, verify, sizeof(verify)) == 0;
}

/* Returns the keypad's own status word; 0: the digits are valid. */
static unsigned
type(const PIN_VERIFY_STRUCTURE *request, const char *digits)
{
	size_t len = strlen(digits), min = request->wPINMaxExtraDigit >> 8, max = request->wPINMaxExtraDigit & 0xFF;

	if (strcmp(digits, "cancel") == 0)
		return SW_CANCELLED;
	if (strcmp(digits, "timeout") == 0)
		return SW_TIMEOUT;
	if (min == 0 || min > max || max > PIN_MAX || strspn(digits, "0123456789") != len)
		return SW_STRUCTURE;
	return len < min || len > max ? SW_LENGTH : 0;
}

/* Reads the structure, if it is well formed, and returns the keypad's own status word, or 0. */
static unsigned
ask(const uint8_t *in, size_t in_len)
{
	union
	{
		PIN_VERIFY_STRUCTURE structure;
		uint8_t bytes[sizeof(PIN_VERIFY_STRUCTURE) + sizeof(verify)];
	} request = {.bytes = {0}};

	if (in_len > sizeof(request.bytes))
		return SW_STRUCTURE;
	memcpy(request.bytes, in, in_len);
	return is_plain(&request.structure, in_len) ? type(&request.structure, typed()) : SW_STRUCTURE;
}

static LONG
send(const char *digits, uint8_t *answer, size_t *len)
{
	uint8_t command[sizeof(verify) + PIN_MAX];
	size_t digit_count = strlen(digits);

	memcpy(command, verify, sizeof(verify));
	command[sizeof(verify) - 1] = (uint8_t)digit_count;
	memcpy(command + sizeof(verify), digits, digit_count); /* NOLINT(bugprone-not-null-terminated-result): an APDU */
	return vc_reader_exchange(command, sizeof(verify) + digit_count, answer, len);
}

LONG
vc_pinpad_verify(struct vc_connection *connection, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len)
{
	uint8_t *answer = malloc(VC_READER_ANSWER_MAX);
	size_t len = 2;
	unsigned sw = ask(in, in_len);
	LONG rv = vc_connection_check(connection);

	if (answer == NULL)
		return SCARD_E_NO_MEMORY;
	/* A transaction is required, because otherwise another program could select another PIN before the command. */
	if (rv == SCARD_S_SUCCESS && connection->transactions == 0)
		rv = SCARD_E_NOT_TRANSACTED;
	answer[0] = (uint8_t)(sw >> 8);
	answer[1] = (uint8_t)sw;
	if (rv == SCARD_S_SUCCESS && sw == 0)
		rv = send(typed(), answer, &len);
	if (rv == SCARD_S_SUCCESS && len > *out_len)
		rv = SCARD_E_INSUFFICIENT_BUFFER;
	if (rv == SCARD_S_SUCCESS)
		memcpy(out, answer, len);
	free(answer);
	*out_len = len;
	return rv;
}
