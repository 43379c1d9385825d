/** Pieces of text that parsers may stumble over when there is a long run of them, by name. */
export const pieces: Readonly<Record<string, string>> = {
  "carriage returns": "\r",
  "CR and LF": "\r\n",
  "line feeds": "\n",
  tabs: "\t",
  blanks: " ",
  "opening brackets": "<",
  "closing brackets": ">",
  ampersands: "&",
  quotes: '"',
  apostrophes: "'",
  "references to entities": "&amp;",
  "references to CR": "&#13;",
  "references in hexadecimal": "&#x1F600;",
  "a reference without an end": "&a",
  letters: "a",
  digits: "1",
  words: "ab ",
  "letters with accents": "é",
  "wide letters": "京",
  "surrogate pairs": "😀",
  "lone surrogates": "\ud800",
  "combining marks in order": "\u0316\u0301",
  "combining marks out of order": "\u0301\u0316",
  "decomposed letters": "e\u0301",
  "Hangul in parts": "\u1100\u1161\u11a8",
  "zero-width joiners": "\u200d",
  "marks of direction": "\u202e",
  nulls: "\0",
  "control characters": "\x01",
  "replacement characters": "\ufffd",
  "ends of CDATA": "]]>",
  "halves of ends of CDATA": "]]",
  hyphens: "-",
  "question marks": "?",
  slashes: "/",
  "equals signs": "=",
  colons: ":",
  semicolons: "a;",
  commas: "1,1",
  points: "1.",
  comments: "<!-- -->",
  "processing instructions": "<?a b?>",
  "CDATA sections": "<![CDATA[a]]>",
  "empty elements": "<a/>",
  "elements with text": "<b>a</b>",
  "elements with an attribute": '<a b="c"/>',
  "elements that do not end": "<a>",
  "ends without a beginning": "</a>",
  "text and references": "a&lt;",
  "items of a list": "<rdf:li>a</rdf:li>",
  "items in a language": '<rdf:li xml:lang="x-default">a</rdf:li>',
  "beginnings of packets": "<rdf:RDF ",
  "declarations of types": "<!DOCTYPE a>",
};

/** A piece again and again, up to so many UTF-16 units. */
export function runOf(piece: string, units: number): string {
  return piece.repeat(Math.max(1, Math.floor(units / piece.length)));
}

const head =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" ' +
  'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"';
const tail = "</rdf:Description></rdf:RDF></x:xmpmeta>";
const times = (piece: string, units: number): string => piece.repeat(Math.floor(units / piece.length));
const described = (content: string): string => `${head}>${content}${tail}`;

/** Places of an XMP packet where a run of pieces may stand, by name. */
export const places: Readonly<Record<string, (run: string) => string>> = {
  "a caption": (run) => described(`<dc:description>${run}</dc:description>`),
  "a caption, as an attribute": (run) => `${head} dc:description="${run}">${tail}`,
  "a caption's items": (run) => described(`<dc:description><rdf:Alt>${run}</rdf:Alt></dc:description>`),
  "one keyword": (run) => described(`<dc:subject><rdf:Bag><rdf:li>${run}</rdf:li></rdf:Bag></dc:subject>`),
  keywords: (run) => described(`<dc:subject><rdf:Bag>${run}</rdf:Bag></dc:subject>`),
  "a latitude": (run) =>
    described(
      `<exif:GPSLatitude>48,${run}</exif:GPSLatitude><exif:GPSLongitude>${run}E</exif:GPSLongitude><exif:GPSAltitude>${run}/1</exif:GPSAltitude>`,
    ),
  "a time": (run) =>
    described(
      `<exif:DateTimeOriginal>1962${run}</exif:DateTimeOriginal><photoshop:DateCreated>1962-07-14T${run}</photoshop:DateCreated>`,
    ),
  creators: (run) => described(`<dc:creator><rdf:Seq>${run}</rdf:Seq></dc:creator>`),
  "a title, a city and a rating": (run) =>
    described(
      `<dc:title>${run}</dc:title><photoshop:City>a${run}</photoshop:City><xmp:Rating>${run}</xmp:Rating>`,
    ),
  "a description's properties": (run) => described(run),
  "an attribute in apostrophes": (run) => `${head} dc:title='${run}'>${tail}`,
  "a start tag": (run) => `${head}${run}>${tail}`,
  "an end tag": (run) => described(`<dc:title>a</dc:title${run}>`),
  "a name": (run) => described(`<a${run}>b</a${run}>`),
  "a comment": (run) => described(`<!--${run}-->`),
  "a processing instruction": (run) => described(`<?a ${run}?>`),
  "a CDATA section": (run) => described(`<dc:description><![CDATA[${run}]]></dc:description>`),
  "a namespace": (run) => `${head} xmlns:q="${run}"><q:a/>${tail}`,
  "what stands before a packet": (run) => `${run}${described("")}`,
  "what stands behind a packet": (run) => `${described("")}${run}`,
};

