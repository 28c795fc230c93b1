# SPDX-License-Identifier: LGPL-2.1-or-later
"""Answers openconnect as an AnyConnect server that lets in who has a certificate of a CA: vpn_server.py CERTIFICATE KEY CA. Prints its port,
and whom it lets in. There is no VPN behind it."""
import http.server
import ssl
import sys

WELCOME = b"""<?xml version="1.0" encoding="UTF-8"?>
<config-auth client="vpn" type="complete">
<session-token>a-session</session-token>
<auth id="success"><message>welcome</message></auth>
</config-auth>
"""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        names = dict(part for (part,) in self.connection.getpeercert()["subject"])
        print("let in", names["commonName"], self.connection.version(), flush=True)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(WELCOME)))
        self.send_header("Set-Cookie", "webvpn=a-session; Secure")
        self.end_headers()
        self.wfile.write(WELCOME)


def main(certificate, key, ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.load_verify_locations(ca)
    context.verify_mode = ssl.CERT_REQUIRED
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print("port", server.server_address[1], flush=True)
    server.serve_forever()


main(*sys.argv[1:])
