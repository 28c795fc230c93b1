/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Command APDUs (ISO 7816-4, short and extended length) and the status words of the card. */
#ifndef VIRTUAL_CARD_APDU_H
#define VIRTUAL_CARD_APDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VC_ANSWER_DATA_MAX 65536
#define VC_ANSWER_MAX	   (VC_ANSWER_DATA_MAX + 2)
#define VC_SHORT_LE_MAX	   256

/* The names of the status words are from JICSAP 1.1, table 25. The last two were seen on cards but are in no table. */
enum vc_status {
	VC_SW_OK = 0x9000,
	VC_SW_END = 0x6282,		 /* ISO 7816-4; never seen on this card */
	VC_SW_WRONG_TRIES_LEFT = 0x63C0, /* the low digit is the number of tries left */
	VC_SW_WRONG_LENGTH = 0x6700,
	VC_SW_NO_CHANNEL = 0x6881,
	VC_SW_NO_SECURE_MESSAGING = 0x6882,
	VC_SW_WRONG_STRUCTURE = 0x6981,
	VC_SW_SECURITY_STATUS = 0x6982,
	VC_SW_BLOCKED_ISO = 0x6983, /* ISO 7816-4 wording; never seen on this card */
	VC_SW_BLOCKED = 0x6984,
	VC_SW_CONDITIONS = 0x6985,
	VC_SW_NO_CURRENT_EF = 0x6986,
	VC_SW_WRONG_DATA = 0x6A80,
	VC_SW_NOT_PROVIDED = 0x6A81,
	VC_SW_NOT_FOUND = 0x6A82,
	VC_SW_NO_RECORD = 0x6A83,
	VC_SW_WRONG_P1P2 = 0x6A86,
	VC_SW_NO_REFERENCE = 0x6A88,
	VC_SW_OUTSIDE_EF = 0x6B00,
	VC_SW_EXACT_LE = 0x6C00, /* the low byte is the number of bytes left; never seen on this card */
	VC_SW_WRONG_INS = 0x6D00,
	VC_SW_WRONG_CLA = 0x6E00,
	VC_SW_SELF_DIAGNOSIS = 0x6F00,
	VC_SW_NO_SESSION_HERE = 0x66F1,
	VC_SW_NO_SESSION = 0x69FC
};

struct vc_apdu {
	uint8_t cla, ins, p1, p2;
	const uint8_t *data; /* points into the command that was parsed */
	size_t lc;	     /* 0: the command has no data */
	size_t le;	     /* 0: the command has no Le field; else the number of bytes requested, 1 to 65536 */
	bool extended;
};

/* Parses LEN bytes into APDU. Returns false if the length fields are inconsistent. */
bool vc_apdu_parse(struct vc_apdu *apdu, const uint8_t *bytes, size_t len);

#endif
