import { untrack } from "svelte";
import { changes } from "../service/changes.ts";
import { service } from "../service/service.ts";
import { Activity } from "./activity.ts";

let version = $state(0);

const activity = new Activity(service, {
  onChange: () => untrack(() => (version += 1)),
  onEnd: () => changes.tell({ kind: "many" }),
});

function read<Value>(value: () => Value): Value {
  void version;
  return value();
}

/** The page's only look at the run that is on: it goes on while somebody is in another room. */
export const running = {
  get run() {
    return read(() => activity.run);
  },
  get ended() {
    return read(() => activity.ended);
  },
  get isAsking() {
    return read(() => activity.isAsking);
  },
  get isStopping() {
    return read(() => activity.isStopping);
  },
  get failure() {
    return read(() => activity.failure);
  },
  ingest: activity.ingest.bind(activity),
  scan: activity.scan.bind(activity),
  stop: () => activity.stop(),
  look: () => activity.look(),
} as const;
