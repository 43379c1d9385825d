import { withHiddenEscaped } from "./text/characters.ts";

/** How much is logged, from all to least. */
export const logLevels = ["debug", "info", "warn", "error"] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** What a line says besides its event, as `name=value`; undefined values are left out. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Writes human-readable lines to the console, each with the context it was made with. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields, cause?: unknown): void;
  error(event: string, fields?: LogFields, cause?: unknown): void;
  /** A logger whose lines carry these fields too: request id, run id, trace id. */
  child(context: LogFields): Logger;
}

/** A logger that is silent below `level`. */
export function createLogger(level: LogLevel, context: LogFields = {}): Logger {
  const least = logLevels.indexOf(level);
  const write = (at: LogLevel, event: string, fields: LogFields = {}, cause?: unknown): void => {
    if (logLevels.indexOf(at) < least) return;
    const line = `${at.toUpperCase().padEnd(5)} ${event}${formatFields({ ...fields, ...context })}`;
    const text = cause === undefined ? line : `${line}\n${describeCause(cause)}`;
    // The console is the log of a Worker, and this is its only writer.
    console[at](text);
  };
  return {
    debug: (event, fields) => write("debug", event, fields),
    info: (event, fields) => write("info", event, fields),
    warn: (event, fields, cause) => write("warn", event, fields, cause),
    error: (event, fields, cause) => write("error", event, fields, cause),
    child: (more) => createLogger(level, { ...context, ...more }),
  };
}

function formatFields(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${formatValue(value)}`)
    .join("");
}

/** Quotes what has more than plain characters, and escapes what is not seen, so that no file name can forge a line. */
function formatValue(value: LogFields[string]): string {
  const text = String(value);
  return /^[\w.:/@+,~-]+$/.test(text) ? text : withHiddenEscaped(JSON.stringify(text));
}

/** A chain of causes that is longer than this goes in circles. */
const longestChain = 8;

function describeCause(cause: unknown, depth = 1): string {
  const own = `  caused by: ${causeText(cause)}`;
  const isLast = !(cause instanceof Error) || cause.cause === undefined || depth === longestChain;
  return isLast ? own : `${own}\n${describeCause(cause.cause, depth + 1)}`;
}

/**
 * What a cause says, on one line, since its message may have come from anywhere, and below it the frames of its stack,
 * each indented and on a line of its own.
 */
function causeText(cause: unknown): string {
  if (!(cause instanceof Error)) return withHiddenEscaped(textOf(cause));
  const lines = (cause.stack ?? cause.message).split("\n");
  const lastOfMessage = lines.findLastIndex((line) => !/^\s+at /.test(line));
  const message = lines.slice(0, lastOfMessage + 1).join("\n");
  const frames = lines.slice(lastOfMessage + 1).map((line) => `    ${withHiddenEscaped(line.trim())}`);
  return [withHiddenEscaped(message), ...frames].join("\n");
}

/** Not everything that is thrown can be written. */
function textOf(cause: unknown): string {
  try {
    return String(cause);
  } catch {
    return "something without a text";
  }
}
