// SPDX-License-Identifier: LGPL-2.1-or-later
// Signs with pkcs11js: PIN=... node sign.js MODULE ID DOCUMENT. ID is 01 for the authentication key, 02 for the signature key.
// Makes the files signature (PKCS#1 v1.5) and signature-pss.
const fs = require("fs");
const p = require("pkcs11js");

const [module_file, id, path] = process.argv.slice(2);
const pin = process.env.PIN;
const token_of = { "01": "JPKI (User Authentication PIN)", "02": "JPKI (Digital Signature PIN)" };
const pss = {
	mechanism: p.CKM_SHA256_RSA_PKCS_PSS,
	parameter: { type: p.CK_PARAMS_RSA_PSS, hashAlg: p.CKM_SHA256, mgf: p.CKG_MGF1_SHA256, saltLen: 32 },
};

function find(card, session, template) {
	card.C_FindObjectsInit(session, template);
	const object = card.C_FindObjects(session);
	card.C_FindObjectsFinal(session);
	return object;
}

function read(card, session, object, type) {
	return card.C_GetAttributeValue(session, object, [{ type }])[0].value;
}

// A key that must not sign without its PIN gets the PIN again for each signature.
function sign(card, session, key, mechanism, name) {
	const again = read(card, session, key, p.CKA_ALWAYS_AUTHENTICATE)[0] === 1;
	card.C_SignInit(session, mechanism, key);
	if (again)
		card.C_Login(session, p.CKU_CONTEXT_SPECIFIC, pin);
	fs.writeFileSync(name, card.C_Sign(session, fs.readFileSync(path), Buffer.alloc(512)));
}

const card = new p.PKCS11();
card.load(module_file);
card.C_Initialize();
const slot = card.C_GetSlotList(true).find((s) => card.C_GetTokenInfo(s).label.trim() === token_of[id]);
const session = card.C_OpenSession(slot, p.CKF_SERIAL_SESSION);
const ident = { type: p.CKA_ID, value: Buffer.from(id, "hex") };
card.C_Login(session, p.CKU_USER, pin);
const certificate = find(card, session, [{ type: p.CKA_CLASS, value: p.CKO_CERTIFICATE }, ident]);
console.log(read(card, session, certificate, p.CKA_LABEL).toString());
const key = find(card, session, [{ type: p.CKA_CLASS, value: p.CKO_PRIVATE_KEY }, ident]);
sign(card, session, key, { mechanism: p.CKM_SHA256_RSA_PKCS }, "signature");
sign(card, session, key, pss, "signature-pss");
card.C_Logout(session);
card.C_Finalize();
