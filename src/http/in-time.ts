/** What has not answered by then counts as failed: whoever waits for the answer has better things to do. */
export const answerTimeoutMs = 2_000;

/** What a dependency answers; throws what it throws, and where it has not answered in time, after telling it to stop. */
export async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const reason = new Error(`no answer within ${answerTimeoutMs} ms`);
    late.abort(reason);
    reject(reason);
  }, answerTimeoutMs);
  try {
    return await Promise.race([work(late.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
