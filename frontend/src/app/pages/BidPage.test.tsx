import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { fakeServer, type Call } from "../../testing/fakeServer";
import { renderPage, signIn } from "../../testing/render";
import { sample, spec } from "../../testing/spec";

const least = (name: string) => sample(spec.components.schemas[name]) as Record<string, unknown>;
const indicator = { ...least("Indicator"), id: "ind_1", no: 1, name: "轴功率", op: ">=", value: 10, unit: "MW" };
const challenge = { ...least("Challenge"), id: "chl_1", title: "磁悬浮轴承", indicators: [indicator], my_bids: ["bid_1"] };
const bid = { ...least("Bid"), promises: [], id: "bid_1", version: 1, state: "draft", content: { version: 1, promises: [{ indicator: "ind_1" }] }, actions: ["bid.save", "bid.submit"] };

beforeEach(() => signIn({ teams: [{ id: "tem_1", code: "TM01", name: "一队", org_id: "org_1", lead: true }] }));

it("begins a bid for a team that has none", async () => {
  let begun = false;
  const server = fakeServer({
    "challenge.show": () => ({ ...challenge, my_bids: begun ? ["bid_1"] : [] }),
    "bid.show": bid,
    "bid.draft": () => ((begun = true), bid),
  });
  renderPage("/challenges/chl_1/bid");
  await userEvent.click(await screen.findByRole("button", { name: "开始填写" }));
  expect(await screen.findByRole("heading", { name: "揭榜申报书" })).toBeTruthy();
  const [call] = server.to("bid.draft");
  expect(call?.body).toEqual({ team: "tem_1" });
  expect(call?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
});

it("saves what was typed before it seals, each save on the version before it, then shows the receipt", async () => {
  let version = 1;
  const server = fakeServer({
    "challenge.show": challenge,
    "bid.show": () => ({ ...bid, version }),
    "bid.save": (c: Call) => ({ ...bid, version: ++version, content: { version, ...(c.body as object) } }),
    "bid.submit": { ...least("BidReceipt"), bid: "bid_1", digest: "abc123" },
    "bid.receipt": { ...least("BidReceipt"), bid: "bid_1", digest: "abc123" },
  });
  renderPage("/challenges/chl_1/bid");
  await userEvent.type(await screen.findByLabelText("轴功率 · 承诺值"), "12");
  await userEvent.click(screen.getByRole("button", { name: "密封提交" }));
  await userEvent.click(await screen.findByRole("button", { name: "确认" }));
  expect(await screen.findByText("abc123")).toBeTruthy();
  expect(server.calls.map((c) => c.id).filter((id) => id === "bid.save" || id === "bid.submit")).toEqual(["bid.save", "bid.submit"]);
  expect(server.to("bid.save")[0]?.body).toMatchObject({ promises: [{ indicator: "ind_1", value: 12 }] });
  expect(server.to("bid.save")[0]?.headers.get("If-Match")).toBe('"1"');
});

it("draws no button that the view does not allow, and locks the form", async () => {
  fakeServer({ "challenge.show": challenge, "bid.show": { ...bid, state: "opened", actions: [] } });
  renderPage("/challenges/chl_1/bid");
  const cell = await screen.findByLabelText("轴功率 · 承诺值");
  await waitFor(() => expect((cell.closest("fieldset") as HTMLFieldSetElement).disabled).toBe(true));
  expect(screen.queryByRole("button", { name: "密封提交" })).toBeNull();
});
