const orphanCheckMs = 500;

/**
 * Aborts with `"polite"` when the person presses Ctrl-C or the system asks to end, and with `"orphaned"` when the
 * process that started us is gone, so that a killed `npm start` leaves nothing running.
 */
export function signalled(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort("polite");
  process.on("SIGINT", stop).on("SIGTERM", stop).on("SIGHUP", stop);
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    controller.abort("orphaned");
  }, orphanCheckMs);
  timer.unref();
  return controller.signal;
}
