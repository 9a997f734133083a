"""Reads a calendar file from standard input, strictly, with a reader that others wrote, and prints what it
understood as JSON. `read.py icalendar` and `read.py vobject` print the same for the same calendar.
"""

import json
import sys
from datetime import date, datetime, timedelta


def plain(value):
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S%z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return str(value)


def with_icalendar(data):
    import icalendar

    calendar = icalendar.Calendar.from_ical(data)
    for component in calendar.walk():
        # What it cannot read it keeps here instead of failing.
        if component.errors:
            raise ValueError(f"{component.name}: {component.errors}")
        for name in component.required:
            if name not in component:
                raise ValueError(f"{component.name} has no {name}")
        for name in component.singletons:
            if isinstance(component.get(name), list):
                raise ValueError(f"{component.name} has several of {name}")
    return {
        "version": plain(calendar["VERSION"]),
        "product": plain(calendar["PRODID"]),
        "scale": plain(calendar["CALSCALE"]),
        "events": [
            {
                "uid": plain(event["UID"]),
                "summary": plain(event["SUMMARY"]),
                "description": plain(event["DESCRIPTION"]),
                "start": plain(event["DTSTART"].dt),
                "end": plain(event["DTEND"].dt),
                "stamp": plain(event["DTSTAMP"].dt),
                "sequence": int(event["SEQUENCE"]),
                "transparency": plain(event["TRANSP"]),
                "class": plain(event["CLASS"]),
                "categories": [plain(one) for one in event["CATEGORIES"].cats],
                "alarms": [
                    {
                        "action": plain(alarm["ACTION"]),
                        "description": plain(alarm["DESCRIPTION"]),
                        "trigger_s": plain(alarm["TRIGGER"].dt),
                    }
                    for alarm in event.walk("VALARM")
                ],
            }
            for event in calendar.walk("VEVENT")
        ],
    }


def with_vobject(data):
    import vobject

    calendar = vobject.readOne(data.decode("utf-8"), validate=True)
    calendar.validate(raiseException=True)
    return {
        "version": calendar.version.value,
        "product": calendar.prodid.value,
        "scale": calendar.calscale.value,
        "events": [
            {
                "uid": event.uid.value,
                "summary": event.summary.value,
                "description": event.description.value,
                "start": plain(event.dtstart.value),
                "end": plain(event.dtend.value),
                "stamp": plain(event.dtstamp.value),
                "sequence": int(event.sequence.value),
                "transparency": event.transp.value,
                "class": getattr(event, "class").value,
                "categories": event.categories.value,
                "alarms": [
                    {
                        "action": alarm.action.value,
                        "description": alarm.description.value,
                        "trigger_s": plain(alarm.trigger.value),
                    }
                    for alarm in event.contents.get("valarm", [])
                ],
            }
            for event in calendar.contents.get("vevent", [])
        ],
    }


READERS = {"icalendar": with_icalendar, "vobject": with_vobject}
json.dump(READERS[sys.argv[1]](sys.stdin.buffer.read()), sys.stdout)
