import { TaglineError } from "./error.ts";
import { fieldsOf, parsed } from "./fields.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The JSON object of an answer. Throws an error if the answer is no object of this kind, such as the page of a proxy. */
export async function jsonOf<T>(
  response: Response,
  isExpected: (value: Fields) => value is T & Fields,
): Promise<T> {
  const text = await response.text();
  const value = fieldsOf(parsed(text));
  if (isExpected(value)) return value;
  const type = response.headers.get("content-type") ?? "no Content-Type";
  const detail = `The answer ${response.status} is not what Tagline answers here: ${type}. Is the url right?`;
  throw new TaglineError({ code: "unexpected_answer", status: response.status, detail });
}
