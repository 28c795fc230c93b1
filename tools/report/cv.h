/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CV certificates: of the key that signs the records of an application, by the key of a CA. */
#ifndef REPORT_CV_H
#define REPORT_CV_H

#include <openssl/evp.h>

#include "probes.h"

/* Says of the certificate of APP that was read, by its NAME: its form, its CA, and whether that has signed it where its key is known. */
void cv_report_certificate(struct report *report, enum report_app app, const char *name);

/* The key that the certificate of the selected application is about; the caller frees it. NULL: none. */
EVP_PKEY *cv_read_signer_key(struct report *report);

#endif
