/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parts of the JSON text that the card face and the driving licence share (docs/card-face.schema.json). Each function returns NULL if memory
 * runs out. */
#ifndef TOOLS_JSON_PARTS_H
#define TOOLS_JSON_PARTS_H

#include "verdict.h"
#include "tools/common/json-value.h"

/* How far a value is checked, and the code of the first of its worst findings (NULL: all passed). */
struct trust {
	enum verdict verdict;
	const char *reason;
};

/* The reason of a value that no signature covers. */
#define REASON_UNSIGNED "unsigned"

/* Lowers TRUST to what FINDING allows. */
void trust_lower(struct trust *trust, const struct finding *finding);

/* Returns an object with the parts of a value of the card. False if the value is malformed, which NAME then says on standard error if it is a
 * picture. ITEM is not empty. */
typedef bool (*json_part_maker)(json_t **object, const struct secret *item, const char *name, enum language language);

bool json_part_text(json_t **object, const struct secret *item, const char *name, enum language language);
bool json_part_birth(json_t **object, const struct secret *item, const char *name, enum language language);
bool json_part_sex(json_t **object, const struct secret *item, const char *name, enum language language);
bool json_part_date(json_t **object, const struct secret *item, const char *name, enum language language);
bool json_part_photo(json_t **object, const struct secret *item, const char *name, enum language language);
bool json_part_text_image(json_t **object, const struct secret *item, const char *name, enum language language);

/* A date of the card in the form YYYY-MM-DD, or null. */
json_t *json_part_day(const void *digits, size_t len);

/* Adds the state of a value and its reason. */
json_t *json_part_with_state(json_t *object, const struct trust *trust);

/* Returns the whole value ITEM, made by MAKE. REFUSED tells whether the driver has refused it. */
json_t *json_part_value(json_part_maker make, const struct secret *item, const char *name, bool refused, const struct trust *trust, enum language language);

/* A value that is not shown. */
json_t *json_part_missing(bool refused);

/* A finding of the report of APPLICATION (NULL: of this program). */
json_t *json_part_finding(const struct finding *finding, const char *application, enum language language);

#endif
