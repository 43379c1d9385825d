import { env } from "cloudflare:workers";
import fc from "fast-check";

// Every property of a run draws from one seed.
fc.configureGlobal({ seed: Number(env.TEST_SEED) });
