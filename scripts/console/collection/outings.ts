import { balloons, coast, dunes, forest, mountains } from "../paint/outdoors.ts";
import { city, garden, harbour } from "../paint/places.ts";
import type { Scene } from "../paint/canvas.ts";

/** A camera as its files name it. */
export interface Camera {
  readonly make: string;
  readonly model: string;
  readonly lens: string;
}

/** Photos that were taken on one day or on the days after it, in one folder. */
export interface Outing {
  /** With the slash at its end. */
  readonly folder: string;
  /** What the names of its files begin with. */
  readonly name: string;
  /** The scenes, in turn. */
  readonly scenes: readonly [Scene, ...Scene[]];
  readonly count: number;
  /** The local time of the first photo, `YYYY-MM-DDTHH:MM:SS`. */
  readonly begins: string;
  readonly stepMinutes: number;
  readonly camera: Camera;
  /** In degrees north and east; null for photos of which nobody knows where they were taken. */
  readonly place: {
    readonly latitude: number;
    readonly longitude: number;
    readonly city: string;
    readonly country: string;
  } | null;
  readonly keywords: readonly string[];
  /** What people wrote of the photos, in turn; null for a photo of which nobody has written. */
  readonly descriptions: readonly (string | null)[];
}

const paintbox: Camera = { make: "Tagline", model: "Paintbox 1", lens: "Paintbox 24-70mm f/2.8" };
const osprey: Camera = { make: "Osprey", model: "35", lens: "Osprey 35mm f/2" };
const lantern: Camera = { make: "Lantern", model: "X2", lens: "Lantern 16-35mm f/4" };

/** The collection that tests and pictures of the console show, from the newest outing to the oldest. */
export const outings: readonly Outing[] = [
  {
    folder: "2024/balloons/",
    name: "balloons",
    scenes: [balloons],
    count: 5,
    begins: "2024-09-21T06:52:10",
    stepMinutes: 9,
    camera: lantern,
    place: { latitude: 47.558, longitude: 7.589, city: "Basel", country: "Switzerland" },
    keywords: ["balloon", "morning"],
    descriptions: [
      "Balloons over the fields at sunrise",
      "The first balloon rises from the meadow",
      "Seven balloons in a row above the valley",
      null,
      "The last balloon goes down behind the hills",
    ],
  },
  {
    folder: "2024/coast/",
    name: "lighthouse",
    scenes: [coast("noon"), coast("dusk"), coast("dawn"), mountains("dawn"), coast("dusk"), harbour("noon")],
    count: 14,
    begins: "2024-07-12T14:20:31",
    stepMinutes: 94,
    camera: paintbox,
    place: { latitude: 48.33, longitude: -4.771, city: "Le Conquet", country: "France" },
    keywords: ["sea", "lighthouse", "holiday"],
    descriptions: [
      "The lighthouse from the cliff path",
      "Evening light on the water below the lighthouse",
      "Calm sea before sunrise",
      "The hills behind the bay",
      "The sun goes down behind the lighthouse",
      "Boats come home to Le Conquet",
      null,
    ],
  },
  {
    folder: "2024/harbour/",
    name: "harbour",
    scenes: [harbour("noon"), harbour("dawn"), harbour("dusk")],
    count: 6,
    begins: "2024-05-03T11:02:45",
    stepMinutes: 64,
    camera: paintbox,
    place: { latitude: 60.397, longitude: 5.324, city: "Bergen", country: "Norway" },
    keywords: ["harbour", "boats", "holiday"],
    descriptions: [
      "Gabled houses along the quay",
      "Fishing boats before breakfast",
      "The harbour when the lamps are lit",
      "Three sails against the old warehouses",
      null,
      "The quay after the rain",
    ],
  },
  {
    folder: "2023/alps/",
    name: "ridge",
    scenes: [mountains("noon"), mountains("dusk"), forest("noon"), mountains("night")],
    count: 8,
    begins: "2023-08-05T07:31:05",
    stepMinutes: 173,
    camera: lantern,
    place: { latitude: 46.593, longitude: 7.907, city: "Lauterbrunnen", country: "Switzerland" },
    keywords: ["mountains", "hike", "holiday"],
    descriptions: [
      "The ridge from the upper hut",
      "Alpenglow on the four ranges",
      "Firs on the way down",
      "The moon above the valley",
      "The pass in the late morning",
      null,
    ],
  },
  {
    folder: "2023/garden/",
    name: "flowers",
    scenes: [garden],
    count: 5,
    begins: "2023-06-11T15:20:00",
    stepMinutes: 3,
    camera: osprey,
    place: null,
    keywords: ["garden", "flowers"],
    descriptions: [
      "Asters and dahlias by the south wall",
      "Poppies that nobody has sown",
      null,
      "Flowers for the kitchen table",
      "The last daisies of June",
    ],
  },
  {
    folder: "2022/city/",
    name: "night",
    scenes: [city("night"), city("dusk"), city("noon")],
    count: 6,
    begins: "2022-12-02T16:40:12",
    stepMinutes: 38,
    camera: osprey,
    place: { latitude: 52.52, longitude: 13.405, city: "Berlin", country: "Germany" },
    keywords: ["city", "night", "windows"],
    descriptions: [
      "Lit windows on the first evening of Advent",
      "Offices between day and night",
      "Roofs from the radio tower",
      null,
    ],
  },
  {
    folder: "2021/forest/",
    name: "firs",
    scenes: [forest("dawn"), forest("dusk"), forest("noon")],
    count: 6,
    begins: "2021-10-17T08:05:50",
    stepMinutes: 51,
    camera: paintbox,
    place: { latitude: 48.0, longitude: 8.2, city: "Furtwangen", country: "Germany" },
    keywords: ["forest", "autumn"],
    descriptions: [
      "Mist between the firs",
      "The path to the charcoal burner's hut",
      "Noon at the clearing",
      null,
      "Four rows of trees",
    ],
  },
  {
    folder: "2020/dunes/",
    name: "sand",
    scenes: [dunes],
    count: 4,
    begins: "2020-02-22T10:12:00",
    stepMinutes: 95,
    camera: lantern,
    place: { latitude: 31.099, longitude: -4.012, city: "Merzouga", country: "Morocco" },
    keywords: ["desert", "sand"],
    descriptions: ["Dunes in five colours", "The long way to the well", "Wind on the crest", null],
  },
  {
    folder: "2019/ferry/",
    name: "ferry",
    scenes: [harbour("dusk"), coast("night")],
    count: 3,
    begins: "2019-03-30T19:47:22",
    stepMinutes: 22,
    camera: osprey,
    place: { latitude: 57.71, longitude: 11.97, city: "Gothenburg", country: "Sweden" },
    keywords: ["sea", "boats", "night"],
    descriptions: ["The ferry leaves at dusk", "The lighthouse from the ferry", "Rain on the upper deck"],
  },
  {
    folder: "2018/north/",
    name: "polar",
    scenes: [mountains("night"), coast("night"), forest("dusk")],
    count: 4,
    begins: "2018-01-09T17:31:00",
    stepMinutes: 17,
    camera: osprey,
    place: { latitude: 69.649, longitude: 18.955, city: "Tromsø", country: "Norway" },
    keywords: ["night", "stars", "winter"],
    descriptions: ["Stars above the fjord", "The light that guides the boats", null, "Firs in the afternoon"],
  },
];
