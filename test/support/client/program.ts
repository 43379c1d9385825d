/*
 * What a program of somebody else does with the package: it is compiled and run in an empty project, in every runtime, by
 * test/e2e/client.test.ts and test/browser/client.test.ts.
 */
import { tagline, TaglineError, type ErrorCode, type MediaObject, type Run } from "tagline-client";

/** What a program is given. */
export interface Given {
  readonly url: string;
  readonly key: string;
  /** Put before every object key, so that programs do not meet. */
  readonly folder: string;
  /** A photo as Base64. */
  readonly photo: string;
}

/** What a program has seen. */
export interface Seen {
  readonly states: readonly string[];
  readonly found: readonly string[];
  readonly words: string;
  readonly code: ErrorCode | null;
  readonly isTaglineError: boolean;
  readonly badKey: string;
  readonly progress: readonly number[];
  readonly total: number;
  readonly run: string;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** What a program tells apart by its code. */
const taken: ErrorCode = "object_exists";

/** Uploads photos in every form, waits for them, describes one, finds it, reads errors, follows a run. */
export async function program({ url, key, folder, photo }: Given): Promise<Seen> {
  const archive = tagline({ url, key });
  const bytes = bytesOf(photo);
  const total = bytes.length;
  const progress: number[] = [];
  const uploads: MediaObject[] = [
    await archive.upload({
      object_key: `${folder}/bytes.jpg`,
      body: bytes,
      onProgress: ({ sent }) => void progress.push(sent),
    }),
    await archive.upload({ object_key: `${folder}/blob.jpg`, body: new Blob([bytes]) }),
    await archive.upload({
      object_key: `${folder}/stream.jpg`,
      body: new Blob([bytes]).stream(),
      size: total,
    }),
  ];
  const states: string[] = [];
  for (const { id } of uploads) states.push((await archive.waitUntilReady(id)).state);
  const { data } = await archive.api.PATCH("/v1/media/{id}", {
    params: { path: { id: uploads[0]?.id ?? "" } },
    body: { object_metadata: { description: `Boats of ${folder}`, keywords: [folder] } },
  });
  const found: string[] = [];
  for await (const item of archive.items("/v1/search", { q: "boats", keyword: [folder], limit: 1 }))
    found.push(item.object_key);
  let error: unknown = null;
  try {
    await archive.upload({ object_key: `${folder}/bytes.jpg`, body: bytes });
  } catch (thrown) {
    error = thrown;
  }
  let last: Run = await archive.ingest({ prefix: `${folder}/` });
  for await (const run of archive.follow(last.id)) last = run;
  return {
    states,
    found,
    words: data.object_metadata.description ?? "",
    code: error instanceof TaglineError && error.code === taken ? error.code : null,
    isTaglineError: error instanceof TaglineError,
    badKey: await codeOf(tagline({ url, key: "wrong" }).api.GET("/v1/about")),
    progress,
    total,
    run: last.state,
  };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "none";
  } catch (error) {
    return error instanceof TaglineError ? error.code : String(error);
  }
}
