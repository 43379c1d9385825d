import { z } from "zod";

import {
  asciiJson,
  badRequest,
  bodyText,
  entryJson,
  errorJson,
  fileJson,
  json,
  nodeJson,
} from "./answers.ts";
import { Authority } from "./authority.ts";
import { faultAnswer, Faults, randomFrom, truncated } from "./faults.ts";
import { Listings, type ListedPage, type ListRefusal } from "./listing.ts";
import { displayOf, pathOf, Tree, type Numbers, type Revision } from "./tree.ts";

/** How a stand-in is made. */
export interface StandInOptions {
  /** Decides whether a move is told with its deletion first or last. */
  readonly seed?: number;
  readonly now?: () => number;
  /** What `get_thumbnail_v2` answers for a file's bytes; null for what cannot be converted. */
  readonly thumbnail?: (bytes: Uint8Array) => Uint8Array | null;
}

/** A file by its path, id or revision: what it holds and where it lies. */
interface Found {
  readonly revision: Revision;
  readonly path: string;
  readonly display: string;
}

type Handler = (argument: unknown, request: Request, space: Space) => Promise<Response>;

interface Route {
  readonly scope: string;
  readonly style: "rpc" | "download";
  readonly handle: Handler;
}

interface Space {
  readonly id: string;
  readonly tree: Tree;
}

/** The namespaces of the account: its home, and the team space that it is a member of. */
export const namespaces = { home: "1001", team: "2002" } as const;

/** Files that `get_thumbnail_v2` takes, and how large they may be (files.stone, get_thumbnail:2). */
const thumbnailExtensions = /\.(?:jpe?g|png|tiff?|gif|webp|ppm|bmp)$/i;
const thumbnailBytes = 20 * 1024 * 1024;

const pathArgument = z.object({ path: z.string() });
const cursorArgument = z.object({ cursor: z.string().min(1) });
const thumbnailArgument = z.object({
  resource: z.object({ ".tag": z.literal("path"), path: z.string() }),
  format: z.enum(["jpeg", "png", "webp"]).default("jpeg"),
  size: z
    .string()
    .regex(/^w\d+h\d+$/)
    .default("w64h64"),
  mode: z.enum(["strict", "bestfit", "fitone_bestfit", "original"]).default("strict"),
});
const listArgument = z.object({
  path: z.string().regex(/^$|^\/.+|^id:./s),
  recursive: z.boolean().default(false),
  include_non_downloadable_files: z.boolean().default(true),
  limit: z.int().min(1).max(2000).default(2000),
});
const pathRoot = z.discriminatedUnion(".tag", [
  z.object({ ".tag": z.literal("home") }),
  z.object({ ".tag": z.literal("root"), root: z.string() }),
  z.object({ ".tag": z.literal("namespace_id"), namespace_id: z.string() }),
]);

/**
 * A Dropbox of our own, as far as dropbox-api-spec tells how it behaves: one account with a home and a team space, held
 * in memory. `fetch` answers requests to both hosts; what lies below the address's host and prefix decides.
 */
export class DropboxStandIn {
  readonly tree: Tree;
  /** The team space; seen by whoever asks for it in `Dropbox-API-Path-Root`. */
  readonly team: Tree;
  readonly authority: Authority;
  readonly listings = new Listings();
  readonly faults = new Faults();
  /** Calls by route. */
  readonly calls = new Map<string, number>();
  /** Of originals and thumbnails. */
  bytesDownloaded = 0;
  readonly #thumbnail: (bytes: Uint8Array) => Uint8Array | null;
  readonly #routes: ReadonlyMap<string, Route>;

