import { z } from "zod";

import { digestOf } from "../../core/text/digest.ts";
import { sign, verify, type SigningSecrets } from "../../core/signing.ts";
import { fromBase64Url, toBase64Url } from "../../core/text/encoding.ts";
import type { KnownCaller } from "../context.ts";

/** How long a token lives. */
export const tokenLifetimeMs = 10 * 60 * 1000;

/** The longest token, in characters; none of ours comes near. */
export const longestToken = 512;

/** The part of a signed text that keeps these tokens apart from links and cursors. */
const purpose = "agent-change";

/** What a dry run has seen, and lets happen. */
export interface ChangePermit {
  /** The id of the operation that the change will be, so that a token makes one operation, however often it comes. */
  readonly operation: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Names the arguments. */
  readonly change: string;
  /** Names the records as they were. */
  readonly fingerprint: string;
}

/** Who may use a token, and with which tool. */
export interface Bearer {
  readonly caller: KnownCaller;
  readonly tool: string;
}

const payload = z.tuple([z.string(), z.number(), z.string(), z.string()]);

/** Makes the token that lets a caller make one change, as long as nothing else has changed. */
export async function makeToken(
  secrets: SigningSecrets,
  bearer: Bearer,
  permit: ChangePermit,
): Promise<string> {
  const { operation, expiresAt, change, fingerprint } = permit;
  const json = JSON.stringify([operation, expiresAt, change, fingerprint]);
  const text = toBase64Url(new TextEncoder().encode(json));
  return `${text}.${await sign(secrets, purpose, await signedText(bearer, text))}`;
}

/** What a token permits; null for a text that is no token of this service for this caller and this tool. */
export async function readToken(
  secrets: SigningSecrets,
  bearer: Bearer,
  token: string,
): Promise<ChangePermit | null> {
  const [text, tag, ...more] = token.split(".");
  if (text === undefined || tag === undefined || more.length > 0) return null;
  if (!(await verify(secrets, purpose, await signedText(bearer, text), tag))) return null;
  const bytes = fromBase64Url(text);
  if (bytes === null) return null;
  const [operation, expiresAt, change, fingerprint] = payload.parse(
    JSON.parse(new TextDecoder().decode(bytes)),
  );
  return { operation, expiresAt, change, fingerprint };
}

/** A key that was replaced, or has other scopes, is another caller, even by the same name; and so is a person with other scopes. */
async function signedText({ caller, tool }: Bearer, text: string): Promise<string> {
  const { name, scopes, entry } = caller;
  const who = await digestOf(JSON.stringify([name, [...scopes].toSorted(), entry?.key ?? null]));
  return `${who}\n${tool}\n${text}`;
}
