import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { fakeServer, Refusal, type Call } from "../../testing/fakeServer";
import { renderPage } from "../../testing/render";
import { sample, spec } from "../../testing/spec";

const schema = (name: string) => sample(spec.components.schemas[name]) as Record<string, unknown>;
const card = (n: number) => ({ ...schema("ChallengeCard"), id: `chl_${n}`, title: `榜题 ${n}`, bounty_fen: n * 1_000_000, state: "published" });
const page = (items: unknown[], next = "") => ({ items, next, facets: { ...schema("ChallengeFacets"), total: 38, chain: [{ value: "robotics", name: "机器人", name_en: "Robotics", count: 3 }] } });

it("lists what the server found and reads on by key", async () => {
  const server = fakeServer({ "challenge.search": (c: Call) => (c.query.get("cursor") === "k1" ? page([card(2)]) : page([card(1)], "k1")) });
  renderPage("/");
  expect(await screen.findByRole("link", { name: "榜题 1" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "加载更多" }));
  expect(await screen.findByRole("link", { name: "榜题 2" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "加载更多" })).toBeNull();
  expect(server.to("challenge.search").map((c) => c.query.get("cursor"))).toEqual([null, "k1"]);
});

it("asks again when a facet is chosen, and puts it in the address", async () => {
  const server = fakeServer({ "challenge.search": page([card(1)]) });
  renderPage("/");
  const facet = await screen.findByRole("group", { name: "产业链" });
  await userEvent.click(within(facet).getByRole("button", { name: /机器人/ }));
  expect(await screen.findByRole("button", { name: "清除筛选" })).toBeTruthy();
  expect(server.to("challenge.search").at(-1)?.query.get("chain")).toBe("robotics");
});

it("says so when the server refuses", async () => {
  fakeServer({ "challenge.search": new Refusal(422, "request.invalid", [{ path: "sort", code: "", message: "unknown" }]) });
  renderPage("/");
  expect((await screen.findByRole("alert")).textContent).toContain("填写内容有误");
});

it("tells on every page that this is a demo", async () => {
  fakeServer({ "challenge.search": page([]), "about.show": { ...schema("About"), demo: true } });
  renderPage("/");
  expect(await screen.findByRole("complementary", { name: "演示模式" })).toBeTruthy();
  expect(await screen.findByText("没有符合条件的榜题")).toBeTruthy();
});
