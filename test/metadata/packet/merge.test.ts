import { describe, expect, it } from "vitest";

import { placedPacket } from "../../../src/metadata/packet/document.ts";
import { readPacket } from "../../../src/metadata/packet/read.ts";
import { writePacket } from "../../../src/metadata/packet/write.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';
const dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
const xmp = 'xmlns:xmp="http://ns.adobe.com/xap/1.0/"';
const packet = (content: string): string => `<rdf:RDF ${rdf} ${dc} ${xmp}>${content}</rdf:RDF>`;
const described = (content: string, attributes = ""): string =>
  packet(`<rdf:Description rdf:about=""${attributes}>${content}</rdf:Description>`);
const merge = (words: Record<string, unknown>, existing: string | Uint8Array): string | null =>
  writePacket(words, {
    hierarchical: [],
    existing: typeof existing === "string" ? utf8(existing) : existing,
  });

describe("a packet that nobody can be sure of", () => {
  it.each([
    ["has no RDF", "<x/>"],
    ["has two of them", `<a>${packet("")}${packet("")}</a>`],
    ["has two roots", `${packet("")}${packet("")}`],
    ["has a document type", `<!DOCTYPE x [<!ENTITY e "x">]>${packet("")}`],
    ["ends too early", described("").slice(0, -3)],
    ["ends within an element", `<rdf:RDF ${rdf}><rdf:Description>`],
    ["closes what is not open", described("</dc:title>")],
    ["closes in the wrong order", described("<dc:title><dc:a></dc:title></dc:a>")],
    ["has text around it", `text${packet("")}`],
    ["has a section around it", `${packet("")}<![CDATA[a]]>`],
    ["has an end tag with more than a name", described("<dc:title></dc:title a>")],
    ["uses a prefix that nobody declares", described("<q:a/>")],
    ["uses such a prefix in an attribute", described("", ' q:a="1"')],
    ["gives a prefix no namespace", described('<a xmlns:q=""/>')],
    ["declares a prefix twice", described('<a xmlns:q="u" xmlns:q="v"/>')],
    ["has an attribute twice", described("", ' dc:title="a" dc:title="b"')],
    [
      "has an attribute twice by two prefixes",
      described(`<a ${dc} xmlns:d="http://purl.org/dc/elements/1.1/" d:a="" dc:a=""/>`),
    ],
    ["has an attribute without a value", described("<a b/>")],
    ["has an attribute without quotes", described("<a b=c/>")],
    ["has attributes without a blank between them", described("<a b='1'c='2'/>")],
    ["has a bracket in an attribute", described("<a b='<'/>")],
    ["has a bracket in its text", described("<a>1 < 2</a>")],
    ["has the end of a section in its text", described("<a>]]></a>")],
    ["has an ampersand", described("<a>Ann & Ben</a>")],
    ["has an ampersand in an attribute", described("<a b='Ann & Ben'/>")],
    ["has an entity that nobody declares", described("<a>&eacute;</a>")],
    ["has a reference to no character", described("<a>&#xD800;&#0;</a>")],
    ["has a reference in capitals", described("<a>&AMP;</a>")],
    ["has two hyphens in a comment", described("<!-- a -- b -->")],
    ["has a comment without an end", described("<!-- a")],
    ["has a declaration", described("<!ELEMENT a>")],
    ["has an XML declaration in the middle", described('<?xml version="1.0"?>')],
    ["has an instruction without a name", described("<? a?>")],
    ["has a name of two colons", described(`<dc:a:b/>`)],
    ["has a name that begins with a colon", described("<:a/>")],
    ["has a control character", described("<a>\u0001</a>")],
    ["has a character that XML has not got", described("<a>\uffff</a>")],
    ["is in an encoding that is not Unicode's", `<?xml version="1.0" encoding="ISO-8859-1"?>${packet("")}`],
    ["is deeper than any", described("<a>".repeat(300) + "</a>".repeat(300))],
  ])("is not written where it %s", (_, existing) => {
    expect(merge({ title: "T" }, existing)).toBeNull();
  });

  it("is not written where its bytes are no UTF-8, or halves of characters in UTF-16", () => {
    const broken = utf8(described("<a>é</a>"));
    broken[broken.indexOf(0xc3)] = 0xff;
    expect(merge({}, broken)).toBeNull();
    const text = `\ufeff${described("<a>\ud800</a>")}`;
    const halves = new Uint8Array(2 * text.length);
    const view = new DataView(halves.buffer);
    for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), true);
    expect(merge({}, halves)).toBeNull();
  });

  it("is not written where the words would not be read in it, as a description in a description has others", () => {
    const nested = described('<rdf:Description dc:title="Another"/>');
    expect(placedPacket(utf8(nested))).not.toBeNull();
    expect(merge({ title: "T" }, nested)).toBeNull();
  });
});

