/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cv-keys.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card-driver/base/tell.h"
#include "key-file.h"
#include "rsa-key.h"

#define SETTING		  "trusted_cv_keys"
#define FIRST_OF_TEST_IDS '6'
#define LENGTH_OF(array)  (sizeof(array) / sizeof((array)[0]))

/* The key id and modulus of each key in hexadecimal, in the format of a line of the file `trusted_cv_keys`. The keys are
 * RSA-2048 with exponent 65537. The authors of myna-card published these public keys (2026) and verified cards with
 * them; they are the only source, and J-LIS has not confirmed the keys. */
static const char *const built_in[] = {
		/* 5000020: production, platform */
		"353030303032300805303031000000A8 "
		"B62D081145D34ACEB022BC2F0A08D8B390E42FFEEEC93472F675EC33507BBCE982C22F33B7304CF17639CE75A1D0FD1E"
		"75FFAD86B0D72CCCF0D0B05136DDB7261400C0160C713872E1E83C48A2A00818147FEFBF0B09F643EE4B328419E87637"
		"67ADBEAEBA88D49C3B44A5B8F8AD794FCF64A4161A9FE8B97660FCA4694114594D4B8498FE1E52502086ABC1B0EDA004"
		"D39D95193B4031AB0C516008BBAFFC49AC6A2EBE544EF49EA3B790CD13F133896DF8DA63E15CE8AC0DC276F76F080B72"
		"3E6648F10A6FB7B08E5C69DCDFADD52F7B5B6D1740CF8E356BC685B31D7C455680CD95D3B4B20EA8094F00660AE774EE"
		"BAB2875487A1210CA87221A0B63A3E83",
		/* 5000023: production, card surface */
		"35303030303233080530303100000000 "
		"B2F740F0AD86D17CF3F537D23B4B3C65A3CB58474D857F55D0B9BC0411B1CB0849068DE332A50D63B3E6921C9CCBE615"
		"6496EFB04BE8FFCC74FDE9A228A36AD7EDCE9793204E35973DC911108365002C40169E0B60018DFB99E1E2310D9A110F"
		"F0FC269F1F220C63B8A1510DE5A6898220C78908FC280D8AA95D5D113B7CF00700F3FF5AD8B3D6AD2EB53C7D563498B4"
		"A938DEFFC9BDA32BF4146C1B07EF870D99EB35DE5D70AC18715874277A13151D217D04D42E97923923A40FBC7D06FAA8"
		"338CCBE876620F9B8EF4471CD4B9E29D4EA621E0FB8F1DC04B487210097DBAAF3D8E0550C76A5B97CF202FA47C7A2622"
		"F1C084E65C13D13B8E7AB226F5F51F87",
		/* 5000033: production, input support */
		"35303030303333080530303100000000 "
		"D24615F63525E740C87E83ED64787E76D10A1F8652EBE1EA28934D35CE3BF07716F5B79E2BCB2AE2B91B4F4C9FFB6024"
		"97F596D659AF9D0A14B45CDD738EF56249349B8CC7DB32F2D433BD39BCC44F503E881D56C149ECD5155C1CE7461FC3AC"
		"4F55D0A39CCAAADFAE5B8AFA11CCF91BEDC774023D11CA6EBA99004F81C541A7D67DDED8C724D6E20B10A3DEAAE8C43C"
		"137CCD71B263740E8979752DE4D5676329CABCBD7F3A77FC48A6F8E61D399B4AC66684A9FDFC99ECEF900DD6FF7F0FDD"
		"39E23D163F8A468C62DBEAE00906DFAD5A89B45CA5B7353DC998A80D3803EDA794B55F99F535D1C39A243C8352AD602D"
		"926C389D2816C941349EE24E4F41597F",
		/* 6000020: test hierarchy, platform */
		"363030303032300805303031000000A8 "
		"D0CB6303399EC86727E3E9E50996580956EE87839F5B674CF34048B47018029500841B5E6F6C643EAEFE042482037ACD"
		"8392E6C6A386FB77DDB3F1D51BCAC76E469A09CEC823DC78C1EBDB5A7C5AA04AC7094AD74B38637601241F43D3E6C6A4"
		"850E5A4E3244A138FBA5A2E22C31312EF8699B7E8DB982AB7B093C4AC13F0569BA86B6B886C1072EF174B2181181F6D1"
		"6FFF904BE652F47AFC5C597366ED2FF3BE0950080855A88930D312D8BE2BB4AAE2B1C19848064BA7E92CB74E52E19C1C"
		"FAB8676B18706BEBF913B57F92AE7498C08750E41657A1746B26DA2B0DEFC85D286B1B85ADC9739356403F6B6E18A193"
		"8A11E3EC043C1CDC5EF03A8D51402CC5",
		/* 6000023: test hierarchy, card surface */
		"36303030303233080530303100000000 "
		"E08CA1CAA0E58C5DF24BFD67E45B7CE4B50EFF828C10568055F7E012B7212E7D2879B9E0B951E7AC5A6DC0D7D3C31C22"
		"3951A1E2774F398CF46602A8AEC04898714981F813CB9DBD2EF9068528E9450361C00154738CA4DD79D138098B91FAE2"
		"9A4FD750556367BB854158953AF58C0E8BBF289C3A30E595FEF044519E967EF0686CBCF6EF6B9ED6FC2A19F800CE07E9"
		"29AC11556F1073077372279BA130216FC680B7C39788C8E7534F71EEB4C00C9053FBF6E92A07784F26308AF78F9C1800"
		"3ECBF12965BD303045B8A76391C431787FFC745CC274206616D91E81B39BB9A2DB4B64C4AD47831AB06CC401F2162F30"
		"D9316C38557D4D96ED5E76DB49B9092D",
		/* 6000033: test hierarchy, input support */
		"36303030303333080530303100000000 "
		"B1FE36BD147BF41B2011B9156867C4118B05AE47D691CDB4A4467F4949AFDD71E28E12B5C61E68F00B639A6CCBCF4479"
		"8761C7700A81F666C67831433B742A2C1126942601E25371B2B93631067D466F201EAF31393B1BD6A47589FB57B31897"
		"35A27A24583FDE2BF26C2A34D8645FE0E6E2FE901612CEF8C740C228289AF6D457ACA3B1AA2F9EBB56DA3591C30830B8"
		"AFE2A1CA99951E670B9E9C0B40EBDBEC212F9400E5AAF5C2B5107DE34AB6BC66425A86D731A392E81001DEA1CE565981"
		"BE158256AE05598A2B8BFB04C1B66EE2008E019FB1B2BA3785E0CA78CA31EA5F09B4D550577DBF12A747ABD5E1C450C0"
		"750DF965F53EA08BBF12E40A4057C74D",
};

