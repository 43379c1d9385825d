import { z } from "zod";

import { validationError } from "../../../core/errors.ts";
import type { SigningSecrets } from "../../../core/signing.ts";
import type { FolderMediaPosition } from "../../../db/collection/folder-media.ts";
import type { FolderPosition } from "../../../db/collection/sub-folders.ts";
import type { Services } from "../../../services.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";

/** Which of a position's names the text has, between slashes, which no name has. */
const foldersHead = z.strictObject({ first: z.boolean(), end: z.boolean(), after: z.boolean() });

const mediaHead = z.strictObject({ pk: z.int() });

/** The two cursors of a folder, each bound to the folder and the provider. */
export class FolderCursors {
  readonly #secrets: SigningSecrets;
  readonly #folder: readonly unknown[];

  constructor(services: Services, { path, provider }: { path: string; provider: string | undefined }) {
    this.#secrets = signingSecrets(services);
    this.#folder = [path, provider ?? null];
  }

  /** The position of a `folders_cursor`. */
  async readFolders(cursor: string): Promise<FolderPosition> {
    const list = this.#listOf("folders");
    const content = await decodeCursor(this.#secrets, list, cursor, foldersHead);
    if (content === null) throw notOfThisFolder("folders_cursor");
    const [first = "", end = "", after = ""] = content.text.split("/");
    const { head } = content;
    return {
      first: head.first ? first : null,
      end: head.end ? end : null,
      after: head.after ? after : null,
    };
  }

  /** The `folders_cursor` of a position. */
  async writeFolders({ first, end, after }: FolderPosition): Promise<string> {
    const head = { first: first !== null, end: end !== null, after: after !== null };
    const text = [first ?? "", end ?? "", after ?? ""].join("/");
    return encodeCursor(this.#secrets, this.#listOf("folders"), { head, text });
  }

  /** The position of a `cursor`. */
  async readMedia(cursor: string): Promise<FolderMediaPosition> {
    const content = await decodeCursor(this.#secrets, this.#listOf("media"), cursor, mediaHead);
    if (content === null) throw notOfThisFolder("cursor");
    return { key: content.text, pk: content.head.pk };
  }

  /** The `cursor` of a position. */
  async writeMedia({ key, pk }: FolderMediaPosition): Promise<string> {
    return encodeCursor(this.#secrets, this.#listOf("media"), { head: { pk }, text: key });
  }

  #listOf(part: "folders" | "media"): string {
    return JSON.stringify(["folder", part, ...this.#folder]);
  }
}

function notOfThisFolder(path: string): Error {
  return validationError([{ path, message: "is not a cursor of this folder" }]);
}
