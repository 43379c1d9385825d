import { expect, test } from "vitest";
import { describe, Failure, Help, runMain, systemCode } from "../../scripts/failure.ts";

const diskFull = Object.assign(new Error("ENOSPC: write"), { code: "ENOSPC" });

test("an expected failure is one sentence and exit code 1", async () => {
  const said: string[] = [];
  const fail = async (): Promise<number> => {
    throw new Failure("The port is taken.");
  };
  expect(await runMain(fail, (line) => void said.push(line))).toBe(1);
  expect(said).toEqual(["tagline: The port is taken."]);
});

test("help is told as it is, and is no failure", async () => {
  const [failures, said]: [string[], string[]] = [[], []];
  const code = await runMain(
    () => Promise.reject(new Help("Usage: npm run import")),
    (line) => void failures.push(line),
    (line) => void said.push(line),
  );
  expect({ code, failures, said }).toEqual({ code: 0, failures: [], said: ["Usage: npm run import"] });
});

test("a full disk is put in words", async () => {
  const said: string[] = [];
  expect(
    await runMain(
      () => Promise.reject(diskFull),
      (line) => void said.push(line),
    ),
  ).toBe(1);
  expect(said).toEqual(["tagline: The disk is full: free some space and try again."]);
});

test("a mistake of ours keeps its stack, and whatever is thrown is told", async () => {
  const said: string[] = [];
  const report = (line: string): void => void said.push(line);
  await runMain(() => Promise.reject(new TypeError("undefined is not a function")), report);
  const odd: unknown = "odd";
  await runMain(() => Promise.reject(odd), report);
  expect(said[0]).toMatch(/^TypeError: undefined is not a function\n\s+at /);
  expect(said[1]).toBe("tagline: odd");
});

test("a main function that goes well gives its own exit code", async () => {
  expect(await runMain(async () => 130)).toBe(130);
});

test("codes of the system are told from other ones", () => {
  expect(systemCode(diskFull)).toBe("ENOSPC");
  expect(systemCode(Object.assign(new Error("x"), { code: 5 }))).toBeUndefined();
  expect(systemCode("ENOSPC")).toBeUndefined();
  expect(describe("text")).toBe("text");
});
