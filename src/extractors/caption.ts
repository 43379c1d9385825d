import { z } from "zod";

import { withoutDeceptive } from "../core/text/characters.ts";
import { toBase64 } from "../core/text/encoding.ts";
import { inNormalForm } from "../core/text/normal-form.ts";
import type { Extractor } from "./extractor.ts";
import { ask } from "./workers-ai.ts";

const prompt = "Describe this photo in one plain sentence. Name only what can be seen.";

/** How long an answer may get, in tokens. */
const mostTokens = 128;

/** As many characters as a description may have; more than that of an answer is not even looked at. */
const most = { characters: 1024, read: 16_384 } as const;

const said = z.string().transform(plainSentence);

/** An answer of a model for captions, of one that chats, and of one that does so as OpenAI's do. */
const answer = z.union([
  z.object({ description: said }).transform(({ description }) => description),
  z.object({ response: said }).transform(({ response }) => response),
  z
    .object({ choices: z.tuple([z.object({ message: z.object({ content: said }) })], z.unknown()) })
    .transform(({ choices: [{ message }] }) => message.content),
]);

/** Asks for a description. What comes is a text, whatever it looks like. */
export const captions: Extractor = {
  field: "description",
  ask: async (model, { picture }) => {
    const inputs = /llava|uform/.test(model.name) ? imageToText(picture) : chat(picture);
    return { description: await ask(model, { ...inputs, max_tokens: mostTokens }, answer) };
  },
};

function imageToText(picture: Uint8Array) {
  return { image: [...picture], prompt };
}

function chat(picture: Uint8Array) {
  const url = `data:image/jpeg;base64,${toBase64(picture)}`;
  const content = [
    { type: "text", text: prompt },
    { type: "image_url", image_url: { url } },
  ];
  return { messages: [{ role: "user", content }] };
}

/** A text in one line, as a description may be; null where nothing is left of it. */
function plainSentence(text: string): string | null {
  const line = text.slice(0, most.read).toWellFormed().replaceAll(/\s+/g, " ");
  const clean = inNormalForm(withoutDeceptive(line)).trim();
  const cut = Array.from(clean).slice(0, most.characters).join("").trim();
  return cut === "" ? null : cut;
}
