import { onTestFinished, vi } from "vitest";

import { dropboxEnv } from "../../support/dropbox/configured.ts";
import { DropboxStandIn } from "../../support/dropbox/stand-in.ts";
import { limitedFetch } from "../../support/platform/body.ts";
import { World } from "./world.ts";

/** A world whose only storage is a Dropbox, and the stand-in for that. */
export interface DropboxWorld {
  readonly world: World;
  readonly dropbox: DropboxStandIn;
}

/** Each world has a coordinator of its own. */
let worlds = 0;

/** Makes one for the test that runs; its provider reads the folder `root`. */
export async function dropboxWorld(root = ""): Promise<DropboxWorld> {
  const dropbox = new DropboxStandIn();
  answerWith(dropbox);
  const provider = JSON.stringify([{ name: "dropbox", type: "dropbox", root }]);
  const bindings = { ...dropboxEnv(), STORAGE_PROVIDERS: provider };
  return { world: await World.create({ name: `dropbox-${worlds++}`, bindings }), dropbox };
}

/** Has a stand-in answer in place of the network until the test has ended. */
export function answerWith(dropbox: DropboxStandIn): void {
  vi.stubGlobal("fetch", limitedFetch(dropbox.fetch));
  onTestFinished(() => void vi.unstubAllGlobals());
}
