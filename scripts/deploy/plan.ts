import type { DeployOptions } from "./options.ts";
import type { Resource } from "./account/resources.ts";
import type { NeededSecret } from "./secrets.ts";
import { targetFlags, type Network } from "./surroundings.ts";

/** A call of wrangler that changes something. */
export interface Step {
  readonly title: string;
  readonly args: readonly string[];
  /** Whether wrangler may ask the person: whoever declines to migrate is not to get the code. */
  readonly input: "ignore" | "inherit";
  /** What is true when this step has failed, in a sentence. */
  readonly failed: string;
}

/** What is known of the deployment before anything is changed. */
export interface Found {
  readonly commit: string;
  readonly lack: readonly Resource[];
  readonly toMake: readonly NeededSecret[];
}

/** Stands for the file of made secrets in a plan that is only printed. */
export const madeSecretsFile = "(a file with the secrets, for wrangler alone)";

const again = "Run the same command again: it goes on with what is missing.";

/**
 * The steps to a deployment, what it works on first, then the migrations, which work for the version that runs and for
 * the one that comes, then the code. Each may be the last one: what is done by then is not done again.
 */
export function stepsOf(surroundings: Network, options: DeployOptions, { commit, lack }: Found): Step[] {
  const target = targetFlags(surroundings, options.env);
  return [
    ...lack.map(({ kind, name, creation }): Step => ({
      title: `Creating the ${kind} ${name} …`,
      args: [...creation, ...target],
      input: "ignore",
      failed: `The ${kind} ${name} was not created, and nothing was deployed. ${again}`,
    })),
    {
      title: "Applying the migrations …",
      args: ["d1", "migrations", "apply", "DB", "--remote", ...target],
      input: "ignore",
      failed: `Nothing was deployed. A migration that fails is undone; those before it stay. ${again}`,
    },
    {
      title: "Deploying the Worker …",
      args: ["deploy", ...target, "--var", `COMMIT:${commit}`],
      input: "inherit",
      failed: again,
    },
  ];
}

/** Whether a step brings out the code. */
export function isDeploy({ args }: Step): boolean {
  return args[0] === "deploy";
}
