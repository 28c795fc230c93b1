/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reports on the CV certificates: a CA certifies the key that signs the records of an application. */
#ifndef REPORT_CV_H
#define REPORT_CV_H

#include <openssl/evp.h>

#include "probes.h"

/* Reports form, CA and signature of the certificate of APP in the last answer, under its NAME. */
void cv_report_certificate(struct report *report, enum report_app app, const char *name);

/* Returns the key in the certificate of the selected application, or NULL. The caller frees it. */
EVP_PKEY *cv_read_signer_key(struct report *report);

#endif
