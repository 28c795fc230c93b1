/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "job.h"

/* A signature may send its PIN twice, because OpenSC caches it and repeats it when the card answers 6982. A PIN change that
 * got no answer tests the new and the old value with VERIFY. The Resident Registry PIN has two copies, and the driver restores
 * the first one if changing the second fails. */
const struct job jobs[] = {
		{.name = "serial", .run = job_serial, .expected = "card-number.txt"},
		{.name = "file-tree", .run = job_file_tree},
		{.name = "list", .run = job_list},
		{.name = "certificate-01", .run = job_certificate, .expected = "../certificates/auth.der", .key = 1},
		{.name = "certificate-02", .run = job_certificate, .expected = "../certificates/sign.der", .key = 2, .pin = PIN_02, .verifies = 2},
		{.name = "certificate-03", .run = job_certificate, .expected = "../certificates/auth-ca.der", .key = 3},
		{.name = "certificate-04", .run = job_certificate, .expected = "../certificates/sign-ca.der", .key = 4},
		{.name = "certificate-01-caching", .run = job_certificate, .expected = "../certificates/auth.der", .key = 1, .cache = CACHE_EMPTY},
		{.name = "certificate-01-cached", .run = job_certificate, .expected = "../certificates/auth.der", .key = 1, .cache = CACHE_FILLED},
		{.name = "card-number", .run = job_data, .label = "Card number", .expected = "card-number.txt"},
		{.name = "municipality", .run = job_data, .label = "Municipality code", .expected = "municipality.txt"},
		{.name = "token-information", .run = job_data, .label = "Token information"},
		{.name = "name", .run = job_data, .label = "Name", .expected = "name.txt", .pin = PIN_03, .verifies = 2},
		{.name = "address", .run = job_data, .label = "Address", .expected = "address.txt", .pin = PIN_05, .verifies = 2},
		{.name = "photo", .run = job_data, .label = "Face photo", .expected = "photo.jp2", .pin = PIN_07, .verifies = 2},
		{.name = "age", .run = job_data, .label = "Age date of birth", .expected = "birth.txt", .pin = PIN_08, .verifies = 2},
		{.name = "my-number", .run = job_data, .label = "My Number", .expected = "my-number.txt", .pin = PIN_04, .verifies = 2},
		{.name = "my-number-image", .run = job_data, .label = "My Number image", .expected = "my-number.png", .pin = PIN_06, .verifies = 2},
		{.name = "report-jpki", .run = job_data, .label = "JPKI certificate report", .judges_certificates = true},
		{.name = "report-text", .run = job_data, .label = "Input Support authenticity", .pin = PIN_03, .verifies = 2},
		{.name = "report-surface", .run = job_data, .label = "Card Surface authenticity", .pin = PIN_07, .verifies = 2},
		{.name = "login", .run = job_login, .pin = PIN_01, .verifies = 1},
		{.name = "login-wrong", .run = job_wrong_login, .pin = PIN_02, .verifies = 1},
		{.name = "login-keypad", .run = job_login_at_keypad, .pin = PIN_01, .verifies = 1},
		{.name = "sign-01", .run = job_sign, .expected = "../keys/auth.pem", .pin = PIN_01, .key = 0x01, .verifies = 2},
		{.name = "sign-02", .run = job_sign, .expected = "../keys/sign.pem", .pin = PIN_02, .key = 0x02, .verifies = 2},
		{.name = "sign-pss", .run = job_sign_pss, .expected = "../keys/auth.pem", .pin = PIN_01, .key = 0x01, .verifies = 2},
		{.name = "sign-11", .run = job_sign, .expected = "../keys/text-card.pem", .key = 0x11},
		{.name = "sign-12", .run = job_sign, .expected = "../keys/surface-card.pem", .key = 0x12},
		{.name = "change-01", .run = job_change, .pin = PIN_01, .verifies = 3, .changes_pin = true},
		{.name = "change-02", .run = job_change, .pin = PIN_02, .verifies = 3, .changes_pin = true},
		{.name = "change-03", .run = job_change, .pin = PIN_03, .verifies = 3, .changes_pin = true},
		{.name = "change-09", .run = job_change, .pin = PIN_09, .verifies = 7, .changes_pin = true},
		{.name = "random", .run = job_random},
		{.name = "logout", .run = job_logout, .pin = PIN_01, .verifies = 1},
		{.name = "one-connection", .run = job_one_connection, .expected = "../keys/auth.pem", .pin = PIN_01, .key = 0x01, .verifies = 2},
		{.name = "p11-list", .run = job_p11_list, .label = "JPKI (User Authentication PIN)"},
		{.name = "p11-sign", .run = job_p11_sign, .label = "JPKI (User Authentication PIN)", .expected = "../keys/auth.pem", .pin = PIN_01, .key = 0x01, .verifies = 2},
		{.name = "p11-data", .run = job_p11_data, .label = "Input Sup... (Input Support PIN)", .expected = "name.txt", .pin = PIN_03, .verifies = 1},
		{.name = "p11-set-pin", .run = job_p11_set_pin, .label = "JPKI (User Authentication PIN)", .pin = PIN_01, .verifies = 3, .changes_pin = true},
};
const size_t jobs_count = sizeof(jobs) / sizeof(jobs[0]);
