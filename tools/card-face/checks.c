/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "checks.h"

#include "labels.h"

static const struct {
	enum face_item item;
	enum label application;
} face_reports[] = {
		{FACE_REPORT, LABEL_SURFACE},
		{FACE_TEXT_REPORT, LABEL_INPUT_SUPPORT},
};

void
checks_write_report(FILE *out, const struct words *application, const struct secret *report, const struct checks_style *style, enum language language)
{
	struct finding finding;
	size_t at = 0;

	if (report->len == 0)
		return;
	style->application(out, application, language);
	while (finding_next(report, &at, &finding))
		style->finding(out, &finding, language);
	if (style->end != NULL)
		style->end(out);
}

static void
write_own_findings(FILE *out, const struct face *face, const struct checks_style *style, enum language language)
{
	struct finding finding;
	size_t at = 0;

	if (!finding_next_own(face, &at, &finding))
		return;
	style->application(out, &labels[LABEL_OWN_CHECKS], language);
	do {
		style->finding(out, &finding, language);
	} while (finding_next_own(face, &at, &finding));
	if (style->end != NULL)
		style->end(out);
}

void
checks_write(FILE *out, const struct face *face, const struct checks_style *style, enum language language)
{
	size_t i;

	for (i = 0; i < sizeof(face_reports) / sizeof(face_reports[0]); i++)
		checks_write_report(out, &labels[face_reports[i].application], &face->items[face_reports[i].item], style, language);
	write_own_findings(out, face, style, language);
}
