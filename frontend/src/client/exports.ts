import { call } from "./setup";
import { saveAs } from "./upload";

export type Format = "csv" | "xlsx" | "json";

/** Save a list as a file, asked with the same narrowing as it is shown, signed in as one is. */
export async function exportList(path: string, asked: Record<string, string>, format: Format, name: string): Promise<void> {
  const url = new URL(path, location.origin);
  url.search = new URLSearchParams({ ...asked, format }).toString();
  const response = await call(new Request(url));
  saveAs(await response.blob(), `${name}.${format}`);
}
