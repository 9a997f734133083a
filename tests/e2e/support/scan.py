"""Searches the memory of a process for byte strings: scan.py PID, with the strings in hexadecimal on standard
input, one a line. Prints the numbers of the lines that were found. Only what the process can write to is
looked at, and of that what was ever touched: web views reserve far more than there is.
"""

import sys

PAGE = 4096
PART = 512 * PAGE
HELD = 0x40  # in the highest byte of a page's entry: in memory or swapped out

wanted = [bytes.fromhex(line) for line in sys.stdin.read().split()]
overlap = max(map(len, wanted))
found = set()
process = f"/proc/{sys.argv[1]}"
with (
    open(f"{process}/maps") as maps,
    open(f"{process}/mem", "rb", 0) as memory,
    open(f"{process}/pagemap", "rb", 0) as pages,
):
    for line in maps.read().splitlines():
        place, rights = line.split()[:2]
        if not rights.startswith("rw"):
            continue
        begin, end = (int(side, 16) for side in place.split("-"))
        tail = b""
        for at in range(begin, end, PART):
            length = min(PART, end - at)
            try:
                pages.seek(at // PAGE * 8)
                if max(pages.read(length // PAGE * 8)[7::8], default=0) < HELD:
                    tail = b""
                    continue
                memory.seek(at)
                part = tail + memory.read(length)
            except (OSError, OverflowError):
                # A device's memory, or a part that is gone by now.
                tail = b""
                continue
            found.update(number for number, form in enumerate(wanted) if form in part)
            tail = part[-overlap:]
print(*sorted(found))
