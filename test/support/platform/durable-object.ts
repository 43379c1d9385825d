import type { DurableObject } from "cloudflare:workers";

import { replaced } from "../records/replaced.ts";
import type { Invocation } from "./invocation.ts";
import { limits } from "./limits.ts";
import { refuse } from "./refusals.ts";
import { bytesOf } from "./size.ts";

/** The namespace of a Durable Object as one invocation has it. */
export function limitedObject<T extends DurableObject<Env>>(
  namespace: DurableObjectNamespace<T>,
  invocation: Invocation,
): DurableObjectNamespace<T> {
  return replaced(namespace, {
    getByName: (name: string) => limitedStub(namespace.getByName(name), invocation),
    get: (id: DurableObjectId) => limitedStub(namespace.get(id), invocation),
  });
}

function limitedStub<T extends DurableObject<Env>>(
  stub: DurableObjectStub<T>,
  invocation: Invocation,
): DurableObjectStub<T> {
  return new Proxy(stub, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name);
      // What a stub answers are methods of the far side, which have no `bind`.
      if (typeof member !== "function") return member;
      return async (...values: unknown[]): Promise<unknown> => {
        invocation.subrequest();
        checkSize(values);
        const answer: unknown = await Reflect.apply(member, target, values);
        checkSize(answer);
        return answer;
      };
    },
  });
}

function checkSize(value: unknown): void {
  const bytes = bytesOf(value);
  if (bytes > limits.rpcBytes) {
    refuse(
      `Serialized RPC arguments or return values are limited to 32MiB, but the size was ${bytes} bytes.`,
    );
  }
}
