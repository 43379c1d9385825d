import cliProgress from "cli-progress";

/** Shows a person how far something is. */
export interface Progress {
  begin: (title: string, total: number, unit: Unit) => void;
  /** Moves to an amount; the total may have become known better. */
  update: (value: number, note: string, total?: number) => void;
  end: () => void;
}

/** How amounts are written. */
export type Unit = (amount: number) => string;

const lineEveryMs = 5_000;

/** Bytes in decimal units, as file managers show them. */
export const bytes: Unit = (amount) => {
  if (amount < 1_000) return `${amount} B`;
  const exponent = Math.min(Math.floor(Math.log10(amount) / 3), 4);
  return `${(amount / 1_000 ** exponent).toFixed(1)} ${["B", "kB", "MB", "GB", "TB"][exponent] ?? ""}`;
};

/** Plain numbers. */
export const count: Unit = (amount) => String(amount);

/** A bar that stays on its line, for a terminal. */
export function barProgress(stream: NodeJS.WritableStream): Progress {
  let bar: cliProgress.SingleBar | undefined;
  return {
    begin: (title, total, unit) => {
      bar = new cliProgress.SingleBar(
        {
          stream,
          etaBuffer: 100,
          hideCursor: true,
          // The import ends by itself on Ctrl-C, and its bar with it.
          gracefulExit: false,
          format: (options, params, payload: { note?: string }) => {
            const drawn = cliProgress.Format.BarFormat(params.progress, options);
            const eta = cliProgress.Format.TimeFormat(params.eta, options, 1);
            const amount = `${unit(params.value)} of ${unit(params.total)}`;
            return `${title} ${drawn} ${Math.floor(params.progress * 100)}% | ${amount} | ${payload.note ?? ""} | ${eta} left`;
          },
        },
        cliProgress.Presets.shades_classic,
      );
      bar.start(total, 0, { note: "" });
    },
    update: (value, note, total) => {
      if (total !== undefined) bar?.setTotal(total);
      bar?.update(value, { note });
    },
    end: () => bar?.stop(),
  };
}

/** A line every few seconds, for logs and pipes. */
export function lineProgress(say: (line: string) => void, now: () => number = Date.now): Progress {
  let title = "";
  let total = 0;
  let unit: Unit = count;
  let latest = "";
  let said = "";
  let spokenAt = 0;
  const speak = (): void => {
    if (latest !== said) say(latest);
    said = latest;
    spokenAt = now();
  };
  return {
    begin: (nextTitle, nextTotal, nextUnit) => {
      [title, total, unit, latest, said, spokenAt] = [nextTitle, nextTotal, nextUnit, "", "", now()];
    },
    update: (value, note, newTotal = total) => {
      total = newTotal;
      const amount =
        total > 0 ? ` ${Math.floor((100 * value) / total)}%, ${unit(value)} of ${unit(total)}` : "";
      latest = `${title}${amount}, ${note}`;
      if (now() - spokenAt >= lineEveryMs) speak();
    },
    end: speak,
  };
}
