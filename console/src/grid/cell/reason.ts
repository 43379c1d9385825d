/** Why a picture could not be loaded. */
export interface Reason {
  /** The HTTP status; null where no answer came. */
  readonly status: number | null;
  /** The words of the service; null where it says nothing. */
  readonly detail: string | null;
}

/** Asks the service why a picture did not come, which an image element does not tell. */
export async function reasonOf(
  url: string,
  request: (url: string, init: RequestInit) => Promise<Response>,
): Promise<Reason> {
  try {
    const response = await request(url, { headers: { accept: "application/problem+json" } });
    if (response.ok) return { status: response.status, detail: null };
    const problem: unknown = await response.json();
    const isTold = typeof problem === "object" && problem !== null && "detail" in problem;
    const detail = isTold && typeof problem.detail === "string" ? problem.detail : null;
    return { status: response.status, detail };
  } catch {
    // No connection, or the page of a proxy: the picture is missing all the same, and the cell says so.
    return { status: null, detail: null };
  }
}
