# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lets a running LibreOffice export a page as a signed PDF: sign_pdf.py PIPE ISSUER PDF. Signs with the certificate whose issuer contains
ISSUER. LibreOffice listens at PIPE (soffice --accept="pipe,name=PIPE;urp") and asks for the PINs on its screen."""
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connect(pipe):
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        try:
            return resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except NoConnectException:
            time.sleep(0.1)
    sys.exit("LibreOffice does not answer")


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def certificates(context):
    initializer = context.ServiceManager.createInstanceWithContext("com.sun.star.xml.crypto.SEInitializer", context)
    return initializer.createSecurityContext("").getSecurityEnvironment().getPersonalCertificates()


def main(pipe, issuer, path):
    context = connect(pipe)
    found = certificates(context)
    for certificate in found:
        print(certificate.IssuerName)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, properties(Hidden=True))
    document.Text.setString("a document")
    signer = next(certificate for certificate in found if issuer in certificate.IssuerName)
    options = uno.Any("[]com.sun.star.beans.PropertyValue", properties(SignPDF=True, SignatureCertificate=signer))
    document.storeToURL("file://" + path, properties(FilterName="writer_pdf_Export", FilterData=options))
    document.close(True)
    desktop.terminate()


main(*sys.argv[1:])
