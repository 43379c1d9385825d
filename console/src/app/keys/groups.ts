import { keyTexts as keys } from "../../texts/keys.ts";
import { selectionKeys } from "../../selection/keys.ts";
import { viewerKeys } from "../../viewer/keys.ts";
import { formKeys } from "../../words/form/form-keys.ts";
import type { KeyGroup } from "./group.ts";

/** Every key of the page. */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: keys.everywhere,
    help: [
      { keys: ["?"], does: keys.show },
      { keys: ["/"], does: keys.search },
      { keys: ["Esc"], does: keys.escape },
    ],
  },
  {
    title: keys.find,
    help: [
      { keys: ["↓", "↑"], does: keys.suggestion },
      { keys: ["→", "←"], does: keys.folder },
      { keys: ["Delete"], does: keys.filter },
    ],
  },
  {
    title: keys.grid,
    help: [
      { keys: ["←", "→", "↑", "↓"], does: keys.arrows },
      { keys: ["Page Up", "Page Down"], does: keys.pages },
      { keys: ["Home", "End"], does: keys.row },
      { keys: ["Ctrl + Home", "Ctrl + End"], does: keys.ends },
      { keys: ["Enter", "Space"], does: keys.open },
    ],
  },
  {
    title: keys.scrubber,
    help: [
      { keys: ["↑", "↓"], does: keys.months },
      { keys: ["Page Up", "Page Down"], does: keys.years },
    ],
  },
  viewerKeys,
  formKeys,
  selectionKeys,
];
