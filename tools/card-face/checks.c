/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "checks.h"

#include "labels.h"

static const struct {
	enum face_item item;
	enum label application;
} reports[] = {
		{FACE_REPORT, LABEL_SURFACE},
		{FACE_TEXT_REPORT, LABEL_INPUT_SUPPORT},
};

static void
write_report(FILE *out, const struct buffer *report, const struct checks_style *style, enum language language)
{
	struct finding finding;
	size_t at = 0;

	while (finding_next(report, &at, &finding))
		style->finding(out, &finding, language);
}

static void
write_own(FILE *out, const struct face *face, const struct checks_style *style, enum language language)
{
	struct finding finding;
	size_t at = 0;

	if (!finding_own(face, &at, &finding))
		return;
	style->application(out, &labels[LABEL_OWN_CHECKS], language);
	do {
		style->finding(out, &finding, language);
	} while (finding_own(face, &at, &finding));
	if (style->end != NULL)
		style->end(out);
}

void
checks_write(FILE *out, const struct face *face, const struct checks_style *style, enum language language)
{
	size_t i;

	for (i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		const struct buffer *report = &face->items[reports[i].item];

		if (report->len == 0)
			continue;
		style->application(out, &labels[reports[i].application], language);
		write_report(out, report, style, language);
		if (style->end != NULL)
			style->end(out);
	}
	write_own(out, face, style, language);
}
