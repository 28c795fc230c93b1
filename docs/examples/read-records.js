// SPDX-License-Identifier: LGPL-2.1-or-later
// node read-records.js MODULE PIN-OBJECT REPORT LABEL...: writes each value to a file of that name, with one login.
// PIN-OBJECT ends the label of the token, like "Input Support PIN". The PIN is read from the standard input.
// REPORT is the label of the authenticity report. Unless all its lines are "ok", nothing is written.
const fs = require("fs");
const p = require("pkcs11js");

const [module_file, pin_object, report_label, ...labels] = process.argv.slice(2);

function find_token(card) {
	const slot = card.C_GetSlotList(true).find((s) => card.C_GetTokenInfo(s).label.trim().replace(/\)$/, "").endsWith(pin_object));
	if (!slot)
		throw new Error(`no token '${pin_object}'; see pkcs11_applications in docs/configuration.md`);
	return slot;
}

function read_value(card, session, label) {
	card.C_FindObjectsInit(session, [{ type: p.CKA_CLASS, value: p.CKO_DATA }, { type: p.CKA_LABEL, value: label }]);
	const object = card.C_FindObjects(session);
	card.C_FindObjectsFinal(session);
	if (!object)
		throw new Error(`no data object '${label}'`);
	return card.C_GetAttributeValue(session, object, [{ type: p.CKA_VALUE }])[0].value;
}

function require_genuine(card, session) {
	const lines = read_value(card, session, report_label).toString().trim().split("\n");
	if (!lines.every((line) => line.startsWith("ok: ")))
		throw new Error("not shown to be genuine:\n" + lines.join("\n"));
}

const card = new p.PKCS11();
card.load(module_file);
card.C_Initialize();
try {
	const session = card.C_OpenSession(find_token(card), p.CKF_SERIAL_SESSION);
	card.C_Login(session, p.CKU_USER, fs.readFileSync(0, "utf8").trim());
	require_genuine(card, session);
	for (const label of labels)
		fs.writeFileSync(label, read_value(card, session, label), { mode: 0o600 });
	card.C_Logout(session);
} finally {
	card.C_Finalize();
}
