import { z } from "zod";

import { recovered, send } from "./client.ts";
import type { Growing } from "./measure.ts";
import { plainPicture, type PictureKind } from "./pictures.ts";

const timeoutMs = 60_000;
const pollMs = 100;
const mediaAnswer = z.object({ id: z.string(), state: z.string() });

/** Where the service is, how long it has computed, and a number that makes the record the kind's own. */
export interface Place {
  readonly port: number;
  readonly clock: () => number;
  readonly key: string;
  readonly index: number;
}

/** A kind of picture as something that can be measured: from its upload until its record is pending no longer. */
export function processingOf(kind: PictureKind, place: Place): Growing {
  const { clock, index } = place;
  const process = async (name: string, body: Uint8Array): Promise<number> => {
    const since = clock();
    await processed(place, name, body);
    return clock() - since;
  };
  return {
    full: kind.full,
    // What the queue and the questions between cost is more now, less then.
    floorMs: 100,
    slowMs: 1500,
    send: async (length) => process(`${index}.${kind.extension}`, await kind.bytes(length)),
    plain: async () => process("plain.png", await plainPicture()),
  };
}

async function processed({ port, key }: Place, name: string, body: Uint8Array): Promise<void> {
  const headers = { "X-API-Key": key };
  const target = `/v1/media?object_key=hostile/${name}&overwrite=true`;
  const uploaded = await send(port, { method: "POST", target, headers, body });
  const { id } = mediaAnswer.parse(JSON.parse(uploaded.text));
  const until = performance.now() + timeoutMs;
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const { status, text } = await send(port, { method: "GET", target: `/v1/media/${id}`, headers });
    if (status === 0) await recovered(port);
    else if (mediaAnswer.parse(JSON.parse(text)).state !== "pending") return;
  }
}
