import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseXmp } from "../../../src/metadata/blocks/xmp/xmp.ts";
import { readPacket } from "../../../src/metadata/packet/read.ts";
import { writePacket } from "../../../src/metadata/packet/write.ts";
import { xmpPacket } from "../../support/images/index.ts";
import { nastyText } from "../../support/packet/words.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const fresh = (words: Record<string, unknown>, hierarchical: string[] = []): string =>
  writePacket(words, { hierarchical, existing: null });
const written = (words: Record<string, unknown>, change: (packet: string) => string) =>
  readPacket(utf8(change(fresh(words))));

const hierarchy =
  '<lr:hierarchicalSubject xmlns:lr="http://ns.adobe.com/lightroom/1.0/"><rdf:Bag>' +
  "<rdf:li>places|France|Paris</rdf:li><rdf:li>beach</rdf:li><rdf:li>||</rdf:li></rdf:Bag></lr:hierarchicalSubject>";
const tags =
  '<digiKam:TagsList xmlns:digiKam="http://www.digikam.org/ns/1.0/"><rdf:Seq>' +
  "<rdf:li>people/Ann</rdf:li><rdf:li>odd/a|b</rdf:li></rdf:Seq></digiKam:TagsList>";
const windows =
  '<mp:LastKeywordXMP xmlns:mp="http://ns.microsoft.com/photo/1.0/"><rdf:Bag><rdf:li>people/Ben</rdf:li></rdf:Bag></mp:LastKeywordXMP>';

