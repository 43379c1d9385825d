import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { tidied } from "../../../src/http/headers/content-type.ts";
import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { joined, latin1 } from "../../support/images/index.ts";
import { insertMedia } from "../../support/records/media.ts";
import { smallJpeg, upload } from "../../support/http/uploads.ts";

describe("a Content-Type with blanks, tabs and capitals", () => {
  it.each([
    "application/json ; charset=utf-8",
    "application/json\t;\tcharset=utf-8",
    "APPLICATION/Json;Charset=UTF-8",
    'application/json; profile="a;b" ; x=y',
    "application/merge-patch+json ;charset=utf-8",
  ])("is one of JSON: %s", async (type) => {
    const { id } = await insertMedia();
    const body = '{"object_metadata":{"a":1}}';
    const response = await api(`/v1/media/${id}`, {
      method: "PATCH",
      headers: { "Content-Type": type },
      body,
    });
    expect((await mediaOf(response)).object_metadata).toEqual({ a: 1 });
  });

  it.each([
    "multipart/form-data ; boundary=x",
    "Multipart/Form-Data\t;\tBoundary=x",
    'multipart/form-data ; charset=utf-8 ; boundary="x"',
  ])("is one of a form: %s", async (type) => {
    const body = joined(
      latin1('--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'),
      smallJpeg(),
      latin1('\r\n--x\r\nContent-Disposition: form-data; name="object_key"\r\n\r\na.jpg\r\n--x--\r\n'),
    );
    const response = await api("/v1/media", { method: "POST", headers: { "Content-Type": type }, body });
    expect(await mediaOf(response)).toMatchObject({ object_key: "a.jpg", content_type: "image/jpeg" });
  });

  it.each(["image/jpeg ; q=1", "IMAGE/JPEG\t;\tq=1", "application/octet-stream ;a=b"])(
    "is one of a photo: %s",
    async (type) => {
      const response = await upload({ key: "a.jpg", bytes: smallJpeg(), type });
      expect(await mediaOf(response)).toMatchObject({ content_type: "image/jpeg" });
    },
  );

  it("that only begins like a form's is none", async () => {
    const response = await upload({
      key: "a.jpg",
      bytes: smallJpeg(),
      type: "multipart/form-data-x; boundary=x",
    });
    expect(await refusalOf(response)).toBe("415 unsupported_media_type");
  });
});

describe("tidied", () => {
  it.each([
    ["image/jpeg", "image/jpeg"],
    ['Image/JPEG ;\tq=1;x="a;\\"b"', 'image/jpeg; q=1; x="a;\\"b"'],
    ["application/vnd.a+json ; charset=utf-8", "application/vnd.a+json"],
    ["multipart/form-data; boundary=A b", null],
    ["application/json;", null],
    ["application/json; charset", null],
    ['a/b; c="d', null],
  ])("of %j is %j", (header, tidy) => {
    expect(tidied(header)).toBe(tidy);
  });
});
