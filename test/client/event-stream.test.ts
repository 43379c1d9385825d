import fc from "fast-check";
import { expect, test } from "vitest";

import { EventStreamReader, type ServerEvent } from "../../packages/client/src/watch/event-stream.ts";

/** What a stream tells that comes in these pieces. */
function read(pieces: readonly Uint8Array[]): ServerEvent[] {
  const reader = new EventStreamReader();
  return pieces.flatMap((piece) => reader.push(piece));
}

function readText(text: string): ServerEvent[] {
  return read([new TextEncoder().encode(text)]);
}

const event = (data: string, { type = "message", lastId = "" } = {}): ServerEvent => ({ type, data, lastId });

test.each<[string, ServerEvent[]]>([
  ["data: a\n\n", [event("a")]],
  ["data:a\n\n", [event("a")]],
  ["data:  a\n\n", [event(" a")]],
  ["data: a\ndata: b\n\n", [event("a\nb")]],
  ["data\n\n", [event("")]],
  ["event: status\nid: 7\ndata: a\n\n", [event("a", { type: "status", lastId: "7" })]],
  ["id: 7\ndata: a\n\ndata: b\n\n", [event("a", { lastId: "7" }), event("b", { lastId: "7" })]],
  ["id: 7\n\ndata: b\n\n", [event("b", { lastId: "7" })]],
  ["id: 7\ndata: a\n\nid\ndata: b\n\n", [event("a", { lastId: "7" }), event("b")]],
  ["id: a\0b\ndata: a\n\n", [event("a")]],
  [": still here\n\ndata: a\n\n", [event("a")]],
  ["\n\n\ndata: a\n\n", [event("a")]],
  ["retry: 10\nother: x\ndata: a\n\n", [event("a")]],
  ["event: status\n\ndata: a\n\n", [event("a")]],
  ["data: a\r\n\r\ndata: b\r\rdata: c\n\n", [event("a"), event("b"), event("c")]],
  ["\ufeffdata: a\n\n", [event("a")]],
  ["data: a\n", []],
  ["data: a", []],
])("the stream %j has these events", (text, events) => {
  expect(readText(text)).toEqual(events);
});

const line = fc.constantFrom(
  "data: a",
  "data: ü😀",
  "data",
  "id: 1",
  "id: 2",
  "event: status",
  ": c",
  "",
  "",
  "x",
);
const stream = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 20 })
  .map((lines) => lines.flat().join(""));

test("a stream tells the same events, however it is cut into pieces", () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat({ max: 200 }), { maxLength: 12 }), (text, cuts) => {
      // What follows a carriage return at the very end is not known yet.
      const bytes = new TextEncoder().encode(`${text}\n`);
      const at = [0, ...cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b), bytes.length];
      const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      expect(read(pieces)).toEqual(read([bytes]));
    }),
  );
});

test("no text is too hostile to be read", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (pieces) => {
      expect(read(pieces).every(({ data }) => typeof data === "string")).toBe(true);
    }),
  );
});

test.each(["x", "data: x\n", "data: "])("what repeats %j for ever is not kept for ever", (text) => {
  const piece = new TextEncoder().encode(text.repeat(10_000));
  expect(() => read(Array.from({ length: 200 }, () => piece))).toThrow("no end of an event");
});

test("a stream may go on for ever, as long as its events end", () => {
  const piece = new TextEncoder().encode(`data: ${"x".repeat(100_000)}\n\n`);
  expect(read(Array.from({ length: 20 }, () => piece))).toHaveLength(20);
});
