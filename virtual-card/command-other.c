/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GET CHALLENGE, and the commands that only the issuer or a terminal can use. */
#include "command.h"
#include "own-openssl.h"

/* P1P2 of 80 A2 for the two parts of a terminal's CV certificate. */
#define CERTIFICATE_BODY      0x06C1
#define CERTIFICATE_SIGNATURE 0x00C1
#define TEXT_PIN	      0x0011

uint16_t
vc_get_challenge(struct virtual_card *card, const struct vc_apdu *apdu)
{
	uint8_t random[VC_SHORT_LE_MAX];

	if (apdu->p1 != 0 || apdu->p2 != 0)
		return VC_SW_WRONG_P1P2;
	if (apdu->le == 0 || apdu->lc != 0)
		return VC_SW_WRONG_LENGTH;
	if (apdu->extended || apdu->le > sizeof(random))
		return VC_SW_CONDITIONS;
	vc_random(random, apdu->le);
	vc_answer(card, random, apdu->le);
	return VC_SW_OK;
}

/* No terminal has a certificate for this card, so every certificate is invalid. A card answers 6700 to invalid ones. */
uint16_t
vc_verify_certificate(struct virtual_card *card, const struct vc_apdu *apdu)
{
	uint16_t part = (uint16_t)(apdu->p1 << 8 | apdu->p2);

	(void)card;
	return part == CERTIFICATE_BODY || part == CERTIFICATE_SIGNATURE ? VC_SW_WRONG_LENGTH : VC_SW_WRONG_P1P2;
}

/* The virtual card has no secure sessions. A real card gives this answer if no session is possible (myna-card). */
uint16_t
vc_set_session_key(struct virtual_card *card, const struct vc_apdu *apdu)
{
	(void)apdu;
	switch (vc_current_app(card)) {
	case VC_COMMON:
	case VC_SURFACE:
		return VC_SW_NO_SESSION_HERE;
	case VC_TEXT:
		return (card->state.card->verified & 1u << vc_pin_number(VC_TEXT, TEXT_PIN)) != 0 ? VC_SW_CONDITIONS : VC_SW_SECURITY_STATUS;
	case VC_RESIDENCE: /* here a session is possible, but nobody has published how */
	case VC_RESIDENCE_DF1:
	case VC_RESIDENCE_DF2:
	case VC_RESIDENCE_DF3:
		return VC_SW_NOT_PROVIDED;
	default:
		return VC_SW_SECURITY_STATUS;
	}
}

/* A notification that a phone's token accepts and the card does not. */
uint16_t
vc_last_command(struct virtual_card *card, const struct vc_apdu *apdu)
{
	(void)apdu;
	return vc_variant_has(&card->variant, VC_V_IPHONE) ? VC_SW_OK : VC_SW_WRONG_LENGTH;
}

uint16_t
vc_administer(struct virtual_card *card, const struct vc_apdu *apdu)
{
	(void)card;
	(void)apdu;
	return VC_SW_SECURITY_STATUS;
}