  constructor({ seed = 1, now = () => Date.now(), thumbnail = () => null }: StandInOptions = {}) {
    const numbers: Numbers = { next: 0x10_0000 };
    const random = randomFrom(seed);
    const deletionFirst = (): boolean => random() < 0.5;
    this.tree = new Tree(numbers, deletionFirst);
    this.team = new Tree(numbers, deletionFirst);
    this.authority = new Authority(now);
    this.#thumbnail = thumbnail;
    this.#routes = new Map<string, Route>([
      ["files/list_folder", this.#rpc(this.#listFolder)],
      ["files/list_folder/continue", this.#rpc(this.#continue)],
      ["files/list_folder/get_latest_cursor", this.#rpc(this.#latestCursor)],
      ["files/get_metadata", this.#rpc(this.#getMetadata)],
      ["files/download", this.#content(this.#download)],
      ["files/get_thumbnail_v2", this.#content(this.#getThumbnail)],
      ["users/get_current_account", { ...this.#rpc(this.#account), scope: "account_info.read" }],
    ]);
  }

  /** Answers a request, as `fetch` does. A lost connection is an exception. */
  readonly fetch = async (input: Request | string, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const route = /(oauth2\/token|(?<=\/2\/).+)$/.exec(pathname)?.[0] ?? pathname;
    this.calls.set(route, (this.calls.get(route) ?? 0) + 1);
    const response = await this.#answerOrFail(route, request);
    response.headers.set(
      "X-Dropbox-Request-Id",
      `request-${[...this.calls.values()].reduce((a, b) => a + b)}`,
    );
    return response;
  };

  /** How often a route was called. */
  callsOf(route: string): number {
    return this.calls.get(route) ?? 0;
  }

  async #answerOrFail(route: string, request: Request): Promise<Response> {
    const fault = this.faults.next(route);
    if (fault?.kind === "dropped") throw new TypeError("Network connection lost.");
    if (fault?.kind === "slow") await Promise.race([fault.until, abortion(request.signal)]);
    if (fault?.kind === "expired") this.authority.expireTokens();
    const failed = fault === null ? null : faultAnswer(fault);
    if (failed !== null) return failed;
    const response = await this.#answer(route, request);
    return fault?.kind === "truncated" ? truncated(response, fault.afterBytes, fault.silently) : response;
  }

  async #answer(route: string, request: Request): Promise<Response> {
    if (route === "oauth2/token") return this.authority.token(request);
    const known = this.#routes.get(route);
    if (known === undefined) return badRequest(`Unknown API function: "${route}"`);
    const refusal = this.authority.refusal(request, known.scope);
    if (refusal !== null) return refusal;
    const space = this.#space(request);
    if (space instanceof Response) return space;
    const argument = known.style === "rpc" ? await bodyArgument(request) : headerArgument(request);
    if (argument instanceof Response) return argument;
    return known.handle(argument.value, request, space);
  }

  /** `Dropbox-API-Path-Root` (common.PathRoot). */
  #space(request: Request): Space | Response {
    const header = request.headers.get("Dropbox-API-Path-Root");
    const parsed = pathRoot.safeParse(header === null ? { ".tag": "home" } : parsedJson(header));
    if (!parsed.success) return badRequest('Invalid HTTP header "Dropbox-API-Path-Root".');
    const wanted = parsed.data;
    if (wanted[".tag"] === "home") return { id: namespaces.home, tree: this.tree };
    if (wanted[".tag"] === "root") {
      if (wanted.root === namespaces.team) return { id: namespaces.team, tree: this.team };
      return errorJson(422, "invalid_root", { invalid_root: rootInfo });
    }
    if (wanted.namespace_id === namespaces.home) return { id: namespaces.home, tree: this.tree };
    if (wanted.namespace_id === namespaces.team) return { id: namespaces.team, tree: this.team };
    return errorJson(422, "no_permission");
  }

  #rpc(handle: Handler): Route {
    return { scope: "files.metadata.read", style: "rpc", handle };
  }

  #content(handle: Handler): Route {
    return { scope: "files.content.read", style: "download", handle };
  }

  readonly #listFolder: Handler = async (argument, _request, { id, tree }) => {
    const parsed = listArgument.safeParse(argument);
    if (!parsed.success) return malformed(parsed.error);
    return listed(this.listings.begin(tree, id, parsed.data));
  };

