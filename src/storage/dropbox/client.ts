import type { z } from "zod";

import type { DropboxCredentials } from "../../config/dropbox.ts";
import type { AppError } from "../../core/errors.ts";
import { AccessTokens } from "./access-token.ts";
import { fileMetadata, parseJson } from "./answers.ts";
import {
  exchange,
  unavailable,
  usualPatience,
  type Exchange,
  type Patience,
  type Question,
  type Refusal,
  answerSignal,
  answerTimeoutMs,
  checked,
  readJson,
} from "./exchange.ts";
import { type Network } from "../../core/network.ts";

/** Which Dropbox is asked, and as whom. */
export interface DropboxAccess {
  readonly apiUrl: string;
  readonly contentUrl: string;
  readonly credentials: DropboxCredentials;
  /** The namespace that paths are relative to; null for the account's home. */
  readonly pathRoot: string | null;
}

/** The reason of a refusal that says that the request makes no sense (status 400, which has no tags). */
export const badRequest = "bad_request";

/** An answer, or the tags of the error with which the route itself says no (status 409), such as `path/not_found`. */
export type Answer<T> =
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "refused"; readonly reason: string };

/** What a content route sends: its result beside the bytes. */
export interface Download {
  readonly response: Response;
  readonly body: ReadableStream;
  /** What the header `Dropbox-API-Result` says, as JSON. */
  readonly result: unknown;
}

/** How long a download may take in all; who reads slower goes on with a range. */
const bodyTimeoutMs = 10 * 60_000;

/**
 * Dropbox's HTTP API, as far as reading needs it: authorisation, time-outs, patience, and one translation of all
 * failures. Only what a route itself refuses is answered; everything else is thrown as `storage_unavailable` or
 * `storage_rate_limited`.
 */
export class DropboxClient {
  readonly #access: DropboxAccess;
  readonly #network: Network;
  readonly #tokens: AccessTokens;

  constructor(access: DropboxAccess, network: Network) {
    this.#access = access;
    this.#network = network;
    this.#tokens = new AccessTokens(network, access.apiUrl, access.credentials);
  }

  /** Calls a route that takes and answers JSON (style `rpc` of the specification). */
  async rpc<T>(
    route: string,
    argument: object,
    schema: z.ZodType<T>,
    patience: Patience = usualPatience,
  ): Promise<Answer<T>> {
    const question = (token: string): Question<T> => ({
      what: route,
      send: async () =>
        this.#network.fetch(`${this.#access.apiUrl}/2/${route}`, {
          method: "POST",
          redirect: "manual",
          headers: { ...this.#headers(token), "Content-Type": "application/json" },
          body: JSON.stringify(argument),
          signal: answerSignal(patience),
        }),
      read: async (response) => readJson(route, response, schema),
    });
    return this.#authorised(route, question, patience);
  }

  /** Calls a route that answers bytes (style `download`). A body that is not read must be cancelled. */
  async download(route: string, argument: object, range?: string): Promise<Answer<Download>> {
    return this.#authorised(route, (token) => ({
      what: route,
      send: async () => {
        const headers = { ...this.#headers(token), "Dropbox-API-Arg": headerJson(argument) };
        const all = range === undefined ? headers : { ...headers, Range: range };
        const url = `${this.#access.contentUrl}/2/${route}`;
        return this.#begin(url, { method: "POST", redirect: "manual", headers: all });
      },
      read: async (response) => openDownload(route, response),
    }));
  }

  /** The time until the answer begins is short, that until it ends is long. */
  async #begin(url: string, init: RequestInit): Promise<Response> {
    const beginning = new AbortController();
    const late = (): void => beginning.abort(new DOMException("The answer did not begin.", "TimeoutError"));
    const timer = setTimeout(late, answerTimeoutMs);
    const signal = AbortSignal.any([beginning.signal, AbortSignal.timeout(bodyTimeoutMs)]);
    try {
      return await this.#network.fetch(url, { ...init, signal });
    } finally {
      clearTimeout(timer);
    }
  }

  /** An access token may end at any moment; then the call is made once more with a fresh one. */
  async #authorised<T>(
    route: string,
    question: (token: string) => Question<T>,
    patience: Patience = usualPatience,
  ): Promise<Answer<T>> {
    let token = await this.#tokens.current(patience);
    let answer = await exchange(this.#network, question(token), patience);
    if (isTokenRefused(answer)) {
      this.#tokens.forget(token);
      token = await this.#tokens.current(patience);
      answer = await exchange(this.#network, question(token), patience);
    }
    if (answer.kind === "answered") return answer;
    const { refusal } = answer;
    if (refusal.status === 409) return { kind: "refused", reason: refusal.reason };
    if (refusal.status === 401) this.#tokens.forget(token);
    const failure = this.#failure(route, refusal);
    if (refusal.status === 400) return { kind: "refused", reason: badRequest };
    throw failure;
  }

  #failure(route: string, { status, reason, requestId }: Refusal): AppError {
    const problem = problemOf(status, reason);
    this.#network.log.error("dropbox.refused", {
      route,
      status,
      reason,
      request_id: requestId,
      problem,
    });
    return unavailable(
      `${route}: status ${status}, ${reason} (X-Dropbox-Request-Id ${requestId ?? "absent"})`,
    );
  }

  #headers(token: string): Record<string, string> {
    const { pathRoot } = this.#access;
    const authorization = { Authorization: `Bearer ${token}` };
    return pathRoot === null
      ? authorization
      : { ...authorization, "Dropbox-API-Path-Root": pathRootHeader(pathRoot) };
  }
}

/**
 * `common.PathRoot`: the tag `namespace_id` names any namespace that the account can see, the team space's own or a
 * team folder's; the tag `root` would only do for the account's present root.
 */
function pathRootHeader(namespace: string): string {
  return headerJson({ ".tag": "namespace_id", namespace_id: namespace });
}

/** JSON for a header field: everything from U+007F up is escaped, as header fields are ASCII. */
export function headerJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function openDownload(route: string, response: Response): Download {
  if (response.body === null) throw unavailable(`${route}: an answer without a body`);
  return {
    response,
    body: response.body,
    result: parseJson(response.headers.get("Dropbox-API-Result") ?? ""),
  };
}

/** What `Dropbox-API-Result` says of a downloaded file. */
export function downloadedFile(download: Download): z.infer<typeof fileMetadata> {
  return checked("files/download", download.result, fileMetadata);
}

/** The token's time is over, or it is of no use any more although its time is not: a fresh one may be. */
function isTokenRefused<T>(answer: Exchange<T>): boolean {
  if (answer.kind === "answered" || answer.refusal.status !== 401) return false;
  return /^(?:expired|invalid)_access_token/.test(answer.refusal.reason);
}

/** What an operator can do about an answer (`auth.AuthError`, `common.PathRootError`). */
function problemOf(status: number, reason: string): string {
  if (status === 401 && reason.startsWith("missing_scope")) {
    return "The app lacks a scope: tick account_info.read, files.metadata.read and files.content.read, then run dropbox:connect again.";
  }
  if (status === 401) return "The access was revoked or the account is suspended; run dropbox:connect again.";
  if (status === 403) return "The account or its team does not allow this.";
  if (status === 422) return "The provider's path_root is not a namespace that this account can see.";
  return "Dropbox did not understand the request.";
}