/* The length of the shortest line that contains a key. */
#define KEY_LINE_MIN (2 * CV_KEY_ID_LEN + 1 + 2 * CV_MODULUS_LEN)

/* Parses one line: key id, white space, modulus. Returns 0, or -1 if the line does not have this form. */
static int
parse_key_line(const char *line, struct cv_key *key)
{
	char id_hex[2 * CV_KEY_ID_LEN + 1], modulus_hex[2 * CV_MODULUS_LEN + 1], rest;
	size_t id_len = CV_KEY_ID_LEN, modulus_len = CV_MODULUS_LEN;

	if (sscanf(line, "%32s %512s %c", id_hex, modulus_hex, &rest) != 2 || strlen(id_hex) != 2 * CV_KEY_ID_LEN ||
			strlen(modulus_hex) != 2 * CV_MODULUS_LEN)
		return -1;
	if (sc_hex_to_bin(id_hex, key->id, &id_len) < 0 || sc_hex_to_bin(modulus_hex, key->modulus, &modulus_len) < 0)
		return -1;
	return id_len == CV_KEY_ID_LEN && modulus_len == CV_MODULUS_LEN ? 0 : -1;
}

static bool
is_comment_line(const char *line)
{
	while (isspace((unsigned char)*line))
		line++;
	return *line == '#' || *line == '\0';
}

