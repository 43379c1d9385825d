import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../../scripts/wrangler.ts";

/** A service that tells which paths it was asked for. */
async function service(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end("the service");
  }).listen(0, "localhost");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The service has no port.");
  return { url: `http://localhost:${address.port}`, asked };
}

test("npm run dev:console serves the source, passes calls on to the service, and ends when asked", async () => {
  const { url, asked } = await service();
  const child = spawn(process.execPath, ["scripts/console/dev.ts", "--url", url], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "exit");
  let said = "";
  const address = await new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/localhost:\d+\//.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  expect(await (await fetch(address)).text()).toContain("/src/main.ts");
  const styles = await fetch(new URL("/src/style/tokens.css?direct", address));
  expect(styles.headers.get("content-type")).toContain("text/css");
  expect(await styles.text()).toContain("--accent");
  expect(await (await fetch(new URL("/v1/session", address))).text()).toBe("the service");
  expect(asked).toEqual(["/v1/session"]);
  child.kill("SIGINT");
  expect(await exit).toEqual([0, null]);
});
