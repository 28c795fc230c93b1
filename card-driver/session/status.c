/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "status.h"

#define TRIES_NONE   0xC0 /* SW2 of a wrong PIN: C0 and the number of tries that are left */
#define TRIES_MAX    15
#define SW_DONE	     0x9000
#define BYTE_VALUES  256 /* multiplied, not shifted: provers reason about products */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct status_meaning {
	unsigned int first, last;
	int error;
	const char *text;
};

/* The errors of the status words FIRST to LAST. The meanings come from JICSAP 1.1, table 25; 66F1 and 69FC were seen on cards and are in
 * no table. */
static const struct status_meaning meanings[] = {
		{0x63C0, 0x63C0, SC_ERROR_AUTH_METHOD_BLOCKED, "PIN blocked"},
		{0x63C1, 0x63CF, SC_ERROR_PIN_CODE_INCORRECT, "wrong PIN"},
		{0x6300, 0x6300, SC_ERROR_PIN_CODE_INCORRECT, "wrong PIN, tries not counted"},
		{0x6281, 0x6281, SC_ERROR_CORRUPTED_DATA, "part of the returned data may be corrupt"},
		{0x6282, 0x6282, SC_ERROR_FILE_END_REACHED, "end of file before Le bytes"},
		{0x6283, 0x6283, SC_ERROR_NOT_ALLOWED, "DF locked"},
		{0x6381, 0x6381, SC_ERROR_NOT_ENOUGH_MEMORY, "file full"},
		{0x6400, 0x6400, SC_ERROR_CARD_CMD_FAILED, "execution error"},
		{0x6581, 0x6581, SC_ERROR_MEMORY_FAILURE, "writing failed"},
		{0x66F1, 0x66F1, SC_ERROR_NOT_SUPPORTED, "not in this application"},
		{0x6700, 0x6700, SC_ERROR_WRONG_LENGTH, "wrong Lc or Le"},
		{0x6881, 0x6881, SC_ERROR_NO_CARD_SUPPORT, "logical channel not supported"},
		{0x6882, 0x6882, SC_ERROR_NO_CARD_SUPPORT, "secure messaging not supported"},
		{0x6981, 0x6981, SC_ERROR_NOT_ALLOWED, "command does not fit the file's structure"},
		{0x6982, 0x6982, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED, "a PIN must be verified first"},
		{0x6983, 0x6983, SC_ERROR_AUTH_METHOD_BLOCKED, "PIN blocked"},
		{0x6984, 0x6984, SC_ERROR_AUTH_METHOD_BLOCKED, "referenced IEF locked: PIN blocked"},
		{0x6985, 0x6985, SC_ERROR_NOT_ALLOWED, "conditions of use not satisfied"},
		{0x6986, 0x6986, SC_ERROR_NOT_ALLOWED, "no current EF"},
		{0x6987, 0x6987, SC_ERROR_SM, "secure messaging data objects missing"},
		{0x6988, 0x6988, SC_ERROR_SM, "secure messaging data objects wrong"},
		{0x69FC, 0x69FC, SC_ERROR_SM, "no secure messaging session"},
		{0x6A80, 0x6A80, SC_ERROR_INCORRECT_PARAMETERS, "wrong data"},
		{0x6A81, 0x6A81, SC_ERROR_NO_CARD_SUPPORT, "function not provided"},
		{0x6A82, 0x6A82, SC_ERROR_FILE_NOT_FOUND, "no such file or application"},
		{0x6A83, 0x6A83, SC_ERROR_RECORD_NOT_FOUND, "no such record"},
		{0x6A84, 0x6A84, SC_ERROR_NOT_ENOUGH_MEMORY, "not enough memory"},
		{0x6A85, 0x6A85, SC_ERROR_INCORRECT_PARAMETERS, "Lc inconsistent with TLV"},
		{0x6A86, 0x6A86, SC_ERROR_INCORRECT_PARAMETERS, "wrong P1 or P2"},
		{0x6A87, 0x6A87, SC_ERROR_INCORRECT_PARAMETERS, "Lc inconsistent with P1 or P2"},
		{0x6A88, 0x6A88, SC_ERROR_DATA_OBJECT_NOT_FOUND, "referenced key or data not found"},
		{0x6B00, 0x6B00, SC_ERROR_FILE_END_REACHED, "offset beyond the end of the file"},
		{0x6D00, 0x6D00, SC_ERROR_INS_NOT_SUPPORTED, "instruction not supported"},
		{0x6E00, 0x6E00, SC_ERROR_CLASS_NOT_SUPPORTED, "class not supported"},
		{0x6F00, 0x6F00, SC_ERROR_CARD_CMD_FAILED, "self-diagnosis failed"},
};

