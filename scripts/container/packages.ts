import { z } from "zod";

const names = z.record(z.string(), z.string());

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dependencies: names.optional(), optionalDependencies: names.optional() }),
  ),
});

/** The packages of a lock file by their folders, with the names of what each asks for. */
export type Lock = z.infer<typeof lockSchema>;

/** Reads the text of a package-lock.json. */
export function readLock(text: string): Lock {
  return lockSchema.parse(JSON.parse(text));
}

/** Where Node finds a package that the code in a folder imports: in the nearest node_modules on the way up. */
function folderOf({ packages }: Lock, from: string, name: string): string | undefined {
  const steps = from.split("/node_modules/");
  const above = steps.map((_, index) => steps.slice(0, steps.length - index).join("/node_modules/"));
  return [...above.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].find(
    (folder) => folder in packages,
  );
}

/**
 * The folders of some packages and of all that these need to run, in the order of the alphabet: what is optional too, of
 * which a machine has only its own part.
 *
 * @throws when the lock file lacks a package that is asked for or needed
 */
export function neededFolders(lock: Lock, wanted: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (from: string, name: string, isOptional: boolean): void => {
    const folder = folderOf(lock, from, name);
    if (folder === undefined && isOptional) return;
    if (folder === undefined) throw new Error(`package-lock.json has no ${name}.`);
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[folder] ?? {};
    for (const each of Object.keys(dependencies)) visit(folder, each, each in optionalDependencies);
    for (const each of Object.keys(optionalDependencies)) visit(folder, each, true);
  };
  for (const name of wanted) visit("node_modules", name, false);
  return [...found].sort();
}
