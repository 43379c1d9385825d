import type { KeyGroup } from "../app/keys/group.ts";
import { texts } from "../texts/texts.ts";
import { viewerTexts } from "../texts/viewer.ts";

/** What a key does in the viewer. */
export type ViewerCommand =
  | "previous"
  | "next"
  | "zoomIn"
  | "zoomOut"
  | "fit"
  | "details"
  | "remove"
  | "describe"
  | "panLeft"
  | "panRight"
  | "panUp"
  | "panDown";

const { keyTexts } = viewerTexts;

/** The keys of the viewer, for the page's list of keys. */
export const viewerKeys: KeyGroup = {
  title: texts.viewer.photo,
  help: [
    { keys: ["←", "→"], does: keyTexts.move },
    { keys: ["+", "−"], does: keyTexts.zoom },
    { keys: ["0"], does: keyTexts.fit },
    { keys: ["←", "→", "↑", "↓"], does: keyTexts.pan },
    { keys: ["I"], does: keyTexts.details },
    { keys: ["Esc"], does: keyTexts.close },
  ],
};

/** A key that was pressed; a `KeyboardEvent` is one. */
export type Pressed = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey">;

const commands: ReadonlyMap<string, ViewerCommand> = new Map([
  ["ArrowLeft", "previous"],
  ["ArrowRight", "next"],
  ["+", "zoomIn"],
  // The same key of many keyboards without Shift.
  ["=", "zoomIn"],
  ["-", "zoomOut"],
  ["0", "fit"],
  ["i", "details"],
  ["I", "details"],
  ["Delete", "remove"],
  ["e", "describe"],
  ["E", "describe"],
]);

/** On an enlarged picture the arrows move the picture. */
const zoomedCommands: ReadonlyMap<string, ViewerCommand> = new Map([
  ...commands,
  ["ArrowLeft", "panLeft"],
  ["ArrowRight", "panRight"],
  ["ArrowUp", "panUp"],
  ["ArrowDown", "panDown"],
]);

/** What a key means; null for a key that is the browser's, such as all with Ctrl. */
export function commandOf(pressed: Pressed, isZoomed: boolean): ViewerCommand | null {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey) return null;
  return (isZoomed ? zoomedCommands : commands).get(pressed.key) ?? null;
}
