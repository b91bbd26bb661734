// All times are shown in the platform's zone, whatever zone the machine is in.
export const zone = "Asia/Shanghai";

const cache = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let f = cache.get(key);
  if (!f) cache.set(key, (f = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })));
  return f;
}

export const dateText = (iso: string, locale: string) =>
  format(locale, { year: "numeric", month: locale.startsWith("zh") ? "2-digit" : "short", day: "2-digit" }).format(new Date(iso)).replace(/\//g, "-");

export const timeText = (iso: string, locale: string, seconds = false) =>
  `${dateText(iso, locale)} ${format(locale, { hour: "2-digit", minute: "2-digit", ...(seconds && { second: "2-digit" }), hourCycle: "h23" }).format(new Date(iso))}`;

/** For <input type="datetime-local">: the wall clock of the platform's zone (UTC+8, no summer time). */
export function wallClock(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3600_000).toISOString().slice(0, 16);
}

export function fromWallClock(wall: string): string {
  return new Date(Date.parse(wall + ":00Z") - 8 * 3600_000).toISOString();
}
