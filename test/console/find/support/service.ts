import { tagline, type Tagline } from "tagline-client";

/** What a service answers to a question: a body of JSON, a status that is none of success, or nothing. */
export type Answer = { readonly body: unknown } | { readonly status: number } | "unreachable" | "silent";

/** A service that is played, and what it was asked. */
export interface PlayedService {
  readonly client: Tagline;
  /** Path and query of each request, in order. */
  readonly asked: string[];
}

/** The client of a service that answers by a function of the address. */
export function played(answer: (url: URL) => Answer): PlayedService {
  const asked: string[] = [];
  const client = tagline({
    url: "https://tagline.test",
    key: null,
    retry: { attempts: 1 },
    fetch: async (address, init) => {
      init?.signal?.throwIfAborted();
      const url = new URL(address);
      asked.push(decodeURIComponent(url.pathname + url.search));
      const given = answer(url);
      if (given === "silent") return silence(init?.signal);
      if (given === "unreachable") throw new TypeError("no route to host");
      if ("status" in given)
        return Response.json({ status: given.status, code: "internal_error" }, { status: given.status });
      return Response.json(given.body);
    },
  });
  return { client, asked };
}

/** No answer until the request is broken off. */
function silence(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

/** A signal that nobody raises. */
export const never: AbortSignal = new AbortController().signal;
