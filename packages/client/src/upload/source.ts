import type { CallBody } from "../http/exchange.ts";

/** The bytes of a photo. A function gives the same bytes anew for each attempt. */
export type UploadBody = UploadBytes | (() => UploadBytes | Promise<UploadBytes>);

/** Bytes that are there, or that come. */
export type UploadBytes = Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

/** A photo that can be sent. */
export interface Source {
  readonly size: number;
  /** Whether its bytes can be had again. */
  readonly isReplayable: boolean;
  /** All bytes at once, where they are there already; null for a stream. */
  readonly whole: Blob | Uint8Array<ArrayBuffer> | null;
  readonly open: () => ReadableStream<Uint8Array> | Promise<ReadableStream<Uint8Array>>;
}

/** How many bytes of an array go into a stream at once. */
const sliceBytes = 64 * 1024;

/** A photo from what a caller has. A stream does not tell its size, and the service has to know it beforehand. */
export function sourceOf(body: UploadBody, size: number | undefined): Source {
  if (body instanceof Blob || body instanceof Uint8Array) {
    const whole = { whole: body, open: () => streamOf(body), isReplayable: true };
    return { ...whole, size: body instanceof Blob ? body.size : body.byteLength };
  }
  if (size === undefined || !Number.isSafeInteger(size) || size < 0)
    throw new TypeError("A stream is uploaded with its `size`: the number of its bytes.");
  return body instanceof ReadableStream
    ? { size, isReplayable: false, whole: null, open: () => body }
    : { size, isReplayable: true, whole: null, open: async () => streamOf(await body()) };
}

function streamOf(bytes: UploadBytes): ReadableStream<Uint8Array> {
  if (bytes instanceof Blob) return bytes.stream();
  return bytes instanceof Uint8Array ? slices(bytes) : bytes;
}

function slices(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (at >= bytes.byteLength) controller.close();
      else controller.enqueue(bytes.subarray(at, (at += sliceBytes)));
    },
  });
}

/** A stream that is counted as it is taken. */
export interface Counted {
  readonly stream: ReadableStream<Uint8Array>;
  /** What the stream itself failed with; null if it did not. */
  readonly failure: () => Error | null;
  /** Lets go of the stream: Node's `fetch` reads on to its end, although the request is over. */
  readonly stop: () => void;
}

/** Counts a stream as it is taken, and fails it where it has other than `size` bytes. */
export function counted(
  source: ReadableStream<Uint8Array>,
  size: number,
  onBytes: (sent: number) => void,
): Counted {
  const reader = source.getReader();
  let sent = 0;
  let failure: Error | null = null;
  const fail = (error: unknown): Error =>
    (failure =
      error instanceof Error ? error : new Error("The stream of the photo failed.", { cause: error }));
  let end = (): void => {};
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      end = () => controller.error(new Error("The request is over."));
    },
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        sent += value?.byteLength ?? 0;
        if (sent > size || (done && sent < size)) throw new Error(lengthFault(sent, size));
        if (done) controller.close();
        else {
          controller.enqueue(value);
          onBytes(sent);
        }
      } catch (error) {
        controller.error(fail(error));
        reader.cancel(error).catch(() => {});
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const stop = (): void => {
    end();
    reader.cancel().catch(() => {});
  };
  return { stream, failure: () => failure, stop };
}

function lengthFault(sent: number, size: number): string {
  return sent > size
    ? `The stream of the photo has more than the ${size} bytes of its \`size\`.`
    : `The stream of the photo ended after ${sent} of the ${size} bytes of its \`size\`.`;
}

/** A stream as a blob, for runtimes that cannot send a stream with its length. */
export async function collected({ stream, failure }: Counted): Promise<CallBody> {
  try {
    return { body: await new Response(stream).blob() };
  } catch (error) {
    throw failure() ?? error;
  }
}
