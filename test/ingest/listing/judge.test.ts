import { describe, expect, test } from "vitest";

import type { KnownRow } from "../../../src/db/ingest/known-records.ts";
import type { TrashedRecord } from "../../../src/db/trash/known.ts";
import { hasVanished, judge, type JudgedPage, type Verdict } from "../../../src/ingest/listing/judge.ts";
import type { ObjectInfo } from "../../../src/storage/provider.ts";

const object: ObjectInfo = {
  objectKey: "2024/a.jpg",
  pathKey: "2024/a.jpg",
  providerRef: null,
  version: "v1",
  contentHash: "md5:1",
  sizeBytes: 10,
  lastModified: 0,
};

const row: KnownRow = {
  pk: 1,
  id: "id",
  pathKey: "2024/a.jpg",
  objectKey: "2024/a.jpg",
  providerRef: null,
  version: "v1",
  contentHash: "md5:1",
  fileSize: 10,
  state: "ready",
  missingSince: null,
  vanishedRun: null,
  runId: "earlier",
  runChange: "new",
  listedRun: null,
  objectRevision: 0,
  observedAt: 100,
};

const listing: JudgedPage = {
  run: "run",
  listedAt: 1000,
  isFull: false,
  pageMark: null,
  knownElsewhere: new Set(),
  trashed: new Map(),
};

const inTrash: TrashedRecord = {
  id: "trashed",
  pathKey: "2023/a.jpg",
  version: "v1",
  contentHash: "md5:1",
  fileSize: 10,
  foundAt: null,
  foundVersion: null,
};
const itsOwn: JudgedPage = {
  ...listing,
  trashed: new Map([["2024/a.jpg", { isOwn: true, records: [inTrash] }]]),
};
const itsBytes: JudgedPage = {
  ...listing,
  trashed: new Map([["2024/a.jpg", { isOwn: false, records: [inTrash] }]]),
};
const knownToo = { knownElsewhere: new Set(["2024/a.jpg"]) };
const changes: JudgedPage = { ...listing, listedAt: null, pageMark: "run:0::0" };
const full: JudgedPage = { ...listing, listedAt: null, isFull: true, pageMark: "run:0:7:0" };
const none = { reappeared: false, reversioned: false, relisted: false };

interface Case {
  readonly name: string;
  readonly object?: Partial<ObjectInfo>;
  readonly row: Partial<KnownRow> | null;
  readonly page?: JudgedPage;
  readonly verdict: Verdict["kind"];
  readonly marks?: Partial<typeof none>;
}

