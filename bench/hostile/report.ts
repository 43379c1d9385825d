import { greatestRatio, greatestSlowness, type Measured } from "./measure.ts";

interface Line {
  tried: number;
  measured: number;
  ratio: number;
  ratioOf: string;
  slowness: number;
  slownessOf: string;
}

/** What has been found, by the part of a request that was long. */
export class Report {
  readonly #lines = new Map<string, Line>();
  readonly violations: string[] = [];

  /** A kind that was tried; `makesPicture` exempts it from the bound on a single request. */
  add(
    part: string,
    what: string,
    found: Measured | null,
    { plainMs, makesPicture = false }: { readonly plainMs: number; readonly makesPicture?: boolean },
  ): void {
    const line = this.#lines.get(part) ?? {
      tried: 0,
      measured: 0,
      ratio: 0,
      ratioOf: "",
      slowness: 0,
      slownessOf: "",
    };
    this.#lines.set(part, line);
    line.tried += 1;
    if (found === null) return;
    line.measured += 1;
    const { ratio, quickestMs, length, halfMs, wholeMs } = found;
    const slowness = quickestMs / plainMs;
    if ((ratio ?? 0) > line.ratio) Object.assign(line, { ratio, ratioOf: what });
    if (slowness > line.slowness) Object.assign(line, { slowness, slownessOf: what });
    const figures = `${halfMs.toFixed(0)} ms at ${length >> 1}, ${wholeMs.toFixed(0)} ms at ${length}, plain ${found.plainMs.toFixed(1)} ms`;
    if ((ratio ?? 0) > greatestRatio)
      this.#violation(`${what}: ${(ratio ?? 0).toFixed(1)} × at twice its length (${figures})`);
    if (!makesPicture && slowness > greatestSlowness)
      this.#violation(`${what}: ${slowness.toFixed(0)} × its route's median (${figures})`);
  }

  #violation(text: string): void {
    this.violations.push(text);
    console.error(`! ${text}`);
  }

  /** The table for docs/performance.md. */
  table(): string {
    const rows = [...this.#lines].map(
      ([part, { tried, measured, ratio, ratioOf, slowness, slownessOf }]) =>
        `| ${part} | ${tried} | ${measured} | ${ratio === 0 ? "" : `${ratio.toFixed(2)} (${ratioOf})`} | ${slowness === 0 ? "" : `${slowness.toFixed(1)} (${slownessOf})`} |`,
    );
    return [
      "| long part | kinds | slow enough to measure | worst ratio at twice the length | slowest, in medians of its route |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n");
  }
}
