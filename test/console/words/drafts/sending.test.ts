import { TaglineError, tagline } from "tagline-client";
import { describe, expect, it } from "vitest";
import { sendWords } from "../../../../console/src/words/drafts/sending.ts";
import { mediaWith } from "../../viewer/support/media.ts";

interface Asked {
  readonly call: string;
  readonly match: string | null;
  readonly body: unknown;
}

/** A client whose calls are answered one after the other. */
function clientWith(...answers: readonly { readonly status?: number; readonly body: object }[]) {
  const asked: Asked[] = [];
  const left = [...answers];
  const client = tagline({
    url: "https://tagline.test",
    key: null,
    retry: { attempts: 1, maxWaitMs: 0 },
    fetch: async (url, { method, headers, body }) => {
      asked.push({
        call: `${method} ${new URL(url).pathname}`,
        match: new Headers(headers).get("If-Match"),
        body: await new Response(body).json(),
      });
      const answer = left.shift() ?? { status: 500, body: {} };
      return Response.json(answer.body, { status: answer.status ?? 200 });
    },
  });
  return { client, asked };
}

const problem = (status: number, code: string) => ({ status, body: { code, status, detail: "So." } });
const taken = { description: true, keywords: ["dog"] };
const edits = { description: "A dog.", keywords: ["dog"] };
const accept = "POST /v1/media/one/suggestions/accept";
const patch = "PATCH /v1/media/one";

describe("words that are sent", () => {
  it("are one call where no suggestion is among them", async () => {
    const { client, asked } = clientWith({ body: mediaWith({ id: "one", revision: 3 }) });
    await sendWords(client, "one", { revision: 2, edits, taken: null });
    expect(asked).toEqual([{ call: patch, match: '"2-0"', body: { object_metadata: edits } }]);
  });

  it("are one call where nothing but suggestions is among them", async () => {
    const { client, asked } = clientWith({
      body: mediaWith({ id: "one", revision: 3, object_metadata: edits }),
    });
    const media = await sendWords(client, "one", { revision: 2, edits, taken });
    expect(asked).toEqual([{ call: accept, match: '"2-0"', body: taken }]);
    expect(media.revision).toBe(3);
  });

  it("follow the suggestions that were taken, over their revision", async () => {
    const { client, asked } = clientWith(
      { body: mediaWith({ id: "one", revision: 3, object_metadata: edits }) },
      { body: mediaWith({ id: "one", revision: 4 }) },
    );
    const media = await sendWords(client, "one", { revision: 2, edits: { ...edits, city: "Brest" }, taken });
    expect(asked.map(({ call, match }) => [call, match])).toEqual([
      [accept, '"2-0"'],
      [patch, '"3-0"'],
    ]);
    expect(media.revision).toBe(4);
  });

  it.each([
    [404, "resource_not_found"],
    [422, "validation_error"],
    [500, "internal_error"],
  ])("arrive where the service cannot be told what was taken (%d)", async (status, code) => {
    const { client, asked } = clientWith(problem(status, code), {
      body: mediaWith({ id: "one", revision: 3 }),
    });
    await sendWords(client, "one", { revision: 2, edits, taken });
    expect(asked.map(({ call, match }) => [call, match])).toEqual([
      [accept, '"2-0"'],
      [patch, '"2-0"'],
    ]);
  });

  it.each([
    [412, "precondition_failed"],
    [401, "invalid_api_key"],
    [503, "busy"],
  ])("wait where the photo was changed, or nobody can say yet (%d)", async (status, code) => {
    const { client, asked } = clientWith(problem(status, code));
    await expect(sendWords(client, "one", { revision: 2, edits, taken })).rejects.toThrow(TaglineError);
    expect(asked).toHaveLength(1);
  });
});
