import type { DeltaEntry, ObjectInfo } from "../provider.ts";
import type { FileMetadata, Metadata } from "./answers.ts";
import { relativePath } from "./paths.ts";

/**
 * What an entry of a listing says of the folder that lies `depth` folders deep; null for what is of no concern: files
 * that cannot be downloaded, what is not mounted, the folder itself, and kinds of entries that nobody knows yet.
 */
export function deltaEntry(entry: Metadata, depth: number): DeltaEntry | null {
  switch (entry[".tag"]) {
    case "file": {
      const info = entry.is_downloadable ? objectInfo(entry, depth) : null;
      return info === null ? null : { kind: "file", info };
    }
    case "folder":
    case "deleted": {
      const pathKey = relative(entry.path_lower, depth);
      return pathKey === null ? null : { kind: entry[".tag"], pathKey };
    }
    case "unknown":
      return null;
  }
}

/** True if an entry says that the listed folder itself, or one that it lies in, is gone. */
export function deletesRoot(entry: Metadata, depth: number): boolean {
  if (entry[".tag"] !== "deleted" || typeof entry.path_lower !== "string") return false;
  return relativePath(entry.path_lower, depth) === null;
}

/** What Dropbox tells of a file; null for one that is not mounted, or lies outside. */
export function objectInfo(file: FileMetadata, depth: number): ObjectInfo | null {
  const pathKey = relative(file.path_lower, depth);
  if (pathKey === null) return null;
  return {
    objectKey: relative(file.path_display, depth) ?? withName(pathKey, file.name),
    pathKey,
    providerRef: file.id,
    version: file.rev,
    contentHash: file.content_hash ? `dropbox:${file.content_hash}` : null,
    sizeBytes: file.size,
    // When it came to Dropbox; `client_modified` is whatever a client said (files.stone, FileMetadata).
    lastModified: Date.parse(file.server_modified),
  };
}

function relative(path: string | null | undefined, depth: number): string | null {
  return typeof path === "string" ? relativePath(path, depth) : null;
}

/** The best spelling there is without `path_display`: the name always has its own. */
function withName(pathKey: string, name: string): string {
  return pathKey.slice(0, pathKey.lastIndexOf("/") + 1) + name;
}
