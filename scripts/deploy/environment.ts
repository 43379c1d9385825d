import { z } from "zod";
import type { DeployConfig, Section } from "./config.ts";

/** What wrangler hands down to no environment, so that one which leaves it out goes without it. */
const notInherited = [
  "ai",
  "analytics_engine_datasets",
  "browser",
  "d1_databases",
  "define",
  "dispatch_namespaces",
  "durable_objects",
  "hyperdrive",
  "images",
  "kv_namespaces",
  "mtls_certificates",
  "pipelines",
  "queues",
  "r2_buckets",
  "ratelimits",
  "secrets_store_secrets",
  "send_email",
  "services",
  "tail_consumers",
  "vectorize",
  "version_metadata",
  "workflows",
];

/** What is handed down and must not be: an environment would take over the addresses of production. */
const addresses = ["route", "routes"];

/** One sentence for each thing by which the environment `name` would do without a binding or work on production's. */
export function environmentProblems(config: DeployConfig, name: string, file: string): string[] {
  const section = config.env?.[name];
  if (section === undefined) {
    return [
      `${file} has no section [env.${name}]: without one the deploy would go onto production's bindings.`,
    ];
  }
  const where = `[env.${name}] of ${file}`;
  return [
    ...missing(config, section).map((what) => `${where} has no ${what}, which no environment inherits.`),
    ...shared(config, section).map((what) => `${where} has production's own ${what}.`),
    ...Object.entries(config.env ?? {})
      .filter(([other]) => other !== name)
      .flatMap(([other, theirs]) =>
        shared(theirs, section).map((what) => `${where} has the ${what} of [env.${other}].`),
      ),
  ];
}

function missing(top: Section, section: Section): string[] {
  const tables = notInherited.filter((key) => top[key] !== undefined && section[key] === undefined);
  const absent = (given: Named[], wanted: Named[]): string[] => {
    const names = new Set(given.map(({ label }) => label));
    return wanted.map(({ label }) => label).filter((label) => !names.has(label));
  };
  // Of a table that is missing altogether each entry is, which the one sentence says already.
  const entries = absent(bindings(section), bindings(top)).filter(
    (label) => !tables.some((table) => label.startsWith(table)),
  );
  // Consumers have no name of their own that could be looked for.
  const isDeaf = (top.queues?.consumers ?? []).length > 0 && (section.queues?.consumers ?? []).length === 0;
  if (isDeaf && section.queues !== undefined) tables.push("queues.consumers");
  const addressed = addresses.filter((key) => top[key] !== undefined && section[key] === undefined);
  return [...tables, ...entries, ...absent(variables(section), variables(top)), ...addressed];
}

/** The commit is passed by the deploy itself, whatever the environment says. */
function variables({ vars = {} }: Section): Named[] {
  return Object.keys(vars).flatMap((name) => (name === "COMMIT" ? [] : { label: `vars.${name}`, id: "" }));
}

interface Named {
  readonly label: string;
  readonly id: string;
}

function bindings(section: Section): Named[] {
  return resources(section).filter(({ label }) => !label.startsWith("queues.consumers"));
}

/** Everything that a section works on, by what it is called within the Worker and what it is outside of it. */
function resources(section: Section): Named[] {
  const { d1_databases: databases = [], r2_buckets: buckets = [], queues = {}, ratelimits = [] } = section;
  const { producers = [], consumers = [] } = queues;
  return [
    ...databases.flatMap(({ binding, database_id: id = "", database_name: name = "" }) => [
      { label: `d1_databases.${binding}`, id },
      { label: `d1_databases.${binding}`, id: name },
    ]),
    ...buckets.map(({ binding, bucket_name: id = "" }) => ({ label: `r2_buckets.${binding}`, id })),
    ...producers.map(({ binding, queue }) => ({ label: `queues.producers.${binding}`, id: queue })),
    ...consumers.flatMap(({ queue, dead_letter_queue: dead = "" }) => [
      { label: `queues.consumers.${queue}`, id: queue },
      { label: `queues.consumers.${queue}`, id: dead },
    ]),
    ...ratelimits.map(({ name, namespace_id: id }) => ({ label: `ratelimits.${name}`, id })),
    ...(section.durable_objects?.bindings ?? []).map(({ name, script_name: id = "" }) => ({
      label: `durable_objects.${name}`,
      id,
    })),
  ];
}

const kinds = ["d1_databases", "r2_buckets", "queues", "ratelimits"] as const;
const words = {
  d1_databases: "database",
  r2_buckets: "bucket",
  queues: "queue",
  ratelimits: "rate limit namespace",
};

function shared(top: Section, section: Section): string[] {
  const own = new Set<string>();
  for (const kind of kinds) {
    const production = new Set(idsOf(top, kind));
    for (const id of idsOf(section, kind)) if (production.has(id)) own.add(`${words[kind]} ${id}`);
  }
  const routes = new Set(routesOf(top));
  for (const route of routesOf(section)) if (routes.has(route)) own.add(`route ${route}`);
  if (section.name !== undefined && section.name === top.name) own.add(`name ${section.name}`);
  for (const { name, script_name: script } of section.durable_objects?.bindings ?? []) {
    if (script !== undefined && script === top.name) own.add(`durable object ${name}`);
  }
  return [...own];
}

const patternSchema = z.union([
  z.string(),
  z.looseObject({ pattern: z.string() }).transform(({ pattern }) => pattern),
]);

function routesOf({ route, routes = [] }: Section): string[] {
  return [route, ...routes].flatMap((each) => patternSchema.safeParse(each).data ?? []);
}

/** What is of this kind; an id of zeros is nobody's, and another check names it. */
function idsOf(section: Section, kind: string): string[] {
  return resources(section)
    .filter(({ label, id }) => label.startsWith(`${kind}.`) && id !== "" && !/^[0-]+$/.test(id))
    .map(({ id }) => id);
}

const databaseId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One sentence for each database that is named in a way by which Cloudflare would not find it. */
export function databaseProblems(section: Section, file: string): string[] {
  return (section.d1_databases ?? []).flatMap(({ binding, database_id: id, database_name: name }) => {
    if (id === undefined)
      return name === undefined
        ? [
            `${file} gives the database of ${binding} no database_name, by which the deploy finds or creates it.`,
          ]
        : [];
    if (databaseId.test(id) && !/^[0-]+$/.test(id)) return [];
    const cure = "leave database_id out, and the database is found by its database_name";
    return [`The database_id of ${binding} in ${file} is the id of no database: ${cure}.`];
  });
}

/** One sentence for each bucket that a deployment with this jurisdiction would put, or look for, somewhere else. */
export function bucketProblems(section: Section, jurisdiction: string | undefined, file: string): string[] {
  if (jurisdiction === undefined) return [];
  return (section.r2_buckets ?? [])
    .filter((bucket) => bucket.jurisdiction !== jurisdiction)
    .map(
      ({ binding }) =>
        `--jurisdiction ${jurisdiction}: the bucket ${binding} in ${file} has no \`jurisdiction = "${jurisdiction}"\`, without which it is created and looked for elsewhere.`,
    );
}
