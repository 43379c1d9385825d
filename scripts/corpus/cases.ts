import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { z } from "zod";
import { describe, Failure } from "../failure.ts";
import { type Expected, expectedFile, parseExpectations } from "./expected.ts";

/** The name of the file in a folder that says what is true of the others. */
const factsFile = "facts.json";

/** Red, green and blue in sRGB, 0 to 255. */
export type Rgb = readonly [number, number, number];

const channel = z.number().min(0).max(255);
const rgb = z.tuple([channel, channel, channel]).readonly();
const state = z.enum(["pending", "ready", "failed", "unsupported"]);
const text = z.string().nullable();
const number = z.number().nullable();

/** What a thumbnail may be, in words. */
const thumbnailSentence = /^unsupported, or (?:as|like) (\S.*)$/u;

const factsSchema = z
  .strictObject({
    /** For people. */
    about: z.string(),
    state,
    not: state,
    /** Whether an upload is taken in, and its type known. */
    accepted: z.boolean(),
    width: number,
    height: number,
    orientation: number,
    taken_at: text,
    taken_at_offset: text,
    taken: z
      .strictObject({ at: z.string(), offset: text, precision: z.string(), source: z.string() })
      .partial()
      .nullable(),
    camera: z.strictObject({ make: text, model: text, lens: text }).partial().nullable(),
    exposure: z
      .strictObject({ time: number, f_number: number, iso: number, focal_length: number })
      .partial()
      .nullable(),
    location: z.strictObject({ latitude: z.number(), longitude: z.number(), altitude: number }).nullable(),
    description: text,
    keywords: z.array(z.string()),
    /** A picture in the folder that the thumbnail is to look like. */
    reference: z.string(),
    /** Of the thumbnail to its reference, for each channel. */
    mean_difference_at_most: z.number().min(0),
    /** The one colour of the picture. */
    srgb: rgb,
    /** The same, as far as the mean difference goes. */
    colour_everywhere: rgb,
    /** Colours at places of the upright picture, by `x,y`. */
    pixels: z.record(z.string().regex(/^\d+,\d+$/u), rgb),
    /** Of `srgb` and `pixels`, for each channel. */
    tolerance: z.number().min(0),
    /** `unsupported, or as FILE` in the folder. */
    thumbnail: z
      .string()
      .regex(thumbnailSentence, "must be `unsupported, or as FILE`")
      .transform((sentence) => thumbnailSentence.exec(sentence)?.[1] ?? ""),
  })
  .partial()
  .refine(
    (facts) =>
      facts.mean_difference_at_most === undefined ||
      facts.reference !== undefined ||
      facts.colour_everywhere !== undefined,
    "has a mean_difference_at_most to nothing: it needs a reference or a colour_everywhere",
  )
  .refine(
    (facts) => facts.tolerance === undefined || facts.srgb !== undefined || facts.pixels !== undefined,
    "has a tolerance of nothing: it needs srgb or pixels",
  );

/** What is true of a file; what is left out is not compared. */
export type Facts = z.infer<typeof factsSchema>;

const factsOfFolder = z.strictObject({
  about: z.string().optional(),
  files: z.record(z.string(), factsSchema),
  /** What a person or a test does over HTTP; there are no files to it. */
  steps: z.array(z.string()).optional(),
});

/** A file to send, and what is known of it. */
export interface Case {
  /** Its path below the corpus, with slashes. */
  readonly name: string;
  readonly facts: Facts | undefined;
  readonly expected: Expected | undefined;
}

/** All pictures that are compared, and what is expected of them. */
export interface Corpus {
  readonly cases: readonly Case[];
  /** The names of files that something is said of, or that are referred to, and that are not there. */
  readonly gone: readonly string[];
}

/** Reads all files below a folder and what is said of them; fails where a file that says so is not as it should be. */
export function readCorpus(folder: string): Corpus {
  const names = filesOf(folder);
  const facts = new Map<string, Facts>();
  const expected = new Map<string, Expected>();
  const referred: string[] = [];
  for (const name of names.filter((each) => isAbout(each))) {
    const file = join(folder, name);
    const below = (other: string): string => beside(name, other);
    if (baseOf(name) === expectedFile)
      for (const [other, told] of parseExpectations(file, parseJson(file))) expected.set(below(other), told);
    else
      for (const [other, told] of Object.entries(parseFacts(file).files)) {
        facts.set(below(other), told);
        const files = [told.reference, told.thumbnail].filter((each) => each !== undefined);
        referred.push(...files.map(below));
      }
  }
  const there = new Set(names);
  const named = new Set([...facts.keys(), ...expected.keys(), ...referred]);
  return {
    cases: names
      .filter((name) => !isAbout(name) && baseOf(name) !== "README.md")
      .map((name) => ({ name, facts: facts.get(name), expected: expected.get(name) })),
    gone: [...named].filter((name) => !there.has(name)).sort(),
  };
}

/** The name of a file beside another in the corpus. */
export function beside(name: string, other: string): string {
  return join(dirname(name), other).split(sep).join("/");
}

function isAbout(name: string): boolean {
  return [factsFile, expectedFile].includes(baseOf(name));
}

function baseOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function parseFacts(file: string): z.infer<typeof factsOfFolder> {
  const parsed = factsOfFolder.safeParse(parseJson(file));
  if (parsed.success) return parsed.data;
  throw new Failure(`${file} is not as it should be:\n${z.prettifyError(parsed.error)}`);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`${file} is no JSON: ${describe(error)}`);
  }
}

function filesOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
  // Node reads what is no UTF-8 as U+FFFD, under which there is no file then.
  const unreadable = names.find((name) => name.includes("\u{fffd}") && !existsSync(join(folder, name)));
  if (unreadable === undefined) return names;
  throw new Failure(`The name of ${unreadable} is not UTF-8, so that it cannot be sent: rename it.`);
}