describe("words written into a packet", () => {
  it("are a new packet where the file has nothing but blanks", () => {
    const fresh = writePacket({ title: "T" }, { hierarchical: [], existing: null });
    expect(merge({ title: "T" }, " \n")).toBe(fresh);
    expect(merge({ title: "T" }, "")).toBe(fresh);
  });

  it("leave every other byte as it was", () => {
    const [before, behind] = [
      "<!-- a --><x:xmpmeta xmlns:x='adobe:ns:meta/'>\r\n",
      "</x:xmpmeta>\n<?xpacket end='w'?>  ",
    ];
    const kept = `<dc:source>&#x41;<![CDATA[<]]></dc:source> <?keep this?>`;
    const text = `${before}${described(`${kept}<dc:title>T</dc:title>`, "\n xmp:Rating='3' xmp:Label='x' ")}${behind}`;
    const merged = merge({ rating: 4 }, text) ?? "";
    const [added] = /\n  <rdf:Description rdf:about=""\n[^]*?<\/rdf:Description>/u.exec(merged) ?? [""];
    expect(added).toContain("<xmp:Rating>4</xmp:Rating>");
    expect(merged.replace(added, "")).toBe(
      text.replace("<dc:title>T</dc:title>", "").replace("\n xmp:Rating='3'", ""),
    );
  });

  it("leave a property alone that says the words already", () => {
    const same =
      '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">T</rdf:li><rdf:li xml:lang="de">D</rdf:li></rdf:Alt></dc:title>';
    const merged = merge({ title: "T" }, described(same)) ?? "";
    expect(merged).toContain(same);
    expect(merged.match(/<dc:title>/gu)).toHaveLength(1);
  });

  it("leave a text in other languages beside the default one, but for what only repeats it", () => {
    const item = (language: string, text: string) => `<rdf:li xml:lang="${language}">${text}</rdf:li>`;
    const items = [
      ["x-default", "A"],
      ["en", "A"],
      ["de", "B &lt;"],
      ["de", "C"],
    ].map(([language = "", text = ""]) => item(language, text));
    const merged = merge(
      { title: "T" },
      described(`<dc:title><rdf:Alt>${items.join("")}</rdf:Alt></dc:title>`),
    );
    expect(merged?.match(/<rdf:li .*<\/rdf:li>/gu)).toEqual([item("x-default", "T"), item("de", "B &lt;")]);
  });

  it("take the place of a property that stands there twice", () => {
    const merged = merge({ title: "a" }, described("<dc:title>a</dc:title><dc:title>b</dc:title>")) ?? "";
    expect(merged.match(/<dc:title>/gu)).toHaveLength(1);
    expect(merged).not.toContain(">b<");
  });

  it("take a description along in which nothing else is, and no other", () => {
    const others = (title: string) =>
      `<rdf:Description rdf:about="">text${title}</rdf:Description><rdf:Description rdf:about=""/>`;
    const text = packet(
      `<rdf:Description rdf:about="" dc:title="a"/>${others("<dc:title>a</dc:title>")}<rdf:Description rdf:ID="x" dc:title="a"/>`,
    );
    const left = packet(`${others("")}<rdf:Description rdf:ID="x"/>`).replace("</rdf:RDF>", "");
    expect(merge({}, text)?.slice(0, left.length)).toBe(left);
  });

  it("name the resource that the packet names", () => {
    const merged = merge({}, described("", "").replace('about=""', "about='uuid:&lt;1>'"));
    expect(merged).toContain("\n  <rdf:Description rdf:about='uuid:&lt;1>'\n");
  });

  it("go into RDF that was an empty element", () => {
    const merged =
      merge({ title: "T" }, `<a:RDF xmlns:a="http://www.w3.org/1999/02/22-rdf-syntax-ns#" />`) ?? "";
    expect(merged).toMatch(
      /^<a:RDF xmlns:a="[^"]*" >\n {2}<rdf:Description[^]*<\/rdf:Description>\n<\/a:RDF>$/u,
    );
    expect(readPacket(utf8(merged))?.own).toEqual({ title: "T" });
  });

  it.each([
    ['<?xml version="1.0" encoding="UTF-16"?>', '<?xml version="1.0" encoding="UTF-8"?>'],
    ["<?xml version='1.0' encoding='us-ascii'?>", "<?xml version='1.0' encoding='UTF-8'?>"],
    ['<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0" encoding="utf-8"?>'],
    ['<?xml version="1.0"?>', '<?xml version="1.0"?>'],
  ])("are in UTF-8, also where the packet declares %s", (declared, expected) => {
    expect(merge({ title: "é" }, `${declared}${described("")}`)?.slice(0, expected.length)).toBe(expected);
  });

  it("take a person's date and place out again that we wrote, and leave those alone that the photo has", () => {
    const ours = { taken_at: "1962-07-14T10:00", location: { latitude: 1, longitude: 2 } };
    const first = merge(ours, described("<dc:source>s</dc:source>")) ?? "";
    expect(merge({}, first)).not.toMatch(/DateTimeOriginal|DateCreated|GPS/u);
    const theirs = first.replaceAll("1962-07-14T10:00:00", "1963-01-01").replace("1,0.00000000N", "3,0.0N");
    const kept = merge({}, theirs) ?? "";
    expect(kept).toMatch(/1963-01-01[^]*3,0\.0N/u);
    expect(readPacket(utf8(kept))).toMatchObject({
      own: {},
      facts: { takenAt: { local: "1963-01-01T00:00:00.000" }, location: { latitude: 3 } },
    });
  });

  it("leave a rating alone that gives no stars, as that of a rejected photo", () => {
    const rejected = described("<xmp:Rating>-1</xmp:Rating>");
    expect(merge({}, rejected)).toContain("<xmp:Rating>-1</xmp:Rating>");
    expect(merge({ rating: 0 }, rejected)).not.toContain("-1");
  });

  it("come back though they are longer than any one value that is read", () => {
    const words = { a: "&".repeat(60_000), b: " ".repeat(40_000), c: "😀".repeat(20_000) };
    const merged = merge(words, described("")) ?? "";
    expect(JSON.stringify(readPacket(utf8(merged))?.own)).toBe(JSON.stringify(words));
  });
});
