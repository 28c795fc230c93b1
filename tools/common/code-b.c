/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "code-b.h"

#include <stdlib.h>
#include <string.h>

#include "prompt.h"
#include "typed-code.h"

static const struct code_kind code_b_kind = {
		CODE_B_DIGITS,
		"code B",
		"Code B (照合番号B) has 14 digits, all printed on the face of the card:\n"
		"  6 date of birth, YYMMDD, the year as printed (昭和55年 is 55)   生年月日\n"
		"  4 year of expiry, YYYY                                         有効期限の西暦年\n"
		"  4 security code                                                セキュリティコード\n",
		"Code B (not shown): ",
		CODE_B_ENV,
		"--code-file",
		NULL,
};

enum outcome
code_b_prompt(struct code_b *code, const struct card_name *name)
{
	struct code_b before = {0};
	enum outcome outcome = code_read_terminal(&code_b_kind, code->digits);

	while (outcome == OUTCOME_GENUINE && strcmp(before.digits, code->digits) != 0 && !card_name_matches_code(name, code->digits)) {
		if (!prompt_has_terminal()) {
			outcome = OUTCOME_MALFORMED;
			break;
		}
		complain("type the code again. The same code will then be sent to the card. (もう一度入力してください。同じ番号であれば、カードに送信します)");
		before = *code;
		outcome = code_read_terminal(&code_b_kind, code->digits);
	}
	code_b_clear(&before);
	return outcome;
}

enum outcome
code_b_get(struct code_b *code, const char *file, const struct card_name *name)
{
	char *value = getenv(CODE_B_ENV);
	enum outcome outcome;

	*code = (struct code_b){0};
	if (file == NULL && value == NULL)
		return code_b_prompt(code, name);
	outcome = file != NULL ? code_read_file(&code_b_kind, file, code->digits) : code_read_environment(&code_b_kind, value, code->digits);
	if (outcome == OUTCOME_GENUINE && !card_name_matches_code(name, code->digits)) {
		complain("to send it anyway, type it on the terminal: run the program without --code-file and " CODE_B_ENV ".");
		outcome = OUTCOME_MALFORMED;
	}
	return outcome;
}

void
code_b_clear(struct code_b *code)
{
	explicit_bzero(code, sizeof(*code));
}