  readonly #continue: Handler = async (argument, _request, { id, tree }) => {
    const parsed = cursorArgument.safeParse(argument);
    if (!parsed.success) return malformed(parsed.error);
    return listed(this.listings.continue(tree, id, parsed.data.cursor));
  };

  readonly #latestCursor: Handler = async (argument, _request, { id, tree }) => {
    const parsed = listArgument.safeParse(argument);
    if (!parsed.success) return malformed(parsed.error);
    const latest = this.listings.latest(tree, id, parsed.data);
    return typeof latest === "string" ? refusedListing(latest) : json(latest);
  };

  readonly #getMetadata: Handler = async (argument, _request, { tree }) => {
    const parsed = pathArgument.safeParse(argument);
    if (!parsed.success) return malformed(parsed.error);
    const { path } = parsed.data;
    if (path === "") return badRequest("request body: path: The root folder is unsupported.");
    if (path.startsWith("rev:")) {
      const found = findFile(tree, path);
      return found === null
        ? errorJson(409, "path/not_found")
        : json({ ".tag": "file", ...(await fileJson(found.revision, found.path, found.display)) });
    }
    if (!isPath(path)) return errorJson(409, "path/malformed_path");
    const node = path.startsWith("id:") ? tree.withId(path) : tree.at(path);
    return node === null ? errorJson(409, "path/not_found") : json(await nodeJson(node));
  };

  readonly #download: Handler = async (argument, request, { tree }) => {
    const parsed = pathArgument.safeParse(argument);
    if (!parsed.success) return malformed(parsed.error);
    const found = fileOrRefusal(tree, parsed.data.path);
    if (found instanceof Response) return found;
    const { revision, path, display } = found;
    if (!revision.isDownloadable) return errorJson(409, "unsupported_file");
    const etag = `"${revision.rev}"`;
    const headers = new Headers({
      "Content-Type": "application/octet-stream",
      "Dropbox-API-Result": asciiJson(await fileJson(revision, path, display)),
      "Accept-Ranges": "bytes",
      ETag: etag,
    });
    if (request.headers.get("If-None-Match") === etag) return new Response(null, { status: 304, headers });
    const sent = ranged(revision.bytes, request.headers.get("Range"), headers);
    if (sent.status < 300) this.bytesDownloaded += Number(headers.get("Content-Length"));
    return sent;
  };

  readonly #getThumbnail: Handler = async (argument, _request, { tree }) => {
    const parsed = thumbnailArgument.safeParse(argument);
    if (!parsed.success) return malformed(parsed.error);
    const found = fileOrRefusal(tree, parsed.data.resource.path);
    if (found instanceof Response) return found;
    const { revision, path, display } = found;
    if (!thumbnailExtensions.test(path)) return errorJson(409, "unsupported_extension");
    const jpeg = revision.bytes.length > thumbnailBytes ? null : this.#thumbnail(revision.bytes);
    if (jpeg === null) return errorJson(409, "unsupported_image");
    this.bytesDownloaded += jpeg.length;
    const result = { file_metadata: await fileJson(revision, path, display) };
    const headers = { "Content-Type": "image/jpeg", "Dropbox-API-Result": asciiJson(result) };
    return new Response(jpeg.slice(), { headers });
  };

  readonly #account: Handler = async () =>
    json({
      account_id: this.authority.registration.accountId,
      name: { display_name: "Franz Ferdinand (Personal)" },
      email: "franz@dropbox.example",
      account_type: { ".tag": "business" },
      root_info: rootInfo,
    });
}

const rootInfo = {
  ".tag": "team",
  root_namespace_id: namespaces.team,
  home_namespace_id: namespaces.home,
  home_path: "/Franz Ferdinand",
};

