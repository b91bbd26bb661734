import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { fakeServer, Refusal } from "../../testing/fakeServer";
import { renderPage, signIn } from "../../testing/render";
import { sample, spec } from "../../testing/spec";

const least = (name: string) => sample(spec.components.schemas[name], name) as Record<string, unknown>;
const team = { ...least("MatchTeam"), id: "tem_1", name: "一队" };
const why = { band: "strong", parts: ["domain"] };
const invitation = { ...least("Invitation"), id: "inv_1", state: "invited", challenge: { ...least("MatchChallenge"), id: "chl_1", title: "磁悬浮轴承" }, team, why, message: "", reason: "", bid: "", actions: ["invitation.accept", "invitation.decline"] };

beforeEach(() => signIn({ teams: [{ id: "tem_1", code: "TM01", name: "一队", org_id: "org_1", lead: true }] }));

it("invites a suggested team with a message, and says what is left", async () => {
  const challenge = { ...least("Challenge"), id: "chl_1", title: "磁悬浮轴承", actions: ["invitation.send"], shows: ["invitation.list"] };
  const server = fakeServer({
    "challenge.show": challenge,
    "invitation.list": { items: [], left: 12, most: 12 },
    "invitation.suggest": { items: [{ team, score: 90, why }], left: 12 },
    "invitation.send": invitation,
  });
  renderPage("/challenges/chl_1?tab=invitations");
  expect(await screen.findByText("还可邀请 12 支（上限 12 支）", {}, { timeout: 8000 })).toBeTruthy();
  expect(screen.getByText("很匹配：主要因领域契合")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "邀请“一队”揭榜" }));
  await userEvent.type(screen.getByLabelText(/附言/), "欢迎");
  await userEvent.click(screen.getByRole("button", { name: "确认" }));
  await waitFor(() => expect(server.to("invitation.send")[0]?.body).toEqual({ team: "tem_1", message: "欢迎" }));
  expect(screen.queryByText("触达统计")).toBeNull(); // numbers of reach are for the office
});

it("accepts an invitation and goes on to the bid", async () => {
  const server = fakeServer({ "invitation.received": { items: [invitation], left: 2, most: 3 }, "invitation.accept": { ...invitation, state: "accepted", actions: [] } });
  renderPage("/teams/tem_1/matches");
  await userEvent.click(await screen.findByRole("button", { name: "接受并填写申报书" }));
  await waitFor(() => expect(server.to("invitation.accept")[0]?.params.id).toBe("inv_1"));
  await waitFor(() => expect(server.to("challenge.show").some((c) => c.params.id === "chl_1")).toBe(true));
});

it("subscribes to a team's suggestions from a band up, and shows a refusal at its field", async () => {
  const server = fakeServer({ "subscription.list": { items: [], most: 50 }, "subscription.add": new Refusal(409, "subscription.exists") });
  renderPage("/account/subscriptions");
  const form = within(await screen.findByRole("form", { name: "新增订阅" }));
  await userEvent.selectOptions(form.getByLabelText("类别"), "team");
  await userEvent.selectOptions(form.getByLabelText(/主题/), "tem_1");
  await userEvent.selectOptions(form.getByLabelText("匹配档位"), "strong");
  await userEvent.click(form.getByRole("button", { name: "订阅" }));
  await waitFor(() => expect(server.to("subscription.add")[0]?.body).toEqual({ by: "team", value: "tem_1", band: "strong" }));
  expect(await form.findByRole("alert")).toBeTruthy();
});

it("changes from which band up a team's suggestions are told, on the version that was read", async () => {
  const mine = { ...least("Subscription"), id: "sub_1", version: 3, state: "active", band: "good", topic: { by: "team", value: "tem_1", name: "一队", name_en: "One" }, actions: ["subscription.edit", "subscription.end"] };
  const server = fakeServer({ "subscription.list": { items: [mine], most: 50 }, "subscription.edit": { ...mine, version: 4, band: "strong" } });
  renderPage("/account/subscriptions");
  await userEvent.selectOptions(await screen.findByLabelText("匹配档位 一队"), "strong");
  await waitFor(() => expect(server.to("subscription.edit")[0]?.body).toEqual({ by: "team", value: "tem_1", band: "strong" }));
  expect(server.to("subscription.edit")[0]?.headers.get("If-Match")).toBe('"3"');
});

it("says why a notice came, and ends the subscription that brought it", async () => {
  const reason = { by: "chain", value: "rail", name: "轨道交通", name_en: "Rail", subscription: "sub_1" };
  const notice = { ...least("Notice"), id: "ntc_1", kind: "challenge.publish", thing_kind: "challenge", thing: "chl_1", params: { as: "subscriber", title: "磁悬浮轴承", challenge: "chl_1", why: [reason] } };
  const server = fakeServer({ "notice.list": { items: [notice], unread: 1 }, "subscription.end": least("Subscription"), "mute.add": least("Mute") });
  renderPage("/notices");
  expect(await screen.findByText("您订阅了产业链“轨道交通”", { exact: false })).toBeTruthy();
  await userEvent.click(screen.getByText("为何收到"));
  await userEvent.click(screen.getByRole("button", { name: "取消订阅“轨道交通”" }));
  await waitFor(() => expect(server.to("subscription.end")[0]?.params.id).toBe("sub_1"));
  await userEvent.click(screen.getByRole("button", { name: "不再提醒本题" }));
  await waitFor(() => expect(server.to("mute.add")[0]?.body).toEqual({ by: "challenge", value: "chl_1" }));
});

it("opens the formula to everybody, each part with its weight", async () => {
  fakeServer({ "match.formula": { ...least("MatchFormula"), parts: [{ part: "domain", weight: 0.35 }], kinds: [], rules: [], bands: [{ band: "strong", from: 85 }], reference: { reference_version: "r/1", pairs: 500, points: [{ share: 0.5, z: 0.3 }] } } });
  renderPage("/matches/formula");
  expect(await screen.findByText("35%")).toBeTruthy();
  expect(screen.getByText(/参照池中 500 个/)).toBeTruthy();
});
