/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The jobs that must survive faults. A job does what a program does with a card, and checks the result against the person's
 * files. */
#ifndef FAULTS_JOB_H
#define FAULTS_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a job returns besides SC_ERROR_* (negative) and CKR_* (positive). */
#define JOB_DONE    0
#define JOB_WRONG   0x7FFFFFFF /* the driver returned something false */
#define JOB_PARTIAL 0x7FFFFFFE /* the result is incomplete but not false: allowed only if the card said that the rest is missing */
#define JOB_DOUBT   0x7FFFFFFD /* a report says "unknown" somewhere */
#define JOB_STUCK   0x7FFFFFFC /* after one step failed, later steps failed too */

/* PINs by the id of their PKCS#15 object; the virtual card uses other numbers. */
enum job_pin {
	PIN_IS_NONE,
	PIN_01,
	PIN_02,
	PIN_03,
	PIN_04,
	PIN_05,
	PIN_06,
	PIN_07,
	PIN_08,
	PIN_09,
	PIN_0A
};

/* State of OpenSC's file cache in the folder "cache" (see faults.sh). */
enum job_cache {
	CACHE_OFF,
	CACHE_EMPTY, /* each run starts empty and fills the cache */
	CACHE_FILLED /* an earlier run has filled the cache once */
};

struct job {
	const char *name;
	int (*run)(const struct job *job);
	const char *label;    /* label of the object, or of the PKCS#11 token */
	const char *object;   /* label of the object in that token */
	const char *expected; /* the person's file with the true content */
	enum job_pin pin;
	unsigned key;	   /* id of the key */
	unsigned verifies; /* the largest number of PINs that the job may send under any fault */
	bool changes_pin;
	enum job_cache cache;
	bool judges_certificates; /* OpenSSL reports lack of memory and an invalid certificate alike */
};

extern const struct job jobs[];
extern const size_t jobs_count;

/* Jobs that use libopensc. */
int job_serial(const struct job *job);
int job_file_tree(const struct job *job);
int job_list(const struct job *job);
int job_certificate(const struct job *job);
int job_data(const struct job *job);
int job_login(const struct job *job);
int job_login_at_keypad(const struct job *job);
int job_wrong_login(const struct job *job);
int job_sign(const struct job *job);
int job_sign_pss(const struct job *job);
int job_change(const struct job *job);
int job_random(const struct job *job);
int job_logout(const struct job *job);
int job_one_connection(const struct job *job);

/* Jobs that use opensc-pkcs11.so. */
int job_p11_list(const struct job *job);
int job_p11_sign(const struct job *job);
int job_p11_data(const struct job *job);
int job_p11_set_pin(const struct job *job);

#endif
