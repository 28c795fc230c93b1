/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Translates the card's status words (JICSAP IC card specification 1.1, table 25) into OpenSC's errors. The comments that
 * begin with @ are proved (make prove). */
#ifndef MYNUMBER_STATUS_H
#define MYNUMBER_STATUS_H

#include <stdbool.h>

#include "card-driver/base/compat.h"

/* Returns SC_SUCCESS for 9000, otherwise the SC_ERROR_* that SW1 SW2 stands for. Writes one line to the debug log. Has
 * the signature of ops->check_sw. */
int status_check(struct sc_card *card, unsigned int sw1, unsigned int sw2);

/* Returns true if the error R stands for an answer of the card (its status word or its data), so that the card is
 * present. */
/*@ assigns \nothing; */
bool status_is_answer(int r);

/* Returns true if R stands for such an answer, the answer does not say that a PIN is required, and the error is not an
 * internal one. */
/*@ assigns \nothing; */
bool status_is_refusal(int r);

/* Returns the tries left: the number in 63Cx, 0 for a blocked PIN (63C0, 6983, 6984), and -1 if the status word contains
 * no number. */
/*@ assigns \nothing;
  @ ensures sw1 == 0x63 && 0xC0 <= sw2 <= 0xCF ==> \result == sw2 - 0xC0;
  @ ensures sw1 == 0x69 && (sw2 == 0x83 || sw2 == 0x84) ==> \result == 0;
  @ ensures -1 <= \result <= 15 && (sw1 != 0x63 && sw1 != 0x69 ==> \result == -1); */
int status_tries_left(unsigned int sw1, unsigned int sw2);

/* Returns true if the card or the reader does not support a command of this form (6700, 6A86, 6B00, 6D00) and did not
 * execute it. */
/*@ assigns \nothing;
  @ ensures sw1 <= 0xFF && sw2 <= 0xFF ==> (\result <==> (sw1 == 0x67 || sw1 == 0x6B || sw1 == 0x6D) && sw2 == 0 || sw1 == 0x6A && sw2 == 0x86); */
bool status_form_refused(unsigned int sw1, unsigned int sw2);

/* Returns true if the card did not find what P2 names, or not in a state to be used (6982, 6986, 6A82, 6A88). */
/*@ assigns \nothing;
  @ ensures sw1 <= 0xFF && sw2 <= 0xFF ==> (\result <==> sw1 == 0x69 && (sw2 == 0x82 || sw2 == 0x86) || sw1 == 0x6A && (sw2 == 0x82 || sw2 == 0x88)); */
bool status_reference_refused(unsigned int sw1, unsigned int sw2);

/* Returns true if the card reports a wrong PIN: 63Cx and 6300. */
/*@ assigns \nothing;
  @ ensures sw2 <= 0xFF ==> (\result <==> sw1 == 0x63 && (sw2 == 0 || 0xC0 <= sw2 <= 0xCF)); */
bool status_pin_refused(unsigned int sw1, unsigned int sw2);

#endif
