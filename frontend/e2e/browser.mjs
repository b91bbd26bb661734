// One headless Chromium, the same for every script here.
import { chromium } from "playwright-core";

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** Errors of a page: exceptions and console errors, except answers the test provokes. */
export function watch(page, errors) {
  page.on("pageerror", (e) => errors.push(`${page.url()} ${e.message}`));
  page.on("console", (m) => m.type() === "error" && !/status of (401|403|404|409|422)/.test(m.text()) && errors.push(`${page.url()} ${m.text()}`));
}
