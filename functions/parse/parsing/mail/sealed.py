"""Messages that are encrypted or signed: S/MIME (RFC 8551) and OpenPGP (RFC 3156, RFC 9580)."""

import re
from email.message import EmailMessage

from parsing.document import Rejected

SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?P<head>(?:[\w-]+: [^\n]*\n)*)\n(?P<copy>.*?)\n?"
    r"(?P<end>-----BEGIN PGP SIGNATURE-----\n.*?-----END PGP SIGNATURE-----)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
ARMOURED = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)
DASHED = re.compile(r"^- ", re.MULTILINE)
SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def refuse_sealed(message: EmailMessage) -> None:
    """Raises Rejected for a message whose text only its addressee, or a mail program, can read."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "multipart/encrypted":
            raise Rejected("The e-mail is encrypted (PGP).", remedy="Send it without encryption.")
        if kind in SMIME and part.get_param("smime-type") == "signed-data":
            raise Rejected(
                "The e-mail is signed in a form that hides its text (S/MIME signed-data).",
                remedy="Send it signed in clear, or unsigned.",
            )
        if kind in SMIME:
            raise Rejected("The e-mail is encrypted (S/MIME).", remedy="Send it without encryption.")
        payload = part.get_payload(decode=True) if kind == "text/plain" else None
        if isinstance(payload, bytes) and b"-----BEGIN PGP MESSAGE-----" in payload:
            raise Rejected("The e-mail is encrypted (PGP).", remedy="Send it without encryption.")


def without_armour(text: str) -> tuple[str, str]:
    """The text within an inline PGP signature, and the signature's lines. Dashes that it escaped are as written."""
    signed = SIGNED.search(text)
    if signed is None:
        return text, ""
    copy = DASHED.sub("", signed["copy"])
    armour = "\n".join(("-----BEGIN PGP SIGNED MESSAGE-----", signed["head"].strip(), signed["end"]))
    return text[: signed.start()] + copy + text[signed.end() :], armour
