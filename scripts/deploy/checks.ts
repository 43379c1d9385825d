import { collect } from "../wrangler.ts";
import type { Network } from "./surroundings.ts";

const namedFiles = 5;

/** What a deploy is made from: its commit, and what speaks against it. */
export interface Source {
  /** 40 hexadecimal digits; empty where there is none. */
  readonly commit: string;
  readonly problems: readonly string[];
}

/** Which commit the folder holds. What is not committed would go out and never be found again. */
export async function checkSource({ root }: Network): Promise<Source> {
  const git = (...args: string[]) => collect(["git", ["-C", root, ...args]]);
  const head = await git("rev-parse", "--verify", "HEAD").catch(() => undefined);
  if (head?.code !== 0) {
    const problem = `${root} is no git checkout with a commit, so that nobody could tell what was deployed: clone the repository.`;
    return { commit: "", problems: [problem] };
  }
  const status = await git("status", "--porcelain");
  const files = status.output.split("\n").filter((line) => line !== "");
  const commit = head.output.trim();
  if (files.length === 0) return { commit, problems: [] };
  const first = files.slice(0, namedFiles).map((line) => line.slice(3));
  const more = files.length > namedFiles ? ` and ${files.length - namedFiles} more` : "";
  const problem = `The working tree differs from what is committed (${first.join(", ")}${more}): commit it or put it away.`;
  return { commit, problems: [problem] };
}
