import { replaced } from "../records/replaced.ts";
import { watchedBody } from "./body.ts";
import type { Invocation } from "./invocation.ts";
import { limits } from "./limits.ts";
import { refuse } from "./refusals.ts";
import { bytesOf, utf8Bytes } from "./size.ts";

/** What an entry of a listing takes besides its key: etags, times, checksums. */
const entryBytes = 400;

/** A bucket of R2 as one invocation has it. */
export function limitedBucket(bucket: R2Bucket, invocation: Invocation): R2Bucket {
  return replaced(bucket, {
    head: async (key: string) => {
      called(invocation, "head", [key]);
      return bucket.head(key);
    },
    get: async (key: string, options?: R2GetOptions) => {
      called(invocation, "get", [key]);
      const object = await (options === undefined ? bucket.get(key) : bucket.get(key, options));
      return object !== null && "body" in object
        ? watchedObject(object, options?.range === undefined, invocation)
        : object;
    },
    put: async (
      key: string,
      value: ReadableStream | ArrayBuffer | ArrayBufferView | string | null,
      options?: R2PutOptions,
    ) => {
      called(invocation, "put", [key]);
      checkMetadata("put", options);
      return bucket.put(key, value, options);
    },
    delete: async (keys: string | string[]) => {
      const all = [keys].flat();
      called(invocation, "delete", all);
      if (all.length === 0 || all.length > limits.deletedKeys) {
        refuse("delete: The number of keys in the request must be between 1 and 1000 inclusive. (10027)");
      }
      return bucket.delete(keys);
    },
    list: async (options?: R2ListOptions) => {
      called(invocation, "list", []);
      const { limit = limits.listedKeys } = options ?? {};
      if (limit < 1 || limit > limits.listedKeys) {
        refuse("list: MaxKeys params must be positive integer <= 1000. (10022)");
      }
      const page = await bucket.list(options);
      invocation.hold(page.objects.reduce((bytes, { key }) => bytes + bytesOf(key) + entryBytes, 0));
      return page;
    },
    createMultipartUpload: async (key: string, options?: R2MultipartOptions) => {
      called(invocation, "createMultipartUpload", [key]);
      return bucket.createMultipartUpload(key, options);
    },
  });
}

function called(invocation: Invocation, method: string, keys: readonly string[]): void {
  invocation.subrequest();
  if (keys.some((key) => utf8Bytes(key) > limits.keyBytes)) {
    refuse(`${method}: The specified object name is not valid. (10020)`);
  }
}

function checkMetadata(method: string, options: R2PutOptions | undefined): void {
  const names = Object.entries(options?.customMetadata ?? {});
  const bytes = names.reduce((sum, [name, value]) => sum + utf8Bytes(name) + utf8Bytes(value), 0);
  if (bytes > limits.metadataBytes) {
    refuse(`${method}: Your metadata headers exceed the maximum allowed metadata size. (10012)`);
  }
}

/** The object with its bytes on the isolate's account as they are read. */
function watchedObject(object: R2ObjectBody, isWhole: boolean, invocation: Invocation): R2ObjectBody {
  const { range, size } = object;
  const length = range !== undefined && "length" in range ? range.length : undefined;
  const body = watchedBody(object.body, { sizeBytes: length ?? size, isListing: false, isWhole }, invocation);
  const whole = (): Response => new Response(body);
  return replaced(object, {
    body,
    arrayBuffer: async () => whole().arrayBuffer(),
    bytes: async () => whole().bytes(),
    text: async () => whole().text(),
    json: async () => whole().json(),
    blob: async () => whole().blob(),
  });
}
