/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A session of the driver with a card and reader that a test scripts, for behaviour that no virtual card has. Replaces
 * OpenSC's sc_lock, sc_unlock and sc_transmit_apdu. Link it into one test program only.
 */
#ifndef TESTS_SCRIPTED_CARD_H
#define TESTS_SCRIPTED_CARD_H

#include "card-driver/session/session.h"

#define INS_VERIFY	0x20
#define INS_SIGN	0x2A
#define INS_SELECT	0xA4
#define INS_READ_BINARY 0xB0
#define INS_READ_RECORD 0xB2
#define SELECT_BY_NAME	0x04
#define BY_SFI		0x80

#define SW_OK		 0x9000
#define SW_THREE_TRIES	 0x63C3
#define SW_TWO_TRIES	 0x63C2
#define SW_ONE_TRY	 0x63C1
#define SW_NOT_SATISFIED 0x6982
#define SW_NO_FILE	 0x6A82
#define SW_NO_OFFSET	 0x6B00

#define FILE_LEN   0x200 /* of every file */
#define VALUE_LEN  0x1F6 /* of the value in it */
#define ONE_CARD   "1234567890123451310120300101"
#define OTHER_CARD "9876543210987651310120300101"

/* The card succeeds at every command, except where the test changes the answer. */
struct scripted_card {
	const char *number; /* the card number, 28 digits; NULL: the application is absent */
	const struct application *selected;
	unsigned verified, reads;
	size_t noise_len;	       /* number of data bytes that the twist put into its answer */
	size_t read_max;	       /* the largest number of bytes in one answer */
	int (*twist)(sc_apdu_t *apdu); /* returns SCRIPT_AS_USUAL for the normal answer; else what sc_transmit_apdu() returns, or SC_SUCCESS after setting a status word */
};
#define SCRIPT_AS_USUAL 1

extern struct scripted_card scripted;
extern struct session *session;

/* cmocka setup and teardown: create a card with a session, and end both. */
int scripted_setup(void **state);
int scripted_teardown(void **state);

/* Makes the card answer with the status word SW. */
void scripted_answer(sc_apdu_t *apdu, unsigned sw);

/* Verifies a PIN with four digits. Returns SC_SUCCESS or SC_ERROR_*. */
int scripted_verify(enum pin_id pin);

/* The same as a context-specific login, which OpenSC does before each signature of a key with user consent. */
int scripted_verify_again(enum pin_id pin);

#endif
