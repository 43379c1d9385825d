/** A sidecar in the shape that a program gives it, as arguments of exiftool, and what of it are words. */
export interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly hierarchical: readonly string[];
}

/** Exposure, history and the like, as Lightroom writes them beside the words. */
const lightroom = [
  "-XMP-xmp:CreatorTool=Adobe Photoshop Lightroom Classic 13.2 (Macintosh)",
  "-XMP-xmp:Label=Red",
  "-XMP-xmp:ModifyDate=2024:07:15 10:00:00+02:00",
  "-XMP-xmpMM:DocumentID=xmp.did:0c1d",
  "-XMP-xmpMM:History={Action=derived,Parameters=converted from image/x-canon-cr3},{Action=saved,When=2024:07:15 10:00:00+02:00,Changed=/metadata}",
  "-XMP-crs:Exposure2012=+0.35",
  "-XMP-crs:ToneCurvePV2012=0, 0",
  "-XMP-crs:ToneCurvePV2012=255, 255",
  "-XMP-lr:WeightedFlatSubject=beach",
  "-XMP-tiff:Make=Canon",
  "-XMP-aux:Lens=RF24-70mm",
  "-XMP-exif:DateTimeOriginal=2024:07:14 16:03:11.25",
  "-XMP-photoshop:DateCreated=2024:07:14 16:03:11.25",
  "-XMP-exif:GPSLatitude=48.8566",
  "-XMP-exif:GPSLongitude=-2.3522",
  "-XMP-exif:GPSAltitude=35.1",
];

const lightroomWords = [
  "-XMP-dc:Title=Noon",
  "-XMP-dc:Description=The beach",
  "-XMP-dc:Description-de=Der Strand",
  "-XMP-dc:Creator=Ann",
  "-XMP-dc:Rights=© 2024 Ann",
  "-XMP-xmpRights:UsageTerms=Ask first",
  "-XMP-xmpRights:Marked=True",
  "-XMP-photoshop:Credit=Ann's",
  "-XMP-photoshop:City=Zürich",
  "-XMP-photoshop:State=ZH",
  "-XMP-photoshop:Country=Schweiz",
  "-XMP-photoshop:Headline=H",
  "-XMP-iptcCore:Location=Letten",
  "-XMP-xmp:Rating=4",
  "-XMP-dc:Subject=beach",
  "-XMP-dc:Subject=Paris",
  "-XMP-lr:HierarchicalSubject=beach",
  "-XMP-lr:HierarchicalSubject=places|France|Paris",
];

const lightroomFacts = {
  caption: "The beach",
  keywords: ["beach", "Paris"],
  iptcCore: {
    title: "Noon",
    creator: "Ann",
    credit: "Ann's",
    copyright: "© 2024 Ann",
    usageTerms: "Ask first",
    city: "Zürich",
    state: "ZH",
    country: "Schweiz",
    rating: 4,
  },
  takenAt: { local: "2024-07-14T16:03:11.250", offset: null, precision: "second", source: "xmp" },
  location: { latitude: 48.8566, longitude: -2.3522, altitude: 35.1, source: "xmp" },
};

const nothing = { caption: null, keywords: null, iptcCore: null, takenAt: null, location: null };

/** Programs that write sidecars. */
export const programs: readonly Program[] = [
  {
    name: "Lightroom, with elements",
    args: [...lightroom, ...lightroomWords],
    facts: lightroomFacts,
    hierarchical: ["beach", "places|France|Paris"],
  },
  {
    name: "Lightroom, with attributes of one description",
    args: ["-api", "Compact=OneDesc,Shorthand,NoPadding", ...lightroom, ...lightroomWords],
    facts: lightroomFacts,
    hierarchical: ["beach", "places|France|Paris"],
  },
  {
    name: "darktable, with its history, of a photo that it rejected",
    args: [
      "-api",
      "Compact=OneDesc,Shorthand",
      "-XMP-xmp:Rating=-1",
      "-XMP-xmpMM:DerivedFrom={DocumentID=IMG_0042.CR3}",
      "-XMP-darktable:xmp_version=5",
      "-XMP-darktable:raw_params=0",
      "-XMP-darktable:auto_presets_applied=1",
      "-XMP-darktable:history_end=2",
      "-XMP-darktable:history={num=0,operation=rawprepare,enabled=1,modversion=1,params=gz02eJzTs},{num=1,operation=exposure,enabled=1,modversion=6,params=00000000}",
      "-XMP-dc:Subject=Ann",
      "-XMP-dc:Subject=people",
      "-XMP-lr:HierarchicalSubject=people|Ann",
      "-XMP-exif:DateTimeOriginal=2024:07:14 16:03:11",
    ],
    facts: {
      ...nothing,
      keywords: ["Ann", "people"],
      takenAt: { local: "2024-07-14T16:03:11.000", offset: null, precision: "second", source: "xmp" },
    },
    hierarchical: ["people|Ann"],
  },
  {
    name: "digiKam, with its tags and those of Windows",
    args: [
      "-XMP-digiKam:TagsList=people/Ann",
      "-XMP-digiKam:TagsList=beach",
      "-XMP-digiKam:PickLabel=3",
      "-XMP-digiKam:ColorLabel=1",
      "-XMP-microsoft:LastKeywordXMP=people/Ann",
      "-XMP-microsoft:LastKeywordXMP=beach",
      "-XMP-mediapro:CatalogSets=people|Ann",
      "-XMP-microsoft:RatingPercent=75",
      "-XMP-xmp:Rating=4",
      "-XMP-dc:Description=A caption",
      "-XMP-exif:UserComment=A caption",
      "-XMP-tiff:ImageDescription=A caption",
      "-XMP-acdsee:Notes=A caption",
    ],
    facts: {
      ...nothing,
      caption: "A caption",
      keywords: ["Ann", "beach"],
      iptcCore: ratingAlone(4),
    },
    hierarchical: ["people|Ann", "beach"],
  },
  {
    name: "a program that rates and labels only",
    args: ["-XMP-xmp:Rating=0", "-XMP-xmp:Label=Winner"],
    facts: nothing,
    hierarchical: [],
  },
];

function ratingAlone(rating: number): Readonly<Record<string, unknown>> {
  const none = { title: null, creator: null, credit: null, copyright: null, usageTerms: null };
  return { ...none, city: null, state: null, country: null, rating };
}
