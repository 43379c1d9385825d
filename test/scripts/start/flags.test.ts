import { expect, test } from "vitest";
import { guardedEnv, parseStartFlags } from "../../../scripts/start/flags.ts";

test("without flags it is localhost:8787", () => {
  expect(parseStartFlags([])).toEqual({
    port: 8787,
    ip: "localhost",
    protocol: "http",
    location: [],
    persistTo: undefined,
    config: undefined,
    verbose: false,
    passedOn: [],
  });
});

test("the port is taken out in either spelling, all others are passed on as they are", () => {
  const others = ["--var", "LOG_LEVEL:debug", "--persist-to", "/tmp/x", "--live-reload"];
  const expected = { port: 9000, passedOn: others, location: ["--persist-to", "/tmp/x"] };
  expect(parseStartFlags(["--port", "9000", ...others])).toMatchObject(expected);
  expect(parseStartFlags([...others, "--port=9000"])).toMatchObject(expected);
});

test("what says where the service is heard and where its database lies is understood", () => {
  expect(
    parseStartFlags(["--ip", "0.0.0.0", "--local-protocol=https", "-c", "other.toml", "-e", "staging"]),
  ).toEqual({
    port: 8787,
    ip: "0.0.0.0",
    protocol: "https",
    location: ["--config", "other.toml", "--env", "staging"],
    persistTo: undefined,
    config: "other.toml",
    verbose: false,
    passedOn: ["--ip", "0.0.0.0", "--local-protocol=https", "-c", "other.toml", "-e", "staging"],
  });
});

test("that all is to be shown is ours to know, and passed on to nobody", () => {
  expect(parseStartFlags(["--verbose", "--port", "9000", "--live-reload"])).toMatchObject({
    verbose: true,
    port: 9000,
    passedOn: ["--live-reload"],
  });
});

test.each([["x"], ["-1"], ["65536"], ["1.5"]])("%j is no port", (port) => {
  expect(parseStartFlags([`--port=${port}`])).toBeUndefined();
});

test("a port without a number is none", () => {
  expect(parseStartFlags(["--port"])).toBeUndefined();
});

test.each(["0.0.0.0", "::", "*", "192.168.1.2"])(
  "where others reach the service, at %s, wrangler's explorer is off",
  (ip) => {
    expect(guardedEnv({ A: "1" }, { ip })).toEqual({
      A: "1",
      X_LOCAL_EXPLORER: "false",
      X_LOCAL_OBSERVABILITY: "false",
    });
  },
);

test.each(["localhost", "127.0.0.1", "::1"])(
  "on this machine alone, at %s, wrangler's explorer is as it was",
  (ip) => {
    expect(guardedEnv({ A: "1" }, { ip })).toEqual({ A: "1" });
  },
);
