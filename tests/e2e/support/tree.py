"""Prints what a screen reader is told of an application: role and name of each node, as a tree.

    tree.py APPLICATION

Nodes that say nothing by themselves are left out. Digits, days and months become `#`, since times and
counts are no part of what is compared.
"""

import re
import sys

import pyatspi

SILENT = {"filler", "section", "panel", "unknown", "scroll pane", "paragraph", "label", "static", "separator"}
WORDS = r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"


def steady(name):
    name = re.sub(WORDS, "#", re.sub(r"\s+", " ", name))
    # The last four characters of a key are others in each run.
    name = re.sub(r"(··|ends with )\S+", r"\1#", name)
    return re.sub(r"#(?:[\s:,.-]*#)+", "#", re.sub(r"\d+", "#", name)).strip()


def show(node, depth):
    role, name = node.getRoleName(), steady(node.name)
    said = bool(name) or role not in SILENT
    if said:
        print("  " * depth + (f"{role}: {name}" if name else role))
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child is not None:
            show(child, depth + said)


for application in pyatspi.Registry.getDesktop(0):
    if application is not None and application.name == sys.argv[1]:
        show(application, 0)
