"""What the newsroom reserves of text and data mining, in the words of each vocabulary."""

from slugline.desk import DeskSettings

PLUS = "http://ns.useplus.org/ldf/vocab/"
_FREE = ("DMI-UNSPECIFIED", "DMI-ALLOWED")


def reserved(desk: DeskSettings) -> bool:
    """Whether mining needs the newsroom's leave (TDMRep: tdm-reservation 1)."""
    return desk.data_mining not in _FREE


def response_headers(desk: DeskSettings) -> dict[str, str]:
    """TDMRep's headers for every response (https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/)."""
    headers = {"tdm-reservation": "1" if reserved(desk) else "0"}
    if reserved(desk) and desk.rights_policy_url:
        headers["tdm-policy"] = desk.rights_policy_url
    return headers
