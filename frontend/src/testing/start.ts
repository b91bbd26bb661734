import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { session } from "../client/session";

afterEach(() => {
  cleanup();
  session.end();
  localStorage.clear();
});
