/** When a token is soon over, and when that is urgent: as an agent reckons it by the user's thresholds. */
import type { Countdown, TokenView } from "../types";
import { DAY, iso } from "./times";

export const usualCountdown: Countdown = {
  short_soon_percent: 20,
  short_urgent_percent: 5,
  long_soon_days: 14,
  long_urgent_days: 3,
};

export function warned<T extends Pick<TokenView, "issued_at" | "expires_at">>(
  token: T,
  countdown = usualCountdown,
): T & Pick<TokenView, "soon_at" | "urgent_at"> {
  if (token.issued_at === null || token.expires_at === null)
    return { ...token, soon_at: null, urgent_at: null };
  const end = Date.parse(token.expires_at);
  const life = end - Date.parse(token.issued_at);
  const short = life <= 2 * DAY;
  const before = (percent: number, days: number): string =>
    iso(end - (short ? (life / 100) * percent : days * DAY));
  return {
    ...token,
    soon_at: before(countdown.short_soon_percent, countdown.long_soon_days),
    urgent_at: before(countdown.short_urgent_percent, countdown.long_urgent_days),
  };
}
