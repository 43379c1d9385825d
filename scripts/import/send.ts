import type { Api } from "./api.ts";
import type { Catalogue } from "./catalogue.ts";
import { bytes, type Progress } from "./progress.ts";
import { compareWith, uploadFile, type FileResult } from "./upload.ts";
import type { LocalFile, Problem } from "./walk.ts";

/** What became of all files. */
export interface Sent {
  uploaded: string[];
  uploadedBytes: number;
  present: string[];
  problems: Problem[];
  /** How many files were not tried. */
  left: number;
  elapsedMs: number;
  /** Why it stopped before the end, when the service was lost. */
  stopped: string | undefined;
}

/** What sending needs. */
export interface Sending {
  api: Api;
  files: LocalFile[];
  catalogue: Catalogue;
  concurrency: number;
  progress: Progress;
  signal: AbortSignal;
}

/** Splits the files into those the service has and those to send; whose key is taken by another is neither. */
async function compare({ files, catalogue, progress, signal }: Sending, sent: Sent): Promise<LocalFile[]> {
  const toSend: LocalFile[] = [];
  const known = files.filter(({ key }) => catalogue.has(key));
  const total = known.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  if (known.length > 0) progress.begin("Comparing", total, bytes);
  for (const file of files) {
    const media = catalogue.get(file.key);
    if (media === undefined || signal.aborted) toSend.push(file);
    else {
      record(sent, file, await compareWith(file, media));
      done += file.size;
      progress.update(done, "with what the service has");
    }
  }
  if (known.length > 0) progress.end();
  return toSend;
}

function record(sent: Sent, file: LocalFile, result: FileResult): void {
  if (result.kind === "present") sent.present.push(file.key);
  else if (result.kind === "uploaded") {
    sent.uploaded.push(file.key);
    sent.uploadedBytes += file.size;
  } else sent.problems.push({ key: file.key, reason: result.reason, isTaken: result.kind === "taken" });
}

/** Sends the files that the service does not have, several at a time; none stops the others. */
export async function sendFiles(sending: Sending): Promise<Sent> {
  const { api, concurrency, progress, signal } = sending;
  const sent: Sent = {
    uploaded: [],
    uploadedBytes: 0,
    present: [],
    problems: [],
    left: 0,
    elapsedMs: 0,
    stopped: undefined,
  };
  const queue = await compare(sending, sent);
  const begin = performance.now();
  let [next, done, doneBytes, lostInARow] = [0, 0, 0, 0];
  const show = (more: number): void => {
    doneBytes += more;
    progress.update(doneBytes, `${done} of ${queue.length} files`);
  };
  api.onPause((ms) => {
    const wait = `waiting ${Math.ceil(ms / 1_000)} s, as the service asks`;
    progress.update(doneBytes, `${done} of ${queue.length} files, ${wait}`);
  });
  const worker = async (): Promise<void> => {
    while (!signal.aborted && sent.stopped === undefined) {
      const file = queue[next];
      if (!file) return;
      next += 1;
      const result = await uploadFile(api, file, show);
      if (signal.aborted && result.kind === "lost") {
        sent.left += 1;
        return;
      }
      done += 1;
      record(sent, file, result);
      lostInARow = result.kind === "lost" ? lostInARow + 1 : 0;
      // Each of them was tried for half a minute; the rest would fare no better.
      if (result.kind === "lost" && lostInARow >= concurrency) sent.stopped = result.reason;
      show(0);
    }
  };
  progress.begin(
    "Sending",
    queue.reduce((sum, file) => sum + file.size, 0),
    bytes,
  );
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, worker));
  } finally {
    progress.end();
  }
  sent.left += queue.length - next;
  sent.elapsedMs = performance.now() - begin;
  return sent;
}
