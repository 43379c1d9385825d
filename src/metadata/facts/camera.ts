import { cleanName } from "../blocks/clean-text.ts";
import type { ExifName } from "../blocks/exif-fields.ts";
import type { FactExtractor } from "./fact-extractor.ts";

/** What the picture was taken with; at least one of them is told. */
export interface Camera {
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
}

// Names are a few words; what is longer is something else. Nothing is cut, because half a name is a wrong one.
const maxNameLength = 256;

/** EXIF's Make, Model and LensModel (EXIF 3.0 §4.6.5 and §4.6.6); maker notes are not looked into. */
export const camera: FactExtractor<Camera> = [
  ({ exif }) => {
    const name = (field: ExifName): string | null => {
      const text = cleanName(exif?.text(field) ?? null);
      return text !== null && text.length <= maxNameLength ? text : null;
    };
    const told = { make: name("Make"), model: name("Model"), lens: name("LensModel") };
    return Object.values(told).some((value) => value !== null) ? told : null;
  },
];
