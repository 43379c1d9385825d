import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSame } from "../../../../console/src/words/json.ts";
import { orphansOf } from "../../../../console/src/words/drafts/tab.ts";
import { Device, deskOn, turns } from "./support/desk.ts";
import { WordsService, type Fate } from "./support/service.ts";

function opened(words: Record<string, unknown> = {}) {
  const service = new WordsService(words);
  const device = new Device();
  return { service, device, ...deskOn(device, service) };
}

describe("what is typed", () => {
  it("is on the device before the next key", () => {
    const { desk, device, service } = opened();
    desk.edit(service.media(), "title", "B");
    expect([...device.kept.values()]).toMatchObject([{ id: "one", owner: "ann", edits: { title: "B" } }]);
  });

  it("is nothing where it leads back to what was there", () => {
    const { desk, device, service } = opened({ title: "Sea" });
    desk.edit(service.media(), "title", "Seas");
    desk.edit(service.media(), "title", "Sea");
    expect([desk.drafts, device.kept.size]).toEqual([[], 0]);
  });

  it("is not sent before it is saved", async () => {
    const { desk, service } = opened();
    desk.edit(service.media(), "title", "Beach");
    await turns();
    expect(service.revision).toBe(0);
  });

  it("leaves the device when the service has it", async () => {
    const { desk, device, service, told } = opened();
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    expect(service.words).toEqual({ title: "Beach" });
    expect([device.kept.size, told.saved]).toEqual([0, [{ revision: 1, before: 0 }]]);
  });

  it("is given up as a whole, and comes back as it was", async () => {
    const { desk, device, service } = opened();
    desk.edit(service.media(), "title", "Beach");
    const draft = desk.discard("one");
    expect([desk.drafts, device.kept.size]).toEqual([[], 0]);
    if (draft !== null) desk.restore(draft);
    desk.save("one");
    await turns();
    expect(service.words).toEqual({ title: "Beach" });
  });

  it("of several photos is sent in the order in which it was saved", async () => {
    const { desk, service, told } = opened();
    for (const id of ["one", "two", "three"]) desk.edit({ ...service.media(id), revision: 0 }, "title", id);
    for (const id of ["one", "two", "three"]) desk.save(id);
    expect(desk.drafts.map(({ id }) => id)).toEqual(["one", "two", "three"]);
    await turns();
    // All are one photo for this service: the later ones are brought over the earlier.
    expect(told.saved[0]).toEqual({ revision: 1, before: 0 });
  });
});

describe("what is typed while words are on their way", () => {
  it("stays typed, over the words that have arrived", async () => {
    const { desk, service } = opened();
    desk.edit(service.media(), "title", "Bea");
    service.meanwhile = () => desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    expect(service.words).toEqual({ title: "Bea" });
    expect(desk.of("one").draft).toMatchObject({
      revision: 1,
      base: { title: "Bea" },
      edits: { title: "Beach" },
    });
  });

  it("and leads back to what was there before is what the service gets next", async () => {
    const { desk, service } = opened({ title: "Sea" });
    desk.edit(service.media(), "title", "Beach");
    service.meanwhile = () =>
      desk.edit({ id: "one", revision: 0, object_metadata: { title: "Sea" } }, "title", "Sea");
    desk.save("one");
    await turns();
    expect(desk.of("one").draft?.edits).toEqual({ title: "Sea" });
    desk.save("one");
    await turns();
    expect(service.words).toEqual({ title: "Sea" });
  });

  it("is not brought back by an answer where it was given up", async () => {
    const { desk, device, service, told } = opened();
    desk.edit(service.media(), "title", "Beach");
    service.meanwhile = () => void desk.discard("one");
    desk.save("one");
    await turns();
    expect([desk.drafts, device.kept.size]).toEqual([[], 0]);
    expect(told.saved).toEqual([{ revision: 1, before: 0 }]);
  });
});

