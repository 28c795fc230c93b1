/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driving licence as JSON. */
#ifndef TOOLS_LICENCE_JSON_H
#define TOOLS_LICENCE_JSON_H

#include "licence.h"
#include "tools/common/json-value.h"

/* Returns LICENCE as an object with words in LANGUAGE; NULL if memory runs out. */
json_t *licence_json(const struct licence *licence, enum language language);

#endif
