"""A window of another program with something to drag in it, by GTK: `drag.py file PATH` or `drag.py text TEXT`."""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

kind, what = sys.argv[1:]
targets = Gtk.TargetList.new([])
if kind == "file":
    targets.add_uri_targets(0)
else:
    targets.add_text_targets(0)


def hand_out(_widget, _context, data, _info, _time):
    if kind == "file":
        data.set_uris(["file://" + what])
    else:
        data.set_text(what, -1)


window = Gtk.Window(title="Something to drag", default_width=120, default_height=80)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="drag me"))
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_set_target_list(targets)
handle.connect("drag-data-get", hand_out)
window.add(handle)
window.set_keep_above(True)
window.connect("destroy", Gtk.main_quit)
window.show_all()
Gtk.main()
