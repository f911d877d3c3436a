"""Text that a mail program broke to be shown at any width: format=flowed, RFC 3676."""


def unflowed(text: str, *, delete_space: bool) -> str:
    """The text with its soft breaks undone. A soft break is a blank before the line's end, which `delete_space` drops.

    The signature's mark ends in a blank too and is none (section 4.3), nor does a quote flow into what is none (4.5).
    """
    lines: list[str] = []
    soft, depth = False, 0
    for line in text.replace("\r\n", "\n").split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        content = line[quotes:].removeprefix(" ")  # stuffed, section 4.4
        if soft and quotes == depth and content != "-- ":
            lines[-1] += content
        else:
            lines.append(f"{'>' * quotes} {content}" if quotes else content)
        soft, depth = content.endswith(" ") and content != "-- ", quotes
        if soft and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
