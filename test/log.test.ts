import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createLogger, logLevels } from "../src/log.ts";

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
