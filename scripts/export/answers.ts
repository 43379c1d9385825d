import { z } from "zod";
import { Failure } from "../failure.ts";
import type { Refusal } from "../import/answers.ts";
import type { Answer } from "./transport.ts";

const problemSchema = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Reads an error's body; anything in between us and the service may answer with no problem document. */
export function refusalOf({ status, body }: Answer): Refusal {
  const problem = problemSchema.safeParse(json(body));
  return problem.success
    ? { status, ...problem.data }
    : { status, code: `http_${status}`, detail: `The service answered ${status}.`, errors: [] };
}

/** Reads the body of a success, which has to be what the contract says. */
export function readBody<T>(schema: z.ZodType<T>, answer: Answer, what: string): T {
  const parsed = schema.safeParse(json(answer.body));
  if (parsed.success) return parsed.data;
  throw new Failure(
    `The answer of the service to ${what} does not have the form of this version of Tagline. Is --url right?`,
  );
}
