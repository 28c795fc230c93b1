/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words of the page and of the summary. */
#ifndef TOOLS_LABELS_H
#define TOOLS_LABELS_H

#include "words.h"

enum label {
	LABEL_TITLE,
	LABEL_READ_AT,
	LABEL_NAME,
	LABEL_ADDRESS,
	LABEL_BIRTH,
	LABEL_SEX,
	LABEL_EXPIRY,
	LABEL_EXPIRED,
	LABEL_CODE,
	LABEL_PHOTO,
	LABEL_ABSENT,
	LABEL_ON_PAGE,
	LABEL_CHECKS,
	LABEL_NO_REPORT,
	LABEL_STAMP,
	LABEL_NOTE_UNSIGNED,
	LABEL_NOTE_REVOKED,
	LABEL_NOTE_PERSONAL,
	LABEL_COUNT
};

extern const struct words labels[LABEL_COUNT];

#endif
