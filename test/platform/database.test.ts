import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { limitedDatabase } from "../support/platform/database.ts";
import { Invocation } from "../support/platform/invocation.ts";
import { limits } from "../support/platform/limits.ts";
import { expectRefused, takeRefusals } from "../support/platform/refusals.ts";

/** A session of D1 as one invocation has it. */
function session(): D1DatabaseSession {
  return limitedDatabase(env.DB, new Invocation()).withSession("first-primary");
}

async function rows(count: number): Promise<unknown> {
  const counted =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n";
  return session().prepare(counted).bind(count).all();
}

async function values(sizes: readonly number[]): Promise<unknown> {
  const sized = "SELECT hex(zeroblob(value / 2)) AS text FROM json_each(?)";
  return session().prepare(sized).bind(JSON.stringify(sizes)).all();
}

describe("an invocation's D1", () => {
  it("runs 1,000 statements, and refuses the next, each of a batch counted", async () => {
    const database = session();
    const one = database.prepare("SELECT 1");
    await database.batch(Array.from({ length: limits.queries - 1 }, () => one));
    await one.all();
    await expectRefused(one.all(), "Too many API requests by single worker invocation");
    await expectRefused(database.batch([one]), "Too many API requests by single worker invocation");
  });

  it("counts the statements of all its sessions together", async () => {
    const database = limitedDatabase(env.DB, new Invocation());
    const [first, second] = [database.withSession(), database.withSession("first-primary")];
    await first.batch(Array.from({ length: limits.queries }, () => first.prepare("SELECT 1")));
    await expectRefused(second.prepare("SELECT 1").first(), "Too many API requests");
  });

  it("takes 100 parameters of a statement, and refuses 101", async () => {
    const statement = (count: number) => {
      const list = Array.from({ length: count }, () => "?").join(", ");
      return session()
        .prepare(`SELECT ${list}`)
        .bind(...Array.from({ length: count }, (_, index) => index));
    };
    await statement(limits.boundParameters).all();
    expect(() => statement(limits.boundParameters + 1)).toThrow("too many SQL variables");
    expect(takeRefusals()).toHaveLength(1);
  });

  it("takes a statement of 100,000 bytes, and refuses a longer one", async () => {
    const statement = (bytes: number) => session().prepare("SELECT 1".padEnd(bytes));
    await statement(limits.statementBytes).all();
    expect(() => statement(limits.statementBytes + 1)).toThrow("statement too long");
    expect(takeRefusals()).toHaveLength(1);
  });

  it("takes a value of 2,000,000 bytes, and refuses a longer one", async () => {
    const statement = (text: string) => session().prepare("SELECT length(?)").bind(text);
    await statement("é".repeat(limits.valueBytes / 2)).all();
    expect(() => statement("é".repeat(limits.valueBytes / 2) + "x")).toThrow("string or blob too big");
    expect(takeRefusals()).toHaveLength(1);
  });

  it("answers 10,000 rows to a statement, and refuses more", async () => {
    await rows(limits.resultRows);
    await expectRefused(rows(limits.resultRows + 1), "10001 rows");
  });

  it("answers 10 MB to a statement, and refuses more", async () => {
    const fifth = limits.resultBytes / 5;
    await values([fifth, fifth, fifth, fifth, fifth - 1000]);
    await expectRefused(values([fifth, fifth, fifth, fifth, fifth, 1000]), "bytes of rows in one answer");
  });

  it("takes a pattern of 50 bytes, and refuses a longer one, as the local D1 does by itself", async () => {
    const statement = (bytes: number) => session().prepare("SELECT 'x' LIKE ?").bind("x".repeat(bytes)).all();
    await statement(50);
    await expect(statement(51)).rejects.toThrow("LIKE or GLOB pattern too complex");
  });
});
