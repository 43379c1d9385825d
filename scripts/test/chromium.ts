import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "../failure.ts";

/** What a Chromium is called where a system has one, the likeliest first. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where macOS keeps the browsers that people install, which are not on the PATH. */
const applications = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The Chromium that the browser tests run: the one that `CHROMIUM` names, else the first that this system has.
 *
 * @throws a {@link Failure} that says what to install, when there is none
 */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const named = env["CHROMIUM"];
  if (named !== undefined && named !== "") {
    if (isProgram(named)) return named;
    throw new Failure(`CHROMIUM names ${named}, which is no program that can be run.`);
  }
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const places = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...applications];
  const found = places.find(isProgram);
  if (found !== undefined) return found;
  throw new Failure(
    "The browser tests need a Chromium, and this system has none: install one (Debian's package is called `chromium`), or set CHROMIUM to the path of a Chromium or Chrome.",
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
