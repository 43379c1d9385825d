import type { Tagline } from "tagline-client";
import { filterQueryOf } from "../../address/query.ts";
import type { Finding } from "../../address/view.ts";
import { texts } from "../../texts/texts.ts";

/** What of the client the facets need. */
export type FacetClient = Pick<Tagline, "api">;

/** A value that photos have. */
export interface FacetValue {
  readonly value: string;
  /** How many photos have it; null where nobody has counted. */
  readonly count: number | null;
}

/** What photos can be narrowed down to. */
export interface Facets {
  readonly keywords: readonly FacetValue[];
  /** `YYYY`, newest first. */
  readonly years: readonly FacetValue[];
  readonly cameras: readonly FacetValue[];
  /** Media types. */
  readonly types: readonly FacetValue[];
  /** Whether only some of the photos have been counted, the newest ones. */
  readonly isCapped: boolean;
}

/** As many values as the facets of a search have. */
const mostValues = 50;

/**
 * What the photos of a finding can be narrowed down to, from the lists of the whole archive where nothing narrows it yet:
 * those are counted already, while the facets of a search look at the photos.
 */
export async function loadFacets(
  client: FacetClient,
  finding: Finding,
  signal: AbortSignal,
): Promise<Facets> {
  const filters = filterQueryOf(finding);
  const isNarrowed = finding.q !== "" || Object.keys(filters).length > 0;
  if (!isNarrowed) return ofArchive(client, signal);
  const query = {
    ...filters,
    ...(finding.q === "" ? {} : { q: finding.q }),
    facets: "keywords,content_type,camera,year",
    limit: 1,
    // Of the photos themselves the id is enough, and always comes.
    fields: "provider",
  };
  const { data } = await client.api.GET("/v1/search", { params: { query }, signal });
  const { keywords = [], year = [], camera = [], content_type: types = [] } = data.facets ?? {};
  return {
    keywords,
    years: year.toSorted((a, b) => b.value.localeCompare(a.value)),
    cameras: camera,
    types,
    isCapped: data.facets_capped ?? false,
  };
}

async function ofArchive(client: FacetClient, signal: AbortSignal): Promise<Facets> {
  const query = { sort: "count", limit: mostValues } as const;
  const [keywords, cameras, timeline] = await Promise.all([
    client.api.GET("/v1/keywords", { params: { query }, signal }),
    client.api.GET("/v1/cameras", { params: { query }, signal }),
    client.api.GET("/v1/timeline", { params: { query: { by: "year" } }, signal }),
  ]);
  return {
    keywords: keywords.data.items.map(({ keyword, count }) => ({ value: keyword, count })),
    years: timeline.data.items.map(({ period, count }) => ({ value: period, count })),
    cameras: cameras.data.items.map(({ camera, count }) => ({ value: camera, count })),
    // The service takes these types and no others, and has not counted them.
    types: Object.keys(texts.find.types)
      .filter((type) => type !== "image/*")
      .map((value) => ({ value, count: null })),
    isCapped: false,
  };
}
