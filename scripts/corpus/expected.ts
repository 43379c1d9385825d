import { z } from "zod";
import { Failure } from "../failure.ts";

/** The name of the file in a folder that says what is expected of the others. */
export const expectedFile = "expected.json";

const text = z.string().nullable().optional();
const count = z.number().nullable().optional();

const expectation = z.object({
  bytes: z.number().optional(),
  mime: text,
  width_after: count,
  height_after: count,
  /** What the header says where no tool vouches for a size. */
  declared: z.object({ width: z.number(), height: z.number() }).optional(),
  orientation: count,
  taken_at: text,
  /** Dates by the groups and names of exiftool, as it prints them. */
  other_dates: z.record(z.string(), z.string()).optional(),
  make: text,
  model: text,
  lens: text,
  gps: z.object({ lat: z.number(), lon: z.number() }).nullable().optional(),
  description: text,
  keywords: z.array(z.string()).optional(),
  decodable: z.boolean().nullable().optional(),
  disputed: z.array(z.string()).default([]),
});

/**
 * What other tools say of a file. A field that is null says that the file has none, one that is left out or
 * named in `disputed` says nothing.
 */
export type Expected = z.infer<typeof expectation>;

/** What an `expected.json` says of the files in its folder, by their names in it. */
export function parseExpectations(file: string, json: unknown): ReadonlyMap<string, Expected> {
  const parsed = z.record(z.string(), expectation).safeParse(json);
  if (!parsed.success) throw new Failure(`${file} is not as it should be:\n${z.prettifyError(parsed.error)}`);
  return new Map(Object.entries(parsed.data));
}

/** When a photo was taken, to the second, as other tools read it. */
export interface ExpectedTime {
  /** Local time with its offset behind it, where there is one. */
  readonly at: string;
  readonly precision: "day" | "second";
  readonly source: "exif" | "xmp" | "iptc" | "digitized";
}

/** A date as exiftool prints it, perhaps with more behind it where a property has several. */
const printed =
  /^(\d{4})[:-](\d{2})[:-](\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?([+-]\d{2}:\d{2}|Z)?)?(?:,|$)/u;

/**
 * When a photo was taken: by EXIF's DateTimeOriginal, which `taken_at` is; else by the first of the other dates in the
 * order in which the service takes them. Undefined where nothing is said of it.
 */
export function expectedTime({
  taken_at: original,
  other_dates: dates,
}: Expected): ExpectedTime | null | undefined {
  if (original === undefined) return undefined;
  if (original !== null) return { at: original, precision: "second", source: "exif" };
  const of = (name: string): string | undefined => dates?.[name];
  const [day, time] = [of("IPTC:DateCreated"), of("IPTC:TimeCreated")];
  return (
    timeOf(of("XMP-exif:DateTimeOriginal"), "xmp") ??
    timeOf(of("XMP-photoshop:DateCreated"), "xmp") ??
    timeOf(day === undefined || time === undefined ? day : `${day} ${time}`, "iptc") ??
    timeOf(of("XMP-xmp:CreateDate"), "digitized") ??
    timeOf(of("ExifIFD:CreateDate"), "digitized")
  );
}

function timeOf(value: string | undefined, source: ExpectedTime["source"]): ExpectedTime | null {
  const [, year = "0000", month = "", day = "", time, offset = ""] = printed.exec(value ?? "") ?? [];
  if (year === "0000") return null;
  const at = `${year}-${month}-${day}T${time ?? "00:00:00"}${offset === "Z" ? "+00:00" : offset}`;
  return { at, precision: time === undefined ? "day" : "second", source };
}
