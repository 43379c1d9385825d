import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { exitCode, projectRoot } from "../../../scripts/wrangler.ts";

/** Gives an answer to the tour's printer, with the names of what is to be shown. */
async function show(answer: string, ...names: string[]) {
  const child = spawn(process.execPath, [join(projectRoot, "scripts/tour/show.mjs"), ...names]);
  child.stdin.end(answer);
  const [code, out, err] = await Promise.all([exitCode(child), text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

const list = JSON.stringify({ items: [{ id: "1", camera: { make: "A" } }], total: 1 });

test("an answer is shown with a line for each of its members", async () => {
  expect(await show('{"a":{"b":[1]}}')).toEqual({
    code: 0,
    out: '{\n  "a": {\n    "b": [\n      1\n    ]\n  }\n}\n',
    err: "",
  });
});

test("only the members that are named are shown, and null for one that is not there", async () => {
  const { out } = await show(list, "total", "items.0.camera.make", "items.1.id", "toString");
  expect(JSON.parse(out)).toEqual({
    total: 1,
    "items.0.camera.make": "A",
    "items.1.id": null,
    toString: null,
  });
});

test("a value alone is shown without quotes, as a shell's variable takes it", async () => {
  expect(await show(list, "--value", "items.0.id")).toMatchObject({ code: 0, out: "1\n" });
  expect(await show(list, "--value", "total")).toMatchObject({ code: 0, out: "1\n" });
});

test("a problem is shown whole, whatever was asked for, and fails", async () => {
  const problem = { code: "invalid_api_key", detail: "The key is not valid.", status: 401 };
  const { code, out, err } = await show(JSON.stringify(problem), "--value", "items.0.id");
  expect({ code, out, err: JSON.parse(err) as unknown }).toEqual({ code: 1, out: "", err: problem });
});

test.each(["<html>", ""])("what is no JSON (%j) is shown as it is, and fails", async (answer) => {
  expect(await show(answer, "state")).toEqual({ code: 1, out: "", err: `${answer}\n` });
});
