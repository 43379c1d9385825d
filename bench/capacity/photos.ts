import sharp from "sharp";

/** How many photos are ingested to count statements. */
const count = 200;

const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>beach</rdf:li><rdf:li>family</rdf:li>
  </rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** Photos that are unlike one another, by their names, with two keywords each. */
export async function ingestedPhotos(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const photos = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let index = 0; index < count; index += 1) {
    // Noise of each one's own: pictures of one colour have no hash, and alike ones would be compared.
    const noise = { type: "gaussian", mean: 128, sigma: 20 + (index % 60) } as const;
    const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: "grey", noise } });
    const bytes = await picture.withXmp(xmp).jpeg().toBuffer();
    photos.set(`${String(index).padStart(4, "0")}.jpg`, new Uint8Array(bytes));
  }
  return photos;
}