/*@ assigns \nothing;
  @ ensures \result <= 0xFFFF && (sw1 <= 0xFF && sw2 <= 0xFF ==> \result == sw1 * BYTE_VALUES + sw2); */
static unsigned int
status_word(unsigned int sw1, unsigned int sw2)
{
	return sw1 % BYTE_VALUES * BYTE_VALUES + sw2 % BYTE_VALUES;
}

/* Returns the number of the row for the status word, or the number of all rows if the word is unknown. */
/*@ assigns \nothing;
  @ ensures \result <= COUNT(meanings);
  @ ensures \result < COUNT(meanings) ==> meanings[\result].first <= sw <= meanings[\result].last; */
static size_t
find_meaning(unsigned int sw)
{
	size_t i;

	/*@ loop invariant i <= COUNT(meanings);
	  @ loop assigns i;
	  @ loop variant COUNT(meanings) - i; */
	for (i = 0; i < COUNT(meanings); i++)
		if (meanings[i].first <= sw && sw <= meanings[i].last)
			return i;
	return COUNT(meanings);
}

int
status_check(struct sc_card *card, unsigned int sw1, unsigned int sw2)
{
	unsigned int sw = status_word(sw1, sw2);
	size_t row = find_meaning(sw);

	if (sw == SW_DONE)
		return SC_SUCCESS;
	if (row == COUNT(meanings)) {
		sc_log(card->ctx, "%04X: status word unknown for this card", sw);
		return SC_ERROR_CARD_CMD_FAILED;
	}
	sc_log(card->ctx, "%04X: %s", sw, meanings[row].text);
	return meanings[row].error;
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

/*@ assigns \nothing;
  @ ensures \result <==> sw1 == 0x63 && TRIES_NONE <= sw2 <= TRIES_NONE + TRIES_MAX; */
static bool
is_counted(unsigned int sw1, unsigned int sw2)
{
	return sw1 == 0x63 && sw2 >= TRIES_NONE && sw2 <= TRIES_NONE + TRIES_MAX;
}

int
status_tries_left(unsigned int sw1, unsigned int sw2)
{
	if (is_counted(sw1, sw2))
		return (int)(sw2 - TRIES_NONE);
	if (sw1 == 0x69 && (sw2 == 0x83 || sw2 == 0x84))
		return 0;
	return -1;
}

bool
status_form_refused(unsigned int sw1, unsigned int sw2)
{
	static const unsigned int words[] = {0x6700, 0x6A86, 0x6B00, 0x6D00};
	unsigned int sw = status_word(sw1, sw2);
	size_t i;

	/*@ loop invariant i <= COUNT(words) && \forall integer k; 0 <= k < i ==> sw != words[k];
	  @ loop assigns i;
	  @ loop variant COUNT(words) - i; */
	for (i = 0; i < COUNT(words); i++)
		if (sw == words[i])
			return true;
	return false;
}

bool
status_reference_refused(unsigned int sw1, unsigned int sw2)
{
	unsigned int sw = status_word(sw1, sw2);

	return sw == 0x6982 || sw == 0x6986 || sw == 0x6A82 || sw == 0x6A88;
}

bool
status_pin_refused(unsigned int sw1, unsigned int sw2)
{
	return (sw1 == 0x63 && sw2 == 0) || is_counted(sw1, sw2);
}