describe("words in a packet", () => {
  it.each([
    ["description", "A beach", "caption", "A beach"],
    ["keywords", ["sea", "beach"], "keywords", ["sea", "beach"]],
    ["title", "T", "iptcCore.title", "T"],
    ["creator", "Ann & Ben", "iptcCore.creator", "Ann & Ben"],
    ["credit", "C", "iptcCore.credit", "C"],
    ["copyright", "© 2024", "iptcCore.copyright", "© 2024"],
    ["usage_terms", "none", "iptcCore.usageTerms", "none"],
    ["city", "Zürich", "iptcCore.city", "Zürich"],
    ["state", "ZH", "iptcCore.state", "ZH"],
    ["country", "Schweiz", "iptcCore.country", "Schweiz"],
    ["rating", 4, "iptcCore.rating", 4],
  ])("carry %s by its standard property", (name, value, fact, told) => {
    expect(readPacket(utf8(fresh({ [name]: value })))?.facts).toHaveProperty(fact, told);
  });

  it("carry every text to the character, as far as XML has it", () => {
    // Of what has a place in XML, readers leave out the controls of Latin-1's upper half.
    const shown = (text: string): string => text.replaceAll(/[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu, "");
    fc.assert(
      fc.property(nastyText, (text) => {
        const xmp = parseXmp(utf8(fresh({ title: `a${text}`, keywords: [`b${text}`], credit: `c${text}` })));
        const texts = (namespace: string, name: string) =>
          xmp?.items(namespace, name).map((item) => item.text);
        expect(texts("http://purl.org/dc/elements/1.1/", "title")).toEqual([shown(`a${text}`)]);
        expect(texts("http://purl.org/dc/elements/1.1/", "subject")).toEqual([shown(`b${text}`)]);
        expect(texts("http://ns.adobe.com/photoshop/1.0/", "Credit")).toEqual([shown(`c${text}`)]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["1962", null, "1962"],
    ["1962-07", null, "1962-07"],
    ["1962-07-14", null, "1962-07-14"],
    ["1962-07-14T16:03", "1962-07-14T16:03:00", "1962-07-14T16:03:00"],
    ["1962-07-14T16:03:11.25", "1962-07-14T16:03:11.250", "1962-07-14T16:03:11.250"],
  ])("carry the date %s as exactly as it is known", (date, original, created) => {
    const xmp = parseXmp(utf8(fresh({ taken_at: date })));
    const text = (namespace: string, name: string) => xmp?.items(namespace, name)[0]?.text ?? null;
    expect(text("http://ns.adobe.com/exif/1.0/", "DateTimeOriginal")).toBe(original);
    expect(text("http://ns.adobe.com/photoshop/1.0/", "DateCreated")).toBe(created);
  });

  it("carry a place so exactly that the degrees come back", () => {
    const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
    const read = (latitude: number, longitude: number) => {
      const xmp = parseXmp(utf8(fresh({ location: { latitude, longitude } })));
      return ["GPSLatitude", "GPSLongitude"].map((name) => {
        const text = xmp?.items("http://ns.adobe.com/exif/1.0/", name)[0]?.text ?? "";
        const [, whole, minutes, direction] = /^(\d+),(\d+\.\d{8})([NSEW])$/u.exec(text) ?? [];
        const size = Number(whole) + Number(minutes) / 60;
        return direction === "S" || direction === "W" ? -size : size;
      });
    };
    fc.assert(
      fc.property(degrees(90), degrees(180), (latitude, longitude) => {
        const [north, east] = read(latitude, longitude);
        expect(north).toBeCloseTo(latitude, 9);
        expect(east).toBeCloseTo(longitude, 9);
      }),
    );
    expect(read(59.99999999999, -0.5)).toEqual([60, -0.5]);
  });

  it("carry hierarchical keywords whose leaf is still a keyword", () => {
    const packet = fresh({ keywords: ["paris", "sea"] }, ["places|France|Paris", "places|Rome", "x|sea|"]);
    expect(readPacket(utf8(packet))).toMatchObject({
      own: { keywords: ["paris", "sea"] },
      hierarchical: ["places|France|Paris", "x|sea|"],
      facts: { keywords: ["paris", "sea"] },
    });
  });
});

describe("a packet that another program has changed", () => {
  it("tells that program's value for the field, at the field's place", () => {
    const read = written({ title: "T", box: 7, city: "Rome" }, (packet) =>
      packet.replace(">T<", ">Another<"),
    );
    expect(JSON.stringify(read?.own)).toBe('{"title":"Another","box":7,"city":"Rome"}');
    expect(read?.changed).toEqual(["title"]);
  });

  it("tells a field no more whose property is gone", () => {
    const read = written({ title: "T", city: "Rome" }, (packet) =>
      packet.replace("<photoshop:City>Rome</photoshop:City>", ""),
    );
    expect(read).toMatchObject({ own: { title: "T" }, changed: ["city"] });
    expect(read?.own).not.toHaveProperty("city");
  });

  it("tells a field that is new", () => {
    const read = written({ title: "T" }, (packet) =>
      packet.replace("<dc:title>", "<dc:creator>Ann</dc:creator><dc:title>"),
    );
    expect(read).toMatchObject({ own: { title: "T", creator: "Ann" }, changed: ["creator"] });
  });

  it("tells the same where that program has only sorted keywords, rounded a place or filled up a time", () => {
    const words = {
      keywords: ["sea", "beach"],
      location: { latitude: 48.8566123, longitude: -2.3522 },
      taken_at: "1962-07-14T16:03",
    };
    const read = written(words, (packet) =>
      packet
        .replace(
          /<rdf:li>sea<\/rdf:li>\s*<rdf:li>beach<\/rdf:li>/u,
          "<rdf:li>beach</rdf:li><rdf:li>sea</rdf:li>",
        )
        .replace(/48,51\.\d+N/u, "48,51.3967N")
        .replaceAll("16:03:00", "16:03:00.00"),
    );
    expect(read).toMatchObject({ changed: [], facts: { location: null, takenAt: null } });
    expect(JSON.stringify(read?.own)).toBe(JSON.stringify(words));
  });

  it("tells a new place and a new date as that program has them", () => {
    const words = { location: { latitude: 1.5, longitude: 2.5 }, taken_at: "1962" };
    const read = written(words, (packet) =>
      packet.replace("1,30.00000000N", "3,30.0S").replace(">1962<", ">1963-02-01T10:00:00+01:00<"),
    );
    expect(read?.own).toEqual({
      location: { latitude: -3.5, longitude: 2.5 },
      taken_at: "1963-02-01T10:00:00",
    });
  });

  it("tells a date and a place beside words without any as the photo's, not as a person's", () => {
    const read = written({ title: "T", location: "Paris" }, (packet) =>
      packet.replace(
        "<dc:title>",
        `<e:DateTimeOriginal xmlns:e="http://ns.adobe.com/exif/1.0/">2004-01-04T18:05:09</e:DateTimeOriginal>
        <e:GPSLatitude xmlns:e="http://ns.adobe.com/exif/1.0/">1,30N</e:GPSLatitude>
        <e:GPSLongitude xmlns:e="http://ns.adobe.com/exif/1.0/">2,30E</e:GPSLongitude><dc:title>`,
      ),
    );
    expect(read).toMatchObject({
      own: { title: "T", location: "Paris" },
      changed: [],
      facts: {
        takenAt: { local: "2004-01-04T18:05:09.000", source: "xmp" },
        location: { latitude: 1.5, longitude: 2.5 },
      },
    });
  });

  it.each([
    ["is not JSON", '{"title":'],
    ["is a list", "[1]"],
    ["is deeper than anything of ours", `{"a":${"[".repeat(100)}${"]".repeat(100)}}`],
    ["is longer than anything of ours", `{"a":"${"x".repeat(1024 * 1024)}"}`],
  ])("is taken for that program's alone where what was ours %s", (_, json) => {
    const read = written({ title: "T" }, (packet) =>
      packet.replace(
        /<tagline:ObjectMetadata>.*<\/tagline:ObjectMetadata>/u,
        () =>
          `<tagline:ObjectMetadata><rdf:Seq>${(json.match(/[^]{1,16000}/gu) ?? [])
            .map((piece) => `<rdf:li>${piece}</rdf:li>`)
            .join("")}</rdf:Seq></tagline:ObjectMetadata>`,
      ),
    );
    expect(read).toMatchObject({ own: null, changed: [], facts: { iptcCore: { title: "T" } } });
  });
});

describe("another program's packet", () => {
  it("tells the leaves of hierarchical keywords among the keywords, and their paths", () => {
    const read = readPacket(
      utf8(
        xmpPacket(
          `<dc:subject><rdf:Bag><rdf:li>Beach</rdf:li></rdf:Bag></dc:subject>${hierarchy}${tags}${windows}`,
        ),
      ),
    );
    expect(read).toMatchObject({
      own: null,
      facts: { keywords: ["Beach", "Paris", "Ann", "a|b", "Ben"] },
      hierarchical: ["places|France|Paris", "beach", "people|Ann", "people|Ben"],
    });
  });

  it("tells nothing where it is none", () => {
    expect(readPacket(utf8("no packet"))).toBeNull();
    expect(readPacket(new Uint8Array(0))).toBeNull();
  });
});
