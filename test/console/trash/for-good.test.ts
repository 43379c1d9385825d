import { tagline } from "tagline-client";
import { describe, expect, it } from "vitest";
import { forGood } from "../../../console/src/trash/for-good.ts";
import { Walk, type WalkTally } from "../../../console/src/trash/walk.ts";

/** A service with one photo, and what was asked of it; `looked` is called once the photo was looked at. */
function serviceWith(photo: { isTrashed: boolean; revision: number }, looked = () => {}) {
  const asked: string[] = [];
  const { api } = tagline({
    url: "https://archive.test",
    key: null,
    retry: { attempts: 1, maxWaitMs: 0 },
    fetch: async (url, { method = "GET", headers }) => {
      asked.push(method);
      const { searchParams } = new URL(url);
      const allowed = new Headers(headers).get("if-match");
      if (searchParams.get("trashed") === "true" && !photo.isTrashed)
        return problem(404, "resource_not_found");
      if (method === "GET") {
        const answer = Response.json({ id: "a", revision: photo.revision });
        looked();
        return answer;
      }
      if (allowed !== null && allowed !== `"${photo.revision}-0"`) return problem(412, "precondition_failed");
      return new Response(null, { status: 204 });
    },
  });
  return { api, asked };
}

function problem(status: number, code: string): Response {
  const headers = { "content-type": "application/problem+json" };
  return Response.json({ status, code, detail: "No." }, { status, headers });
}

async function deleted({ api }: ReturnType<typeof serviceWith>): Promise<WalkTally> {
  const walk = new Walk(["a"], forGood(api));
  await walk.step();
  return walk.tally;
}

describe("deleting a photo for good from the trash", () => {
  it("is done to a photo that is there", async () => {
    const service = serviceWith({ isTrashed: true, revision: 3 });
    expect(await deleted(service)).toMatchObject({ done: ["a"], gone: [] });
    expect(service.asked).toEqual(["GET", "DELETE"]);
  });

  it("is not done to a photo that somebody has restored", async () => {
    const service = serviceWith({ isTrashed: false, revision: 3 });
    expect(await deleted(service)).toMatchObject({ done: [], gone: ["a"] });
    expect(service.asked).not.toContain("DELETE");
  });

  it("is not done to a photo that is restored and described right after it was looked at", async () => {
    const photo = { isTrashed: true, revision: 3 };
    const service = serviceWith(photo, () => Object.assign(photo, { isTrashed: false, revision: 4 }));
    expect(await deleted(service)).toMatchObject({ done: [], spared: [{ id: "a", reason: "No." }] });
  });
});
