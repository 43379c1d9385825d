import { z } from "zod";

import type { AiBinding } from "../../../src/extractors/workers-ai.ts";

/** A model of each kind, as Cloudflare's catalogue names them. */
export const models = {
  caption: "@cf/llava-hf/llava-1.5-7b-hf",
  chat: "@cf/meta/llama-3.2-11b-vision-instruct",
  decision: "@cf/cloudflare/clef-omni",
  labels: "@cf/microsoft/resnet-50",
} as const;

/** A call as the stand-in got it. */
export interface AiCall {
  /** From 0. */
  readonly number: number;
  readonly model: string;
  readonly kind: keyof typeof models;
  /** The JPEG that came along. */
  readonly picture: Uint8Array;
  /** What was asked of a caption; empty for other models. */
  readonly prompt: string;
  /** The keywords that a decision model was asked about, in their order. */
  readonly keywords: readonly string[];
  /** The names under which it is to answer, likewise. */
  readonly questions: readonly string[];
}

/** What the stand-in says; where nothing is told, the same sentence and the same chances each time. */
export interface AiAnswers {
  readonly caption?: (call: AiCall) => string;
  /** How likely a keyword is, from 0 to 1. */
  readonly chance?: (keyword: string, call: AiCall) => number;
  readonly labels?: (call: AiCall) => readonly { readonly label: string; readonly score: number }[];
  /** Comes in place of the documented answer unless it is undefined; may throw as the platform does, or never come. */
  readonly instead?: (call: AiCall) => unknown;
}

const bytes = z.array(z.int().min(0).max(255)).min(1);

const base64 = z.base64().min(4);

const imageToText = z.strictObject({
  image: bytes,
  prompt: z.string().min(1),
  max_tokens: z.int().positive(),
});

const chat = z.strictObject({
  messages: z
    .array(
      z.strictObject({
        role: z.literal("user"),
        content: z.tuple([
          z.strictObject({ type: z.literal("text"), text: z.string().min(1) }),
          z.strictObject({
            type: z.literal("image_url"),
            image_url: z.strictObject({ url: z.string().startsWith("data:image/jpeg;base64,") }),
          }),
        ]),
      }),
    )
    .length(1),
  max_tokens: z.int().positive(),
});

const question = z.strictObject({
  type: z.literal("noul"),
  instructions: z.strictObject({ question: z.string().min(1), keyword: z.string().min(1) }),
});

const decision = z
  .strictObject({
    model: z.literal("clef-omni"),
    state: z.union([z.string(), z.record(z.string(), z.unknown())]),
    questions: z.record(z.string().regex(/^[\w.-]{1,100}$/), question),
    images: z.array(z.strictObject({ content_type: z.literal("image/jpeg"), base64 })).length(1),
  })
  .refine(({ questions }) => {
    const { length } = Object.keys(questions);
    return length >= 1 && length <= 64;
  });

const classifier = z.strictObject({ image: bytes });

/**
 * Stands in for the binding `AI`: answers as Workers AI is documented to, refuses inputs that its schemas do not allow
 * (`5006`) and models that it does not have (`5007`), and keeps in mind what it was asked.
 */
export class AiStandIn implements AiBinding {
  readonly calls: AiCall[] = [];
  /** May be changed between two calls. */
  answers: AiAnswers;

  constructor(answers: AiAnswers = {}) {
    this.answers = answers;
  }

  async run(model: string, inputs: Readonly<Record<string, unknown>>): Promise<unknown> {
    const call: AiCall = { number: this.calls.length, ...readCall(model, inputs) };
    this.calls.push(call);
    const instead: unknown = await this.answers.instead?.(call);
    return instead === undefined ? this.#documented(call) : instead;
  }

  #documented(call: AiCall): unknown {
    const caption = (): string => this.answers.caption?.(call) ?? "A dog runs along a beach.";
    switch (call.kind) {
      case "caption":
        return { description: caption() };
      case "chat":
        return {
          response: caption(),
          usage: { prompt_tokens: 300, completion_tokens: 12, total_tokens: 312 },
        };
      case "decision": {
        const answer = (keyword: string): object => ({
          type: "noul",
          noul: this.answers.chance?.(keyword, call) ?? 0.9,
        });
        const answers = Object.fromEntries(
          call.keywords.map((keyword, index) => [call.questions[index] ?? "", answer(keyword)]),
        );
        return { model: "clef-omni", answers };
      }
      case "labels":
        return this.answers.labels?.(call) ?? [{ label: "golden retriever, dog", score: 0.9 }];
    }
  }
}

/** Bindings and variables of a service that asks a stand-in for captions and keywords. */
export function aiEnv(
  ai: AiBinding,
  { AI_CAPTION_MODEL = models.caption, AI_DECISION_MODEL = models.decision, ...others }: Partial<Env> = {},
): Partial<Env> {
  return { AI: ai, AI_CAPTION_MODEL, AI_DECISION_MODEL, ...others };
}

/** What Workers AI throws: its code in front of what happened. */
export function aiError(code: number, message: string): Error {
  return new Error(`${code}: ${message}`);
}

/** An answer that never comes. */
export async function noAnswer(): Promise<never> {
  return new Promise(() => {});
}

function readCall(model: string, inputs: Readonly<Record<string, unknown>>): Omit<AiCall, "number"> {
  const none = { model, prompt: "", keywords: [], questions: [] };
  if (/llava|uform/.test(model)) {
    const { image, prompt } = valid(imageToText, inputs);
    return { ...none, kind: "caption", picture: Uint8Array.from(image), prompt };
  }
  if (model.includes("resnet"))
    return { ...none, kind: "labels", picture: Uint8Array.from(valid(classifier, inputs).image) };
  if (model.includes("clef")) {
    const { questions, images } = valid(decision, inputs);
    const keywords = Object.values(questions).map(({ instructions }) => instructions.keyword);
    const picture = bytesOf(images[0]?.base64 ?? "");
    return { ...none, kind: "decision", picture, keywords, questions: Object.keys(questions) };
  }
  if (!/llama|gemma/.test(model)) throw aiError(5007, `No such model ${model} or task`);
  const [message] = valid(chat, inputs).messages;
  const [text, image] = message?.content ?? [];
  const url = image?.image_url.url ?? "";
  const picture = bytesOf(url.slice(url.indexOf(",") + 1));
  return { ...none, kind: "chat", picture, prompt: text?.text ?? "" };
}

function valid<Schema extends z.ZodType>(schema: Schema, inputs: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(inputs);
  if (!success) throw aiError(5006, `Error: oneOf at '/' not met: ${error.message}`);
  return data;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