static void
add_built_in_keys(struct cv_keys *keys, bool test_keys)
{
	size_t i;

	for (i = 0; i < LENGTH_OF(built_in); i++)
		if (parse_key_line(built_in[i], &keys->keys[keys->count]) == 0 && (test_keys || keys->keys[keys->count].id[0] != FIRST_OF_TEST_IDS))
			keys->count++;
}

/* Adds the keys in the text of a file. Splits TEXT into lines in place. */
static void
add_key_lines(const sc_context_t *ctx, const char *path, struct cv_keys *keys, char *text, size_t len)
{
	char *line, *next, *end = text + len;
	unsigned number = 1;
	bool whole;

	for (line = text; line < end; line = next, number++) {
		next = memchr(line, '\n', (size_t)(end - line));
		next = next == NULL ? end : next;
		*next = '\0';
		whole = strlen(line) == (size_t)(next - line); /* the line contains no NUL */
		if (whole && parse_key_line(line, &keys->keys[keys->count]) == 0)
			keys->count++;
		else if (!whole || !is_comment_line(line))
			tell_user(ctx, SETTING ": %s, line %u: not a key id of 16 and a modulus of 256 bytes in hexadecimal", path, number);
		next++;
	}
}

/* Collects the trusted keys: the built-in ones and those in TEXT, the content of the file (LEN bytes, or NULL). Returns
 * NULL if memory allocation fails. */
static struct cv_keys *
collect_cv_keys(const sc_context_t *ctx, const struct settings *settings, char *text, size_t len)
{
	size_t room = LENGTH_OF(built_in) + len / KEY_LINE_MIN + 1;
	struct cv_keys *keys = calloc(1, sizeof(*keys) + room * sizeof(keys->keys[0]));

	if (keys == NULL)
		return NULL;
	add_built_in_keys(keys, settings->accept_test_cards);
	if (text != NULL)
		add_key_lines(ctx, settings->trusted_cv_keys, keys, text, len);
	return keys;
}

int
cv_keys_load(const sc_context_t *ctx, struct settings *settings, const struct cv_keys **keys)
{
	char *text = NULL;
	size_t len = 0;
	int r = SC_SUCCESS;

	if (settings->cv_keys == NULL) {
		if (settings->trusted_cv_keys != NULL)
			r = key_file_read(ctx, SETTING, settings->trusted_cv_keys, &text, &len);
		if (r != SC_ERROR_OUT_OF_MEMORY)
			settings->cv_keys = collect_cv_keys(ctx, settings, text, len);
		free(text);
	}
	*keys = settings->cv_keys;
	return *keys == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

/* Checks a certificate with one key. If the certificate names another CA, the function only checks whether this key made
 * the signature over different data. In that case somebody has changed the name of the CA to make it look like an
 * unknown CA. */
static int
verify_by_key(const struct cv_key *key, const struct cv_certificate *certificate, enum cv_trust *trust)
{
	EVP_PKEY *public = rsa_key_from_modulus(key->modulus, sizeof(key->modulus));
	bool named = memcmp(key->id, certificate->issuer, CV_KEY_ID_LEN) == 0;
	int is_signed;

	if (public == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	*trust = CV_UNKNOWN;
	is_signed = named || rsa_key_opens(public, certificate->signature, certificate->signature_len) ? cv_certificate_signed_by(certificate, public) : 1;
	if (is_signed == 0)
		*trust = CV_FORGED;
	else if (named && is_signed > 0)
		*trust = CV_TRUSTED;
	EVP_PKEY_free(public);
	return is_signed < 0 ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

int
cv_keys_check(const sc_context_t *ctx, struct settings *settings, const struct cv_certificate *certificate, enum cv_trust *trust)
{
	const struct cv_keys *keys = NULL;
	enum cv_trust by_key;
	size_t i;
	int r = cv_keys_load(ctx, settings, &keys);

	*trust = CV_UNKNOWN;
	for (i = 0; r == SC_SUCCESS && i < keys->count && *trust != CV_TRUSTED; i++) {
		r = verify_by_key(&keys->keys[i], certificate, &by_key);
		if (r == SC_SUCCESS && by_key != CV_UNKNOWN)
			*trust = by_key;
	}
	return r;
}
