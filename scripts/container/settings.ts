import type { TomlTable } from "smol-toml";

/** Where the image has the bundled Worker, from the folder of its wrangler.toml. */
export const workerFolder = "worker";

/** What only a build reads. */
const unused: ReadonlySet<string> = new Set(["build", "minify", "upload_source_maps"]);

/**
 * The configuration of wrangler for the image, made of the project's own: the Worker is bundled already, so that nothing
 * is built when a container starts and no tool that builds has to be in the image.
 */
export function imageConfig(config: TomlTable): TomlTable {
  const kept = Object.entries(config).filter(([name]) => !unused.has(name));
  return {
    ...Object.fromEntries(kept),
    main: `${workerFolder}/index.js`,
    no_bundle: true,
    find_additional_modules: true,
    rules: [{ type: "CompiledWasm", globs: ["**/*.wasm"], fallthrough: false }],
  };
}
