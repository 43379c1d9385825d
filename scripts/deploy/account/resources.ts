import { z } from "zod";
import type { Section } from "../config.ts";
import type { DeployOptions } from "../options.ts";
import { ask, jsonOf, reasonOf, targetFlags, type Network } from "../surroundings.ts";

/** Something that a deployment works on, and that the account has or lacks. */
export interface Resource {
  readonly kind: "database" | "bucket" | "queue";
  readonly name: string;
  /** The arguments of wrangler that create it. */
  readonly creation: readonly string[];
}

/** What the account lacks of a deployment, in the order in which it is created; and what could not be told. */
export interface Lack {
  readonly resources: readonly Resource[];
  readonly problems: readonly string[];
  /** The ids of the databases that are there, by what the Worker calls them. */
  readonly databases: ReadonlyMap<string, string>;
}

type Question = Pick<DeployOptions, "env" | "jurisdiction">;

/** Every database, bucket and queue of a deployment, each once, as it is created where nothing is there yet. */
export function resourcesOf(section: Section, jurisdiction?: string): Resource[] {
  const { d1_databases: databases = [], r2_buckets: buckets = [], queues = {} } = section;
  const bond = jurisdiction === undefined ? [] : ["--jurisdiction", jurisdiction];
  const queueNames = [
    ...(queues.producers ?? []).map(({ queue }) => queue),
    ...(queues.consumers ?? []).flatMap(({ queue, dead_letter_queue: dead = queue }) => [queue, dead]),
  ];
  return [
    ...databases.flatMap(({ database_name: name, database_id: id }): Resource[] =>
      // Whoever names a database by its id has it already; without either the configuration is refused before.
      name === undefined || id !== undefined
        ? []
        : [{ kind: "database", name, creation: ["d1", "create", name, ...bond, ...unwritten] }],
    ),
    ...buckets.flatMap(({ bucket_name: name, jurisdiction: own }): Resource[] => {
      const place = own === undefined ? [] : ["--jurisdiction", own];
      const creation = (it: string) => ["r2", "bucket", "create", it, ...place, ...unwritten];
      return name === undefined ? [] : [{ kind: "bucket", name, creation: creation(name) }];
    }),
    ...[...new Set(queueNames)].map((name): Resource => ({
      kind: "queue",
      name,
      creation: ["queues", "create", name, ...bond],
    })),
  ];
}

/** The configuration in the folder is under version control: wrangler is not to write into it, nor to ask whether it may. */
const unwritten = ["--no-update-config"];

/** Looks what the account lacks. An answer that is neither "here" nor "not here" is a problem, and nothing is created. */
export async function findLack(surroundings: Network, section: Section, question: Question): Promise<Lack> {
  const looks = await Promise.all([
    databaseLack(surroundings, section, question),
    ...resourcesOf(section, question.jurisdiction)
      .filter(({ kind }) => kind !== "database")
      .map((resource) => otherLack(surroundings, section, resource, question)),
  ]);
  return {
    resources: looks.flatMap(({ resources }) => resources),
    problems: looks.flatMap(({ problems }) => problems),
    databases: looks[0].databases,
  };
}

const noDatabases: ReadonlyMap<string, string> = new Map();

const databasesSchema = z.array(
  z.looseObject({ name: z.string(), uuid: z.string(), jurisdiction: z.string().nullish() }),
);

async function databaseLack(surroundings: Network, section: Section, question: Question): Promise<Lack> {
  const wanted = section.d1_databases ?? [];
  if (wanted.length === 0) return { resources: [], problems: [], databases: noDatabases };
  const answer = await ask(surroundings, [
    "d1",
    "list",
    "--json",
    ...targetFlags(surroundings, question.env),
  ]);
  const unknown = (reason: string): Lack => ({
    resources: [],
    problems: [`The databases of the account could not be listed: ${reason}`],
    databases: noDatabases,
  });
  if (answer.code !== 0) return unknown(reasonOf(answer));
  const listed = databasesSchema.safeParse(jsonOf(answer));
  if (!listed.success) return unknown("wrangler answered in a form that this command does not know.");
  const databases = new Map<string, string>();
  const problems = wanted.flatMap(({ binding, database_name: name, database_id: id }) => {
    const database = listed.data.find((each) => (id === undefined ? each.name === name : each.uuid === id));
    if (database !== undefined) databases.set(binding, database.uuid);
    if (database === undefined)
      return id === undefined ? [] : [`The account has no database with the database_id of ${binding}.`];
    const { jurisdiction: asked } = question;
    // Cloudflare may not tell where a database has to stay.
    if (asked === undefined || database.jurisdiction === undefined || database.jurisdiction === asked)
      return [];
    return [
      `The database ${database.name} is there already and does not belong to the jurisdiction ${asked}, which cannot be changed: leave --jurisdiction out, or name another database in the configuration.`,
    ];
  });
  const names = new Set(listed.data.map(({ name }) => name));
  const resources = resourcesOf(section, question.jurisdiction).filter(
    ({ kind, name }) => kind === "database" && !names.has(name),
  );
  return { resources, problems, databases };
}

/** What Cloudflare and wrangler say of a bucket (error 10006) or a queue that is not there. */
const absence = /\bdoes not exist\b|\[code: 10006\]/;

async function otherLack(
  surroundings: Network,
  section: Section,
  resource: Resource,
  { env }: Question,
): Promise<Lack> {
  const databases = noDatabases;
  const { kind, name } = resource;
  const place = section.r2_buckets?.find(({ bucket_name: bucket }) => bucket === name)?.jurisdiction;
  const question =
    kind === "bucket"
      ? ["r2", "bucket", "info", name, ...(place === undefined ? [] : ["--jurisdiction", place])]
      : ["queues", "info", name];
  const answer = await ask(surroundings, [...question, ...targetFlags(surroundings, env)]);
  if (answer.code === 0) return { resources: [], problems: [], databases };
  if (absence.test(answer.output)) return { resources: [resource], problems: [], databases };
  const problem = `The ${kind} ${name} could not be looked at: ${reasonOf(answer)}`;
  return { resources: [], problems: [problem], databases };
}
