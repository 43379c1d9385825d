import { TaglineError } from "./error.ts";
import { fieldsOf, parsed } from "./fields.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Whether a Content-Type is that of the service's JSON. */
export function isJsonType(type: string | null): boolean {
  return type !== null && /^application\/json\b/.test(type);
}

/** Lets go of an answer that is none of the service's: it may never end. */
export function dropBody({ body }: Response): void {
  body?.cancel().catch(() => {});
}

/** The JSON object of an answer. Throws an error if the answer is no object of this kind, such as the page of a proxy. */
export async function jsonOf<T>(
  response: Response,
  isExpected: (value: Fields) => value is T & Fields,
): Promise<T> {
  const type = response.headers.get("content-type");
  if (isJsonType(type)) {
    const value = fieldsOf(parsed(await response.text()));
    if (isExpected(value)) return value;
  } else dropBody(response);
  const detail = `The answer ${response.status} is not what Tagline answers here: ${type ?? "no Content-Type"}. Is the url right?`;
  throw new TaglineError({ code: "unexpected_answer", status: response.status, detail });
}