describe("words that were saved and wait", () => {
  it("are sent as they were saved, though something was typed since", async () => {
    const { desk, service, pass } = opened();
    service.fates = ["unreachable"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    desk.edit(service.media(), "city", "Ro");
    pass();
    await turns();
    expect(service.words).toEqual({ title: "Beach" });
    expect(desk.of("one").draft).toMatchObject({
      base: { title: "Beach" },
      edits: { city: "Ro" },
      saved: null,
    });
  });

  it("stay where what was typed since is given up, and that comes back alone", async () => {
    const { desk, service, pass } = opened();
    service.fates = ["unreachable"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    desk.edit(service.media(), "city", "Ro");
    const before = desk.discard("one");
    expect(desk.of("one").draft).toMatchObject({ edits: { title: "Beach" }, saved: { title: "Beach" } });
    if (before !== null) desk.restore(before);
    expect(desk.of("one").draft?.edits).toEqual({ title: "Beach", city: "Ro" });
    pass();
    await turns();
    expect(service.words).toEqual({ title: "Beach" });
  });

  it("are all sent, also what was saved while the first of them were on their way", async () => {
    const { desk, service, told } = opened();
    desk.edit(service.media(), "title", "Bea");
    service.meanwhile = () => {
      desk.edit(service.media(), "title", "Beach");
      desk.save("one");
    };
    desk.save("one");
    await turns();
    expect([service.words, desk.drafts, told.saved.length]).toEqual([{ title: "Beach" }, [], 2]);
  });

  it("are sent though their field was set back since, over what others have changed", async () => {
    const { desk, service, pass } = opened();
    service.fates = ["unreachable"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    service.change({ city: "Rome" });
    desk.edit(service.media(), "title", null);
    pass();
    await turns();
    expect(service.words).toEqual({ city: "Rome", title: "Beach" });
    expect(desk.of("one").draft?.edits).toEqual({ title: null });
  });

  it("do not wait behind a photo that the service cannot take", async () => {
    const { desk, service, told } = opened();
    service.fates = ["broken", "arrives", "broken"];
    for (const id of ["one", "two"]) desk.edit({ ...service.media(id), revision: 0 }, "title", id);
    for (const id of ["one", "two"]) desk.save(id);
    await turns();
    expect([service.words, told.waits]).toEqual([{ title: "two" }, [2_000]]);
    expect(desk.drafts.map(({ id }) => id)).toEqual(["one"]);
  });
});

describe("words that have arrived", () => {
  it("are on their way no more, though something was typed since", async () => {
    const { desk, service } = opened();
    desk.edit(service.media(), "title", "Bea");
    service.meanwhile = () => {
      expect(desk.of("one").isSending).toBe(true);
      desk.edit(service.media(), "title", "Beach");
    };
    desk.save("one");
    await turns();
    expect(desk.of("one").isSending).toBe(false);
  });

  it("and have changed nothing are no change to be taken back", async () => {
    const { desk, told } = opened({ title: "Sea" });
    desk.edit({ id: "one", revision: 0, object_metadata: {} }, "title", "Sea");
    desk.save("one");
    await turns();
    expect([told.saved, desk.drafts]).toEqual([[], []]);
  });
});

describe("words that cannot be sent", () => {
  it("wait ever longer, and are sent when the service is there", async () => {
    const { desk, service, told, pass } = opened();
    service.fates = ["unreachable", "unreachable"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    expect(desk.isWaiting).toBe(true);
    pass();
    await turns();
    pass();
    await turns();
    expect(told.waits).toEqual([2_000, 4_000]);
    expect([service.words, desk.isWaiting]).toEqual([{ title: "Beach" }, false]);
  });

  it("are sent at once when the connection is back", async () => {
    const { desk, service } = opened();
    service.fates = ["signedOut"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    desk.resume();
    await turns();
    expect(service.words).toEqual({ title: "Beach" });
  });

  it("are changed once where only the answer was lost", async () => {
    const { desk, device, service, told, pass } = opened();
    service.fates = ["unanswered"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    pass();
    await turns();
    expect([service.revision, device.kept.size, desk.drafts]).toEqual([1, 0, []]);
    // They are a change of this tab all the same, which can be taken back.
    expect(told.saved).toEqual([{ revision: 1, before: 0 }]);
  });

  it("stay here where the service refuses them, and say why", async () => {
    const { desk, device, service } = opened();
    service.fates = ["refused"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    expect(desk.of("one").obstacle).toMatchObject({
      kind: "refused",
      failure: "refused",
      errors: [{ path: "object_metadata.title" }],
    });
    expect([...device.kept.values()]).toMatchObject([{ edits: { title: "Beach" }, saved: null }]);
    desk.save("one");
    await turns();
    expect(service.words).toEqual({ title: "Beach" });
  });

  it("are sent by nobody once the desk is closed", async () => {
    const { desk, device, service } = opened();
    service.fates = ["unreachable"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    desk.close();
    await turns();
    expect([service.revision, device.kept.size]).toEqual([0, 1]);
  });
});

describe("words that somebody else has changed meanwhile", () => {
  it("are brought together where both have changed other fields", async () => {
    const { desk, service, told } = opened();
    desk.edit(service.media(), "title", "Beach");
    service.change({ city: "Rome" });
    desk.save("one");
    await turns();
    expect(service.words).toEqual({ city: "Rome", title: "Beach" });
    expect(told.seen).toBe(1);
  });

  it("stay as they are where both have changed the same field, until the person has chosen", async () => {
    const { desk, service } = opened({ title: "Sea" });
    desk.edit(service.media(), "title", "Beach");
    service.change({ title: "Coast" });
    desk.save("one");
    await turns();
    expect(service.words).toEqual({ title: "Coast" });
    expect(desk.of("one")).toMatchObject({
      draft: { edits: { title: "Beach" } },
      obstacle: { conflicts: [{ name: "title", mine: "Beach", theirs: "Coast" }] },
    });
  });

  it.each([
    { choice: "mine", title: "Beach" },
    { choice: "theirs", title: "Coast" },
  ] as const)("are $choice where the person chooses $choice", async ({ choice, title }) => {
    const { desk, device, service } = opened({ title: "Sea" });
    desk.edit(service.media(), "title", "Beach");
    service.change({ title: "Coast" });
    desk.save("one");
    await turns();
    desk.settle("one", "title", choice);
    await turns();
    expect([service.words, device.kept.size, desk.drafts]).toEqual([{ title }, 0, []]);
  });

  it("are in conflict with what was saved, also where something was typed since and given up", async () => {
    const { desk, service } = opened();
    desk.edit(service.media(), "title", "Beach");
    service.change({ title: "Coast" });
    desk.save("one");
    desk.edit(service.media(), "city", "Rome");
    desk.discard("one");
    await turns();
    expect(desk.of("one").obstacle).toMatchObject({ kind: "conflict", conflicts: [{ mine: "Beach" }] });
    expect(desk.of("one").draft?.edits).toEqual({ title: "Beach" });
  });

  it("wait until every field in conflict is decided", async () => {
    const { desk, service } = opened();
    desk.edit(service.media(), "title", "Beach");
    desk.edit(service.media(), "city", "Rome");
    service.change({ title: "Coast", city: "Bari" });
    desk.save("one");
    await turns();
    desk.settle("one", "title", "theirs");
    await turns();
    expect(service.words).toEqual({ title: "Coast", city: "Bari" });
    desk.settle("one", "city", "mine");
    await turns();
    expect(service.words).toEqual({ title: "Coast", city: "Rome" });
  });
});

describe("a tab that dies", () => {
  it("leaves what was typed to the next one, which sends what was saved", async () => {
    const { desk, device, service } = opened();
    service.fates = ["unreachable"];
    desk.edit(service.media(), "title", "Beach");
    desk.save("one");
    await turns();
    desk.close();
    const next = deskOn(device, service, "next");
    for (const draft of orphansOf(await device.all(), () => false)) next.desk.adopt(draft);
    await turns();
    expect([service.words, device.kept.size]).toEqual([{ title: "Beach" }, 0]);
  });

  it("leaves what was not saved to be looked at", async () => {
    const { desk, device, service } = opened();
    desk.edit(service.media(), "title", "Bea");
    const next = deskOn(device, service, "next");
    for (const draft of orphansOf(await device.all(), () => false)) next.desk.adopt(draft);
    await turns();
    expect(next.desk.of("one").draft).toMatchObject({ tab: "next", edits: { title: "Bea" } });
    expect([service.revision, device.kept.size]).toEqual([0, 1]);
  });
});

type Step =
  | { readonly kind: "type"; readonly name: string }
  | { readonly kind: "save" | "die" | "wait" }
  | { readonly kind: "other"; readonly name: string }
  | { readonly kind: "fate"; readonly fate: Fate };

const name = fc.constantFrom("title", "description", "city");
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("type" as const), name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("save" as const, "wait" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("die" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("other" as const), name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fate" as const),
      fate: fc.constantFrom<Fate>("unreachable", "unanswered", "signedOut"),
    }),
  },
);

it("loses no text that was the last to be typed into its field, whatever dies, is lost or is changed by others", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 40 }), async (history) => {
      const service = new WordsService();
      const device = new Device();
      let tab = deskOn(device, service, "0");
      const last = new Map<string, string>();
      for (const [number, step] of history.entries()) {
        if (step.kind === "type") {
          const text = `mine ${number}`;
          last.set(step.name, text);
          tab.desk.edit(service.media(), step.name, text);
        } else if (step.kind === "save") tab.desk.save("one");
        else if (step.kind === "wait") {
          tab.pass();
          await turns();
        } else if (step.kind === "fate") service.fates.push(step.fate);
        else if (step.kind === "other") service.change({ [step.name]: `theirs ${number}` });
        else {
          tab.desk.close();
          tab.pass();
          await turns();
          tab = deskOn(device, service, String(number));
          for (const draft of orphansOf(await device.all(), () => false)) tab.desk.adopt(draft);
        }
      }
      const kept = [...(await device.all()).map(({ edits }) => edits), ...service.revisions];
      for (const [field, text] of last) expect(kept.some((words) => isSame(words[field], text))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
