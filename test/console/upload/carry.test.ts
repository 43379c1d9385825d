import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { TaglineError, tagline, type MediaObject, type Upload } from "tagline-client";
import { carry, type UploadService } from "../../../console/src/upload/carry.ts";
import { mediaWith } from "../viewer/support/media.ts";

const bytes = "the bytes of a photo";
const file = new File([bytes], "IMG_1.jpg");
const key = "2026/IMG_1.jpg";

function recordOf(object_key: string, content: string): MediaObject {
  return mediaWith({
    id: object_key,
    object_key,
    file_size: content.length,
    content_hash: `md5:${createHash("md5").update(content).digest("hex")}`,
  });
}

interface Played {
  /** The records by which a look is answered; more may come with an upload. */
  readonly records?: readonly MediaObject[];
  readonly upload?: (photo: Upload, records: MediaObject[]) => Promise<MediaObject>;
}

/** A service that has records, and what was sent to it. */
function serviceWith({ records = [], upload }: Played) {
  const known = [...records];
  const sent: Upload[] = [];
  const { api } = tagline({
    url: "https://tagline.test",
    key: null,
    retry: { attempts: 1 },
    fetch: async (address) => {
      const asked = new URL(address).searchParams.get("object_key");
      const items = known.filter(({ object_key }) => object_key === asked);
      return Response.json({ items, next_cursor: null });
    },
  });
  const service: UploadService = {
    api,
    upload: async (photo) => {
      sent.push(photo);
      return upload === undefined ? recordOf(photo.object_key, bytes) : upload(photo, known);
    },
  };
  return { service, sent };
}

const signal = new AbortController().signal;
const carried = { file, key, signal, onProgress: (): void => {} };
const exists = new TaglineError({ code: "object_exists", status: 409, detail: "x" });

describe("a file", () => {
  it("is sent under its key with the digest of its bytes, and overwrites nothing", async () => {
    const { service, sent } = serviceWith({});
    expect(await carry(service, carried)).toEqual({ kind: "done", id: key });
    const sha256 = new Uint8Array(createHash("sha256").update(bytes).digest());
    expect(sent).toMatchObject([{ object_key: key, sha256 }]);
    expect(sent[0]?.overwrite).toBe(undefined);
  });

  it("that the archive has already is not sent again", async () => {
    const { service, sent } = serviceWith({ records: [recordOf(key, bytes)] });
    expect(await carry(service, carried)).toEqual({ kind: "present", id: key, key });
    expect(sent).toEqual([]);
  });

  it("that the archive has by another digest is not sent again either", async () => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const record = { ...recordOf(key, bytes), content_hash: `sha256:${sha256}` };
    const { service } = serviceWith({ records: [record] });
    expect(await carry(service, carried)).toMatchObject({ kind: "present" });
  });

  it.each([
    ["other bytes of the same size", recordOf(key, bytes.toUpperCase())],
    ["another size", recordOf(key, "x")],
    ["no digest that tells", { ...recordOf(key, bytes), content_hash: null }],
  ])("whose key has %s asks for another name, which nobody has", async (_, record) => {
    const { service, sent } = serviceWith({
      records: [record, recordOf("2026/IMG_1 (2).jpg", "other")],
    });
    expect(await carry(service, carried)).toEqual({
      kind: "taken",
      free: "2026/IMG_1 (3).jpg",
      isInTrash: false,
    });
    expect(sent).toEqual([]);
  });

  it("that was sent under another name before is not sent again", async () => {
    const { service, sent } = serviceWith({
      records: [recordOf(key, "other"), recordOf("2026/IMG_1 (2).jpg", bytes)],
    });
    expect(await carry(service, carried)).toEqual({
      kind: "present",
      id: "2026/IMG_1 (2).jpg",
      key: "2026/IMG_1 (2).jpg",
    });
    expect(sent).toEqual([]);
  });

  it("that somebody else has sent in the same moment is there already", async () => {
    const { service } = serviceWith({
      upload: async (_, records) => {
        records.push(recordOf(key, bytes));
        throw exists;
      },
    });
    expect(await carry(service, carried)).toMatchObject({ kind: "present" });
  });

  it("whose key lies in the trash says so", async () => {
    const { service } = serviceWith({ upload: () => Promise.reject(exists) });
    expect(await carry(service, carried)).toEqual({
      kind: "taken",
      free: "2026/IMG_1 (2).jpg",
      isInTrash: true,
    });
  });

  it("that is refused says why, and throws nothing", async () => {
    const refused = new TaglineError({ code: "payload_too_large", status: 413, detail: "x" });
    const { service } = serviceWith({ upload: () => Promise.reject(refused) });
    expect(await carry(service, carried)).toMatchObject({ kind: "refused" });
  });

  it("that is stopped throws the reason of its signal", async () => {
    const { service } = serviceWith({});
    const stopped = { ...carried, signal: AbortSignal.abort(new Error("enough")) };
    await expect(carry(service, stopped)).rejects.toThrow("enough");
  });
});