function nested(begin: string, end: string, units: number): string {
  const depth = Math.floor(units / (begin.length + end.length));
  return described(begin.repeat(depth) + end.repeat(depth));
}

/** Packets whose structure grows, by name: `units` is about how long they are. */
export const structures: Readonly<Record<string, (units: number) => string>> = {
  "elements in elements": (units) => nested("<a>", "</a>", units),
  "attributes of one element": (units) => `${head} ${numbered(units, (at) => `a${at}="1" `)}>${tail}`,
  "the same attribute": (units) => `${head} ${times('dc:title="1" ', units)}>${tail}`,
  "namespaces of one element": (units) => `${head} ${numbered(units, (at) => `xmlns:n${at}="u" `)}>${tail}`,
  "elements of as many namespaces": (units) =>
    described(numbered(units, (at) => `<n${at}:a xmlns:n${at}="u${at}"/>`)),
  "properties of other names": (units) => described(numbered(units, (at) => `<dc:p${at}/>`)),
  "properties of a long namespace": (units) =>
    `${head} xmlns:q="${"u".repeat(units / 2)}">${numbered(units / 2, (at) => `<q:p${at}/>`)}${tail}`,
  "keywords of other words": (units) =>
    described(
      `<dc:subject><rdf:Bag>${numbered(units, (at) => `<rdf:li>w${at}</rdf:li>`)}</rdf:Bag></dc:subject>`,
    ),
  "descriptions in a packet": (units) =>
    `${head}>${times("</rdf:Description><rdf:Description>", units)}${tail}`,
  "descriptions in descriptions": (units) => nested("<rdf:Description>", "</rdf:Description>", units),
  "tags whose quotes do not end": (units) => described(times("<a '<b \"", units)),
  "a tag of quoted tags that is broken at its end": (units) => described(`<a ${times("'b<c' ", units)}"<`),
  "a tag of quoted tags that does not end": (units) => `${head} ${times("'b<c' ", units)}`,
  "comments that do not end": (units) => described(times("<!--", units)),
  "sections that do not end": (units) => described(times("<![CDATA[", units)),
  "instructions that do not end": (units) => described(times("<?a", units)),
  "declarations that do not end": (units) => `${head}>${times("<!A", units).replaceAll(">", "")}`,
  "properties that are not closed": (units) => described(times("<dc:title>a", units)),
  "properties of items that are not closed": (units) => described(times("<dc:a><rdf:Bag><rdf:li>a", units)),
  "items that are not closed": (units) => described(`<dc:a><rdf:Bag>${times("<rdf:li>a", units)}`),
  "ends of elements that are not open": (units) => described(times("</rdf:li></dc:title>", units)),
  "texts in pieces": (units) => described(`<dc:description>${times("a<b/>", units)}</dc:description>`),
  "structures in a property": (units) =>
    described(
      `<dc:a><rdf:Bag>${times('<rdf:li rdf:parseType="Resource"><dc:b>c</dc:b></rdf:li>', units)}</rdf:Bag></dc:a>`,
    ),
  "containers in a property": (units) =>
    described(`<dc:subject>${times("<rdf:Bag><rdf:li>a</rdf:li></rdf:Bag>", units)}</dc:subject>`),
};

/** Pieces with numbers, up to so many units. */
function numbered(units: number, piece: (at: number) => string): string {
  const made: string[] = [];
  for (let at = 0, length = 0; length < units; at++) {
    const next = piece(at);
    made.push(next);
    length += next.length;
  }
  return made.join("");
}
