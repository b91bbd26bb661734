import type { paths } from "./schema";
import { call } from "./setup";
import { saveAs } from "./upload";

export type ExportFormat = "xlsx" | "csv" | "json";

type Value = string | number | boolean | undefined | string[];

interface Params {
  path?: Record<string, string>;
  query?: Record<string, Value>;
}

/**
 * What saves a list as a file: the whole list, as the caller may see it and under the filters
 * the page shows, with its words in the page's language.
 */
export const exporter =
  (door: keyof paths, { path = {}, query = {} }: Params = {}) =>
  async (format: ExportFormat): Promise<void> => {
    const url = new URL(door.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? "")), location.origin);
    for (const [name, v] of Object.entries(query)) if (v !== undefined && v !== "") url.searchParams.set(name, String(v));
    url.searchParams.set("format", format);
    const response = await call(new Request(url, { headers: { "Accept-Language": document.documentElement.lang } }));
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
    saveAs(await response.blob(), name ?? `list.${format}`);
  };
