// The licences of all that ships and is not ours, in one file that is served beside the Worker.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../packages.ts";
import { projectRoot } from "../wrangler.ts";
import type { Part } from "./licences/parts.ts";

const modules = join(projectRoot, "node_modules");
const texts = {
  MIT: join(import.meta.dirname, "licences", "mit.txt"),
  "BSD-3-Clause": join(import.meta.dirname, "licences", "bsd-3-clause.txt"),
  "Apache-2.0": join(modules, "@cf-wasm", "photon", "LICENSE.md"),
} as const;

const introduction = `Tagline is made with the work of others. This file names what of theirs ships with it, in the Worker and beside it,
and has their licences. Tagline's own licence is MIT: see LICENSE in its source.
`;

/**
 * The file of licences; a text that several parts share is printed once.
 *
 * @throws when a part has no licence text, or its package states another licence than the part
 */
export function licencesText(parts: readonly Part[]): string {
  const printed = new Map<string, string>();
  const sections = parts.map((part) => {
    const title = titleOf(part);
    const bodies = bodiesOf(part).map(({ name, body }) => {
      const before = printed.get(body);
      if (before !== undefined) return `${name}: the same text as that of ${before}, above.`;
      printed.set(body, title);
      return body;
    });
    const said = [part.notice, part.text?.copyright].filter((line) => line !== undefined);
    return [`${"=".repeat(100)}\n${title}`, ...said, ...bodies].join("\n\n");
  });
  return `${[introduction.trimEnd(), ...sections].join("\n\n")}\n`;
}

function titleOf({ name, from, version: copied, licence }: Part): string {
  if (from === undefined) return `${name} (${licence})`;
  const { version: installed, license } = readManifest(join(modules, from));
  const version = copied ?? installed;
  const isOfPackage = name === from || from.endsWith(`/node_modules/${name}`);
  if (isOfPackage && license !== licence) throw new Error(`${from} is now under ${license}, not ${licence}`);
  return isOfPackage
    ? `${name} ${version} (${licence})`
    : `${name}, from the package ${from} ${version} (${licence})`;
}

function bodiesOf({ name, from, files, text }: Part): { name: string; body: string }[] {
  if (text !== undefined) return [{ name: text.of, body: read(texts[text.of]) }];
  if (from === undefined) throw new Error(`${name} has no licence text`);
  const folder = join(modules, from);
  const found = files ?? readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)\b/i.test(file));
  if (found.length === 0) throw new Error(`${name} has no licence text in its package`);
  return found.map((file) => ({ name: file, body: read(join(folder, file)) }));
}

function read(path: string): string {
  return readFileSync(path, "utf8").replaceAll("\r\n", "\n").trimEnd();
}
