import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connectDropbox } from "../../../scripts/dropbox/connect-account.ts";
import { withValues } from "../../../scripts/dropbox/secrets-file.ts";
import { Failure } from "../../../scripts/failure.ts";
import { DropboxStandIn } from "../../support/dropbox/stand-in.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const app = ["--app-key", "app-key", "--app-secret", "app-secret"];

/** An operator in front of a terminal, who gives the answers in order and reads what is said. */
async function operator(answers: string[], argv = app, apiUrl = "http://stand-in.localhost/") {
  const folder = await temporaryFolder();
  const standIn = new DropboxStandIn();
  standIn.authority.codes.add("the-code");
  const said: string[] = [];
  const asked: string[] = [];
  const connect = (send: (url: string, init: RequestInit) => Promise<Response> = standIn.fetch) =>
    connectDropbox({
      argv,
      env: { DROPBOX_API_URL: apiUrl },
      folder,
      ask: async (question) => {
        asked.push(question);
        return answers.shift() ?? "";
      },
      say: (line) => void said.push(line),
      fetch: send,
    });
  const secrets = async () => readFile(join(folder, ".dev.vars"), "utf8");
  return { folder, standIn, asked, connect, secrets, text: () => said.join("\n") };
}

test("an account is connected and shown, and its secrets are kept beside what is there", async () => {
  const { folder, standIn, asked, connect, secrets, text } = await operator(
    [" app-secret", "the-code\n"],
    [],
  );
  await writeFiles(folder, { ".dev.vars": "# mine\nAPI_KEYS=a\nDROPBOX_APP_KEY=app-key\nLOG_LEVEL=debug" });
  standIn.tree.put("/2024/a.jpg", "x");
  standIn.tree.put("/b.jpg", "x");
  expect(await connect()).toBe(0);
  expect(asked).toEqual(["App secret: ", "The code that Dropbox shows: "]);
  expect(text()).toMatch(
    /authorize\?client_id=app-key&response_type=code&token_access_type=offline&scope=\S+/,
  );
  expect(text()).toContain("Connected to the Dropbox of Franz Ferdinand (Personal) (franz@dropbox.example).");
  expect(text()).toContain("What the app sees: 2024/, b.jpg");
  expect(await secrets()).toBe(
    "# mine\nAPI_KEYS=a\nDROPBOX_APP_KEY=app-key\nLOG_LEVEL=debug\nDROPBOX_APP_SECRET=app-secret\nDROPBOX_REFRESH_TOKEN=refresh-token\n",
  );
  expect((await stat(join(folder, ".dev.vars"))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual([".dev.vars"]);
  expect(text()).not.toContain("app-secret");
});

test("without a file of secrets the service gets its own as well", async () => {
  const { connect, secrets } = await operator(["the-code"]);
  await connect();
  expect(await secrets()).toMatch(/API_KEYS=local:admin:\w+\nSIGNING_SECRET=\w+\nDROPBOX_APP_KEY=app-key\n/);
});

test("the entry to add is told, with the team's space where there is one", async () => {
  const argv = [...app, "--credentials", "TEAM", "--root", "Photos/"];
  const { standIn, connect, secrets, text } = await operator(["the-code"], argv);
  standIn.tree.mkdir("/Photos");
  await connect();
  expect(text()).toContain("/Photos: nothing yet.");
  const entry = '{"name":"dropbox","type":"dropbox","root":"/Photos","credentials":"TEAM"';
  expect(text()).toContain(`${entry}}`);
  expect(text()).toContain(`${entry},"path_root":"2002"}`);
  expect(await secrets()).toContain("TEAM_REFRESH_TOKEN=refresh-token");
});

test("for a deployed service the secrets are printed, and nothing is written", async () => {
  const { folder, connect, text } = await operator(["the-code"], [...app, "--print"]);
  await connect();
  expect(text()).toContain("npx wrangler secret put DROPBOX_REFRESH_TOKEN   # refresh-token");
  expect(await readdir(folder)).toEqual([]);
});

test.each<[string, string[], string[], (standIn: DropboxStandIn) => void, RegExp]>([
  ["no code", [""], app, () => {}, /^Failure: Without a code there is nothing to connect with\.$/],
  ["no app", [""], [], () => {}, /^Failure: Without an app key/],
  [
    "a code that was used",
    ["the-code"],
    app,
    ({ authority }) => authority.codes.clear(),
    /^Failure: The code is not valid/,
  ],
  [
    "another app's secret",
    ["the-code"],
    ["--app-key", "app-key", "--app-secret", "x"],
    () => {},
    /^Failure: Dropbox does not know/,
  ],
  [
    "a scope that is not ticked",
    ["the-code"],
    app,
    ({ authority }) => authority.registration.scopes.delete("files.metadata.read"),
    /^Failure: The app lacks the scope files\.metadata\.read: tick it/,
  ],
  [
    "a folder that is not there",
    ["the-code"],
    [...app, "--root", "Deletion"],
    () => {},
    /^Failure: There is no such folder/,
  ],
  ["a flag that there is not", [], ["--nonsense"], () => {}, /Usage: npm run dropbox:connect/],
  ["a prefix that is none", [], ["--credentials", "a-b"], () => {}, /^Failure: --credentials needs a name/],
  [
    "a token that is refused",
    ["the-code"],
    app,
    ({ faults }) => faults.plan({ kind: "expired" }, "users/get_current_account"),
    /^Failure: Dropbox refused users\/get_current_account \(status 401, expired_access_token\)\.$/,
  ],
  [
    "a Dropbox that fails",
    ["the-code"],
    app,
    ({ faults }) => faults.plan({ kind: "error", status: 500 }),
    /^Failure: Dropbox gave no token \(status 500\)\.$/,
  ],
  [
    "a Dropbox out of reach",
    ["the-code"],
    app,
    ({ faults }) => faults.plan({ kind: "dropped" }),
    /^Failure: Dropbox cannot be reached at http:\/\/stand-in\.localhost:/,
  ],
])("%s is told in a sentence, and nothing is written", async (_what, answers, argv, change, sentence) => {
  const { folder, standIn, connect } = await operator(answers, argv);
  change(standIn);
  const failure = await connect().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(String(failure)).toMatch(sentence);
  expect(await readdir(folder)).toEqual([]);
});

test("an address to which a secret would go in the clear is refused before anything is asked", async () => {
  const { asked, connect, folder } = await operator(["the-code"], app, "http://stand-in.example.org/");
  await expect(connect()).rejects.toThrow(
    "DROPBOX_API_URL must be an https address, or http on this very machine.",
  );
  expect(asked).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test("an answer that does not fit is told in a sentence", async () => {
  const { connect } = await operator(["the-code"]);
  await expect(connect(async () => new Response("{}"))).rejects.toThrow(/does not fit its specification/);
});

test("values are set where they stand, once, or at the end", () => {
  const values = new Map([
    ["A", "1"],
    ["B", "two words"],
  ]);
  expect(withValues("", values)).toBe('A=1\nB="two words"\n');
  expect(withValues("# A=0\n export A = 'x'\nC=3\nA=y\n", values)).toBe('# A=0\nA=1\nC=3\nB="two words"\n');
  expect(withValues("B=\nA=0", values)).toBe('B="two words"\nA=1');
  expect(() => withValues("", new Map([["A", 'a"b']]))).toThrow(/characters/);
});
