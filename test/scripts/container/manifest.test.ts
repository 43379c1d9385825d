import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { projectRoot } from "../../../scripts/wrangler.ts";

const textOf = (file: string): string => readFileSync(join(projectRoot, file), "utf8");

const documents = parseAllDocuments(textOf("deploy/kubernetes.yaml"), { strict: true, uniqueKeys: true });
const kinds = z.looseObject({ kind: z.string() });
const byKind = new Map(
  documents.map((document) => {
    const resource: unknown = document.toJS();
    return [kinds.parse(resource).kind, resource];
  }),
);

const labels = z.record(z.string(), z.string());
const probe = z.looseObject({ httpGet: z.object({ path: z.string(), port: z.string() }).optional() });

const container = z.looseObject({
  ports: z.tuple([z.object({ name: z.string(), containerPort: z.number() })]),
  securityContext: z.unknown(),
  resources: z.object({ requests: labels, limits: labels }),
  startupProbe: probe,
  readinessProbe: probe,
  livenessProbe: probe,
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
});

const deployment = z
  .looseObject({
    spec: z.looseObject({
      replicas: z.number(),
      strategy: z.object({ type: z.string() }),
      selector: z.object({ matchLabels: labels }),
      template: z.looseObject({
        metadata: z.object({ labels }),
        spec: z.looseObject({
          securityContext: z.looseObject({
            runAsUser: z.number(),
            runAsGroup: z.number(),
            fsGroup: z.number(),
          }),
          containers: z.tuple([container]),
          volumes: z.array(z.looseObject({ name: z.string() })),
        }),
      }),
    }),
  })
  .parse(byKind.get("Deployment"));

const pod = deployment.spec.template.spec;
const [service] = pod.containers;

/** What stands behind an instruction of the Dockerfile's last stage. */
function instruction(name: string): string {
  const [, value = ""] = new RegExp(String.raw`^${name} (.+)$`, "m").exec(textOf("Dockerfile")) ?? [];
  return value;
}

describe("the manifest for a cluster", () => {
  test("runs one process, and the next one when that has ended", () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(deployment.spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
  });

  test("runs as the image's user, without rights, and writes nowhere but on the volume and in /tmp", () => {
    const { runAsUser, runAsGroup, fsGroup } = pod.securityContext;
    expect(`${runAsUser}:${runAsGroup}`).toBe(instruction("USER"));
    expect(fsGroup).toBe(runAsGroup);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(service.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(service.volumeMounts.map(({ mountPath }) => mountPath)).toEqual([instruction("VOLUME"), "/tmp"]);
    expect(pod.volumes.map(({ name }) => name)).toEqual(service.volumeMounts.map(({ name }) => name));
  });

  test("asks the image's port for its health, and leads to it what comes to the service", () => {
    const [{ name, containerPort }] = service.ports;
    expect(String(containerPort)).toBe(instruction("EXPOSE"));
    for (const each of [service.startupProbe, service.readinessProbe]) {
      expect(each.httpGet).toEqual({ path: "/health", port: name });
    }
    const { matchLabels } = deployment.spec.selector;
    expect(deployment.spec.template.metadata.labels).toEqual(matchLabels);
    expect(byKind.get("Service")).toMatchObject({
      spec: { selector: matchLabels, ports: [{ targetPort: name }] },
    });
  });

  test("says what the service needs and may have at most", () => {
    expect(service.resources).toEqual({
      requests: { cpu: "250m", memory: "1Gi" },
      limits: { memory: "2Gi" },
    });
    expect([...byKind.keys()]).toEqual(["PersistentVolumeClaim", "Deployment", "Service"]);
  });
});
