"""Says when a field that takes text got the focus, as screen readers are told: a line each, the name of its
application. The first line is `listening`.
"""

import pyatspi

FIELDS = {pyatspi.ROLE_ENTRY, pyatspi.ROLE_PASSWORD_TEXT, pyatspi.ROLE_TEXT}


def heard(event):
    try:
        if event.detail1 and event.source.getRole() in FIELDS:
            print(event.host_application.name, flush=True)
    except Exception:
        # It was gone before it could be asked.
        pass


pyatspi.Registry.registerEventListener(heard, "object:state-changed:focused")
print("listening", flush=True)
pyatspi.Registry.start()
