import type { Tagline } from "tagline-client";
import type { Folder, FolderPage } from "./tree.ts";

/** What of the client the folders need. */
export type FolderClient = Pick<Tagline, "api">;

/** Which page of folders. */
export interface FolderQuestion {
  /** The folder whose folders are asked for; null for what all folders lie in. */
  readonly of: Folder | null;
  /** Null for the first page. */
  readonly cursor: string | null;
}

/**
 * The folders right below a folder, a page of them. Where the archive has several storage providers, these are what all
 * folders lie in, as each has folders of its own.
 */
export async function loadFolders(
  client: FolderClient,
  { of, cursor }: FolderQuestion,
  signal: AbortSignal,
): Promise<FolderPage> {
  if (of === null) {
    const { data } = await client.api.GET("/v1/about", { signal });
    const names = data.providers.map(({ name }) => name);
    if (names.length > 1)
      return {
        folders: names.map((name) => ({ provider: name, path: "", name, count: null, isMore: false })),
        cursor: null,
      };
  }
  const { path, provider } = of ?? { path: "", provider: null };
  const query = {
    // The photos of the folder come with its folders; nobody looks at them here.
    limit: 1,
    ...(path === "" ? {} : { path }),
    ...(provider === null ? {} : { provider }),
    ...(cursor === null ? {} : { folders_cursor: cursor }),
  };
  const { data } = await client.api.GET("/v1/folders", { params: { query }, signal });
  const folders = data.folders.map(({ name, path: whole, count, capped }) => ({
    provider,
    path: whole,
    name,
    count,
    isMore: capped,
  }));
  return { folders, cursor: data.folders_cursor };
}

/** The folders around a folder, from the outermost on, and itself: `2024/beach/` lies in `2024/`. */
export function pathsTo(prefix: string): string[] {
  const parts = prefix.split("/").slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, index + 1).join("/")}/`);
}
