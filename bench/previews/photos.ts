import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { settledHeader } from "../../src/metadata/facts/oriented-header.ts";
import { FileParts } from "../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../src/metadata/headers/header.ts";
import type { SourceFacts } from "../../src/thumbnail/types.ts";

/** A photo to measure with. */
export interface Photo {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly facts: SourceFacts;
}

/** The photos of a folder, and of all folders in it; what is no photo is left out. */
export function photosIn(folder: string): Photo[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name, parentPath }) => photoOf(name, new Uint8Array(readFileSync(join(parentPath, name)))));
}

function photoOf(name: string, bytes: Uint8Array): Photo[] {
  const result = readImageHeader(FileParts.whole(bytes));
  if (result.kind !== "header") return [];
  const { mediaType: contentType, width, height } = result.header;
  // Which way a picture is turned that only EXIF tells makes no difference to what is measured.
  const orientation = settledHeader(result.header)?.orientation ?? 1;
  return [{ name, bytes, facts: { contentType, width, height, orientation } }];
}
