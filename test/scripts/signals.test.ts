import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { signalled } from "../../scripts/signals.ts";

const module = JSON.stringify(new URL("../../scripts/signals.ts", import.meta.url).href);
const code = `
  const { signalled } = await import(${module});
  signalled().addEventListener("abort", (event) => { console.log(event.target.reason); process.exit(); });
  console.log("ready");
  setInterval(() => {}, 1000);`;

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s asks politely", async (signal) => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = text(child.stdout);
  await once(child.stdout, "data");
  child.kill(signal);
  expect(await output).toContain("polite");
});

test("the end of the process that started us is noticed", async () => {
  const starter = `require("node:child_process").spawn(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(code)}], { stdio: ["ignore", "inherit", "inherit"] })`;
  const child = spawn(process.execPath, ["-e", starter], { stdio: ["ignore", "pipe", "inherit"] });
  const output = text(child.stdout);
  // It is the one that was started who says so.
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  expect(await output).toContain("orphaned");
});

test("nothing is asked for as long as nothing happens", () => {
  const signal = signalled();
  expect(signal.aborted).toBe(false);
  process.emit("SIGHUP");
  expect(signal.reason).toBe("polite");
});
