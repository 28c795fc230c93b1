/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "status.h"

#define SW_ANY_LOW_BITS 0xFFF0

struct status_meaning {
	unsigned int sw;
	unsigned int mask;
	int error;
	const char *text;
};

/* The first match applies. The meanings come from JICSAP 1.1, table 25; 66F1 and 69FC were seen on cards and are in no
 * table. */
static const struct status_meaning meanings[] = {
		{0x9000, 0xFFFF, SC_SUCCESS, "done"},
		{0x63C0, 0xFFFF, SC_ERROR_AUTH_METHOD_BLOCKED, "PIN blocked"},
		{0x63C0, SW_ANY_LOW_BITS, SC_ERROR_PIN_CODE_INCORRECT, "wrong PIN"},
		{0x6300, 0xFFFF, SC_ERROR_PIN_CODE_INCORRECT, "wrong PIN, tries not counted"},
		{0x6281, 0xFFFF, SC_ERROR_CORRUPTED_DATA, "part of the returned data may be corrupt"},
		{0x6282, 0xFFFF, SC_ERROR_FILE_END_REACHED, "end of file before Le bytes"},
		{0x6283, 0xFFFF, SC_ERROR_NOT_ALLOWED, "DF locked"},
		{0x6381, 0xFFFF, SC_ERROR_NOT_ENOUGH_MEMORY, "file full"},
		{0x6400, 0xFFFF, SC_ERROR_CARD_CMD_FAILED, "execution error"},
		{0x6581, 0xFFFF, SC_ERROR_MEMORY_FAILURE, "writing failed"},
		{0x66F1, 0xFFFF, SC_ERROR_NOT_SUPPORTED, "not in this application"},
		{0x6700, 0xFFFF, SC_ERROR_WRONG_LENGTH, "wrong Lc or Le"},
		{0x6881, 0xFFFF, SC_ERROR_NO_CARD_SUPPORT, "logical channel not supported"},
		{0x6882, 0xFFFF, SC_ERROR_NO_CARD_SUPPORT, "secure messaging not supported"},
		{0x6981, 0xFFFF, SC_ERROR_NOT_ALLOWED, "command does not fit the file's structure"},
		{0x6982, 0xFFFF, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED, "a PIN must be verified first"},
		{0x6983, 0xFFFF, SC_ERROR_AUTH_METHOD_BLOCKED, "PIN blocked"},
		{0x6984, 0xFFFF, SC_ERROR_AUTH_METHOD_BLOCKED, "referenced IEF locked: PIN blocked"},
		{0x6985, 0xFFFF, SC_ERROR_NOT_ALLOWED, "conditions of use not satisfied"},
		{0x6986, 0xFFFF, SC_ERROR_NOT_ALLOWED, "no current EF"},
		{0x6987, 0xFFFF, SC_ERROR_SM, "secure messaging data objects missing"},
		{0x6988, 0xFFFF, SC_ERROR_SM, "secure messaging data objects wrong"},
		{0x69FC, 0xFFFF, SC_ERROR_SM, "no secure messaging session"},
		{0x6A80, 0xFFFF, SC_ERROR_INCORRECT_PARAMETERS, "wrong data"},
		{0x6A81, 0xFFFF, SC_ERROR_NO_CARD_SUPPORT, "function not provided"},
		{0x6A82, 0xFFFF, SC_ERROR_FILE_NOT_FOUND, "no such file or application"},
		{0x6A83, 0xFFFF, SC_ERROR_RECORD_NOT_FOUND, "no such record"},
		{0x6A84, 0xFFFF, SC_ERROR_NOT_ENOUGH_MEMORY, "not enough memory"},
		{0x6A85, 0xFFFF, SC_ERROR_INCORRECT_PARAMETERS, "Lc inconsistent with TLV"},
		{0x6A86, 0xFFFF, SC_ERROR_INCORRECT_PARAMETERS, "wrong P1 or P2"},
		{0x6A87, 0xFFFF, SC_ERROR_INCORRECT_PARAMETERS, "Lc inconsistent with P1 or P2"},
		{0x6A88, 0xFFFF, SC_ERROR_DATA_OBJECT_NOT_FOUND, "referenced key or data not found"},
		{0x6B00, 0xFFFF, SC_ERROR_FILE_END_REACHED, "offset beyond the end of the file"},
		{0x6D00, 0xFFFF, SC_ERROR_INS_NOT_SUPPORTED, "instruction not supported"},
		{0x6E00, 0xFFFF, SC_ERROR_CLASS_NOT_SUPPORTED, "class not supported"},
		{0x6F00, 0xFFFF, SC_ERROR_CARD_CMD_FAILED, "self-diagnosis failed"},
};

int
status_check(struct sc_card *card, unsigned int sw1, unsigned int sw2)
{
	unsigned int sw = (sw1 & 0xFF) << 8 | (sw2 & 0xFF);
	size_t i;

	for (i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		if ((sw & meanings[i].mask) != meanings[i].sw)
			continue;
		if (meanings[i].error != SC_SUCCESS)
			sc_log(card->ctx, "%04X: %s", sw, meanings[i].text);
		return meanings[i].error;
	}
	sc_log(card->ctx, "%04X: status word unknown for this card", sw);
	return SC_ERROR_CARD_CMD_FAILED;
}

bool
status_is_answer(int r)
{
	return r <= SC_ERROR_CARD_CMD_FAILED && r != SC_ERROR_OUT_OF_MEMORY;
}

bool
status_is_refusal(int r)
{
	return status_is_answer(r) && r != SC_ERROR_SECURITY_STATUS_NOT_SATISFIED && r != SC_ERROR_INTERNAL;
}

int
status_tries_left(unsigned int sw1, unsigned int sw2)
{
	if (sw1 == 0x63 && (sw2 & 0xF0) == 0xC0)
		return (int)(sw2 & 0x0F);
	if (sw1 == 0x69 && (sw2 == 0x83 || sw2 == 0x84))
		return 0;
	return -1;
}

bool
status_form_refused(unsigned int sw1, unsigned int sw2)
{
	static const unsigned int words[] = {0x6700, 0x6A86, 0x6B00, 0x6D00};
	unsigned int sw = (sw1 & 0xFF) << 8 | (sw2 & 0xFF);
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (sw == words[i])
			return true;
	return false;
}

bool
status_reference_refused(unsigned int sw1, unsigned int sw2)
{
	unsigned int sw = (sw1 & 0xFF) << 8 | (sw2 & 0xFF);

	return sw == 0x6982 || sw == 0x6986 || sw == 0x6A82 || sw == 0x6A88;
}

bool
status_pin_refused(unsigned int sw1, unsigned int sw2)
{
	return sw1 == 0x63 && (sw2 == 0 || (sw2 & 0xF0) == 0xC0);
}
