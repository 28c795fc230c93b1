/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In-process PC/SC: the reader's features and attributes (PC/SC part 10). */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "pcsc-pinpad.h"
#include "pcsc-reader.h"

#define EXTENDED_APDU_MAX 65536
#define CONTROL_BASE	  0x20 /* control codes of this reader: base + feature tag */

static bool
extended_reader(void)
{
	const char *value = getenv("VIRTUAL_CARD_EXTENDED");

	return value != NULL && strcmp(value, "1") == 0;
}

static LONG
tlv_properties(struct vc_connection *connection, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len)
{
	/* Appends a TLV with a little-endian number. */
	static const uint8_t properties[] = {PCSCv2_PART10_PROPERTY_dwMaxAPDUDataSize, 4, (uint8_t)EXTENDED_APDU_MAX, (uint8_t)(EXTENDED_APDU_MAX >> 8), (uint8_t)(EXTENDED_APDU_MAX >> 16), 0};

	(void)connection;
	(void)in;
	(void)in_len;
	if (*out_len < sizeof(properties))
		return SCARD_E_INSUFFICIENT_BUFFER;
	memcpy(out, properties, sizeof(properties));
	*out_len = sizeof(properties);
	return SCARD_S_SUCCESS;
}

/* Appends each feature whose condition is true. */
static const struct feature {
	uint8_t tag;
	bool (*offered)(void);
	vc_control_fn *run;
} features[] = {
		{FEATURE_GET_TLV_PROPERTIES, extended_reader, tlv_properties},
		{FEATURE_VERIFY_PIN_DIRECT, vc_pinpad_present, vc_pinpad_verify},
};

#define FEATURE_COUNT (sizeof(features) / sizeof(features[0]))

static DWORD
control_code(const struct feature *feature)
{
	return SCARD_CTL_CODE(CONTROL_BASE + feature->tag);
}

static LONG
list_features(uint8_t *out, size_t *out_len)
{
	size_t i, used = 0;
	uint32_t code;

	for (i = 0; i < FEATURE_COUNT; i++) {
		if (!features[i].offered())
			continue;
		if (*out_len - used < sizeof(PCSC_TLV_STRUCTURE))
			return SCARD_E_INSUFFICIENT_BUFFER;
		code = htonl((uint32_t)control_code(&features[i]));
		out[used++] = features[i].tag;
		out[used++] = sizeof(code);
		memcpy(out + used, &code, sizeof(code));
		used += sizeof(code);
	}
	*out_len = used;
	return SCARD_S_SUCCESS;
}

static LONG
control(struct vc_connection *connection, DWORD code, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len)
{
	size_t i;

	if (code == CM_IOCTL_GET_FEATURE_REQUEST)
		return list_features(out, out_len);
	for (i = 0; i < FEATURE_COUNT; i++)
		if (code == control_code(&features[i]) && features[i].offered())
			return features[i].run(connection, in, in_len, out, out_len);
	return SCARD_E_UNSUPPORTED_FEATURE;
}

LONG
SCardControl(SCARDHANDLE handle, DWORD code, LPCVOID in, DWORD in_len, LPVOID out, DWORD out_len, LPDWORD returned)
{
	struct vc_connection *connection = vc_connection_get(handle);
	size_t len = out == NULL ? 0 : out_len;
	LONG rv;

	if (returned != NULL)
		*returned = 0;
	if (connection == NULL)
		return SCARD_E_INVALID_HANDLE;
	rv = control(connection, code, in, in == NULL ? 0 : in_len, out, &len);
	if (rv == SCARD_S_SUCCESS && returned != NULL)
		*returned = (DWORD)len;
	return rv;
}

LONG
SCardGetAttrib(SCARDHANDLE handle, DWORD id, LPBYTE out, LPDWORD out_len)
{
	static const char vendor[] = "opensc-mynumber";
	struct vc_connection *connection = vc_connection_get(handle);
	struct virtual_card *card = vc_reader_card();
	uint8_t present;

	if (out_len == NULL)
		return SCARD_E_INVALID_PARAMETER;
	if (connection == NULL)
		return SCARD_E_INVALID_HANDLE;
	switch (id) {
	case SCARD_ATTR_ATR_STRING:
		return vc_give(card->atr->bytes, card->atr->len, out, out_len);
	case SCARD_ATTR_ICC_PRESENCE:
		present = vc_card_present(card);
		return vc_give(&present, sizeof(present), out, out_len);
	case SCARD_ATTR_VENDOR_NAME:
		return vc_give(vendor, sizeof(vendor), out, out_len);
	case SCARD_ATTR_DEVICE_FRIENDLY_NAME:
	case SCARD_ATTR_DEVICE_SYSTEM_NAME:
		return vc_give(VC_READER_NAME, sizeof(VC_READER_NAME), out, out_len);
	default:
		return SCARD_E_UNSUPPORTED_FEATURE;
	}
}

LONG
SCardSetAttrib(SCARDHANDLE handle, DWORD id, LPCBYTE value, DWORD len)
{
	(void)id;
	(void)value;
	(void)len;
	return vc_connection_get(handle) == NULL ? SCARD_E_INVALID_HANDLE : SCARD_E_UNSUPPORTED_FEATURE;
}
