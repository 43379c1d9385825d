import { z } from "zod";

import { isSafeForSecrets, withoutFinalSlashes } from "../core/text/address.ts";

/** Names of variables and secrets that {@link readConfig} reads. All arrive as text; anything else is a misconfiguration. */
export type ConfigSource = Readonly<Record<string, unknown>>;

const minimalSecretLength = 32;

/** Takes a sentence on a value that does not fit, which names the variable and never shows the value. */
export type Report = (problem: string) => void;

/** A value without spaces at its ends; empty where it is not set, or no text. */
export function text(source: ConfigSource, name: string): string {
  const value = source[name];
  return typeof value === "string" ? value.trim() : "";
}

/** A positive whole number of up to 15 digits; `fallback` where it is not set, or none, which is reported. */
export function readCount(source: ConfigSource, name: string, fallback: number, report: Report): number {
  const value = text(source, name);
  if (value === "") return fallback;
  if (/^[1-9][0-9]{0,14}$/.test(value)) return Number(value);
  report(`${name} must be a positive whole number; the service uses ${fallback}.`);
  return fallback;
}

/** The most days that a number of days may be: a hundred years, which whoever wants to keep all for ever may say. */
const mostDays = 36_500;

/** A number of days, 0 included; `fallback` where it is not set, or none, which is reported. */
export function readDays(source: ConfigSource, name: string, fallback: number, report: Report): number {
  const value = text(source, name);
  if (value === "") return fallback;
  if (/^(?:0|[1-9][0-9]{0,4})$/.test(value) && Number(value) <= mostDays) return Number(value);
  report(`${name} must be a whole number of days, from 0 to ${mostDays}; the service uses ${fallback}.`);
  return fallback;
}

/** A secret of at least 32 characters; null, and a report, where it is shorter, or required and not set. */
export function readSecret(
  source: ConfigSource,
  name: string,
  required: boolean,
  report: Report,
): string | null {
  const value = text(source, name);
  if (value.length >= minimalSecretLength) return value;
  if (value !== "") report(`${name} must have at least ${minimalSecretLength} characters and is ignored.`);
  else if (required) report(`${name} is not set, so cursors, links and sessions cannot be signed.`);
  return null;
}

/** What an address lacks that {@link readUrl} refuses, to be said behind the variable's name. */
export const mustBeSafe = "must be an https address, or http on this very machine";

/** An address that paths are put onto and secrets are sent to; null where it is none. */
export function readUrl(source: ConfigSource, name: string, fallback: string): string | null {
  const url = URL.parse(text(source, name) || fallback);
  if (url === null || !isSafeForSecrets(url) || url.search !== "" || url.hash !== "") return null;
  return withoutFinalSlashes(url.href);
}

/** A JSON array, its entries still to be checked; null where the text is none. */
export function parseJsonArray(value: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** The name of a storage provider, which records, cursors and logs have: it does not change. */
export const providerName = z.string().regex(/^[a-z0-9-]{1,32}$/, "1-32 characters of a-z, 0-9 and -");
