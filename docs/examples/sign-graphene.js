// SPDX-License-Identifier: LGPL-2.1-or-later
// Signs with the authentication key by graphene-pk11: PIN=... node sign-graphene.js MODULE DOCUMENT. Makes the file signature.
const fs = require("fs");
const { Module, ObjectClass } = require("graphene-pk11");

const [module_file, path] = process.argv.slice(2);
const pin = process.env.PIN;
const id = Buffer.from([1]);
const card = Module.load(module_file, "OpenSC");
card.initialize();
const slots = card.getSlots(true);
let slot = slots.items(0);
for (let i = 0; i < slots.length; i++) {
	if (slots.items(i).getToken().label.includes("User Authentication"))
		slot = slots.items(i);
}
const session = slot.open();
console.log(session.find({ class: ObjectClass.CERTIFICATE, id }).items(0).getAttribute("label"));
session.login(pin);
const key = session.find({ class: ObjectClass.PRIVATE_KEY, id }).items(0).toType();
fs.writeFileSync("signature", session.createSign("SHA256_RSA_PKCS", key).once(fs.readFileSync(path)));
session.logout();
session.close();
card.finalize();
