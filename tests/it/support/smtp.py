"""A mail server for tests: keeps each mail, and what Python's own parser reads of it, as a file of JSON.

Arguments: the folder, then `key=value` pairs: `certificate` and `key` (STARTTLS is demanded), `user` and `password` (signing in is
demanded), `rcpt` (what RCPT is answered), `data_secs` (how long it thinks about a mail).
"""
import asyncio, email, email.policy, json, pathlib, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])
options = dict(pair.split("=", 1) for pair in sys.argv[2:])
count = 0


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if "rcpt" in options:
            return options["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        await asyncio.sleep(float(options.get("data_secs", "0")))
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        files = [[part.get_filename(), part.get_content_type(), len(part.get_content())] for part in mail.iter_attachments()]
        found = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "headers": [[name, str(value)] for name, value in mail.items()],
            "text": text, "html": html, "files": files, "encrypted": session.ssl is not None, "signed_in": bool(session.authenticated),
            "defects": [str(defect) for part in mail.walk() for defect in part.defects],
            "longest_line": max(len(line) for line in envelope.content.split(b"\r\n")),
        }
        count += 1
        beside = folder / f".{count:04}.json"
        beside.write_text(json.dumps(found))
        beside.rename(folder / f"{count:04}.json")
        return "250 OK"


def sign_in(server, session, envelope, mechanism, data):
    fits = data.login == options["user"].encode() and data.password == options["password"].encode()
    return AuthResult(success=fits, handled=False)


def protocol():
    extra = {}
    if "certificate" in options:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options["certificate"], options["key"])
        extra |= {"tls_context": context, "require_starttls": True}
    if "user" in options:
        extra |= {"authenticator": sign_in, "auth_required": True}
    return SMTP(Handler(), enable_SMTPUTF8=True, **extra)


async def main():
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", int(options.get("port", "0")))
    beside = folder / ".port"
    beside.write_text(str(server.sockets[0].getsockname()[1]))
    beside.rename(folder / "port")
    await server.serve_forever()


asyncio.run(main())
