import type { components, IngestRequest, Run, Tagline } from "tagline-client";
import { explained } from "../care/explained.ts";
import { kindOf } from "../service/failure.ts";
import { storageTexts } from "../texts/storage.ts";

/** What a scan of the database does beside what waits. */
export type ScanRequest = components["schemas"]["ScanRequest"];

type Started = components["schemas"]["RunStarted"];

/** As much of the client as runs need. */
export type RunService = Pick<Tagline, "api" | "follow">;

interface ActivityOptions {
  /** Something that is told has changed. */
  readonly onChange?: () => void;
  /** A run that was followed has ended. */
  readonly onEnd?: (run: Run) => void;
}

/** The run that is on, whoever has begun it, and the ways to begin and to stop one. */
export class Activity {
  readonly #service: RunService;
  readonly #onChange: () => void;
  readonly #onEnd: (run: Run) => void;
  #run: Run | null = null;
  #ended: Run | null = null;
  #isAsking = false;
  #isStopping = false;
  #failure: string | null = null;
  #followed: string | null = null;

  constructor(service: RunService, { onChange = () => {}, onEnd = () => {} }: ActivityOptions = {}) {
    this.#service = service;
    this.#onChange = onChange;
    this.#onEnd = onEnd;
  }

  /** The run that is on; null for none. */
  get run(): Run | null {
    return this.#run;
  }

  /** The last run that was seen to end. */
  get ended(): Run | null {
    return this.#ended;
  }

  /** Whether the service was asked to begin a run, and has not answered. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Why what was asked for did not happen, in a sentence; null where all is well. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Begins to look for photos. Gives whether a run was begun for it. */
  ingest(request: IngestRequest = {}): Promise<boolean> {
    return this.#begin(async () => (await this.#service.api.POST("/v1/ingest", { body: request })).data);
  }

  /** Begins to look through the records. Gives whether a run was begun for it. */
  scan(request: ScanRequest): Promise<boolean> {
    return this.#begin(
      async () => (await this.#service.api.POST("/v1/database/scan", { body: request })).data,
    );
  }

  /** Ends the run that is on; what it has done stays. */
  async stop(): Promise<void> {
    if (this.#run === null || this.#isStopping) return;
    this.#isStopping = true;
    this.#failure = null;
    this.#onChange();
    try {
      await this.#service.api.POST("/v1/ingest/cancel");
    } catch (error) {
      this.#isStopping = false;
      this.#failure = explained(error);
    }
    this.#onChange();
  }

  /** Looks whether a run is on that somebody else has begun, and follows it. What cannot be known now will be later. */
  async look(): Promise<void> {
    if (this.#isAsking || this.#followed !== null) return;
    try {
      const { data } = await this.#service.api.GET("/v1/ingest/status");
      if (this.#followed !== null) return;
      const last = data.last_run;
      if (data.run !== null) {
        this.#isStopping = data.state === "cancelling";
        this.#failure = null;
        this.#follow(data.run);
      } else if (this.#run !== null) {
        // The connection was away while it ended.
        this.#end(last !== null && last.id === this.#run.id ? last : this.#run);
      }
    } catch (error) {
      if (kindOf(error) === null) return;
    }
  }

  async #begin(start: () => Promise<Started>): Promise<boolean> {
    if (this.#isAsking) return false;
    this.#isAsking = true;
    this.#failure = null;
    this.#onChange();
    let isBegun = false;
    try {
      const { status, run } = await start();
      isBegun = status === "started";
      if (!isBegun) this.#failure = storageTexts.look.already;
      this.#follow(run);
    } catch (error) {
      this.#failure = explained(error);
    }
    this.#isAsking = false;
    this.#onChange();
    return isBegun;
  }

  #follow(run: Run): void {
    this.#run = run;
    this.#onChange();
    if (this.#followed === run.id) return;
    this.#followed = run.id;
    void this.#followUntilEnd(run);
  }

  async #followUntilEnd(run: Run): Promise<void> {
    try {
      let last = run;
      for await (last of this.#service.follow(run.id)) {
        this.#run = last;
        this.#onChange();
      }
      this.#followed = null;
      this.#end(last);
    } catch (error) {
      // The run goes on without anybody who looks; the next look finds it again.
      this.#followed = null;
      this.#failure = explained(error);
      this.#onChange();
    }
  }

  #end(run: Run): void {
    this.#run = null;
    this.#isStopping = false;
    this.#failure = null;
    this.#ended = run;
    this.#onChange();
    this.#onEnd(run);
  }
}