/** Every verdict, and what decides between it and its neighbours. */
const cases: readonly Case[] = [
  { name: "an image that nobody knows", row: null, verdict: "new" },
  {
    name: "a file without an extension that nobody knows",
    object: { objectKey: "a" },
    row: null,
    verdict: "new",
  },
  { name: "a text that nobody knows", object: { objectKey: "a.txt" }, row: null, verdict: "ignored" },
  {
    name: "an unknown key whose bytes another record knows",
    row: null,
    page: { ...listing, knownElsewhere: new Set(["2024/a.jpg"]) },
    verdict: "sighted",
  },
  {
    name: "a text whose bytes another record knows",
    object: { objectKey: "a.txt" },
    row: null,
    page: { ...listing, knownElsewhere: new Set(["2024/a.jpg"]) },
    verdict: "sighted",
  },
  { name: "the object of a record in the trash", row: null, page: itsOwn, verdict: "trashed" },
  { name: "an unknown key with bytes of the trash", row: null, page: itsBytes, verdict: "trashed" },
  {
    name: "a text with bytes of the trash",
    object: { objectKey: "a.txt" },
    row: null,
    page: itsBytes,
    verdict: "trashed",
  },
  {
    name: "an unknown key with bytes of the trash and of another record",
    row: null,
    page: { ...itsBytes, ...knownToo },
    verdict: "sighted",
  },
  {
    name: "the object of a record in the trash whose bytes another record knows",
    row: null,
    page: { ...itsOwn, ...knownToo },
    verdict: "trashed",
  },
  { name: "an object of a record whose bytes are in the trash", row: {}, page: itsOwn, verdict: "unchanged" },
  { name: "an object that is as its record has it", row: {}, verdict: "unchanged" },
  {
    name: "the same bytes under a new version",
    object: { version: "v2" },
    row: {},
    verdict: "unchanged",
    marks: { reversioned: true },
  },
  { name: "other bytes", object: { contentHash: "md5:2", version: "v2" }, row: {}, verdict: "sighted" },
  { name: "another size", object: { sizeBytes: 11 }, row: {}, verdict: "sighted" },
  {
    name: "another version where the provider tells no hash",
    object: { contentHash: null, version: "v2" },
    row: {},
    verdict: "sighted",
  },
  {
    name: "the same version where the provider tells no hash",
    object: { contentHash: null },
    row: {},
    verdict: "unchanged",
  },
  {
    name: "another file of the provider",
    object: { providerRef: "id:2" },
    row: { providerRef: "id:1" },
    verdict: "sighted",
  },
  { name: "the object of a missing record", row: { missingSince: 5 }, verdict: "returned" },
  {
    name: "the object of a missing record under a new version",
    object: { version: "v2" },
    row: { missingSince: 5 },
    verdict: "returned",
    marks: { reversioned: true },
  },
  {
    name: "the object of a record that was marked as vanished",
    row: { vanishedRun: "earlier" },
    verdict: "unchanged",
    marks: { reappeared: true },
  },
  {
    name: "a record that was uploaded after the listing was requested",
    row: { observedAt: 1000 },
    verdict: "newer",
  },
  {
    name: "other bytes than those that were uploaded after the listing was requested",
    object: { contentHash: "md5:2" },
    row: { observedAt: 2000 },
    verdict: "newer",
  },
  { name: "a record that this run has written before", row: { runId: "run" }, verdict: "written" },
  {
    name: "a change that this page has written before",
    row: { runId: "run", listedRun: "run:0::0" },
    page: changes,
    verdict: "written",
  },
  {
    name: "a change that another page of this run has written",
    row: { runId: "run", listedRun: "run:0::1" },
    page: changes,
    verdict: "unchanged",
  },
  {
    name: "what a file that this page has written has become since",
    object: { version: "v2", contentHash: "md5:2" },
    row: { runId: "run", listedRun: "run:0::0" },
    page: changes,
    verdict: "sighted",
  },
  { name: "a change to a record of any age", row: { observedAt: 9000 }, page: changes, verdict: "unchanged" },
  {
    name: "an object that a full listing holds",
    row: {},
    page: full,
    verdict: "unchanged",
    marks: { relisted: true },
  },
  {
    name: "an object that this page of a full listing has held before",
    row: { listedRun: "run:0:7:0" },
    page: full,
    verdict: "unchanged",
  },
  {
    name: "another spelling in a full listing",
    object: { objectKey: "2024/A.jpg" },
    row: {},
    page: full,
    verdict: "sighted",
  },
  {
    name: "another spelling among changes",
    object: { objectKey: "2024/A.jpg" },
    row: {},
    page: changes,
    verdict: "unchanged",
  },
  {
    name: "a record that an earlier attempt at a full listing has written, and that was marked once more",
    row: { runId: "run", listedRun: "run:0:6:0", vanishedRun: "run" },
    page: full,
    verdict: "written",
    marks: { relisted: true, reappeared: true },
  },
];

describe("an object of a page", () => {
  test.for(cases)("is judged: $name is $verdict", (each) => {
    const known = each.row === null ? null : { ...row, ...each.row };
    const verdict = judge({ ...object, ...each.object }, known, each.page ?? listing);
    expect(verdict.kind).toBe(each.verdict);
    expect("marks" in verdict ? verdict.marks : none).toEqual({ ...none, ...each.marks });
  });

  test("meets every verdict in this table", () => {
    const kinds: Record<Verdict["kind"], true> = {
      ignored: true,
      new: true,
      trashed: true,
      sighted: true,
      written: true,
      newer: true,
      returned: true,
      unchanged: true,
    };
    expect(new Set(cases.map(({ verdict }) => verdict))).toEqual(new Set(Object.keys(kinds)));
  });
});

describe("a record that a page does not hold", () => {
  test.for([
    ["has vanished", {}, true],
    ["has not vanished where it is missing already", { missingSince: 5 }, false],
    ["has not vanished anew where it is marked already", { vanishedRun: "earlier" }, false],
    ["has not vanished where it was uploaded after the listing was requested", { observedAt: 2000 }, false],
  ] as const)("%s", ([, changed, vanished]) => {
    expect(hasVanished({ ...row, ...changed }, listing)).toBe(vanished);
  });
});
