import { expect, test } from "vitest";
import { packagesOf, programsOf } from "../../../bench/decoders/commands.ts";
import { isSourceName, source, sourceNames } from "../../../bench/decoders/sources.ts";
import { codingTools } from "../../../bench/decoders/tools/index.ts";
import { mediaTypes } from "../../../src/core/media-type.ts";

test("no two coding tools have the same name, nor the same command lines", () => {
  const names = codingTools.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const lines = codingTools.flatMap(({ coding }) =>
    coding.lines === undefined || coding.change ? [] : [coding.lines.join("\n")],
  );
  expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
});

test.each(mediaTypes)("%s, which the service takes, has coding tools under its name", (mediaType) => {
  const tools = codingTools.filter((tool) => tool.mediaType === mediaType);
  expect(tools.length).toBeGreaterThan(0);
  const formats = new Set(tools.map(({ name }) => name.split("/")[0]));
  expect([...formats]).toEqual([mediaType.slice("image/".length)]);
});

test("every program that a tool calls has a package of Debian", () => {
  const programs = [...new Set(codingTools.flatMap(programsOf))];
  expect(programs.length).toBeGreaterThan(10);
  expect(packagesOf(programs).every((name) => !programs.includes(name) || name === "ffmpeg")).toBe(true);
});

test("every command line leaves a file, and every truth that is decoded goes into one", () => {
  const last = codingTools.flatMap(({ coding }) => coding.lines?.at(-1) ?? []);
  expect(last.filter((line) => !/\bout\.[a-z]+/u.test(line))).toEqual([]);
  const truths = codingTools.flatMap(({ truth }) => (truth.kind === "lines" ? truth.lines.join(" ") : []));
  expect(truths.filter((line) => !/ truth\.(?:png|ppm|pgm)\b/u.test(line))).toEqual([]);
  const unpacked = codingTools.flatMap(({ truth }) => (truth.kind === "unpacked" ? truth.lines.at(-1) : []));
  expect(unpacked.filter((line) => !line?.endsWith(" truth.tif"))).toEqual([]);
});

test("every picture that a command line names is one that there is", () => {
  const made = new Set(["a", "canvas", "frames", "out", "plain", "second", "still", "truth"]);
  const words = codingTools.flatMap(({ coding }) => (coding.lines ?? []).flatMap((line) => line.split(" ")));
  const names = words.flatMap(
    (word) => /^(?:[A-Z0-9]+:)?([a-z]+)\.(?:png|ppm|pgm|pbm|pam)$/u.exec(word)?.[1] ?? [],
  );
  expect(names.filter((name) => !isSourceName(name) && !made.has(name))).toEqual([]);
});

test.each(sourceNames)("the picture `%s` has as many pixels as it says, and colours in them", (name) => {
  const { width, height, data } = source(name);
  expect(data.length).toBe(width * height * 4);
  expect(data.some((level) => level !== 0)).toBe(true);
});

test("pictures are the same every time", () => {
  expect(source("photo")).toBe(source("photo"));
  const sum = source("noise").data.reduce((total, level, index) => (total + level * (index + 1)) % 65_521, 0);
  expect(sum).toMatchInlineSnapshot(`33043`);
});
