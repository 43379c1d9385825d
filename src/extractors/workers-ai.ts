import type { z } from "zod";

/** What is used of the binding to Workers AI (https://developers.cloudflare.com/workers-ai/configuration/bindings/). */
export interface AiBinding {
  run(model: string, inputs: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** The model that is to be asked. */
export interface Model {
  readonly ai: AiBinding;
  /** As Cloudflare's catalogue has it. */
  readonly name: string;
  /** How long an answer may take. */
  readonly timeoutMs: number;
}

/**
 * Why a model said nothing of use. `unavailable`: it did not answer, and would not about another picture either. `nonsense`:
 * it did not take this picture, or the answer is not what its documentation says.
 */
export class ModelFailure extends Error {
  readonly kind: "unavailable" | "nonsense";

  constructor(kind: ModelFailure["kind"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/**
 * How messages of errors begin that are about what was sent: incomplete, too large, not of the type or the schema
 * (https://developers.cloudflare.com/workers-ai/platform/errors/).
 */
const ofInputs = /^(?:3003|3006|5004|5006): /;

/** Asks a model once; throws {@link ModelFailure} where it fails, takes too long, or answers what the schema does not allow. */
export async function ask<T>(
  { ai, name, timeoutMs }: Model,
  inputs: Readonly<Record<string, unknown>>,
  schema: z.ZodType<T>,
): Promise<T> {
  const { data, error } = schema.safeParse(await inTime(ai, name, { inputs, timeoutMs }));
  if (data === undefined) throw new ModelFailure("nonsense", `${name} answered nonsense`, { cause: error });
  return data;
}

async function inTime(
  ai: AiBinding,
  name: string,
  { inputs, timeoutMs }: { readonly inputs: Readonly<Record<string, unknown>>; readonly timeoutMs: number },
): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([
      ai.run(name, inputs),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error("no answer in time")), timeoutMs);
      }),
    ]);
  } catch (cause) {
    const isOfInputs = cause instanceof Error && ofInputs.test(cause.message);
    throw new ModelFailure(isOfInputs ? "nonsense" : "unavailable", `${name} did not answer`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
