"""A fake of the desktop's panel: takes the tray's icon as the specification says, and opens and clicks its
menu over the bus. One command a line on standard input, one line of JSON for each on standard output:

    lines          the labels of the menu
    click LABEL    clicks the first line that begins so; answers whether there is one
"""

import json
import sys

from gi.repository import Gio, GLib

WATCHER = """<node><interface name="org.kde.StatusNotifierWatcher">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
</interface></node>"""
PROPERTIES = {
    "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
    "ProtocolVersion": GLib.Variant("i", 0),
    "RegisteredStatusNotifierItems": GLib.Variant("as", []),
}

item = None
bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def called(_bus, sender, _path, _interface, method, arguments, invocation):
    global item
    if method == "RegisterStatusNotifierItem":
        name = arguments[0]
        item = sender if name.startswith("/") else name
    invocation.return_value(None)


def asked(_bus, _sender, _path, _interface, name):
    return PROPERTIES[name]


def menu(method, arguments, answer):
    kind = GLib.VariantType(answer)
    place = (item, "/MenuBar", "com.canonical.dbusmenu", method)
    return bus.call_sync(*place, arguments, kind, Gio.DBusCallFlags.NONE, 5000, None).unpack()


def walk(line, found):
    number, properties, children = line
    if properties.get("visible", True) and "label" in properties:
        found.append((properties["label"].replace("_", ""), number))
    for child in children:
        walk(child, found)
    return found


def lines():
    if item is None:
        return []
    question = GLib.Variant("(iias)", (0, -1, []))
    return walk(menu("GetLayout", question, "(u(ia{sv}av))")[1], [])


def answer(command):
    if command == "lines":
        return [label for label, _ in lines()]
    wanted = command.removeprefix("click ")
    for label, number in lines():
        if label.startswith(wanted):
            event = GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("i", 0), 0))
            menu("Event", event, "()")
            return True
    return False


def heard(channel, condition):
    line = sys.stdin.readline()
    if not line:
        loop.quit()
        return False
    try:
        told = answer(line.strip())
    except GLib.Error:
        # The icon went, or was drawn anew, in this very moment.
        told = [] if line.strip() == "lines" else False
    print(json.dumps(told), flush=True)
    return True


interface = Gio.DBusNodeInfo.new_for_xml(WATCHER).interfaces[0]
bus.register_object("/StatusNotifierWatcher", interface, called, asked, None)
# At once, and not when the loop comes to it: whoever starts meanwhile may not look again.
BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName")
name = GLib.Variant("(su)", ("org.kde.StatusNotifierWatcher", 4))
bus.call_sync(*BUS, name, GLib.VariantType("(u)"), Gio.DBusCallFlags.NONE, 5000, None)
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, heard)
loop.run()
