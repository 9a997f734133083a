"""Says when a field of an application has the focus, as screen readers are told: once a process, its number.

    focus.py APPLICATION

Fields that have it before anybody listens to them are asked for as well. The first line is `listening`.
"""

import sys

import pyatspi
from gi.repository import GLib

FIELDS = {pyatspi.ROLE_ENTRY, pyatspi.ROLE_PASSWORD_TEXT, pyatspi.ROLE_TEXT}
MILLISECONDS_APART = 20

told = set()


def tell(application):
    process = application.get_process_id()
    if application.name == sys.argv[1] and process not in told:
        told.add(process)
        print(process, flush=True)


def heard(event):
    try:
        if event.detail1 and event.source.getRole() in FIELDS:
            tell(event.host_application)
    except (AttributeError, LookupError, NotImplementedError, RuntimeError, GLib.Error):
        # It was gone before it could be asked.
        pass


def has_focus(node):
    if node.getRole() in FIELDS and node.getState().contains(pyatspi.STATE_FOCUSED):
        return True
    children = (node.getChildAtIndex(index) for index in range(node.childCount))
    return any(child is not None and has_focus(child) for child in children)


def ask(application):
    try:
        wanted = application.name == sys.argv[1] and application.get_process_id() not in told
        if wanted and has_focus(application):
            tell(application)
    except (AttributeError, LookupError, NotImplementedError, RuntimeError, GLib.Error):
        # It went, or was drawn anew, while it was asked.
        pass


def look():
    desktop = pyatspi.Registry.getDesktop(0)
    for index in range(desktop.childCount):
        ask(desktop.getChildAtIndex(index))
    return True


pyatspi.Registry.registerEventListener(heard, "object:state-changed:focused")
GLib.timeout_add(MILLISECONDS_APART, look)
print("listening", flush=True)
pyatspi.Registry.start()
