/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Describes how the lengths of a BER object are encoded: in one byte, or after 81, 82 or 83, even if fewer bytes would be enough. */
#ifndef REPORT_LENGTH_FORMS_H
#define REPORT_LENGTH_FORMS_H

#include "card-driver/card/tlv.h"
#include "probes.h"
#include "facts.h"

/* Appends the forms for the object at DATA and, in brackets, for the objects in it: "82 (short short)". */
void length_forms_append(struct line *line, const uint8_t *data, size_t len);

#endif
