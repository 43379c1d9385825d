import { describe, expect, it } from "vitest";
import { Device, deskOn, turns } from "./support/desk.ts";
import { WordsService } from "./support/service.ts";

function opened() {
  const service = new WordsService();
  const device = new Device();
  return { service, device, ...deskOn(device, service) };
}

describe("suggestions that were taken", () => {
  const suggestions = {
    description: "A dog.",
    keywords: [{ keyword: "dog", score: 0.9 }],
    model: "@cf/llava-hf/llava-1.5-7b-hf",
    created_at: "2026-11-22T10:38:00.000Z",
  };

  it("are told of with the words, also by the tab that takes them up after a crash", async () => {
    const { desk, device, service } = opened();
    service.fates = ["unreachable"];
    desk.edit({ ...service.media(), suggestions }, "description", "A dog.");
    desk.save("one");
    await turns();
    desk.close();
    const next = deskOn(device, service, "next");
    for (const draft of await device.all()) next.desk.adopt(draft);
    await turns();
    const told = { description: true, keywords: [] };
    expect([service.taken, service.words]).toEqual([[told, told], { description: "A dog." }]);
  });

  it("are forgotten with the draft that they stand in", async () => {
    const { desk, service } = opened();
    desk.edit({ ...service.media(), suggestions }, "keywords", ["dog"]);
    desk.edit({ ...service.media(), suggestions }, "keywords", ["cat"]);
    desk.save("one");
    await turns();
    expect(service.taken).toEqual([null]);
  });
});
