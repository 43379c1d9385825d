import type { z } from "zod";

import type { DropboxCredentials } from "../../config/dropbox.ts";
import { AppError } from "../../core/errors.ts";
import { accessTokenAnswer } from "./answers.ts";
import { exchange, usualPatience, type Patience, type Question, answerSignal, readJson } from "./exchange.ts";
import { type Network } from "../../core/network.ts";

interface AccessToken {
  readonly token: string;
  readonly renewAtMs: number;
}

/** How long before its end an access token is renewed. */
const renewEarlyMs = 5 * 60_000;

/**
 * The isolate's access tokens, by credentials. Only what has arrived is shared, never a promise: the runtime cancels what
 * a request has begun when that request ends, and whoever else waits for it would wait for ever. Two requests may
 * therefore ask at the same time, which does no harm.
 */
const isolateTokens = new Map<string, AccessToken>();

/** The access tokens of one app for one account, got with its refresh token (RFC 6749 §6). */
export class AccessTokens {
  readonly #network: Network;
  readonly #url: string;
  readonly #credentials: DropboxCredentials;
  readonly #name: string;

  constructor(network: Network, apiUrl: string, credentials: DropboxCredentials) {
    this.#network = network;
    this.#url = `${apiUrl}/oauth2/token`;
    this.#credentials = credentials;
    this.#name = JSON.stringify([this.#url, credentials.appKey, credentials.refreshToken]);
  }

  /** A token that is good for some minutes at least. Throws `storage_unavailable` where Dropbox gives none. */
  async current(patience: Patience = usualPatience): Promise<string> {
    const found = isolateTokens.get(this.#name);
    if (found !== undefined && this.#network.now() < found.renewAtMs) return found.token;
    const fresh = await this.#refresh(patience);
    isolateTokens.set(this.#name, fresh);
    return fresh.token;
  }

  /** Forgets a token that Dropbox does not take any more; one that has taken its place meanwhile stays. */
  forget(token: string): void {
    if (isolateTokens.get(this.#name)?.token === token) isolateTokens.delete(this.#name);
  }

  async #refresh(patience: Patience): Promise<AccessToken> {
    const askedAt = this.#network.now();
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: this.#credentials.refreshToken,
      client_id: this.#credentials.appKey,
      client_secret: this.#credentials.appSecret,
    });
    const question: Question<z.infer<typeof accessTokenAnswer>> = {
      what: "oauth2/token",
      send: async () =>
        this.#network.fetch(this.#url, {
          method: "POST",
          redirect: "manual",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          body: form.toString(),
          signal: answerSignal(patience),
        }),
      read: async (response) => readJson("oauth2/token", response, accessTokenAnswer),
    };
    const answer = await exchange(this.#network, question, patience);
    if (answer.kind === "refused") throw this.#refused(answer.refusal.status, answer.refusal.reason);
    const { access_token: token, expires_in: seconds } = answer.value;
    return { token, renewAtMs: askedAt + seconds * 1000 - renewEarlyMs };
  }

  #refused(status: number, reason: string): AppError {
    const problem =
      "The app key, the app secret or the refresh token is not valid. Run dropbox:connect again.";
    this.#network.log.error("dropbox.credentials_refused", { status, reason, problem });
    return new AppError(
      "storage_unavailable",
      "Dropbox does not accept the credentials of this storage provider.",
      {
        cause: new Error(`Dropbox oauth2/token: status ${status}, ${reason}`),
      },
    );
  }
}
