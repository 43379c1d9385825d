import type { Draft } from "./draft.ts";

/** Where drafts are kept on the device, until the service has them. */
export interface DraftStore {
  /** Every draft, of every tab. */
  all(): Promise<Draft[]>;
  /** Keeps a draft in the place of the one of the same photo and tab, before anything else happens in this tab. */
  put(draft: Draft): void;
  /** Forgets a draft. */
  delete(draft: Pick<Draft, "id" | "tab">): void;
  /** Waits until all that was kept and forgotten is on the device. Throws what the browser says where it cannot be. */
  settled(): Promise<void>;
}

const [databaseName, storeName] = ["tagline", "drafts"];

/**
 * The drafts in the browser's IndexedDB, by photo and tab. Every change is a transaction of its own, which is begun and
 * committed in the same turn as the key was pressed, so that a tab that dies right after it has lost nothing.
 */
export async function openDraftStore(): Promise<DraftStore> {
  const database = await opened();
  const running = new Set<Promise<void>>();
  const change = (act: (store: IDBObjectStore) => void): void => {
    const transaction = database.transaction(storeName, "readwrite");
    act(transaction.objectStore(storeName));
    const end = ended(transaction);
    running.add(end);
    const forget = (): void => void running.delete(end);
    end.then(forget, forget);
    transaction.commit();
  };
  return {
    all: () => answered(database.transaction(storeName).objectStore(storeName).getAll()).then(draftsOf),
    put: (draft) => change((store) => store.put(draft)),
    delete: ({ id, tab }) => change((store) => store.delete([id, tab])),
    settled: async () => {
      await Promise.all(running);
    },
  };
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(storeName, { keyPath: ["id", "tab"] });
  });
  return answered(request);
}

function answered<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject: (reason: unknown) => void) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject: (reason: unknown) => void) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error));
  });
}

/** What lies there was written by this page, perhaps by an older one: what is no draft is left alone. */
function draftsOf(found: readonly unknown[]): Draft[] {
  return found.filter(isDraft);
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const draft: Partial<Record<keyof Draft, unknown>> = value;
  return (
    [draft.id, draft.owner, draft.tab, draft.typedAt].every((each) => typeof each === "string") &&
    typeof draft.revision === "number" &&
    typeof draft.saved === "object" &&
    [draft.base, draft.edits].every((each) => typeof each === "object" && each !== null)
  );
}
