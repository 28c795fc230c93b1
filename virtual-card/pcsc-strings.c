/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In-process PC/SC: the names of errors, and the protocol constants that programs link against. */
#include <stdio.h>

#include <winscard.h>

const SCARD_IO_REQUEST g_rgSCardT0Pci = {SCARD_PROTOCOL_T0, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardT1Pci = {SCARD_PROTOCOL_T1, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardRawPci = {SCARD_PROTOCOL_RAW, sizeof(SCARD_IO_REQUEST)};

static const struct {
	LONG code;
	const char *text;
} errors[] = {
		{SCARD_S_SUCCESS, "Command successful."},
		{SCARD_E_CANCELLED, "Command cancelled."},
		{SCARD_E_INVALID_HANDLE, "Invalid handle."},
		{SCARD_E_INVALID_PARAMETER, "Invalid parameter given."},
		{SCARD_E_INVALID_VALUE, "Invalid value given."},
		{SCARD_E_INSUFFICIENT_BUFFER, "Insufficient buffer."},
		{SCARD_E_NO_MEMORY, "Not enough memory."},
		{SCARD_E_NO_SERVICE, "Service not available."},
		{SCARD_E_NO_SMARTCARD, "No smart card inserted."},
		{SCARD_E_NOT_TRANSACTED, "Transaction failed."},
		{SCARD_E_PROTO_MISMATCH, "Card protocol mismatch."},
		{SCARD_E_SHARING_VIOLATION, "Sharing violation."},
		{SCARD_E_TIMEOUT, "Command timeout."},
		{SCARD_E_UNKNOWN_READER, "Unknown reader specified."},
		{SCARD_E_UNSUPPORTED_FEATURE, "Feature not supported."},
		{SCARD_F_INTERNAL_ERROR, "Internal error."},
		{SCARD_W_REMOVED_CARD, "Card was removed."},
		{SCARD_W_RESET_CARD, "Card was reset."},
};

const char *
pcsc_stringify_error(const LONG code)
{
	static _Thread_local char other[32];
	size_t i;

	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].code == code)
			return errors[i].text;
	(void)snprintf(other, sizeof(other), "Error code 0x%08lX.", (unsigned long)code);
	return other;
}
