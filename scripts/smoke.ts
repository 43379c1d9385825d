/** `npm run smoke`: tries whether a running service works, with a photo of its own. */
import { runMain } from "./failure.ts";
import { realClock } from "./import/clock.ts";
import { signalled } from "./signals.ts";
import { smokeOptions } from "./smoke/options.ts";
import { smoke } from "./smoke/smoke.ts";
import { projectRoot } from "./wrangler.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(async () => {
  const { url, key } = smokeOptions(process.argv.slice(2), process.env, projectRoot);
  const signal = signalled();
  try {
    const { problems } = await smoke({ url, key, clock: realClock, signal, say });
    for (const problem of problems) say(problem);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    say("Stopped.");
    return 130;
  }
});
