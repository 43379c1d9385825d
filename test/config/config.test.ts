import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readConfig } from "../../src/config/config.ts";

const key = "k".repeat(32);
const secret = "s".repeat(32);
const complete = { API_KEYS: `a:read:${key}`, SIGNING_SECRET: secret };

describe("readConfig", () => {
  it("fills in every default and reports nothing", () => {
    expect(readConfig(complete)).toEqual({
      logLevel: "info",
      apiKeys: [{ name: "a", scopes: new Set(["read"]), key }],
      accessScopes: null,
      signingSecret: secret,
      previousSigningSecret: null,
      providers: [{ name: "r2", type: "r2", binding: "MEDIA_BUCKET", prefix: "", sidecars: "read" }],
      corsOrigins: [],
      maxUploadBytes: 104_857_600,
      maxProcessBytes: 41_943_040,
      maxPixels: 200_000_000,
      trashDays: 30,
      suggestions: null,
      commit: null,
      problems: [],
    });
  });

  it("takes what is given", () => {
    const config = readConfig({
      ...complete,
      LOG_LEVEL: "warn",
      SIGNING_SECRET_PREVIOUS: "p".repeat(40),
      MAX_UPLOAD_BYTES: " 5 ",
      MAX_PROCESS_BYTES: "6",
      MAX_PIXELS: "7",
      TRASH_DAYS: "0",
      STORAGE_PROVIDERS: '[{"name":"a","type":"r2","binding":"B","prefix":"p/"}]',
    });
    expect(config).toMatchObject({
      logLevel: "warn",
      previousSigningSecret: "p".repeat(40),
      maxUploadBytes: 5,
      maxProcessBytes: 6,
      maxPixels: 7,
      trashDays: 0,
      providers: [{ name: "a", type: "r2", binding: "B", prefix: "p/" }],
      problems: [],
    });
  });

  it.each([
    ["read", ["read"]],
    ["write", ["read", "write"]],
    ["admin", ["read", "write", "admin"]],
    ["read+admin", ["read", "write", "admin"]],
  ])("lets the scope %s include those below it", (scopes, granted) => {
    const [apiKey] = readConfig({ ...complete, API_KEYS: `a:${scopes}:${key}` }).apiKeys;
    expect(apiKey?.scopes).toEqual(new Set(granted));
  });

  it.each([
    ["0123abc", "0123abc"],
    [" 0123456789ABCDEF0123456789abcdef01234567 ", "0123456789abcdef0123456789abcdef01234567"],
    ["", null],
    ["0123ab", null],
    ["0123456789abcdef0123456789abcdef012345678", null],
    ["main", null],
    [1_234_567, null],
  ])("takes the COMMIT %j for %j and complains of none", (COMMIT, commit) => {
    expect(readConfig({ ...complete, COMMIT })).toMatchObject({ commit, problems: [] });
  });

  it("takes several keys, with colons too, and leaves out by position those that do not fit", () => {
    const value = `a:read:${key}, Bad:read:${key},b:owner:${key},c:read:short,d:write:${key}:more,,e:+:${key}`;
    const { apiKeys, problems } = readConfig({ ...complete, API_KEYS: value });
    expect(apiKeys.map((each) => each.name)).toEqual(["a", "d"]);
    expect(problems).toEqual(
      [2, 3, 4, 6, 7].map(
        (entry) => `API_KEYS entry ${entry} does not have the form NAME:SCOPES:KEY and is ignored.`,
      ),
    );
  });

  it("leaves out by its position an entry whose KEY is that of an earlier one, whatever its name", () => {
    const other = "o".repeat(32);
    const value = `a:read:${key},b:admin:${other},c:admin:${key},d:nonsense:${key}`;
    const { apiKeys, problems } = readConfig({ ...complete, API_KEYS: value });
    expect(apiKeys.map((each) => each.name)).toEqual(["a", "b"]);
    expect(problems).toEqual([
      "API_KEYS entry 3 repeats the KEY of an earlier entry and is ignored.",
      "API_KEYS entry 4 does not have the form NAME:SCOPES:KEY and is ignored.",
    ]);
  });

  it("leaves out an entry whose KEY is longer than what callers may present", () => {
    const longest = "k".repeat(1024);
    const { apiKeys, problems } = readConfig({
      ...complete,
      API_KEYS: `a:read:${longest},b:read:${longest}k`,
    });
    expect(apiKeys.map((each) => each.name)).toEqual(["a"]);
    expect(problems).toEqual(["API_KEYS entry 2 does not have the form NAME:SCOPES:KEY and is ignored."]);
  });

  it.each([
    [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL must be one of/],
    [{ MAX_PIXELS: "-1" }, /^MAX_PIXELS must be a positive whole number/],
    [{ MAX_UPLOAD_BYTES: "0" }, /^MAX_UPLOAD_BYTES/],
    [
      { TRASH_DAYS: "-1" },
      /^TRASH_DAYS must be a whole number of days, from 0 to 36500; the service uses 30/,
    ],
    [{ TRASH_DAYS: "30.5" }, /^TRASH_DAYS/],
    [{ TRASH_DAYS: "36501" }, /^TRASH_DAYS/],
    [{ SIGNING_SECRET: "short" }, /^SIGNING_SECRET must have at least 32 characters/],
    [{ SIGNING_SECRET: "" }, /^SIGNING_SECRET is not set/],
    [{ SIGNING_SECRET_PREVIOUS: "short" }, /^SIGNING_SECRET_PREVIOUS must have/],
    [{ API_KEYS: "" }, /^API_KEYS holds no valid key/],
    [{ STORAGE_PROVIDERS: "{" }, /^STORAGE_PROVIDERS must be a JSON array/],
    [{ STORAGE_PROVIDERS: "{}" }, /^STORAGE_PROVIDERS must be a JSON array/],
    [
      { STORAGE_PROVIDERS: '[{"name":"a","type":"tape"}]' },
      /^STORAGE_PROVIDERS entry 1 is not valid \(type\)/,
    ],
    [{ STORAGE_PROVIDERS: "[5]" }, /^STORAGE_PROVIDERS entry 1 is not valid and/],
  ])("reports %j by one sentence", (change, sentence) => {
    const { problems } = readConfig({ ...complete, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });

  it("leaves out a provider that repeats a name", () => {
    const entry = { name: "a", type: "r2", binding: "B" };
    const config = readConfig({
      ...complete,
      STORAGE_PROVIDERS: JSON.stringify([entry, entry, { ...entry, name: "b" }]),
    });
    expect(config.providers.map((each) => each.name)).toEqual(["a", "b"]);
    expect(config.problems).toEqual([
      "STORAGE_PROVIDERS entry 2 repeats the name of an earlier entry and is ignored.",
    ]);
  });

  it("takes how sidecars are treated, which are never written in a Dropbox", () => {
    const entries = [
      { name: "a", type: "r2", binding: "B", sidecars: "write" },
      { name: "b", type: "r2", binding: "B", sidecars: "sometimes" },
      { name: "c", type: "dropbox", sidecars: "write" },
    ];
    const { providers, problems } = readConfig({
      ...complete,
      DROPBOX_APP_KEY: "k",
      DROPBOX_APP_SECRET: "s",
      DROPBOX_REFRESH_TOKEN: "t",
      STORAGE_PROVIDERS: JSON.stringify(entries),
    });
    expect(providers.map(({ name, sidecars }) => [name, sidecars])).toEqual([
      ["a", "write"],
      ["c", "read"],
    ]);
    expect(problems).toEqual([
      "STORAGE_PROVIDERS entry 2 is not valid (sidecars) and is ignored.",
      "STORAGE_PROVIDERS entry 3 cannot have its sidecars written, since a Dropbox is read-only; the service reads them.",
    ]);
  });

  it("reads a provider of Dropbox with its secrets and its hosts", () => {
    const secrets = { DROPBOX_APP_KEY: "k", DROPBOX_APP_SECRET: " s ", DROPBOX_REFRESH_TOKEN: "t" };
    const others = { TEAM_APP_KEY: "k2", TEAM_APP_SECRET: "s2", TEAM_REFRESH_TOKEN: "t2" };
    const entries = [
      { name: "a", type: "dropbox" },
      {
        name: "b",
        type: "dropbox",
        root: "Photos/All/",
        path_root: "123",
        credentials: "TEAM",
        sidecars: "off",
      },
    ];
    const { providers, problems } = readConfig({
      ...complete,
      ...secrets,
      ...others,
      STORAGE_PROVIDERS: JSON.stringify(entries),
      DROPBOX_CONTENT_URL: "http://localhost:9000/content/",
    });
    const hosts = { apiUrl: "https://api.dropboxapi.com", contentUrl: "http://localhost:9000/content" };
    const own = { appKey: "k", appSecret: "s", refreshToken: "t" };
    const team = { appKey: "k2", appSecret: "s2", refreshToken: "t2" };
    expect(problems).toEqual([]);
    expect(providers).toEqual([
      { name: "a", type: "dropbox", root: "", pathRoot: null, credentials: own, sidecars: "read", ...hosts },
      {
        name: "b",
        type: "dropbox",
        root: "/Photos/All",
        pathRoot: "123",
        credentials: team,
        sidecars: "off",
        ...hosts,
      },
    ]);
  });

  it.each([
    [{}, {}, "needs DROPBOX_APP_KEY, DROPBOX_REFRESH_TOKEN and is ignored."],
    [{ credentials: "X" }, {}, "needs X_APP_KEY, X_APP_SECRET, X_REFRESH_TOKEN and is ignored."],
    [{ credentials: "lower" }, {}, "is not valid (credentials) and is ignored."],
    [{ root: "a//b" }, {}, "is not valid (root) and is ignored."],
    [{ root: "../a" }, {}, "is not valid (root) and is ignored."],
    [{ path_root: "a/b" }, {}, "is not valid (path_root) and is ignored."],
    [{ binding: "B" }, {}, "is not valid and is ignored."],
  ])(
    "leaves out a provider of Dropbox that cannot work, and keeps the others: %j",
    (entry, secrets, sentence) => {
      const entries = [
        { name: "a", type: "dropbox", ...entry },
        { name: "b", type: "r2", binding: "B" },
      ];
      const source = { ...complete, DROPBOX_APP_SECRET: "s", ...secrets };
      const config = readConfig({ ...source, STORAGE_PROVIDERS: JSON.stringify(entries) });
      expect(config.problems).toEqual([`STORAGE_PROVIDERS entry 1 ${sentence}`]);
      expect(config.providers.map((each) => each.name)).toEqual(["b"]);
    },
  );

  const dropbox = {
    ...complete,
    DROPBOX_APP_KEY: "k",
    DROPBOX_APP_SECRET: "s",
    DROPBOX_REFRESH_TOKEN: "t",
    STORAGE_PROVIDERS: '[{"name":"a","type":"dropbox"}]',
  };

  describe.each(["DROPBOX_API_URL", "DROPBOX_CONTENT_URL"])("leaves out Dropbox where %s is", (name) => {
    it.each([
      "nonsense",
      "ftp://x",
      "https://x/?a=b",
      "http://api.dropboxapi.com",
      "http://192.168.0.2:8080",
      "http://127.0.0.1.example.org",
      "http://localhost.example.org",
      "http://[::2]",
    ])("%s, where secrets must not go", (value) => {
      const { problems, providers } = readConfig({ ...dropbox, [name]: value });
      expect(problems).toEqual([
        `${name} must be an https address, or http on this very machine; STORAGE_PROVIDERS entry 1 is ignored.`,
      ]);
      expect(providers).toEqual([]);
    });
  });

  it.each([
    "http://localhost:9000",
    "http://LOCALHOST",
    "http://stand-in.localhost",
    "http://localhost.",
    "http://127.0.0.1:1",
    "http://127.9.9.9",
    "http://[::1]:1",
    "https://proxy.example.org/dropbox",
  ])("takes %s as Dropbox's host", (value) => {
    expect(readConfig({ ...dropbox, DROPBOX_API_URL: value, DROPBOX_CONTENT_URL: value })).toMatchObject({
      providers: [{ name: "a" }],
      problems: [],
    });
  });

  it.each([
    ["*", "*"],
    ["https://a.example", ["https://a.example"]],
    [" https://a.example , http://localhost:5173 ", ["https://a.example", "http://localhost:5173"]],
  ])("reads the origins %j", (value, corsOrigins) => {
    expect(readConfig({ ...complete, CORS_ALLOWED_ORIGINS: value })).toMatchObject({
      corsOrigins,
      problems: [],
    });
  });

  it.each([
    "a.example",
    "https://a.example/",
    "https://a.example/path",
    "https://A.example",
    "https://a.example:443",
    "https://*.a.example",
    "ftp://a.example",
    "null",
    "*",
    "",
  ])("leaves out by its position what is not an origin among others: %j", (entry) => {
    const { corsOrigins, problems } = readConfig({
      ...complete,
      CORS_ALLOWED_ORIGINS: `https://b.example,${entry}`,
    });
    expect(corsOrigins).toEqual(["https://b.example"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^CORS_ALLOWED_ORIGINS entry 2 is not an origin such as/);
  });

  it("never tells what a value is, and never throws", () => {
    const names = [
      "API_KEYS",
      "SIGNING_SECRET",
      "SIGNING_SECRET_PREVIOUS",
      "MAX_PIXELS",
      "LOG_LEVEL",
      "STORAGE_PROVIDERS",
      "CORS_ALLOWED_ORIGINS",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.stringMatching(/^[QXZ]{4,40}$/), (name, value) => {
        expect(readConfig({ ...complete, [name]: value }).problems.join()).not.toContain(value);
      }),
    );
  });
});
