import type { Listed } from "./listing.ts";
import { displayOf, lower, pathOf, type Revision, type TreeNode } from "./tree.ts";

const hashes = new WeakMap<Uint8Array, Promise<string>>();

/** The content hash of a file, by the plain rule: blocks of 4 MiB, the digest of each, the digest of all digests. */
async function contentHash(bytes: Uint8Array): Promise<string> {
  const known = hashes.get(bytes) ?? computeHash(bytes);
  hashes.set(bytes, known);
  return known;
}

async function computeHash(bytes: Uint8Array): Promise<string> {
  const digests: number[] = [];
  for (let at = 0; at < bytes.length; at += 4_194_304)
    digests.push(...(await sha256(bytes.slice(at, at + 4_194_304))));
  return Array.from(await sha256(Uint8Array.from(digests)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** `FileMetadata` of a revision that lies at a path (files.stone). Fields that are null are left out, as Dropbox does. */
export async function fileJson(revision: Revision, path: string, display: string): Promise<object> {
  return {
    name: display.slice(display.lastIndexOf("/") + 1),
    path_lower: lower(path),
    path_display: display,
    id: revision.fileId,
    client_modified: revision.modified,
    server_modified: revision.modified,
    rev: revision.rev,
    size: revision.bytes.length,
    is_downloadable: revision.isDownloadable,
    ...(revision.isDownloadable
      ? { content_hash: await contentHash(revision.bytes) }
      : { export_info: { export_as: "html" } }),
    // A field that the specification may get one day.
    a_later_field: { ".tag": "unheard_of" },
  };
}

/** `Metadata` of what is there. */
export async function nodeJson(node: TreeNode): Promise<object> {
  const display = displayOf(node);
  if (node.kind === "file")
    return { ".tag": "file", ...(await fileJson(node.revision, pathOf(node), display)) };
  return {
    ".tag": "folder",
    name: node.name,
    path_lower: lower(display),
    path_display: display,
    id: node.id,
  };
}

/** An entry of a listing; what is deleted has no id. */
export async function entryJson(entry: Listed): Promise<object> {
  if (entry.kind === "there") return nodeJson(entry.node);
  const { pathLower, pathDisplay } = entry;
  const name = pathDisplay.slice(pathDisplay.lastIndexOf("/") + 1);
  return { ".tag": "deleted", name, path_lower: pathLower, path_display: pathDisplay };
}

/** An error with its tags from the outside in: `path/not_found`. */
export function errorJson(status: number, tags: string, fields: object = {}): Response {
  const nest = ([tag = "other", ...rest]: string[]): object =>
    rest.length === 0 ? { ".tag": tag, ...fields } : { ".tag": tag, [tag]: nest(rest) };
  return json({ error_summary: `${tags}/...`, error: nest(tags.split("/")) }, { status });
}

/** What no route understands: plain text. */
export function badRequest(text: string): Response {
  return new Response(text, { status: 400, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}

/** An answer in JSON. */
export function json(value: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("Content-Type", "application/json");
  return new Response(JSON.stringify(value), { ...init, headers });
}

/** JSON in ASCII, as it stands in header fields. */
export function asciiJson(value: unknown): string {
  const escaped = (unit: string): string => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[^\u0020-\u007e]/g, escaped);
}

/** The body as text, whatever its type: workerd complains when a form is read as text. */
export async function bodyText(request: Request): Promise<string> {
  return new TextDecoder().decode(await request.arrayBuffer());
}
