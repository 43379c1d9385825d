import { badRequest, bodyText, errorJson, json } from "./answers.ts";
import { expiredToken } from "./faults.ts";

/** What an app is registered with, and what an account has granted it. */
export interface Registration {
  appKey: string;
  appSecret: string;
  refreshToken: string;
  /** Seconds that an access token is good for. */
  expiresIn: number;
  scopes: Set<string>;
  accountId: string;
}

/** Gives out access tokens and checks them (RFC 6749 §4.1.3, §6; auth.stone). */
export class Authority {
  readonly registration: Registration = {
    appKey: "app-key",
    appSecret: "app-secret",
    refreshToken: "refresh-token",
    expiresIn: 14_400,
    scopes: new Set(["account_info.read", "files.metadata.read", "files.content.read"]),
    accountId: "dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc",
  };
  /** Codes that an account has agreed to; each is good once. */
  readonly codes = new Set<string>();
  readonly #tokens = new Map<string, { expired: boolean; endsAt: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Every access token that was given out has ended. */
  expireTokens(): void {
    for (const token of this.#tokens.values()) token.expired = true;
  }

  /** The grant was taken back: neither tokens nor the refresh token are good any more. */
  revoke(): void {
    this.#tokens.clear();
    this.registration.refreshToken = "";
  }

  /** Null if the request may use a route of this scope. */
  refusal(request: Request, scope: string): Response | null {
    const match = /^Bearer (\S+)$/.exec(request.headers.get("Authorization") ?? "");
    if (match === null)
      return badRequest('Must provide HTTP header "Authorization" or URL parameter "authorization".');
    const token = this.#tokens.get(match[1] ?? "");
    if (token === undefined) return errorJson(401, "invalid_access_token");
    if (token.expired || token.endsAt <= this.#now()) return expiredToken();
    if (this.registration.scopes.has(scope)) return null;
    return errorJson(401, "missing_scope", { required_scope: scope });
  }

  async token(request: Request): Promise<Response> {
    if (!(request.headers.get("Content-Type") ?? "").startsWith("application/x-www-form-urlencoded")) {
      return refused("unsupported_grant_type", "grant type is missing");
    }
    const form = new URLSearchParams(await bodyText(request));
    const { appKey, appSecret, refreshToken } = this.registration;
    const client = basicAuthorization(request) ?? [form.get("client_id"), form.get("client_secret")];
    if (client[0] !== appKey || client[1] !== appSecret)
      return refused("invalid_client", "Invalid client_id or client_secret");
    switch (form.get("grant_type") ?? "") {
      case "refresh_token":
        if (refreshToken === "" || form.get("refresh_token") !== refreshToken)
          return refused("invalid_grant", "refresh token is invalid or revoked");
        return json(this.#grant());
      case "authorization_code":
        if (!this.codes.delete(form.get("code") ?? ""))
          return refused("invalid_grant", "code doesn't exist or has expired");
        return json({ ...this.#grant(), ...this.#account() });
      default:
        return refused("unsupported_grant_type", "unsupported grant_type");
    }
  }

  #grant() {
    const token = `sl.${this.#tokens.size + 1}`;
    const { expiresIn } = this.registration;
    this.#tokens.set(token, { expired: false, endsAt: this.#now() + expiresIn * 1000 });
    return { access_token: token, token_type: "bearer", expires_in: expiresIn };
  }

  #account() {
    const { refreshToken, scopes, accountId } = this.registration;
    return { refresh_token: refreshToken, scope: [...scopes].join(" "), account_id: accountId, uid: "12345" };
  }
}

function refused(error: string, description: string): Response {
  return json({ error, error_description: description }, { status: 400 });
}

/** The client's name and password as RFC 6749 §2.3.1 prefers them. */
function basicAuthorization(request: Request): string[] | null {
  const match = /^Basic (\S+)$/.exec(request.headers.get("Authorization") ?? "");
  return match === null ? null : atob(match[1] ?? "").split(":");
}
