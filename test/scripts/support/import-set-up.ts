import { join } from "node:path";
import { onTestFinished } from "vitest";
import { importPhotos } from "../../../scripts/import/import.ts";
import type { Progress } from "../../../scripts/import/progress.ts";
import { fastClock } from "./fast-clock.ts";
import { FakeService } from "./fake-service.ts";
import { temporaryFolder, writeFiles } from "./folder.ts";

/** A fake service, a folder, and an import from the one into the other. */
export async function setUp(files: Record<string, Buffer | string>) {
  const service = new FakeService();
  const address = await service.listen();
  onTestFinished(() => service.close());
  const folder = await temporaryFolder();
  await writeFiles(folder, files);
  const said: string[] = [];
  const shown: string[] = [];
  const progress: Progress = {
    begin: () => {},
    update: (_value, note) => void shown.push(note),
    end: () => {},
  };
  const clock = fastClock();
  const stop = new AbortController();
  const start = (signal: AbortSignal, paths: string[], flags: string[]): Promise<number> =>
    importPhotos({
      argv: [...paths, "--url", address, "--key", service.key, ...flags],
      env: {},
      say: (line) => void said.push(...line.split("\n")),
      progress,
      stop: signal,
      clock,
    });
  return {
    service,
    folder,
    said,
    /** What stood beside the progress bar. */
    shown,
    clock,
    stop,
    run: (...flags: string[]) => start(stop.signal, [folder], flags),
    /** With paths below the folder, rather than the folder. */
    runOf: (paths: string[], ...flags: string[]) =>
      start(
        stop.signal,
        paths.map((path) => join(folder, path)),
        flags,
      ),
    /** As a new process would, which nobody has stopped yet. */
    again: (...flags: string[]) => start(new AbortController().signal, [folder], flags),
  };
}
