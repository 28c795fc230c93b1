/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answers of the driving licence application. */
#include "virtual-card-steps.h"

/* clang-format off */
static const struct scenario list[] = {
	{"no licence application on a plain card", NULL, {
		{"00A4040C10 A0000002310600000000000000000000", "6A82"},
	}},
	{"no other AID of the licence's authority", "licence", {
		{"00A4040C10 A0000002310100000000000000000000", "6A82"},
		{"00A4040C10 A0000002310200000000000000000000", "6A82"},
		{"00A4040C10 A0000002310400000000000000000000", "6A82"},
		{"00A4040C10 A0000002310500000000000000000000", "6A82"},
		SELECT_LICENCE,
	}},
	{"licence: as the official PC application reads it", "licence", {
		SELECT_LICENCE,
		{"00A4020C02 001A", "9000"},
		{"00B09A0000", "C10101 9000"},
		{"00A4020C02 0006", "9000"},
		{"00200086<06>", "9000"},
		{"00A4020C02 001B", "9000"},
		{"00B09B00000000", "{1B:0:5845}9000"},
		{"00A4020C02 001C", "9000"},
		{"00B09C00000000", "{1C:0:584}9000"},
	}},
	{"licence: short commands, and the PIN without SELECT", "licence", {
		SELECT_LICENCE,
		{"00B09A0003", "C10101 9000"},
		{"00200086", "63CA"},
		{"00200086<06>", "9000"},
		{"00A4020C02 001B", "9000"},
		{"00B0000004", "C200C300 9000"},
		{"00B0160000", "{1B:5632:213}9000"},
		{"00B016D500", "6B00"},
		{"00B09C0004", "01088201 9000"},
	}},
	{"licence: what its PIN protects", "licence", {
		SELECT_LICENCE,
		{"00B09B0001", "6982"},
		{"00B09C0001", "6982"},
		{"00B09A0003", "C10101 9000"},
		{"00B0860001", "6981"},
		{"00B0820001", "6A82"},
	}},
	{"licence: ten tries, counted for this PIN only", "licence", {
		SELECT_LICENCE,
		{"00200086<06!>", "63C9"},
		{"00200086<06!>", "63C8"},
		{"00200086", "63C8"},
		SELECT_JPKI,
		{"00200098", "63C3"},
		SELECT_TEXT,
		{"00200091", "63C3"},
		SELECT_LICENCE,
		{"00200086", "63C8"},
		{"00200086<06>", "9000"},
		{"00200086", "63CA"},
	}},
	{"licence: other references are refused, and no try is lost", "licence", {
		SELECT_LICENCE,
		{"00200082", "6A82"},
		{"00200082<06>", "6A82"},
		{"00A4020C02 0006", "9000"},
		{"00200080<06!>", "6A82"},
		{"00200086", "63CA"},
		{"00200186<06>", "6A86"},
		{"0024018604 31323334", "6985"},
	}},
	{"licence: another application ends the verification", "licence", {
		SELECT_LICENCE,
		{"00200086<06>", "9000"},
		{"00B09B0002", "C200 9000"},
		SELECT_JPKI,
		SELECT_LICENCE,
		{"00B09B0002", "6982"},
	}},
	{"licence: reference 86 is no addressing by short EF identifier", "licence,no-sfi,no-verify-sfi", {
		SELECT_LICENCE,
		{"00B09A0003", "6A86"},
		{"00A4020C02 0006", "9000"},
		{"00200086", "63CA"},
		{"00200086<06>", "9000"},
		{"00A4020C02 001B", "9000"},
		{"00B0000002", "C200 9000"},
	}},
	{"licence-blocked", "licence-blocked", {
		SELECT_LICENCE,
		{"00200086", "63C0"},
		{"00200086<06>", "6984"},
		{"00B09B0002", "6982"},
		{"00B09A0003", "C10101 9000"},
	}},
	{"licence without one of its files", "licence,drop=licence:0006,drop=licence:001C", {
		SELECT_LICENCE,
		{"00A4020C02 0006", "6A82"},
		{"00200086", "6A82"},
		{"00B09C0001", "6A82"},
		{"00B09B0001", "6982"},
	}},
	{"no licence on a phone", "android,licence", {
		{"00A4040C10 A0000002310600000000000000000000", "6A82"},
	}},
};
/* clang-format on */

const struct scenarios licence_scenarios = {list, sizeof(list) / sizeof(list[0])};
