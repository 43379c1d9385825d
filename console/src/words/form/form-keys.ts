import type { KeyGroup } from "../../app/keys/group.ts";
import { formTexts } from "../../texts/form.ts";

/** What a key does in the form. */
export type FormCommand = "saveNext" | "carry" | "templates" | "take" | "refuse" | "giveUp" | "undo";

const { keys } = formTexts;

/** The keys of the form, for the page's list of keys. */
export const formKeys: KeyGroup = {
  title: keys.title,
  scope: "write",
  help: [
    { keys: ["E"], does: keys.describe },
    { keys: ["Ctrl + Enter"], does: keys.next },
    { keys: ["Alt + ↑"], does: keys.carry },
    { keys: ["Alt + T"], does: keys.templates },
    { keys: ["Alt + Enter"], does: keys.take },
    { keys: ["Alt + R"], does: keys.refuse },
    { keys: ["Esc"], does: keys.giveUp },
    { keys: ["Ctrl + Z"], does: keys.undo },
    { keys: ["Enter", ","], does: keys.keyword },
    { keys: ["↓", "↑"], does: keys.suggestion },
    { keys: ["Backspace"], does: keys.last },
    { keys: ["0 – 5"], does: keys.rating },
  ],
};

/** A key that was pressed; a `KeyboardEvent` is one. */
export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "isComposing"
>;

/** What a key means in the form; null for a key that is the field's, such as every one of a word that is being put together. */
export function formCommandOf(pressed: Pressed): FormCommand | null {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey, isComposing } = pressed;
  if (isComposing || shiftKey) return null;
  const isCommand = ctrlKey || metaKey;
  if (isCommand && !altKey) {
    if (key === "Enter") return "saveNext";
    return key.toLowerCase() === "z" ? "undo" : null;
  }
  if (altKey && !isCommand) {
    if (key === "ArrowUp") return "carry";
    if (key === "Enter") return "take";
    // The letter is another one with Alt on some keyboards.
    if (code === "KeyR") return "refuse";
    return code === "KeyT" ? "templates" : null;
  }
  return key === "Escape" && !isCommand ? "giveUp" : null;
}
