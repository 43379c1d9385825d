import { env } from "cloudflare:workers";

import { jpegBytes, joined } from "../../support/images/index.ts";
import { planKeys } from "./plan.ts";

/** What a record of certain bytes is to come to. */
export interface Expected {
  readonly state: "ready" | "failed" | "unsupported";
  /** As shown; another content, another width. */
  readonly width: number | null;
}

/**
 * Bytes by number: photos that differ in width, photos that break off, and what is no photo. Those of different keys are
 * never the same, so that nothing seems to move; what moves has histories of its own.
 */
export function contentOf(
  key: number,
  variant: number,
): { readonly bytes: Uint8Array; readonly expected: Expected } {
  const number = variant + 9 * key;
  const whole = jpegBytes({ width: 8 + number, height: 8 });
  switch (number % 3) {
    case 0:
      return { bytes: whole, expected: { state: "ready", width: 8 + number } };
    case 1:
      return {
        bytes: joined(whole.slice(0, 12), String(number)),
        expected: { state: "failed", width: null },
      };
    default:
      return { bytes: joined(`no photo ${number}`), expected: { state: "unsupported", width: null } };
  }
}

/** The key with this number. */
export function keyOf(number: number): string {
  return planKeys[number] ?? "none";
}

/** The provider's objects, and what each version of bytes that ever lay there is to come to. */
export class Storage {
  readonly #prefix: string;
  readonly #expected = new Map<string, Expected>();

  constructor(name: string) {
    this.#prefix = `${name}/`;
  }

  async put(key: number, content: number): Promise<void> {
    const { bytes } = contentOf(key, content);
    await env.MEDIA_BUCKET.put(this.#prefix + keyOf(key), bytes);
    await this.learn(key, content);
  }

  /** Learns what bytes come to that somebody else may store. */
  async learn(key: number, content: number): Promise<void> {
    const { bytes, expected } = contentOf(key, content);
    const digest = new Uint8Array(await crypto.subtle.digest("MD5", bytes));
    const version = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.#expected.set(version, expected);
  }

  async remove(key: number): Promise<void> {
    await env.MEDIA_BUCKET.delete(this.#prefix + keyOf(key));
  }

  /** What bytes with this version come to. */
  expected(version: string): Expected {
    const expected = this.#expected.get(version);
    if (expected === undefined) throw new Error(`nobody ever stored ${version}`);
    return expected;
  }

  /** The keys of all objects and their versions. */
  async objects(): Promise<Map<string, string>> {
    const { objects } = await env.MEDIA_BUCKET.list({ prefix: this.#prefix });
    return new Map(objects.map((object) => [object.key.slice(this.#prefix.length), object.etag]));
  }
}
