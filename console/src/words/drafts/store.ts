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

type Change = (store: IDBObjectStore) => void;

/**
 * The drafts in the browser's IndexedDB, by photo and tab. Every change is a transaction of its own, which is begun and
 * committed in the same turn as the key was pressed, so that a tab that dies right after it has lost nothing. A database that
 * the browser has closed meanwhile, as after its data were cleared, is opened anew. `told` is called after each change with
 * whether the device has it.
 */
export async function openDraftStore(told: (isKept: boolean) => void): Promise<DraftStore> {
  let database: IDBDatabase | null = await opened();
  const running = new Set<Promise<void>>();
  const begin = (act: Change): void => {
    if (database === null) throw new DOMException("The database is closed.", "InvalidStateError");
    const transaction = database.transaction(storeName, "readwrite");
    act(transaction.objectStore(storeName));
    follow(endOf(transaction));
    transaction.commit();
  };
  const follow = (end: Promise<void>): void => {
    running.add(end);
    const ended = (isKept: boolean): void => {
      running.delete(end);
      told(isKept);
    };
    end.then(
      () => ended(true),
      () => ended(false),
    );
  };
  /** The changes that wait for the database, in their order; null while it is open. */
  let waiting: Change[] | null = null;
  const reopen = async (changes: Change[]): Promise<void> => {
    database = null;
    try {
      database = await opened();
      for (const act of changes) begin(act);
    } finally {
      waiting = null;
    }
  };
  const change = (act: Change): void => {
    if (waiting !== null) return void waiting.push(act);
    try {
      begin(act);
    } catch {
      waiting = [act];
      follow(reopen(waiting));
    }
  };
  return {
    all: async () => {
      const open = (database ??= await opened());
      return draftsOf(await answered(open.transaction(storeName).objectStore(storeName).getAll()));
    },
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

function endOf(transaction: IDBTransaction): Promise<void> {
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
