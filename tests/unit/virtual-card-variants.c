/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the variants of the virtual card answer differently from the default card in virtual-card-scenarios.c. */
#include "virtual-card-steps.h"

/* clang-format off */
static const struct scenario list[] = {
	{"variant blocked-auth", "blocked-auth", {
		SELECT_JPKI,
		{"00200098", "63C0"},
		{"00200098<18>", "6984"},
		{"0020009B<1B>", "9000"},
	}},
	{"variant blocked-6983", "blocked-sign,blocked-6983", {
		SELECT_JPKI,
		{"0020009B", "6983"},
		{"0020009B<1B>", "6983"},
	}},
	{"variant blocked-6984", "blocked-text,blocked-6984", {
		SELECT_TEXT,
		{"00200091", "6984"},
		{"00200091<11>", "6984"},
	}},
	{"variant blocked-63c0", "blocked-text,blocked-63c0", {
		SELECT_TEXT,
		{"00200091", "63C0"},
		{"00200091<11>", "63C0"},
	}},
	{"variant query-6700", "query-6700", {
		SELECT_JPKI,
		{"00200098", "6700"},
		{"00A4020C02 0018", "9000"},
		{"00200080", "6700"},
		{"00200080<18>", "9000"},
	}},
	{"variant query-6a86", "query-6a86", {
		SELECT_JPKI,
		{"00200098", "6A86"},
		{"00200098<18>", "9000"},
	}},
	{"variant query-6b00", "query-6b00", {
		SELECT_JPKI,
		{"00200098", "6B00"},
		{"00200098<18>", "9000"},
	}},
	{"variant query-6d00", "query-6d00", {
		SELECT_JPKI,
		{"00200098", "6D00"},
		{"00200098<18>", "9000"},
	}},
	{"variant query-always-9000", "query-always-9000,blocked-sign", {
		SELECT_JPKI,
		{"00200098", "9000"},
		{"0020009B", "63C0"},
	}},
	{"variant no-verify-sfi", "no-verify-sfi", {
		SELECT_JPKI,
		{"00200098", "63C3"},
		{"00200098<18>", "6A86"},
		{"00A4020C02 0018", "9000"},
		{"00200080<18>", "9000"},
	}},
	{"variant query-9000", "query-9000", {
		SELECT_JPKI,
		{"00200098", "63C3"},
		{"00200098<18>", "9000"},
		{"00200098", "9000"},
	}},
	{"variant first-6f00", "first-6f00", {
		{"00A4040C0A D392F000260100000001", "6F00"},
		SELECT_JPKI,
		{"reset", ""},
		SELECT_JPKI,
		{"power", ""},
		{"0084000001", "6F00"},
	}},
	{"variant no-extended", "no-extended", {
		SELECT_JPKI,
		{"00B08A00000000", "6700"},
		{"00B08A0000", "{A:0:256}9000"},
	}},
	{"variant extended-broken", "extended-broken", {
		SELECT_JPKI,
		{"00B08A00000000", "{A:0:256}9000"},
	}},
	{"variant no-sfi", "no-sfi", {
		SELECT_JPKI,
		{"00B0860000", "6A86"},
		{"00200098", "6A86"},
		{"00A4020C02 0018", "9000"},
		{"00200080<18>", "9000"},
	}},
	{"variant short-reads", "short-reads", {
		SELECT_JPKI,
		{"00B08A0000", "{A:0:100}9000"},
		{"00B0006400", "{A:100:100}9000"},
	}},
	{"variant sfi-not-current", "sfi-not-current", {
		SELECT_JPKI,
		{"00B08A0000", "{A:0:256}9000"},
		{"00B0010000", "6986"},
		{"00A4020C02 000A", "9000"},
		{"00B0010000", "{A:256:256}9000"},
		{"00B0860006", "4A504B494150 9000"},
		{"00B0020000", "{A:512:256}9000"}, /* 000A is still the current file */
	}},
	{"variant end-6b00", "end-6b00", {
		SELECT_JPKI,
		{"00B0860000", "6B00"},
		{"00B08600A0", "{6:0:160}9000"},
		{"00B08600000000", "6B00"},
		{"00B08A00 00 0400", "{A:0:1024}9000"},
	}},
	{"variant end-6700", "end-6700", {
		SELECT_JPKI,
		{"00B0860000", "6700"},
		{"00B0860010", "{6:0:16}9000"},
	}},
	{"variant end-6282", "end-6282", {
		SELECT_JPKI,
		{"00B0860000", "6282"},
		{"00B0009E10", "6282"},
		{"00B0009E02", "{6:158:2}9000"},
	}},
	{"variant end-empty", "end-empty", {
		SELECT_JPKI,
		{"00B0860000", "9000"},
		{"00B08600A0", "{6:0:160}9000"},
	}},
	{"variant exact-6c", "exact-6c", {
		SELECT_JPKI,
		{"00B0860000", "6CA0"},
		{"00B08600A0", "{6:0:160}9000"},
		{"00B08A00000000", "6C00"},
	}},
	{"variant spurious-6986", "spurious-6986", {
		SELECT_JPKI,
		{"00B08A0000", "{A:0:256}9000"},
		{"00B0010000", "{A:256:256}9000"},
		{"00B0020000", "6986"},
		{"00A4020C02 000A", "9000"},
		{"00B0020000", "{A:512:256}9000"},
	}},
	{"variant spurious-6b00", "spurious-6b00", {
		SELECT_JPKI,
		{"00B08A0101", "{A:1:1}9000"},
		{"00B08A0101", "6B00"},
		{"00B08A0101", "{A:1:1}9000"},
	}},
	{"variant spurious-empty", "spurious-empty", {
		SELECT_JPKI,
		{"00B08A0101", "{A:1:1}9000"},
		{"00B08A0101", "9000"},
		{"00B08A0101", "{A:1:1}9000"},
	}},
	{"variant select-fci", "select-fci", {
		{"00A4040C0A D392F000260100000001", "6F0C840AD392F000260100000001 9000"},
		{"00A4020C02 000A", "6F048302000A 9000"},
		{"00A4020C02 0030", "6A82"},
	}},
	{"variants of the availability", "availability-80", {
		SELECT_JPKI,
		{"00B0880000", "808000 9000"},
	}},
	{"variants availability-00 and no-token-info", "availability-00,no-token-info", {
		SELECT_JPKI,
		{"00B0880000", "000000 9000"},
		{"00B0860000", "6A82"},
		{"00A4020C02 0006", "6A82"},
	}},
	{"variant new-phone", "new-phone", {
		{"00A4040C0A D3921000310001010408", "6A82"},
		SELECT_JPKI,
		{"00B0860008", "4A504B4941504E45 9000"},
		{"00B08A0001", "6982"},
	}},
	{"the card of 2016: the outermost length in two bytes", NULL, {
		SELECT_TEXT,
		{"00200091<11>", "9000"},
		{"00B0820003", "FF2082 9000"},
		{"00B0820503", "DF2108 9000"},
	}},
	{"variant short-form", "short-form", {
		SELECT_TEXT,
		{"00200091<11>", "9000"},
		{"00B0820002", "FF20 9000"},
		{"00B0820303", "DF2108 9000"},
		{"00B0850007", "FF40819FDF4104 9000"},
	}},
	{"variant info-256", "info-256", {
		SELECT_TEXT,
		{"00B0850000", "{5:0:256}9000"},
		{"00B000A304", "{5:163:1}FFFFFF9000"},
	}},
	{"variant no-pss", "no-pss", {
		SELECT_JPKI,
		{"00200098<18>", "9000"},
		{"802A0497 20" HASH32 "00", "6A86"},
		{"802A0297 20" HASH32 "00", "[256]9000"},
	}},
	{"variant reselect-drops", "reselect-drops", {
		SELECT_JPKI,
		{"00200098<18>", "9000"},
		SELECT_JPKI,
		{"802A0097 01 00 00", "6982"},
	}},
	{"variant android", "android", {
		{"00A4040C0A D3921000310001010408", "6A82"},
		SELECT_JPKI,
		{"00B08A0001", "6982"},
		{"00200098<18>", "9000"},
		{"00B08A0001", "{A:0:1}9000"},
		{"80FC0000", "6700"},
	}},
	{"variant iphone", "iphone", {
		SELECT_JPKI,
		{"00B08A0001", "6982"},
		{"80FC0000", "9000"},
	}},
	{"a file left out", "drop=text:0004,drop=common:0001", {
		SELECT_TEXT,
		{"00A4020C02 0004", "6A82"},
		{"00B0840000", "6A82"},
		{"00B0850001", "{05:0:1}9000"},
		SELECT_COMMON,
		{"00B2010C00", "6A82"},
	}},
	{"a file cut", "cut=text:0005", {
		SELECT_TEXT,
		{"00B0850000", "{05:0:82}9000"},
		{"00B0005200", "6B00"},
	}},
	{"a file cut that is filled up with 00", "licence,cut=licence:001C,cut=jpki:000A", {
		SELECT_LICENCE,
		{"00200086<06>", "9000"},
		{"00B09C0000", "{1C:0:183}9000"}, /* of 366 bytes in a file of 584 */
		{"00B000B701", "6B00"},
		SELECT_JPKI,
		{"00B08A0000", "{A:0:256}9000"},
		{"00B0076C01", "6B00"}, /* half of the file: its certificate is shorter */
	}},
	{"variants without an application", "no-text,no-common", {
		{"00A4040C0A D3921000310001010408", "6A82"},
		{"00A4040C0A D3921000310001010100", "6A82"},
		SELECT_JUKI,
		SELECT_SURFACE,
	}},
};
/* clang-format on */

const struct scenarios variant_scenarios = {list, sizeof(list) / sizeof(list[0])};
