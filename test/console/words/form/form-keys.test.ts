import { describe, expect, it, test } from "vitest";
import { formCommandOf, formKeys, type Pressed } from "../../../../console/src/words/form/form-keys.ts";

const plain: Pressed = {
  key: "",
  code: "",
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
};

describe("a key in the form", () => {
  test.each<[string, Partial<Pressed>, string | null]>([
    ["Ctrl+Enter", { key: "Enter", ctrlKey: true }, "saveNext"],
    ["Cmd+Enter", { key: "Enter", metaKey: true }, "saveNext"],
    ["Enter", { key: "Enter" }, null],
    ["Shift+Ctrl+Enter", { key: "Enter", ctrlKey: true, shiftKey: true }, null],
    ["Alt+ArrowUp", { key: "ArrowUp", altKey: true }, "carry"],
    ["ArrowUp", { key: "ArrowUp" }, null],
    ["Alt+T", { key: "t", code: "KeyT", altKey: true }, "templates"],
    ["Alt+T of a Mac", { key: "†", code: "KeyT", altKey: true }, "templates"],
    ["Alt+Enter", { key: "Enter", altKey: true }, "take"],
    ["Alt+R", { key: "r", code: "KeyR", altKey: true }, "refuse"],
    ["Alt+R of a Mac", { key: "®", code: "KeyR", altKey: true }, "refuse"],
    ["Ctrl+Alt+T", { key: "t", code: "KeyT", altKey: true, ctrlKey: true }, null],
    ["t", { key: "t", code: "KeyT" }, null],
    ["Escape", { key: "Escape" }, "giveUp"],
    ["Ctrl+Z", { key: "z", ctrlKey: true }, "undo"],
    ["Ctrl+Shift+Z", { key: "Z", ctrlKey: true, shiftKey: true }, null],
    ["Enter of a word that is put together", { key: "Enter", ctrlKey: true, isComposing: true }, null],
    ["Escape of a word that is put together", { key: "Escape", isComposing: true }, null],
  ])("%s", (_, pressed, command) => {
    expect(formCommandOf({ ...plain, ...pressed })).toBe(command);
  });
});

it("tells every key of the form, each with what it does, to whoever may write", () => {
  expect(formKeys.help.every(({ keys, does }) => keys.length > 0 && does.length > 0)).toBe(true);
  expect(formKeys.scope).toBe("write");
});
