import type { Photo } from "./photo.ts";

/** A stretch of the photos under one heading. */
export interface Section {
  /** The month as `YYYY-MM`; null for the photos without a date. */
  readonly period: string | null;
  /** The place of its first photo among all, from 0. */
  readonly first: number;
  readonly count: number;
  /** How many of its photos are known only to the year: they stand in the first month of it. */
  readonly imprecise: number;
}

/**
 * The photos of a finding in their order, each at its place from 0, before they have been loaded. What is read of it in a
 * component is reactive.
 */
export interface Library {
  /** By month and newest first where the order is by date taken; one section without a heading otherwise: empty then. */
  readonly sections: readonly Section[];
  /** Whether there are sections by month, or will be once they are counted. */
  readonly isByMonth: boolean;
  /** Whether the photos were searched for, and tell what was found in them. */
  readonly isSearch: boolean;
  /** How many photos are known of; exact where `isWhole`. */
  readonly count: number;
  /** Whether there is nothing behind the last photo that is known of. */
  readonly isWhole: boolean;
  /** Why something could not be loaded; null where all is well. `retry` asks again. */
  readonly failure: unknown;
  readonly isLoading: boolean;
  /** Rises when other photos than before may be at the places. */
  readonly generation: number;
  /** The photo at a place; null while it is not loaded, and where there is none. */
  photo(index: number): Photo | null;
  /** Whether there is no photo at a place after all: the archive has changed since its photos were counted. */
  isAbsent(index: number): boolean;
  /** Tells which places are on the screen: they and their surroundings are loaded first, other requests are cancelled. */
  show(first: number, end: number): void;
  /**
   * Loads the photo at a place, wherever the screen is; null where there is none, as behind the end. Throws what the service
   * has refused it with, and the signal's reason.
   */
  load(index: number, signal: AbortSignal): Promise<Photo | null>;
  /** The place of a photo that has been loaded; null for any other. */
  indexOf(id: string): number | null;
  /** Shows a photo as it is now, at its place; nothing where it has not been loaded. */
  replace(photo: Photo): void;
  /** Notes that photos are gone: nothing is at their places until everything was asked for anew. */
  remove(ids: readonly string[]): void;
  /** Asks again for what could not be loaded. */
  retry(): void;
  /** Asks for everything anew, since the archive may have changed. What is known stays until the answers have come. */
  refresh(): void;
}
