import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createLogger, logLevels } from "../../src/core/log.ts";

/** What was written, by level, since the test began. */
let written: { readonly level: string; readonly line: unknown }[] = [];

describe("createLogger", () => {
  beforeEach(() => {
    written = [];
    for (const level of logLevels) {
      vi.spyOn(console, level).mockImplementation((line: unknown) => void written.push({ level, line }));
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("writes the event, its fields and the context, each level by its own method", () => {
    const log = createLogger("debug", { request: "r1" }).child({ run: "x" });
    for (const level of logLevels)
      log[level]("thing.done", { count: 5, path: "/v1/a?b", none: undefined, nil: null });
    const line = (level: string): string =>
      `${level.toUpperCase().padEnd(5)} thing.done count=5 path="/v1/a?b" nil=null request=r1 run=x`;
    expect(written).toEqual(logLevels.map((level) => ({ level, line: line(level) })));
  });

  it.each(logLevels)("is silent below %s", (level) => {
    const log = createLogger(level);
    for (const each of logLevels) log[each]("x");
    expect(written.map((each) => each.level)).toEqual(logLevels.slice(logLevels.indexOf(level)));
  });

  it("lets no value forge a line", () => {
    createLogger("info").info("x", { key: "a\nERROR forged", blank: "a b", quote: '"' });
    const line = 'INFO  x key="a\\nERROR forged" blank="a b" quote="\\""';
    expect(written).toEqual([{ level: "info", line }]);
  });

  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom(
        "a",
        "\n",
        "\r",
        "\t",
        "\u001B",
        "\u0085",
        "\u2028",
        "\u202E",
        "\u200B",
        "\uD800",
        "\n    at x",
      ),
    }),
  );
  const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

  it("writes one line of what is seen as itself, whatever a field holds", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        written = [];
        createLogger("info").info("x", { key: text });
        expect(String(written[0]?.line)).not.toMatch(hidden);
      }),
      { numRuns: 500 },
    );
  });

  it("lets no cause forge a line: all but the first begin with blanks, and none holds what is not seen", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (message, name, inner) => {
        written = [];
        const cause = new Error(message, { cause: new TypeError(inner, { cause: inner }) });
        cause.name = name;
        createLogger("info").error("x", {}, cause);
        const [first, ...rest] = String(written[0]?.line).split("\n");
        expect(first).toBe("ERROR x");
        for (const line of rest) expect(line).toMatch(/^ {2}caused by: | {4}at /);
        for (const line of rest) expect(line).not.toMatch(hidden);
      }),
      { numRuns: 500 },
    );
  });

  it("writes a message of several lines as one, and keeps the frames of the stack", () => {
    createLogger("info").error("x", {}, new Error("a\nERROR forged"));
    expect(String(written[0]?.line)).toMatch(/^ERROR x\n {2}caused by: Error: a\\nERROR forged\n {4}at /);
  });

  it("ends a chain of causes that goes in circles", () => {
    const cause = new Error("round");
    cause.cause = cause;
    createLogger("info").error("x", {}, cause);
    expect(String(written[0]?.line).match(/caused by/g)).toHaveLength(8);
  });

  it("tells of a cause that has no text", () => {
    createLogger("info").error("x", {}, Object.create(null));
    expect(written).toEqual([{ level: "error", line: "ERROR x\n  caused by: something without a text" }]);
  });

  it("tells the whole chain of causes", () => {
    const cause = new Error("outer", { cause: new Error("inner", { cause: "bottom" }) });
    createLogger("info").error("x", {}, cause);
    expect(String(written[0]?.line)).toMatch(
      /^ERROR x\n {2}caused by: Error: outer[\s\S]*caused by: Error: inner[\s\S]*caused by: bottom$/,
    );
  });

  it("tells the message of a cause without a stack", () => {
    const cause = new Error("outer");
    delete cause.stack;
    createLogger("info").warn("x", {}, cause);
    expect(written).toEqual([{ level: "warn", line: "WARN  x\n  caused by: outer" }]);
  });
});
