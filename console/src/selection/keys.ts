import type { KeyGroup } from "../app/keys/group.ts";
import { selectionTexts } from "../texts/selection.ts";

const { keys } = selectionTexts;

/** The keys of who selects photos, for the page's list of keys. */
export const selectionKeys: KeyGroup = {
  title: keys.title,
  scope: "write",
  help: [
    { keys: ["X", "Ctrl + Space"], does: keys.toggle },
    { keys: ["Shift + ←", "→", "↑", "↓"], does: keys.extend },
    { keys: ["Ctrl + A"], does: keys.all },
    { keys: ["Esc"], does: keys.clear },
    { keys: ["Delete"], does: keys.remove },
    { keys: ["Ctrl + Z"], does: keys.undo },
  ],
};
