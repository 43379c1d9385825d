import type { MediaObject } from "tagline-client";
import { language } from "../../texts/texts.ts";

type Taken = NonNullable<MediaObject["taken"]>;

/** Date and time of the camera's clock, which is no moment of the world: `2024-07-14T16:03:11.000`. */
const localTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;

const styles = {
  year: { year: "numeric" },
  month: { year: "numeric", month: "long" },
  day: { year: "numeric", month: "long", day: "numeric" },
  second: {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  },
} as const;

/**
 * When a photo was taken, as far as that is known: `1962`, `July 1962`, `14 July 1962`, or the time on the camera's clock with
 * its offset from UTC. The time is never moved to the reader's zone: whoever was there remembers the clock on the wall. A
 * time that cannot be read is given back as it is.
 */
export function takenText({ at, offset, precision }: Pick<Taken, "at" | "offset" | "precision">): string {
  const moment = localTime.test(at) ? new Date(`${at}Z`) : null;
  if (moment === null || Number.isNaN(moment.getTime())) return at;
  const text = new Intl.DateTimeFormat(language, { ...styles[precision], timeZone: "UTC" }).format(moment);
  return offset === null || precision !== "second" ? text : `${text} (UTC${offset})`;
}

/** A moment of the world, such as that of a change, in the reader's zone; as it is where it cannot be read. */
export function momentText(at: string): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(moment);
}
