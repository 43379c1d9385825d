import { describe, expect, test } from "vitest";
import { z } from "zod";
import { textOf, yamlFilesIn, yamlOf } from "./support/documents.ts";

const folder = ".github/ISSUE_TEMPLATE";
const config = `${folder}/config.yml`;
const forms = yamlFilesIn(folder).filter((file) => file !== config);

const id = z.string().regex(/^[\w-]+$/);
const validations = z.strictObject({ required: z.boolean() }).optional();
const asked = { label: z.string().min(1), description: z.string().optional() };

/** What GitHub takes as a form for an issue, as far as ours go. */
const formSchema = z.strictObject({
  name: z.string().min(4),
  description: z.string().min(4),
  labels: z.array(z.string()),
  body: z.array(
    z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("markdown"), attributes: z.strictObject({ value: z.string() }) }),
      z.strictObject({ type: z.literal("input"), id, attributes: z.strictObject(asked), validations }),
      z.strictObject({
        type: z.literal("textarea"),
        id,
        attributes: z.strictObject({
          ...asked,
          placeholder: z.string().optional(),
          render: z.string().optional(),
        }),
        validations,
      }),
      z.strictObject({
        type: z.literal("dropdown"),
        id,
        attributes: z.strictObject({ ...asked, options: z.array(z.string()).min(2) }),
        validations,
      }),
      z.strictObject({
        type: z.literal("checkboxes"),
        id,
        attributes: z.strictObject({ ...asked, options: z.array(z.strictObject({ label: z.string() })) }),
      }),
    ]),
  ),
});

describe("a form for an issue", () => {
  test.for(forms)("is one that GitHub takes, with fields that differ: %s", (file) => {
    const { body } = formSchema.parse(yamlOf(file));
    const fields = body.filter((each) => each.type !== "markdown");
    expect(new Set(fields.map((each) => each.id)).size).toBe(fields.length);
    expect(new Set(fields.map((each) => each.attributes.label)).size).toBe(fields.length);
    expect(fields.length).toBeGreaterThan(2);
  });

  test("is the only way to an issue, and a vulnerability goes another", () => {
    expect(forms.length).toBeGreaterThan(1);
    const { contact_links: links, blank_issues_enabled: isBlank } = z
      .strictObject({
        blank_issues_enabled: z.boolean(),
        contact_links: z.array(z.strictObject({ name: z.string(), url: z.url(), about: z.string() })),
      })
      .parse(yamlOf(config));
    expect(isBlank).toBe(false);
    expect(links.map(({ about }) => about).join(" ")).toContain("SECURITY.md");
  });
});

test("the form of a pull request asks what the document for developers says that a reviewer asks", () => {
  const [, section = ""] = textOf("docs/developing.md").split("A reviewer asks:\n");
  const questions = [...section.matchAll(/^- (.+)$/gm)].map(([, question = ""]) => question);
  expect(questions.length).toBeGreaterThan(4);
  const form = textOf(".github/pull_request_template.md");
  expect(questions.filter((question) => !form.includes(`- [ ] ${question}\n`))).toEqual([]);
});
