import { z } from "zod";

import { isMediaId } from "../../../core/media-id.ts";
import { unknownOperation } from "../../../media/failures.ts";
import { mostProposed } from "../../../media/proposals/proposal.ts";
import { proposeUndo } from "../../../media/proposals/propose-undo.ts";
import { defineChangeTool } from "../change-tool.ts";

/** Takes an operation back. */
export const undo = defineChangeTool({
  name: "undo",
  title: "Undo an operation",
  description: `Takes an operation of at most ${mostProposed} photos back: each photo gets the words that it had before, if its words are still those that the operation left. A photo that somebody has changed since is left alone. An undo is an operation itself and can be undone.`,
  shape: {
    operation_id: z.string().min(1).max(64).describe("The `operation_id` of a change."),
  },
  propose: async ({ services }, { operation_id: id }) => {
    if (!isMediaId(id)) throw unknownOperation();
    return proposeUndo(services, id.toLowerCase());
  },
});