/** An argument of style `rpc`: the body, JSON by name and by nature. Routes without an argument take `null`. */
async function bodyArgument(request: Request): Promise<{ value: unknown } | Response> {
  const text = await bodyText(request);
  const type = request.headers.get("Content-Type")?.split(";")[0] ?? "";
  if (text === "") return { value: null };
  if (type !== "application/json") return badRequest(`Bad HTTP "Content-Type" header: "${type}".`);
  const value = parsedJson(text);
  return value === undefined ? badRequest("request body: could not decode input as JSON") : { value };
}

/** An argument of style `download`: in a header, in ASCII, and no JSON is announced for the body. */
function headerArgument(request: Request): { value: unknown } | Response {
  const header = request.headers.get("Dropbox-API-Arg") ?? "";
  const type = request.headers.get("Content-Type") ?? "";
  if (type !== "" && !/^(application\/octet-stream|text\/plain)/.test(type)) {
    return badRequest(`Bad HTTP "Content-Type" header: "${type}".`);
  }
  const value = /^[\u0020-\u007e]+$/.test(header) ? parsedJson(header) : undefined;
  return value === undefined
    ? badRequest('HTTP header "Dropbox-API-Arg": could not decode input as JSON')
    : { value };
}

async function listed(page: ListedPage | ListRefusal): Promise<Response> {
  if (typeof page === "string") return refusedListing(page);
  const entries = await Promise.all(page.entries.map(entryJson));
  return json({ entries, cursor: page.cursor, has_more: page.hasMore });
}

function refusedListing(refusal: ListRefusal): Response {
  if (refusal === "malformed") return badRequest('Invalid "cursor" parameter.');
  return errorJson(409, refusal === "reset" ? "reset" : `path/${refusal}`);
}

function isPath(path: string): boolean {
  return path.startsWith("id:") || (path.startsWith("/") && !path.endsWith("/"));
}

function fileOrRefusal(tree: Tree, path: string): Found | Response {
  if (!path.startsWith("rev:") && !isPath(path)) return errorJson(409, "path/malformed_path");
  const node = tree.at(path);
  if (path.startsWith("/") && node?.kind === "folder") return errorJson(409, "path/not_file");
  return findFile(tree, path) ?? errorJson(409, "path/not_found");
}

/** `ReadPath`: a path, an id, or a revision, which is found wherever its file lies by now, and if it is gone. */
function findFile(tree: Tree, path: string): Found | null {
  const revision = path.startsWith("rev:") ? tree.revision(path.slice(4)) : null;
  const id = revision?.fileId ?? (path.startsWith("id:") ? path : null);
  const node = id === null ? tree.at(path) : tree.withId(id);
  if (node?.kind === "file") {
    return { revision: revision ?? node.revision, path: pathOf(node), display: displayOf(node) };
  }
  return revision === null ? null : { revision, path: revision.path, display: revision.path };
}

/** The whole, or the one range that is asked for (RFC 9110 §14). */
function ranged(bytes: Uint8Array, range: string | null, headers: Headers): Response {
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
  const from = match === null ? 0 : Number(match[1]);
  if (match !== null && from >= bytes.length) {
    headers.set("Content-Range", `bytes */${bytes.length}`);
    return new Response(null, { status: 416, headers });
  }
  const to = match === null || match[2] === "" ? bytes.length : Math.min(bytes.length, Number(match[2]) + 1);
  headers.set("Content-Length", String(to - from));
  if (match !== null) headers.set("Content-Range", `bytes ${from}-${to - 1}/${bytes.length}`);
  return new Response(bytes.slice(from, to), { status: match === null ? 200 : 206, headers });
}

function malformed(error: z.ZodError): Response {
  const [issue] = error.issues;
  return badRequest(`request body: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}`);
}

async function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    if (signal.aborted) fail();
    signal.addEventListener("abort", fail, { once: true });
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
