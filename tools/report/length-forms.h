/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the lengths of a BER object are written: in one byte, or behind 81, 82 or 83, also where fewer bytes would do. */
#ifndef REPORT_LENGTH_FORMS_H
#define REPORT_LENGTH_FORMS_H

#include "card-driver/card/tlv.h"
#include "probes.h"
#include "facts.h"

/* Appends the forms of the object at DATA and, in brackets, of the objects in it: "82 (short short)". */
void length_forms_append(struct line *line, const uint8_t *data, size_t len);

#endif
