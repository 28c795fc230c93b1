# SPDX-License-Identifier: LGPL-2.1-or-later
"""Uses the authentication key by PyKCS11: sign.py MODULE PIN DOCUMENT. Makes the files signature and signature-pss."""
import sys

import PyKCS11 as p


def key_of(session):
    return session.findObjects([(p.CKA_CLASS, p.CKO_PRIVATE_KEY), (p.CKA_ID, (1,))])[0]


def sign(session, mechanism, document, name):
    signature = bytes(session.sign(key_of(session), document, mechanism))
    with open(name, "wb") as file:
        file.write(signature)


def main(module, pin, path):
    library = p.PyKCS11Lib()
    library.load(module)
    slot = next(s for s in library.getSlotList(tokenPresent=True) if "User Authentication" in library.getTokenInfo(s).label)
    session = library.openSession(slot)
    print(session.getAttributeValue(session.findObjects([(p.CKA_CLASS, p.CKO_CERTIFICATE), (p.CKA_ID, (1,))])[0], [p.CKA_LABEL])[0])
    print(len(set(session.generateRandom(32))) > 16)
    session.login(pin)
    with open(path, "rb") as file:
        document = file.read()
    sign(session, p.Mechanism(p.CKM_SHA256_RSA_PKCS, None), document, "signature")
    sign(session, p.RSA_PSS_Mechanism(p.CKM_SHA256_RSA_PKCS_PSS, p.CKM_SHA256, p.CKG_MGF1_SHA256, 32), document, "signature-pss")
    session.logout()


main(*sys.argv[1:])
