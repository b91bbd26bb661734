import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { session } from "../client/session";
import { restOfWords } from "../text/text";

await restOfWords();

afterEach(() => {
  cleanup();
  session.end();
  localStorage.clear();
});
