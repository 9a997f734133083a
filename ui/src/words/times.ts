/** The words of days and of what is left of a time. */
import { count } from "../lib/plural";

export const times = {
  today: "today",
  tomorrow: "tomorrow",
  yesterday: "yesterday",
  at: (day: string, time: string) => `${day} ${time}`,
  ahead: (days: number) => `in ${count(days, "day", "days")}`,
  ago: (days: number) => `${count(days, "day", "days")} ago`,
  days: (days: number) => `${days} d`,
  hours: (hours: number) => `${hours} h`,
  minutes: (minutes: number) => `${minutes} m`,
  hoursAndMinutes: (hours: number, minutes: number) => `${hours} h ${minutes} m`,
} as const;
