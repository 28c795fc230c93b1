/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The Japanese words for the findings of the driver, which writes its reports in English. */
#ifndef TOOLS_SENTENCES_H
#define TOOLS_SENTENCES_H

#include "verdict.h"

/* Returns the sentence that FINDING ends with in both languages. NULL if this program does not know it: then only the English text is
 * shown. */
const struct words *finding_sentence(const struct finding *finding);

#endif
