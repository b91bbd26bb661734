// The API description the tests hold the pages to.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface Spec {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

export const spec = JSON.parse(readFileSync(resolve(process.cwd(), "../api/openapi.json"), "utf8")) as Spec;

export interface Door {
  id: string;
  method: string;
  pattern: RegExp;
  names: string[];
  answer?: Schema;
}

export const doors: Door[] = Object.entries(spec.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, op]) => op.operationId)
    .map(([method, op]) => {
      const names: string[] = [];
      const pattern = new RegExp("^" + path.replace(/\{(\w+)\}/g, (_, name: string) => (names.push(name), "([^/]+)")) + "$");
      const success = Object.entries(op.responses).find(([status]) => status.startsWith("2"))?.[1];
      return { id: op.operationId, method: method.toUpperCase(), pattern, names, answer: success?.content?.["application/json"]?.schema };
    }),
);

/** The smallest value a schema allows: every required field, empty lists, the first of an enum. */
export function sample(schema: Schema | undefined, name = ""): unknown {
  if (!schema) return undefined;
  if (schema.$ref) {
    const key = schema.$ref.split("/").pop()!;
    return sample(spec.components.schemas[key], key);
  }
  if (schema.enum) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "object":
      return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(schema.properties?.[key], key)]));
    case "array":
      return [];
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return false;
    default:
      return schema.format === "date-time" ? "2026-12-01T09:00:00Z" : name;
  }
}
